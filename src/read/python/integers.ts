import { add, type Dim, divide, exactValue, floor, modulo, multiply, power, subtract } from "../../core/dims/dim.js";
import { constant } from "../../core/dims/poly.js";
import { rational } from "../../core/dims/rational.js";
import { bitLength, nearestFloat } from "./floats.js";
import { isBoolValue, isIntValue } from "./valueKinds.js";
import { floatValue, int, type PyValue, someNumber, unknown } from "./values.js";

/** Terms of a symbolic size, and digits of its numbers, that are carried along. */
const MAX_KEY = 800;

/** Binary digits of a whole number that is carried along. */
const MAX_BITS = 2500;

// A whole number that is not known may be a size, which no other number is.
const LARGE = unknown("It is too large.");

/** Whether a size has grown beyond what any model has. */
export const isTooLarge = (value: Dim): boolean => typeof value !== "number" && value.key.length > MAX_KEY;

/** What Python refuses to divide by. */
export const DIVISION_BY_ZERO: PyValue = unknown("It is a division by zero, which Python refuses.");

/** The whole number that a value is exactly; undefined for symbols, fractions and other kinds. */
export function wholeNumber(v: PyValue | undefined): bigint | undefined {
  if (isBoolValue(v)) return v.value ? 1n : 0n;
  if (!isIntValue(v)) return undefined;
  if (typeof v.value === "number") return BigInt(v.value);
  const exact = exactValue(v.value);
  return exact?.d === 1n ? exact.n : undefined;
}

/** The small whole number that a value is exactly, as an index or a count. */
export function smallNumber(v: PyValue | undefined): number | undefined {
  if (isBoolValue(v)) return Number(v.value);
  return isIntValue(v) && typeof v.value === "number" ? v.value : undefined;
}

/** A whole number as a value; unknown where it has too many digits. */
export function intOf(n: bigint): PyValue {
  const small = Number(n);
  if (Number.isSafeInteger(small)) return int(small);
  return bitLength(n) > MAX_BITS ? LARGE : int(constant(rational(n)));
}

/** A number as a float value. */
export const floatOf = (value: number | undefined): PyValue =>
  value === undefined ? someNumber("Dimsum cannot tell this number.") : floatValue(value);

const whole = (value: Dim | undefined): PyValue | undefined =>
  value === undefined ? undefined : isTooLarge(value) ? LARGE : int(value);

/** What an operator makes of two sizes; undefined where it is none of whole numbers. */
export function onInts(op: string, a: Dim, b: Dim): PyValue | undefined {
  if (b === 0 && (op === "/" || op === "//" || op === "%")) return DIVISION_BY_ZERO;
  const [x, y] = [wholeNumber(int(a)), wholeNumber(int(b))];
  if (x !== undefined && y !== undefined) return onWhole(op, x, y);
  switch (op) {
    case "+":
      return whole(add(a, b));
    case "-":
      return whole(subtract(a, b));
    case "*":
      return whole(multiply(a, b));
    case "//":
      return floored(a, b);
    case "%":
      return whole(modulo(a, b));
    case "**":
      return b === 0 || b === 1 || b === 2 ? whole(power(a, b)) : LARGE;
    case "/": {
      // A true division makes a float; a symbolic one stays exact and is told apart by its use.
      const quotient = divide(a, b);
      const exact = quotient === undefined ? undefined : exactValue(quotient);
      return exact
        ? floatValue(Number(exact.n) / Number(exact.d))
        : someNumber("It is a division of sizes that are not known.");
    }
    case "<<":
      return whole(typeof b === "number" && b >= 0 && b < 512 ? multiply(a, 2 ** b) : undefined);
    case ">>":
      return typeof b === "number" && b >= 0 && b < 512 ? floored(a, 2 ** b) : undefined;
    default:
      return undefined;
  }
}

function floored(a: Dim, b: Dim): PyValue | undefined {
  const quotient = divide(a, b);
  return quotient === undefined ? undefined : int(floor(quotient));
}

/** ⌊a/b⌋ and what is left, with b's sign. */
export function divmodWhole(a: bigint, b: bigint): readonly [bigint, bigint] {
  const rest = a % b;
  const isOff = rest !== 0n && rest < 0n !== b < 0n;
  return isOff ? [a / b - 1n, rest + b] : [a / b, rest];
}

function onWhole(op: string, a: bigint, b: bigint): PyValue | undefined {
  switch (op) {
    case "+":
      return intOf(a + b);
    case "-":
      return intOf(a - b);
    case "*":
      return intOf(a * b);
    case "//":
      return intOf(divmodWhole(a, b)[0]);
    case "%":
      return intOf(divmodWhole(a, b)[1]);
    case "/":
      return trueDivision(a, b);
    case "**":
      if (b < 0n) return undefined;
      return bitLength(a) * Number(b) > 2 * MAX_BITS && a * a > 1n ? LARGE : intOf(a ** b);
    case "<<":
      if (b < 0n) return unknown("Python refuses to shift by less than nothing.");
      return b > BigInt(MAX_BITS) && a !== 0n ? LARGE : intOf(a << b);
    case ">>":
      if (b < 0n) return unknown("Python refuses to shift by less than nothing.");
      return intOf(a >> b);
    case "&":
      return intOf(a & b);
    case "|":
      return intOf(a | b);
    case "^":
      return intOf(a ^ b);
    default:
      return undefined;
  }
}

function trueDivision(a: bigint, b: bigint): PyValue {
  // Zero through something negative is Python's −0.0.
  if (a === 0n) return floatValue(b < 0n ? -0 : 0);
  const value = nearestFloat(b < 0n ? { n: -a, d: -b } : { n: a, d: b });
  return floatOf(value !== undefined && Number.isFinite(value) ? value : undefined);
}
