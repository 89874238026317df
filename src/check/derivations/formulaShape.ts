import { conformityOf } from "../../core/math/conformity.js";
import { allWithin, type MathExpr } from "../../core/math/expression.js";
import type { MatrixShape, MatrixShapes } from "../../core/math/matrixShape.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";

/** The shape that a formula gives a letter; undefined where a factor in it is a capital that may be a matrix of any shape. */
export function shapeOfFormula(
  formula: MathExpr,
  shapes: MatrixShapes,
  values: ReadonlyMap<string, MathValue>,
): MatrixShape | undefined {
  const isOpen = (e: MathExpr): boolean => {
    const value = e.kind === "symbol" && /^\p{Lu}/u.test(e.name) && !shapes.has(e.name) && values.get(e.name);
    return value === undefined || (typeof value === "object" && isMatrix(value));
  };
  for (const e of allWithin(formula))
    if (e.kind === "binary" && e.op === "*" && (isOpen(e.left) || isOpen(e.right))) return undefined;
  const conformity = conformityOf(formula, shapes, new Map());
  return conformity.kind === "fits" ? conformity.shape : undefined;
}
