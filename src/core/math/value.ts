import { isSameNumber, minus, plus, type Scalar, times, toFloat, whole } from "./scalar.js";

/** A matrix of numbers by rows, with more than one entry. */
export interface MatrixOfNumbers {
  readonly rows: readonly (readonly Scalar[])[];
}

/** What an expression comes to. */
export type MathValue = Scalar | MatrixOfNumbers;

/** Whether a value is a matrix. */
export const isMatrix = (v: MathValue): v is MatrixOfNumbers => typeof v === "object" && "rows" in v;

/** `3×2`. */
export const sizeOf = ({ rows }: MatrixOfNumbers): readonly [number, number] => [rows.length, rows[0]?.length ?? 0];

/** Whether two values are one, entry by entry. */
export function isSameValue(a: MathValue, b: MathValue): boolean {
  if (!isMatrix(a) || !isMatrix(b)) return !isMatrix(a) && !isMatrix(b) && isSameNumber(a, b);
  return (
    a.rows.length === b.rows.length &&
    a.rows.every(
      (row, i) =>
        row.length === b.rows[i]?.length && row.every((x, j) => isSameNumber(x, b.rows[i]?.[j] ?? Number.NaN)),
    )
  );
}

const each = (
  a: MatrixOfNumbers,
  to: (x: Scalar, i: number, j: number) => Scalar | undefined,
): MathValue | undefined => {
  const rows = a.rows.map((row, i) => row.map((x, j) => to(x, i, j)));
  return rows.every((row): row is Scalar[] => row.every((x) => x !== undefined)) ? { rows } : undefined;
};

/** a + b, or what another operation makes of each pair of entries; undefined where the sizes differ. */
export function entrywise(
  a: MathValue,
  b: MathValue,
  to: (x: Scalar, y: Scalar) => Scalar | undefined,
): MathValue | undefined {
  if (!isMatrix(a) && !isMatrix(b)) return to(a, b);
  if (!isMatrix(a) || !isMatrix(b) || sizeOf(a).join() !== sizeOf(b).join()) return undefined;
  return each(a, (x, i, j) => {
    const y = b.rows[i]?.[j];
    return y === undefined ? undefined : to(x, y);
  });
}

const isColumn = (a: MathValue): boolean => isMatrix(a) && a.rows[0]?.length === 1;

/** a + b; a number is added to each entry of a column. */
export function sumOf(a: MathValue, b: MathValue): MathValue | undefined {
  if (!isMatrix(a) && isColumn(b)) return entrywise(filledLike(b, a), b, plus);
  if (!isMatrix(b) && isColumn(a)) return entrywise(a, filledLike(a, b), plus);
  return entrywise(a, b, plus);
}

/** −a. */
export const negated = (a: MathValue): MathValue | undefined => (isMatrix(a) ? each(a, minus) : minus(a));

/** The product of two matrices, of a number and a matrix, or of two numbers; undefined where the inner sizes differ. */
export function productOf(a: MathValue, b: MathValue): MathValue | undefined {
  if (!isMatrix(a)) return isMatrix(b) ? each(b, (x) => times(a, x)) : times(a, b);
  if (!isMatrix(b)) return each(a, (x) => times(x, b));
  const [, inner] = sizeOf(a);
  if (inner !== b.rows.length) return undefined;
  return asNumber({
    rows: a.rows.map((row) =>
      (b.rows[0] ?? []).map((_, j) =>
        row.reduce<Scalar>((sum, x, k) => plus(sum, times(x, b.rows[k]?.[j] ?? Number.NaN)), whole(0)),
      ),
    ),
  });
}

/** Whether two values are columns of one length. */
export const areColumns = (a: MathValue, b: MathValue): boolean =>
  isMatrix(a) && isMatrix(b) && a.rows.length === b.rows.length && [...a.rows, ...b.rows].every((r) => r.length === 1);

/** A matrix of one entry as the number that it is: a row times a column. */
export function asNumber(a: MatrixOfNumbers): MathValue {
  const only = a.rows.length === 1 && a.rows[0]?.length === 1 ? a.rows[0][0] : undefined;
  return only ?? a;
}

/** As large as another value, with one number everywhere. */
export const filledLike = (a: MathValue, x: Scalar): MathValue =>
  isMatrix(a) ? { rows: a.rows.map((row) => row.map(() => x)) } : x;

/** The transpose; a number is its own. */
export const transposed = (a: MathValue): MathValue =>
  isMatrix(a) ? { rows: (a.rows[0] ?? []).map((_, j) => a.rows.map((row) => row[j] ?? Number.NaN)) } : a;

/** An entry of a vector or matrix; the indices count from 1. */
export function entryOf({ rows }: MatrixOfNumbers, args: readonly Scalar[]): Scalar | undefined {
  const [i = 0, j = 1] = args.map(toFloat);
  return rows.length === 1 && args.length === 1 ? rows[0]?.[i - 1] : rows[i - 1]?.[j - 1];
}
