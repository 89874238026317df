import { addRational, divRational, floorRational, mulRational, type Rational, rational } from "../dims/rational.js";

/** A number: an exact fraction, or the nearest that floating-point numbers have where it is irrational. */
export type Scalar = Rational | number;

/** Bits of a fraction's two numbers beyond which it is kept as a floating-point number. */
const MAX_BITS = 4096;

/** Digits of a number beyond which nothing is computed with it. */
const isSmall = ({ n, d }: Rational): boolean => bits(n) <= MAX_BITS && bits(d) <= MAX_BITS;

const bits = (a: bigint): number => (a < 0n ? -a : a).toString(16).length * 4;

const bounded = (a: Rational): Scalar => (isSmall(a) ? a : toFloat(a));

/** A fraction as a floating-point number. */
export function toFloat(a: Scalar): number {
  if (typeof a === "number") return a;
  const direct = Number(a.n) / Number(a.d);
  if (Number.isFinite(direct) && (direct !== 0 || a.n === 0n)) return direct;
  const shift = BigInt(Math.max(0, bits(a.d) - 64));
  return Number(a.n >> shift) / Number(a.d >> shift);
}

/** A whole number. */
export const whole = (n: number | bigint): Rational => rational(BigInt(n));

const either =
  (exact: (a: Rational, b: Rational) => Rational, near: (a: number, b: number) => number) =>
  (a: Scalar, b: Scalar): Scalar =>
    typeof a === "number" || typeof b === "number" ? near(toFloat(a), toFloat(b)) : bounded(exact(a, b));

/** a + b. */
export const plus = either(addRational, (a, b) => a + b);
/** a · b. */
export const times = either(mulRational, (a, b) => a * b);
/** −a. */
export const minus = (a: Scalar): Scalar => (typeof a === "number" ? -a : { n: -a.n, d: a.d });

/** a / b; undefined for b = 0. */
export function over(a: Scalar, b: Scalar): Scalar | undefined {
  if (isZero(b)) return undefined;
  return typeof a === "number" || typeof b === "number" ? toFloat(a) / toFloat(b) : bounded(divRational(a, b));
}

/** Whether a number is exactly 0. */
export const isZero = (a: Scalar): boolean => (typeof a === "number" ? a === 0 : a.n === 0n);

/** a to the power of b; undefined where that is no real number, or too large to be written. */
export function raised(a: Scalar, b: Scalar): Scalar | undefined {
  if (typeof a !== "number" && typeof b !== "number" && b.d === 1n) {
    const size = Number(b.n < 0n ? -b.n : b.n);
    if (isZero(a) && b.n <= 0n) return b.n === 0n ? whole(1) : undefined;
    if (size * Math.max(bits(a.n), bits(a.d)) <= MAX_BITS) {
      const power = { n: a.n ** BigInt(size), d: a.d ** BigInt(size) };
      return b.n < 0n ? over(whole(1), power) : power;
    }
  }
  const root = typeof b === "number" || typeof a === "number" ? undefined : exactRoot(a, b);
  return root ?? finite(toFloat(a) ** toFloat(b));
}

/** (n/d)^(p/q) where that is a fraction. */
function exactRoot(a: Rational, b: Rational): Scalar | undefined {
  if (a.n < 0n || b.d > 16n || b.d === 1n) return undefined;
  const q = Number(b.d);
  const [n, d] = [rootOf(a.n, q), rootOf(a.d, q)];
  return n === undefined || d === undefined ? undefined : raised({ n, d }, { n: b.n, d: 1n });
}

function rootOf(a: bigint, q: number): bigint | undefined {
  const near = BigInt(Math.round(Number(a) ** (1 / q)));
  return near ** BigInt(q) === a ? near : undefined;
}

/** A floating-point number, if it is one. */
export const finite = (a: number): number | undefined => (Number.isFinite(a) ? a : undefined);

/** The largest whole number that is not above; undefined where a floating-point number is too near to one to tell. */
export function floored(a: Scalar): Scalar | undefined {
  if (typeof a !== "number") return { n: floorRational(a), d: 1n };
  const near = Math.round(a);
  return Math.abs(a - near) < 1e-9 * Math.max(1, Math.abs(a)) ? undefined : whole(BigInt(Math.floor(a)));
}

/** Whether two numbers are one, as near as floating-point numbers can say. */
export function isSameNumber(a: Scalar, b: Scalar): boolean {
  if (typeof a !== "number" && typeof b !== "number") return a.n === b.n && a.d === b.d;
  const [x, y] = [toFloat(a), toFloat(b)];
  return Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y), 1e-9);
}

/** Whether a < b. */
export function isBelow(a: Scalar, b: Scalar): boolean {
  if (typeof a !== "number" && typeof b !== "number") return a.n * b.d < b.n * a.d;
  return toFloat(a) < toFloat(b) && !isSameNumber(a, b);
}

/** The number that digits say exactly, with a point or an exponent. */
export function readDecimal(text: string): Scalar | undefined {
  const match = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.replace(/[,\s_]/g, ""));
  if (!match || (match[1] === "" && (match[2] ?? "") === "")) return undefined;
  const [, before = "", after = "", exponent = "0"] = match;
  const shift = Number(exponent) - after.length;
  const digits = whole(BigInt(before + after || "0"));
  const ten = raised(whole(10), whole(Math.abs(shift)));
  if (ten === undefined) return undefined;
  return shift < 0 ? over(digits, ten) : times(digits, ten);
}

/** a − b, for numbers. */
export const difference = (a: Scalar, b: Scalar): Scalar => plus(a, times(whole(-1), b));
