import { evaluateMath, NO_MEANING } from "../../core/math/evaluateMath.js";
import type { MathExpr } from "../../core/math/expression.js";
import { difference, isSameNumber, over, raised, type Scalar, times, toFloat, whole } from "../../core/math/scalar.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";

/** How a written value stands to the right one; `entry` is the first that is wrong, from 1. */
export interface Comparison {
  readonly verdict: "right" | "rounded" | "wrong" | "not understood";
  readonly entry?: readonly [row: number, column: number];
}

/** The size of the last digit of a number that is written out, undefined for any other expression. */
export function lastDigit(e: MathExpr): Scalar | undefined {
  if (e.kind === "negate") return lastDigit(e.of);
  if (e.kind === "number") {
    const [, decimals = "", power = 0] = /^\d*\.?(\d*)(?:e(.*))?$/i.exec(e.text) ?? [];
    return raised(whole(10), whole(Number(power) - decimals.length));
  }
  // 1.5·10³
  if (e.kind === "binary" && e.op === "*" && e.left.kind === "number") {
    const { right } = e;
    const isPower =
      right.kind === "binary" && right.op === "^" && right.left.kind === "number" && right.left.text === "10";
    const power = isPower ? evaluateMath(right, NO_MEANING, { left: 20 }) : undefined;
    const digit = lastDigit(e.left);
    return digit !== undefined && power !== undefined && !isMatrix(power) ? times(digit, power) : undefined;
  }
  return undefined;
}

/** A number with as many decimals as another one is written with; undefined where that one is no plain number, or where a whole one does not do. */
export function writtenAs(value: Scalar, written: MathExpr): string | undefined {
  const plain = written.kind === "negate" ? written.of : written;
  if (plain.kind !== "number") return undefined;
  const decimals = plain.text.split(".")[1]?.length ?? 0;
  const isWhole = typeof value !== "number" && value.d === 1n;
  if (isWhole) return String(value.n);
  return decimals > 0 && decimals <= 12 ? toFloat(value).toFixed(decimals) : undefined;
}

/** Compares a value with what is written for it, to the digits that are written. */
export function compareWritten(value: MathValue, written: MathExpr, is: MathValue, relation: string): Comparison {
  if (!isMatrix(value) || !isMatrix(is)) {
    if (isMatrix(value) || isMatrix(is)) return { verdict: "not understood" };
    return { verdict: compareNumbers(value, written, is, relation) };
  }
  const rows = written.kind === "matrix" ? written.rows : undefined;
  if (value.rows.length !== is.rows.length || value.rows[0]?.length !== is.rows[0]?.length)
    return sizesDiffer(value, is);
  const wrong: { readonly entry: readonly [number, number]; readonly off: number }[] = [];
  let isRounded = false;
  for (const [i, row] of value.rows.entries())
    for (const [j, x] of row.entries()) {
      const y = is.rows[i]?.[j];
      if (y === undefined) return { verdict: "not understood" };
      const cell = rows?.[i]?.[j];
      const verdict = cell ? compareNumbers(x, cell, y, relation) : isSameNumber(x, y) ? "right" : "wrong";
      if (verdict === "not understood") return { verdict, entry: [i + 1, j + 1] };
      if (verdict === "wrong") wrong.push({ entry: [i + 1, j + 1], off: Math.abs(toFloat(difference(x, y))) });
      if (verdict === "rounded") isRounded = true;
    }
  // An entry that is off in its last digit is not the one to look at where another one is far off.
  const most = Math.max(...wrong.map(({ off }) => off));
  const first = wrong.find(({ off }) => off * SLIGHTLY >= most);
  if (first) return { verdict: "wrong", entry: first.entry };
  return { verdict: isRounded ? "rounded" : "right" };
}

/** How many times further off another entry is before the first wrong one is passed over. */
const SLIGHTLY = 20;

/** A row for a column is another way to write the same numbers. */
function sizesDiffer(
  value: Extract<MathValue, { rows: unknown }>,
  is: Extract<MathValue, { rows: unknown }>,
): Comparison {
  const [a, b] = [value.rows.flat(), is.rows.flat()];
  const isVector = (v: Extract<MathValue, { rows: unknown }>): boolean =>
    v.rows.length === 1 || v.rows[0]?.length === 1;
  if (isVector(value) && isVector(is) && a.length === b.length)
    return { verdict: a.every((x, i) => isSameNumber(x, b[i] ?? Number.NaN)) ? "right" : "not understood" };
  return { verdict: "not understood" };
}

function compareNumbers(value: Scalar, written: MathExpr, is: Scalar, relation: string): Comparison["verdict"] {
  if (isSameNumber(value, is)) return "right";
  const digit = lastDigit(written);
  const off = Math.abs(toFloat(difference(value, is)));
  if (digit === undefined) {
    if (relation !== "≈") return "wrong";
    const share = off / Math.max(Math.abs(toFloat(value)), 1e-300);
    return share < 0.05 ? "rounded" : share > 0.5 ? "wrong" : "not understood";
  }
  const step = toFloat(digit);
  const isRounded = off <= step / 2 + 1e-12 * Math.abs(toFloat(value));
  const scaled = over(value, digit);
  const isCutOff = off < step && scaled !== undefined && Math.trunc(toFloat(scaled)) === Math.round(toFloat(is) / step);
  if (!isRounded && !isCutOff) return "wrong";
  // 20 for 20.5 may be meant, or may lack a floor; of a large number the decimals are left out. One digit may be too few.
  const size = Math.abs(toFloat(value));
  // Who has 0.25 writes it.
  const isShort = String(size).replace(/^0\.0*|\./g, "").length < 3;
  const isFar = isRounded ? isShort && off > 0.1 * size : off > 0.05 * size;
  const isCoarse = ((step >= 1 && size < 100) || isFar) && relation === "=";
  return isCoarse ? "not understood" : "rounded";
}
