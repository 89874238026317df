import { numberAt, symbolAt } from "../../core/math/compound.js";
import { conformityOf, hasMatrix, isSameSize, type Misfit } from "../../core/math/conformity.js";
import { allWithin, freeSymbols, hasSameSymbols, type MathExpr } from "../../core/math/expression.js";
import { compareExpressions } from "../../core/math/identity.js";
import { type MatrixShape, type MatrixShapes, UNIT } from "../../core/math/matrixShape.js";
import { nearestRight } from "../../core/math/nearMiss.js";
import type { Made } from "../../core/math/upstream.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** Whether the matrices of two sides fit together, and whether the sides are one for all matrices of the declared shapes. */
export function decideMatrices(
  left: MathExpr,
  right: MathExpr,
  at: number,
  { shapes, made }: { readonly shapes: MatrixShapes; readonly made?: Made },
): StepAnswer {
  const units = new Map<string, MatrixShape>();
  const [a, b] = [conformityOf(left, shapes, units), conformityOf(right, shapes, units)];
  for (const side of [a, b])
    if (side.kind === "misfit") return { verdict: "wrong", misfit: side.misfit, how: "matrices" };
  if (a.kind !== "fits" || b.kind !== "fits" || a.isUnit || b.isUnit) return UNCLEAR;
  if (a.shape && b.shape && !(isSameSize(a.shape.rows, b.shape.rows) && isSameSize(a.shape.columns, b.shape.columns)))
    return { verdict: "wrong", shapes: [a.shape, b.shape], how: "matrices" };
  const all = new Map([...shapes, ...units]);
  if (compareExpressions(a.expr, b.expr, { shapes: all }).isIdentity) return { verdict: "right", how: "identity" };
  const { isIdentity, counterexample } = compareExpressions(a.expr, b.expr, { shapes: all, ...(made ? { made } : {}) });
  if (isIdentity) return { verdict: "right", how: "identity" };
  const isClear = isIdentity === false && counterexample && a.shape && b.shape;
  return isClear && at > 0 && hasSameSymbols(left, right)
    ? { verdict: "wrong", counterexample, how: "matrices" }
    : UNCLEAR;
}

/** What does not fit in an expression of declared matrices. */
export function misfitIn(e: MathExpr, shapes: MatrixShapes): Misfit | undefined {
  const found = hasMatrix(e, shapes) ? conformityOf(e, shapes, new Map()) : undefined;
  return found?.kind === "misfit" ? found.misfit : undefined;
}

/** Shapes for letters that must be matrices, since one is transposed: capitals are square, what is transposed and small is a column. */
export function squareMatrices(left: MathExpr, right: MathExpr): MatrixShapes {
  const parts = [...allWithin(left), ...allWithin(right)];
  const shapes = new Map<string, MatrixShape>();
  if (!parts.some((p) => p.kind === "transpose")) return shapes;
  const [size, one] = [symbolAt("#", left), numberAt("1", left)];
  const column = (e: MathExpr): boolean => e.kind === "symbol" && /^\p{Ll}/u.test(e.name);
  for (const p of parts) {
    if (p.kind === "symbol" && /^\p{Lu}/u.test(p.name) && p.name !== UNIT)
      shapes.set(p.name, { rows: size, columns: size });
    if (p.kind === "transpose" && p.of.kind === "symbol" && column(p.of))
      shapes.set(p.of.name, { rows: size, columns: one });
  }
  return shapes;
}

/** Whether two sides of capitals alone are one for numbers, but not for matrices: `AB = BA`. */
export function mayBeMatrices(left: MathExpr, right: MathExpr): boolean {
  const letters = [...freeSymbols(left), ...freeSymbols(right)];
  if (letters.length < 2 || !letters.every((name) => /^\p{Lu}/u.test(name))) return false;
  const size = symbolAt("#", left);
  const shapes = new Map(letters.map((name) => [name, { rows: size, columns: size }]));
  const [a, b] = [conformityOf(left, shapes, new Map()), conformityOf(right, shapes, new Map())];
  return a.kind === "fits" && b.kind === "fits" && compareExpressions(a.expr, b.expr, { shapes }).isIdentity === false;
}

/** Decides for matrices of shapes that nobody has said: right where it holds for them, wrong only where it holds for no numbers, either. */
export function decideAssumed(left: MathExpr, right: MathExpr, at: number, shapes: MatrixShapes): StepAnswer {
  const answer = decideMatrices(left, right, at, { shapes });
  if (answer.verdict === "right") return answer;
  const { isIdentity, counterexample } = compareExpressions(left, right);
  if (isIdentity !== false || !counterexample) return UNCLEAR;
  const repair = nearestRight(left, right) ?? nearestRight(right, left);
  return repair?.mistake === "sign" || repair?.mistake === "factor"
    ? { verdict: "wrong", counterexample, repair, how: "identity" }
    : UNCLEAR;
}
