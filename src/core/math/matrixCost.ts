import { binary, numberAt } from "./compound.js";
import { conformityOf } from "./conformity.js";
import { type MathExpr, partsOf } from "./expression.js";
import type { MatrixShapes } from "./matrixShape.js";

/**
 * The multiplications that the matrix products of an expression take as they are bracketed: n·m·p for an n×m by an m×p; undefined where a
 * shape is not known or does not fit.
 */
export function multiplicationsOf(e: MathExpr, shapes: MatrixShapes): MathExpr | undefined {
  const products = productCosts(e, shapes);
  return products && (products.length > 0 ? products.reduce((a, b) => binary("+", a, b)) : numberAt("0", e));
}

/** What each matrix product of an expression takes, the inner ones first; undefined where a shape is not known or does not fit. */
export function productCosts(e: MathExpr, shapes: MatrixShapes): readonly MathExpr[] | undefined {
  const costs: MathExpr[] = [];
  const visit = (x: MathExpr): boolean => {
    if (!partsOf(x).every(visit)) return false;
    if (x.kind !== "binary" || x.op !== "*") return true;
    const [a, b] = [conformityOf(x.left, shapes, new Map()), conformityOf(x.right, shapes, new Map())];
    if (a.kind !== "fits" || b.kind !== "fits" || a.isUnit || b.isUnit) return a.kind === "fits" && b.kind === "fits";
    if (a.shape && b.shape) costs.push(binary("*", binary("*", a.shape.rows, a.shape.columns), b.shape.columns));
    return true;
  };
  return visit(e) && conformityOf(e, shapes, new Map()).kind === "fits" ? costs : undefined;
}
