import { isZero, minus, over, plus, type Scalar, times, whole } from "./scalar.js";
import { isMatrix, type MathValue, type MatrixOfNumbers, productOf, transposed } from "./value.js";

/** Whether a number is 0, or what is left of it behind the digits of floating-point numbers. */
const isNil = (a: Scalar): boolean => (typeof a === "number" ? Math.abs(a) < 1e-10 : isZero(a));

/** A matrix X with A X = B, where one exists; what is free in it is 0. */
export function solved(a: MatrixOfNumbers, b: MatrixOfNumbers): MatrixOfNumbers | undefined {
  const width = a.rows[0]?.length ?? 0;
  let rows = a.rows.map((row, i) => [...row, ...(b.rows[i] ?? [])]);
  const done: { readonly row: readonly Scalar[]; readonly column: number }[] = [];
  for (let column = 0; column < width; column++) {
    const pivot = rows.find((row) => !isNil(row[column] ?? 0));
    if (!pivot) continue;
    const row = pivot.map((x) => over(x, pivot[column] ?? 1) ?? x);
    const without = (other: readonly Scalar[]): Scalar[] =>
      other.map((x, j) => plus(x, minus(times(other[column] ?? 0, row[j] ?? 0))));
    rows = rows.filter((other) => other !== pivot).map(without);
    for (const [i, other] of done.entries()) done[i] = { ...other, row: without(other.row) };
    done.push({ row, column });
  }
  if (rows.some((row) => row.some((x) => !isNil(x)))) return undefined;
  const none = (b.rows[0] ?? []).map(() => whole(0));
  return {
    rows: Array.from({ length: width }, (_, j) => done.find((d) => d.column === j)?.row.slice(width) ?? none),
  };
}

/** The inverse of a square matrix that has one. */
export const inverseOf = (a: MatrixOfNumbers): MatrixOfNumbers | undefined =>
  a.rows.length === a.rows[0]?.length
    ? solved(a, { rows: a.rows.map((row) => a.rows.map((other) => whole(row === other ? 1 : 0))) })
    : undefined;

/** The shortest of the columns w for which X w is nearest to y. */
export function leastNorm(x: MatrixOfNumbers, y: MatrixOfNumbers): MathValue | undefined {
  const turned = transposed(x);
  const [square = 0, right = 0] = [productOf(turned, x), productOf(turned, y)];
  const v = solved(matrix(productOf(matrix(square), turned) ?? 0), matrix(right));
  return v && productOf(turned, v);
}

const matrix = (v: MathValue): MatrixOfNumbers => (isMatrix(v) ? v : { rows: [[v]] satisfies Scalar[][] });
