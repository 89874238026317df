import { type Scalar, toFloat } from "./scalar.js";
import { isMatrix, type MathValue } from "./value.js";

/** A number as a student writes it: whole, as a short decimal where it is one, else as a fraction or rounded. */
export function printScalar(a: Scalar): string {
  return signed(
    typeof a === "number" ? printFloat(a) : a.d === 1n ? grouped(String(a.n)) : (decimalOf(a) ?? fractionOf(a)),
  );
}

const signed = (text: string): string => text.replace("-", "−");

const grouped = (digits: string): string =>
  digits.replace("-", "").length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, ",") : digits;

const printFloat = (a: number): string => String(Number(a.toPrecision(7)));

/** A fraction that has at most six decimals. */
function decimalOf(a: Exclude<Scalar, number>): string | undefined {
  if (1_000_000n % a.d !== 0n) return undefined;
  return String(toFloat(a));
}

function fractionOf(a: Exclude<Scalar, number>): string {
  const text = `${a.n}/${a.d}`;
  return text.length <= 9 ? text : `${printFloat(toFloat(a))}…`;
}

/** A number without a fraction. */
export function printDecimal(a: Scalar): string {
  const text = printScalar(a);
  return text.includes("/") ? signed(`${printFloat(toFloat(a))}…`) : text;
}

/** A value with more digits than anyone writes. */
export function printExactly(v: MathValue): string {
  return isMatrix(v)
    ? printValue(v)
    : signed(typeof v !== "number" && v.d === 1n ? String(v.n) : printFloat(toFloat(v)));
}

/** A value: a number, or a matrix by rows. */
export function printValue(v: MathValue): string {
  if (!isMatrix(v)) return printScalar(v);
  const isColumn = v.rows.every((row) => row.length === 1);
  if (isColumn) return `(${v.rows.map((row) => printScalar(row[0] ?? Number.NaN)).join(", ")})`;
  return `[${v.rows.map((row) => `[${row.map(printScalar).join(", ")}]`).join(", ")}]`;
}

/** Significant digits that are printed where nobody asks for more. */
const DIGITS = 7;

/** Two numbers that are compared, with as many digits as the second one has; undefined where the usual ones will do. */
export function printToDigits(a: MathValue, b: MathValue): readonly [string, string] | undefined {
  if (isMatrix(a) || isMatrix(b)) return undefined;
  const text = String(toFloat(b));
  const digits = text.replace(/e.*|^-?0\.0*|[-.]/g, "").length;
  if (digits < DIGITS || digits > 14 || text.includes("e") || !text.includes(".")) return undefined;
  return [signed(String(Number(toFloat(a).toPrecision(digits + 1)))), signed(text)];
}

/** A number with as many digits as it takes to see that it is another one than a text says; undefined where no number does. */
export function printUnlike(a: MathValue, text: string): string | undefined {
  if (isMatrix(a)) return undefined;
  for (let digits = DIGITS; digits <= 15; digits++) {
    const shown = signed(String(Number(toFloat(a).toPrecision(digits))));
    if (shown !== text) return shown;
  }
  return undefined;
}
