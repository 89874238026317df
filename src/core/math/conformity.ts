import { numberAt } from "./compound.js";
import { allWithin, freeSymbols, type MathExpr, replaced } from "./expression.js";
import { isTakenOfEach } from "./functions.js";
import { compareExpressions } from "./identity.js";
import { isOne, type MatrixShape, type MatrixShapes, UNIT, unitNamed } from "./matrixShape.js";
import { familyOf } from "./samplePoint.js";

/** Two matrices that do not fit: what stands where, and the two sizes that do not meet. */
export interface Misfit {
  readonly left: MathExpr;
  readonly right: MathExpr;
  readonly sizes: readonly [MathExpr, MathExpr];
  readonly how: "product" | "sum";
}

/** An expression of declared matrices: its shape, `undefined` for a number; or what in it does not fit, or that it is not known. */
export type Conformity =
  | {
      readonly kind: "fits";
      readonly shape: MatrixShape | undefined;
      readonly expr: MathExpr;
      readonly isUnit?: boolean;
      /** Whether a letter in it may be a matrix, too, though nobody has said so. */
      readonly isOpen?: boolean;
    }
  | { readonly kind: "misfit"; readonly misfit: Misfit }
  | { readonly kind: "unknown" };

/** Letters for numbers: steps, factors, counts. Of another letter in front of a matrix nobody knows whether it is a row. */
const IS_NUMBER = /^(?:[αβγηλεκτρσπμ]|[cpqrstnmkijlNMKLTB])(?![a-zA-Z])/;

/** Whether a letter is one for a number. */
export const isNumber = (name: string): boolean => IS_NUMBER.test(name);

const UNKNOWN: Conformity = { kind: "unknown" };

/** Whether an expression has a declared matrix in it. */
export const hasMatrix = (e: MathExpr, shapes: MatrixShapes): boolean => {
  for (const part of allWithin(e)) {
    if ((part.kind === "symbol" && shapes.has(part.name)) || (part.kind === "derivative" && shapes.has(part.by)))
      return true;
    if (part.kind === "indexed" && familyOf(part.name, shapes)) return true;
  }
  return false;
};

/** Whether two sizes are one. */
export const isSameSize = (a: MathExpr, b: MathExpr): boolean => compareExpressions(a, b).isIdentity === true;

/**
 * Whether the declared matrices of an expression fit together. `units` collects the unit matrices in it, each under a name of its own, with
 * their sizes.
 */
export function conformityOf(e: MathExpr, shapes: MatrixShapes, units: Map<string, MatrixShape>): Conformity {
  const of = (x: MathExpr): Conformity => conformityOf(x, shapes, units);
  const number: Conformity = { kind: "fits", shape: undefined, expr: e };
  switch (e.kind) {
    case "number":
      return number;
    case "symbol": {
      const shape = shapes.get(e.name);
      if (shape) return { kind: "fits", shape, expr: e };
      if (e.name === UNIT) return { kind: "fits", shape: undefined, expr: e, isUnit: true };
      return IS_NUMBER.test(e.name) && !/^[a-zA-Z]/.test(e.name) ? number : { ...number, isOpen: true };
    }
    case "negate": {
      const inner = of(e.of);
      return inner.kind === "fits" ? { ...inner, expr: { ...e, of: inner.expr } } : inner;
    }
    case "transpose": {
      const inner = of(e.of);
      // What is transposed is no number, whatever nobody has said.
      if (inner.kind !== "fits" || inner.isOpen) return inner.kind === "fits" ? UNKNOWN : inner;
      const shape = inner.shape && { rows: inner.shape.columns, columns: inner.shape.rows };
      return { ...inner, shape, expr: { ...e, of: inner.expr } };
    }
    case "binary": {
      const [left, right] = [of(e.left), of(e.right)];
      if (left.kind !== "fits") return left;
      if (right.kind !== "fits") return right;
      if (e.op === "+" || e.op === "-" || e.op === "⊙") return summed(e, left, right, units);
      if (e.op === "*") return multiplied(e, left, right, units);
      // The power of a column is that of its entries.
      const isInverse = left.shape && isSameSize(left.shape.rows, left.shape.columns);
      const isPower = e.op === "^" && (!left.shape || isOne(left.shape.columns) || isInverse);
      const isPlain = !right.shape && !right.isUnit && (e.op === "/" || isPower);
      return isPlain ? { ...left, expr: { ...e, left: left.expr, right: right.expr } } : UNKNOWN;
    }
    case "derivative": {
      // Of a number, the gradient has the letter's shape.
      const inner = of(e.of);
      if (inner.kind !== "fits") return inner;
      const shape = shapes.get(e.by);
      // Of a column by a column, a row for each entry.
      if (inner.shape && shape && isOne(inner.shape.columns) && isOne(shape.columns))
        return { kind: "fits", shape: { rows: inner.shape.rows, columns: shape.rows }, expr: e };
      // Of a capital nobody knows the shape.
      return !inner.shape && !inner.isUnit && (shape || !/^\p{Lu}/u.test(e.by))
        ? { kind: "fits", shape, expr: e, isOpen: !shape }
        : UNKNOWN;
    }
    case "indexed": {
      const family = familyOf(e.name, shapes);
      return shapes.has(e.name) || !family ? number : { kind: "fits", shape: family, expr: e };
    }
    case "series": {
      const inner = of(e.body);
      if (inner.kind !== "fits") return inner;
      return e.what === "sum" || !inner.shape ? { ...inner, expr: { ...e, body: inner.expr } } : UNKNOWN;
    }
    case "call": {
      const [only, ...more] = e.args;
      const inner = only && more.length === 0 ? of(only) : undefined;
      if (inner?.kind !== "fits" || inner.isUnit)
        return inner?.kind === "misfit" ? inner : hasMatrix(e, shapes) ? UNKNOWN : number;
      const expr = { ...e, args: [inner.expr] };
      if (e.name === "E") return { ...inner, expr };
      if (e.name === "diag" && inner.shape)
        return { kind: "fits", shape: { rows: inner.shape.rows, columns: inner.shape.rows }, expr };
      if (isNumberOfMatrix(e.name)) return { kind: "fits", shape: undefined, expr };
      return isTakenOfEach(e.name) || !inner.shape ? { ...inner, expr } : UNKNOWN;
    }
    case "matrix": {
      const size = (n: number | undefined): MathExpr => numberAt(`${n}`, e);
      const shape = { rows: size(e.rows.length), columns: size(e.rows[0]?.length) };
      return hasMatrix(e, shapes) ? UNKNOWN : { kind: "fits", shape, expr: e };
    }
    default:
      return hasMatrix(e, shapes) ? UNKNOWN : number;
  }
}

/** Whether a function makes a number of a matrix. */
const isNumberOfMatrix = (name: string): boolean => /^(?:norm[12F]?|sum|mean|tr|det)$/.test(name);

type Fitting = Extract<Conformity, { kind: "fits" }>;
type Binary = Extract<MathExpr, { kind: "binary" }>;

function summed(e: Binary, left: Fitting, right: Fitting, units: Map<string, MatrixShape>): Conformity {
  const expr = { ...e, left: left.expr, right: right.expr };
  const [a, b] = [left.shape, right.shape];
  if (a && b) {
    // A bias is added to each row, or to each column.
    if (isOne(a.columns) !== isOne(b.columns)) {
      const [vector, matrix] = isOne(a.columns) ? [a, b] : [b, a];
      if (isSameSize(vector.rows, matrix.columns) || isSameSize(vector.rows, matrix.rows)) return UNKNOWN;
    }
    if (!isSameSize(a.rows, b.rows)) return misfit(e, "sum", a.rows, b.rows);
    if (!isSameSize(a.columns, b.columns)) return misfit(e, "sum", a.columns, b.columns);
    return { kind: "fits", shape: a, expr };
  }
  const isOpen = Boolean(left.isOpen || right.isOpen);
  if (!a && !b) return { kind: "fits", shape: undefined, expr, isUnit: Boolean(left.isUnit && right.isUnit), isOpen };
  if (isOpen) return UNKNOWN;
  const shape = a ?? b;
  if (!shape) return UNKNOWN;
  // `1 − a²` for a column is meant entry by entry.
  if (!(a ? right.isUnit : left.isUnit))
    return isOne(shape.columns) && e.op !== "⊙" ? { kind: "fits", shape, expr } : UNKNOWN;
  // A unit matrix is as large as what it is added to.
  return {
    kind: "fits",
    shape,
    expr: a
      ? { ...expr, right: withUnit(expr.right, shape.rows, units) }
      : { ...expr, left: withUnit(expr.left, shape.rows, units) },
  };
}

/** An expression whose unit matrix has so many rows. */
function withUnit(e: MathExpr, rows: MathExpr, units: Map<string, MatrixShape>): MathExpr {
  const name = unitNamed(rows);
  units.set(name, { rows, columns: rows });
  return replaced(e, (part) => (part.kind === "symbol" && part.name === UNIT ? { ...part, name } : undefined));
}

function multiplied(e: Binary, left: Fitting, right: Fitting, units: Map<string, MatrixShape>): Conformity {
  const expr = { ...e, left: left.expr, right: right.expr };
  const [a, b] = [left.shape, right.shape];
  // A number stands in front; what stands behind a matrix may be one.
  if (a && right.isOpen) return UNKNOWN;
  if (b && left.isOpen && ![...freeSymbols(left.expr)].every((name) => IS_NUMBER.test(name))) return UNKNOWN;
  if (!a || !b) {
    if (left.isUnit && b)
      return { kind: "fits", shape: b, expr: { ...expr, left: withUnit(expr.left, b.rows, units) } };
    if (right.isUnit && a)
      return { kind: "fits", shape: a, expr: { ...expr, right: withUnit(expr.right, a.columns, units) } };
    const isUnit = Boolean(left.isUnit || right.isUnit);
    const isOpen = Boolean(left.isOpen || right.isOpen) && !b;
    return { kind: "fits", shape: a ?? b, expr, ...(isUnit ? { isUnit } : {}), isOpen };
  }
  if (!isSameSize(a.columns, b.rows))
    // A vector of ℝᵈ may be meant as a row: `xW`.
    return isOne(a.columns) && isSameSize(a.rows, b.rows) ? UNKNOWN : misfit(e, "product", a.columns, b.rows);
  const isNumber = isOne(a.rows) && isOne(b.columns);
  return { kind: "fits", shape: isNumber ? undefined : { rows: a.rows, columns: b.columns }, expr };
}

const misfit = ({ left, right }: Binary, how: Misfit["how"], a: MathExpr, b: MathExpr): Conformity => ({
  kind: "misfit",
  misfit: { left, right, sizes: [a, b], how },
});
