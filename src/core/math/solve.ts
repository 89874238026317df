import { isZero, minus, over, plus, type Scalar, times, whole } from "./scalar.js";
import { isMatrix, type MathValue, type MatrixOfNumbers, productOf, transposed } from "./value.js";

/** Whether a number is 0, or what is left of it behind the digits of floating-point numbers. */
const isNil = (a: Scalar): boolean => (typeof a === "number" ? Math.abs(a) < 1e-10 : isZero(a));

/** A matrix X with A X = B, where one exists; what is free in it is 0. */
export function solved(a: MatrixOfNumbers, b: MatrixOfNumbers): MatrixOfNumbers | undefined {
  const width = a.rows[0]?.length ?? 0;
  const rows = a.rows.map((row, i) => [...row, ...(b.rows[i] ?? [])]);
  const pivots: number[] = [];
  for (let column = 0; column < width; column++) {
    const top = pivots.length;
    const at = rows.findIndex((row, i) => i >= top && !isNil(row[column] ?? whole(0)));
    const pivot = rows[at];
    const above = rows[top];
    if (!pivot || !above) continue;
    [rows[at], rows[top]] = [above, pivot];
    const lead = pivot[column] ?? whole(1);
    rows[top] = pivot.map((x) => over(x, lead) ?? x);
    for (const [i, row] of rows.entries()) {
      const factor = row[column] ?? whole(0);
      if (i !== top && !isNil(factor)) rows[i] = row.map((x, j) => plus(x, minus(times(factor, rows[top]?.[j] ?? x))));
    }
    pivots.push(column);
  }
  if (rows.some((row, i) => i >= pivots.length && row.some((x) => !isNil(x)))) return undefined;
  const none = (b.rows[0] ?? []).map(() => whole(0));
  return { rows: Array.from({ length: width }, (_, j) => rows[pivots.indexOf(j)]?.slice(width) ?? none) };
}

/** The inverse of a square matrix that has one. */
export const inverseOf = (a: MatrixOfNumbers): MatrixOfNumbers | undefined =>
  a.rows.length === a.rows[0]?.length
    ? solved(a, { rows: a.rows.map((row) => a.rows.map((other) => whole(row === other ? 1 : 0))) })
    : undefined;

/** The shortest of the columns w for which X w is nearest to y. */
export function leastNorm(x: MatrixOfNumbers, y: MatrixOfNumbers): MathValue | undefined {
  const turned = transposed(x);
  const [square, right] = [productOf(turned, x), productOf(turned, y)];
  const [left, b] = [square === undefined ? undefined : productOf(matrix(square), turned), right];
  const v = left === undefined || b === undefined ? undefined : solved(matrix(left), matrix(b));
  return v && productOf(turned, v);
}

const matrix = (v: MathValue): MatrixOfNumbers => (isMatrix(v) ? v : { rows: [[v]] satisfies Scalar[][] });
