import { numberAt, symbolAt } from "../../core/math/compound.js";
import { conformityOf, hasMatrix, isNumber, isSameSize, type Misfit } from "../../core/math/conformity.js";
import { allWithin, countParts, freeSymbols, hasSameSymbols, type MathExpr } from "../../core/math/expression.js";
import { compareExpressions, type IdentityAnswer } from "../../core/math/identity.js";
import { inferShapes } from "../../core/math/inferShapes.js";
import { isOne, type MatrixShape, type MatrixShapes, UNIT } from "../../core/math/matrixShape.js";
import { nearestRight } from "../../core/math/nearMiss.js";
import { dependsOn, type Made } from "../../core/math/upstream.js";
import { isTakenApart } from "./misapplied.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** What is known of the matrices of a document: their shapes, and the formulas of letters. */
interface KnownMatrices {
  readonly shapes: MatrixShapes;
  readonly made?: Made;
  /** The probability of a 1 in a random matrix of ones and noughts. */
  readonly mask?: MathExpr | undefined;
}

/** Whether the matrices of two sides fit together, and whether the sides are one for all matrices of these shapes. */
export function decideMatrices(
  left: MathExpr,
  right: MathExpr,
  at: number,
  { shapes, made = new Map(), mask }: KnownMatrices,
): StepAnswer {
  const units = new Map<string, MatrixShape>();
  const [a, b] = [conformityOf(left, shapes, units), conformityOf(right, shapes, units)];
  for (const side of [a, b])
    if (side.kind === "misfit") return { verdict: "wrong", misfit: side.misfit, how: "matrices" };
  if (a.kind !== "fits" || b.kind !== "fits" || a.isUnit || b.isUnit) return UNCLEAR;
  const isDerivative = left.kind === "derivative";
  const isNumberWritten = right.kind === "number" || left.kind === "number";
  const of = isDerivative ? conformityOf(left.of, shapes, new Map()) : undefined;
  if (of?.kind === "fits" && of.shape) {
    // Of a column by a column there are two layouts.
    const turned: MathExpr = { kind: "transpose", of: left, from: left.from, to: left.to };
    const context = { shapes: new Map([...shapes, ...units]), made };
    const isRight = [left, turned].some((e) => compareExpressions(e, b.expr, context).isIdentity);
    return isRight ? { verdict: "right", how: "identity" } : UNCLEAR;
  }
  if (!isSameShape(a.shape, b.shape)) {
    // By a letter of which nothing is said, a gradient may have any shape.
    if (isDerivative && a.isOpen) return UNCLEAR;
    // A gradient that lies is one in the other layout.
    if (isDerivative && a.shape && b.shape && isVector(a.shape) && isVector(b.shape)) return UNCLEAR;
    const differ = { verdict: "wrong", shapes: [a.shape, b.shape], how: "matrices" } as const;
    return (a.shape && b.shape) || (isDerivative && !isNumberWritten && hasMatrix(right, shapes)) ? differ : UNCLEAR;
  }
  const all = new Map([...shapes, ...units]);
  const compare = (x: MathExpr, y: MathExpr): IdentityAnswer => {
    const context = { shapes: all, ...(mask ? { mask } : {}) };
    const plain = compareExpressions(x, y, context);
    return plain.isIdentity || made.size === 0 ? plain : compareExpressions(x, y, { ...context, made });
  };
  const { isIdentity, counterexample } = compare(a.expr, b.expr);
  if (isIdentity) return { verdict: "right", how: "identity" };
  if (isIdentity === undefined || !counterexample || isNumberWritten) return UNCLEAR;
  const wrong = { verdict: "wrong", counterexample, how: "matrices" } as const;
  const isApart = isTakenApart(left, right);
  if (at > 0 && a.shape && hasSameSymbols(left, right) && !isApart) return wrong;
  if (!isDerivative && !isApart) return UNCLEAR;
  const repair = nearestRight(
    a.expr,
    b.expr,
    (e) => {
      const fitting = conformityOf(e, shapes, new Map());
      return fitting.kind === "fits" && compare(a.expr, fitting.expr).isIdentity === true;
    },
    true,
  );
  const own = dependsOn(left, made);
  const isOfOwn = [...freeSymbols(right)].every((name) => own.has(name));
  return repair || isOfOwn || isApart ? { ...wrong, ...(repair ? { repair } : {}) } : UNCLEAR;
}

/** Decides where nobody has said the shapes, in those that follow: undefined where none do, wrong only where one small change is right. */
export function decideInferred(
  left: MathExpr,
  right: MathExpr,
  at: number,
  { shapes, made = new Map(), mask }: KnownMatrices,
): StepAnswer | undefined {
  const parts = [...allWithin(left), ...allWithin(right)];
  if (
    !parts.some(
      (p) =>
        p.kind === "derivative" || (p.kind === "call" && (mask ? /^(?:norm|tr$|E$)/ : /^(?:norm|tr$)/).test(p.name)),
    )
  )
    return undefined;
  const own = inferShapes([left], shapes, made);
  if (!own || own.size === shapes.size) return undefined;
  const all = inferShapes([left, right], own, made);
  const answer = all ? decideMatrices(left, right, at, { shapes: all, made, mask }) : UNCLEAR;
  if (answer.verdict === "right" || (answer.verdict === "wrong" && answer.repair)) return answer;
  const plain = decideMatrices(left, right, at, { shapes: own, made, mask });
  if (plain.verdict === "right") return plain;
  const letters = freeSymbols(left);
  // A number for a column, made of the same letters.
  if (!all && plain.shapes?.[0] && !plain.shapes[1] && [...freeSymbols(right)].every((x) => letters.has(x)))
    return plain;
  // As the right side stands, it does not fit; one change may make it fit and hold.
  const repair = nearestRight(
    left,
    right,
    (e) => {
      const fitting = inferShapes([left, e], own, made);
      return fitting !== undefined && decideMatrices(left, e, at, { shapes: fitting, made, mask }).verdict === "right";
    },
    // What is in a sum over samples may be a number or a column.
    !parts.some((p) => p.kind === "series"),
  );
  return repair ? { verdict: "wrong", repair, how: "matrices" } : UNCLEAR;
}

const isVector = ({ rows, columns }: MatrixShape): boolean => isOne(rows) || isOne(columns);

const isSameShape = (a: MatrixShape | undefined, b: MatrixShape | undefined): boolean =>
  a && b ? isSameSize(a.rows, b.rows) && isSameSize(a.columns, b.columns) : a === b;

/**
 * What is said of another formula for what a document has given one before: right where they are one, wrong only where one small change makes
 * them so, as it may be another function.
 */
export function decideAgain(before: MathExpr, now: MathExpr, shapes: MatrixShapes): StepAnswer | undefined {
  const plain = decideMatrices(before, now, 0, { shapes });
  if (plain.verdict === "right") return plain;
  const isRight = (e: MathExpr): boolean => decideMatrices(before, e, 0, { shapes }).verdict === "right";
  const own = freeSymbols(before);
  const repair = [...freeSymbols(now)].every((name) => own.has(name))
    ? nearestRight(before, now, isRight, true)
    : undefined;
  return repair ? { verdict: "wrong", repair, how: "matrices" } : undefined;
}

/** What does not fit in an expression of declared matrices. */
export function misfitIn(e: MathExpr, shapes: MatrixShapes): Misfit | undefined {
  const found = hasMatrix(e, shapes) ? conformityOf(e, shapes, new Map()) : undefined;
  return found?.kind === "misfit" ? found.misfit : undefined;
}

/** `(A + B)⁻¹`, `(AB)⁻¹` */
const isInverseOfCapitals = (e: MathExpr): boolean =>
  e.kind === "binary" &&
  e.op === "^" &&
  e.right.kind === "negate" &&
  e.left.kind === "binary" &&
  /^[-+*]$/.test(e.left.op) &&
  [...allWithin(e.left)].every((p) => p.kind === "binary" || (p.kind === "symbol" && /^\p{Lu}/u.test(p.name)));

/** Shapes for letters that must be matrices, since one is transposed or has a determinant, or since the document speaks of such: capitals are square, what is transposed and small is a column. */
export function squareMatrices(left: MathExpr, right: MathExpr, isOfMatrices: boolean): MatrixShapes {
  const parts = [...allWithin(left), ...allWithin(right)];
  const shapes = new Map<string, MatrixShape>();
  const isSquare = (p: MathExpr): boolean =>
    p.kind === "transpose" ||
    (p.kind === "call" && /^(?:tr|det)$/.test(p.name)) ||
    (isOfMatrices && isInverseOfCapitals(p));
  if (!parts.some(isSquare)) return shapes;
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

/** Whether two sides are one for numbers, but not where capitals are matrices and other letters columns: `AB = BA`, `Wx = xW`. */
export function mayBeMatrices(left: MathExpr, right: MathExpr): boolean {
  const letters = [...freeSymbols(left), ...freeSymbols(right)];
  const isCapital = (name: string): boolean => /^\p{Lu}/u.test(name);
  const areCapitals = letters.every(isCapital);
  if (letters.length < 2 || !(areCapitals || (letters.some(isCapital) && !letters.some(isNumber)))) return false;
  const [size, one] = [symbolAt("#", left), numberAt("1", left)];
  const shapes = new Map(letters.map((name) => [name, { rows: size, columns: isCapital(name) ? size : one }]));
  const [a, b] = [conformityOf(left, shapes, new Map()), conformityOf(right, shapes, new Map())];
  if (!areCapitals) return (a.kind === "fits") !== (b.kind === "fits");
  return a.kind === "fits" && b.kind === "fits" && compareExpressions(a.expr, b.expr, { shapes }).isIdentity === false;
}

/** Parts of both sides of an equation that are enough for an identity to be meant. */
export const LONG_ENOUGH = 8;

/** Decides for matrices of shapes that nobody has said: right where it holds for them, wrong only where it holds for no numbers, either. */
export function decideAssumed(left: MathExpr, right: MathExpr, at: number, shapes: MatrixShapes): StepAnswer {
  const answer = decideMatrices(left, right, at, { shapes });
  if (answer.verdict === "right") return answer;
  if (isTakenApart(left, right)) return decideTurned(left, right, shapes);
  // What a determinant takes out of it hangs on the size, and the unit matrix is no number.
  const parts = [...allWithin(left), ...allWithin(right)];
  if (parts.some((p) => (p.kind === "call" && p.name === "det") || (p.kind === "symbol" && p.name === UNIT)))
    return UNCLEAR;
  const { isIdentity, counterexample } = compareExpressions(left, right);
  if (isIdentity) return decideTurned(left, right, shapes);
  if (isIdentity !== false || !counterexample) return UNCLEAR;
  const repair =
    nearestRight(left, right, (e) => compareExpressions(left, e).isIdentity === true) ??
    nearestRight(right, left, (e) => compareExpressions(right, e).isIdentity === true);
  // `A⁻¹ = Aᵀ` says what kind of matrix A is.
  if (at === 0 && countParts(left) + countParts(right) < LONG_ENOUGH) return UNCLEAR;
  // What ends in a letter that is new names what came out: `… = Hy`.
  const isNamed = [...freeSymbols(right)].some((name) => !freeSymbols(left).has(name));
  return (repair?.mistake === "sign" || repair?.mistake === "factor") && !isNamed
    ? { verdict: "wrong", counterexample, repair, how: "identity" }
    : UNCLEAR;
}

/** Decides what does not hold for matrices: wrong only where a function is taken of parts, or the factors of a transposed product are in the wrong order. */
function decideTurned(left: MathExpr, right: MathExpr, shapes: MatrixShapes): StepAnswer {
  const isOfProduct = [left, right].some((e) => e.kind === "transpose" && e.of.kind === "binary" && e.of.op === "*");
  const isApart = isTakenApart(left, right);
  const { isIdentity, counterexample } = compareExpressions(left, right, { shapes });
  if (!(isOfProduct || isApart) || isIdentity !== false || !counterexample) return UNCLEAR;
  if (![...freeSymbols(left), ...freeSymbols(right)].every((name) => shapes.has(name) || isNumber(name)))
    return UNCLEAR;
  const isRight = (e: MathExpr): boolean => compareExpressions(left, e, { shapes }).isIdentity === true;
  const repair = nearestRight(left, right, isRight, true);
  const wrong = { verdict: "wrong", counterexample, how: "matrices" } as const;
  return repair?.mistake === "order" || isApart ? { ...wrong, ...(repair ? { repair } : {}) } : UNCLEAR;
}
