import { binary, numberAt, symbolAt } from "../../core/math/compound.js";
import { conformityOf, hasMatrix, isSameSize } from "../../core/math/conformity.js";
import { freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { compareExpressions } from "../../core/math/identity.js";
import { multiplicationsOf, productCosts } from "../../core/math/matrixCost.js";
import type { MatrixShape, MatrixShapes } from "../../core/math/matrixShape.js";
import { nearestRight } from "../../core/math/nearMiss.js";
import { printMath } from "../../core/math/printMath.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** What is said of the size that a document gives for an expression of declared matrices; undefined where it has none. */
export function decideSize(e: MathExpr, said: MatrixShape, shapes: MatrixShapes): StepAnswer | undefined {
  if (!hasMatrix(e, shapes)) return undefined;
  const conformity = conformityOf(e, shapes, new Map());
  if (conformity.kind === "misfit") return { verdict: "wrong", misfit: conformity.misfit, how: "matrices" };
  if (conformity.kind !== "fits" || !conformity.shape) return UNCLEAR;
  const { shape } = conformity;
  if (isSameSize(shape.rows, said.rows) && isSameSize(shape.columns, said.columns))
    return { verdict: "right", how: "quantity", quantity: { name: `the size of ${printMath(e)}`, say: "" } };
  // Letters that were never used for sizes may stand for the same ones.
  const known = new Set([...shapes.values()].flatMap((s) => [...freeSymbols(s.rows), ...freeSymbols(s.columns)]));
  const isKnown = [said.rows, said.columns].every((size) => [...freeSymbols(size)].every((name) => known.has(name)));
  return isKnown ? { verdict: "wrong", shapes: [shape, said], how: "size" } : UNCLEAR;
}

/**
 * What is said of a formula for the cost of an expression of declared matrices, sums costing nothing. Where it is one step of several, it may be
 * the cost of one of its products alone.
 */
export function decideCost(e: MathExpr, cost: MathExpr, shapes: MatrixShapes, isStep: boolean): StepAnswer | undefined {
  const count = hasMatrix(e, shapes) ? multiplicationsOf(e, shapes) : undefined;
  if (!count) return undefined;
  const name = `the cost of ${printMath(e)}`;
  const factors = freeSymbols(cost).has("c") ? [symbolAt("c", cost)] : [numberAt("1", cost), numberAt("2", cost)];
  const isCostOf = (multiplications: MathExpr): boolean =>
    factors.some((f) => compareExpressions(binary("*", f, multiplications), cost).isIdentity);
  if (isCostOf(count)) return { verdict: "right", how: "quantity", quantity: { name, say: "" } };
  if (isStep && productCosts(e, shapes)?.some(isCostOf)) return UNCLEAR;
  const [factor] = factors;
  if (!factor) return UNCLEAR;
  const reference = binary("*", factor, count);
  const is = (x: MathExpr): boolean => compareExpressions(reference, x).isIdentity === true;
  const repair = nearestRight(reference, cost, is);
  const { counterexample } = repair ? compareExpressions(reference, cost) : {};
  return repair && counterexample
    ? {
        verdict: "wrong",
        how: "quantity",
        repair,
        counterexample,
        quantity: { name, say: "", right: printMath(repair.expr) },
      }
    : UNCLEAR;
}
