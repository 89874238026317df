import { binary, numberAt } from "../../core/math/compound.js";
import { evaluateMath, NO_MEANING } from "../../core/math/evaluateMath.js";
import { allWithin, type MathExpr, replaced } from "../../core/math/expression.js";
import { isBelow, isSameNumber, type Scalar, times, toFloat, whole } from "../../core/math/scalar.js";
import { isMatrix, type MathValue, sizeOf } from "../../core/math/value.js";
import { compareWritten, lastDigit, writtenAs } from "./compareWritten.js";
import { numbersOf } from "./numbersOf.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** What is said of two sides that both have a value. */
export function decideValues(
  a: MathValue,
  left: MathExpr,
  b: MathValue,
  right: MathExpr,
  relation: string,
): StepAnswer {
  const values = [a, b] as const;
  if (relation === "=" || relation === "≈" || relation === "≡") {
    const one = compareWritten(a, right, b, relation);
    const isOtherWay = one.verdict === "wrong" && lastDigit(left) !== undefined;
    const other = isOtherWay ? compareWritten(b, left, a, relation) : one;
    // Two numbers side by side are no calculation that could be wrong.
    if (other.verdict === "wrong" && isOtherWay && lastDigit(right) !== undefined) return UNCLEAR;
    if (other.verdict === "wrong" && isScore(a, right)) return UNCLEAR;
    const number = other.verdict === "wrong" && !isMatrix(a) ? writtenAs(a, right) : undefined;
    return {
      ...(other.verdict === "wrong" ? one : other),
      values,
      how: "numbers",
      ...(number === undefined ? {} : { rightNumber: number }),
    };
  }
  if (isMatrix(a) || isMatrix(b)) return UNCLEAR;
  const holds = ordered(a, b, relation);
  // A proof may say of two numbers what is absurd.
  if (holds === false && lastDigit(left) !== undefined && lastDigit(right) !== undefined) return UNCLEAR;
  return holds === undefined ? UNCLEAR : { verdict: holds ? "right" : "wrong", values, how: "numbers" };
}

/** Whether a fraction gives so many points out of so many: `4 + 3 = 7/10`. */
function isScore(a: MathValue, e: MathExpr): boolean {
  if (isMatrix(a) || e.kind !== "binary" || e.op !== "/") return false;
  const [points, most] = [e.left, e.right].map((x) => (x.kind === "number" ? Number(x.text) : Number.NaN));
  return toFloat(a) === points && points <= (most ?? 0);
}

function ordered(a: Scalar, b: Scalar, relation: string): boolean | undefined {
  switch (relation) {
    case "<":
      return isBelow(a, b);
    case ">":
      return isBelow(b, a);
    case "≤":
      return isBelow(a, b) || isSameNumber(a, b);
    case "≥":
      return isBelow(b, a) || isSameNumber(a, b);
    case "≠":
      return !isSameNumber(a, b);
    default:
      return undefined;
  }
}

/** Rounded numbers of one side that are moved one by one. */
const MAX_ROUNDED = 40;

/**
 * Whether two sides are no further apart than the digits of the numbers on the right say: `1 − 0.95⁵⁹ = 1 − 0.0485`. A number that stands on the
 * left, too, is exact.
 */
export function isWithinDigits(
  a: MathValue,
  left: MathExpr,
  b: MathValue,
  right: MathExpr,
  relation: string,
  isExact: (e: MathExpr) => boolean = () => false,
): boolean {
  const own = new Set([...allWithin(left)].flatMap((e) => (e.kind === "number" ? [e.text] : [])));
  const rounded = [...allWithin(right)].filter(
    (e) => e.kind === "number" && e.text.includes(".") && !own.has(e.text) && !isExact(e),
  );
  if (!/^[=≈]$/.test(relation) || right.kind === "number") return false;
  if (rounded.length === 0 || rounded.length > MAX_ROUNDED) return false;
  const valueAt = (e: MathExpr): MathValue | undefined => evaluateMath(e, NO_MEANING, { left: 2000 });
  const plain = valueAt(right);
  if (plain === undefined) return false;
  const off = entriesOf(plain).map(() => 0);
  for (const number of rounded) {
    const digit = lastDigit(number);
    if (digit === undefined || number.kind !== "number") return false;
    // Of a number with many digits the last one may have been cut off.
    const step = times(digit, number.text.replace(/^0?\.0*|\./g, "").length > 2 ? whole(1) : { n: 1n, d: 2n });
    const moved = valueAt(replaced(right, (e) => (e === number ? shifted(number, step) : undefined)));
    if (moved === undefined || entriesOf(moved).length !== off.length) return false;
    for (const [i, x] of entriesOf(moved).entries()) off[i] = (off[i] ?? 0) + Math.abs(x - (entriesOf(plain)[i] ?? x));
  }
  const [x, y] = [entriesOf(a), entriesOf(b)];
  return x.length === y.length && x.every((v, i) => Math.abs(v - (y[i] ?? Number.NaN)) <= (off[i] ?? 0) * 1.01);
}

/** A number with so many digits that it may have been rounded. */
const MAY_BE_ROUNDED = /^-?\d*\.\d{2,12}$/;

/**
 * The same where letters on the left have values that were rounded before they were written: those of which the formula is not read, and
 * estimates, which stand under a hat.
 */
export function isWithinLetters(
  a: MathValue,
  left: MathExpr,
  b: MathValue,
  right: MathExpr,
  relation: string,
  { values, unread }: Record<"values" | "unread", ReadonlyMap<string, MathValue>>,
): boolean {
  const letters = new Set<MathExpr>();
  const written = replaced(left, (e) => {
    const value = e.kind === "symbol" ? values.get(e.name) : undefined;
    if (e.kind !== "symbol" || value === undefined || isMatrix(value)) return undefined;
    const number = toFloat(value);
    const one = numberAt(String(Math.abs(number)), e);
    const isWorkedOut = unread.has(e.name) || e.name.includes("\u0302");
    if (isWorkedOut && MAY_BE_ROUNDED.test(String(number))) letters.add(one);
    return number < 0 ? { kind: "negate", of: one, from: e.from, to: e.to } : one;
  });
  return letters.size > 0 && isWithinDigits(b, right, a, written, relation, (e) => !letters.has(e));
}

const entriesOf = (v: MathValue): readonly number[] => (isMatrix(v) ? v.rows.flat() : [v]).map(toFloat);

/** How far two values are apart, as a share of the larger entries. */
function distance(a: MathValue, b: MathValue): number {
  const [x, y] = [entriesOf(a), entriesOf(b)];
  if (x.length !== y.length) return Number.POSITIVE_INFINITY;
  return Math.max(...x.map((v, i) => Math.abs(v - (y[i] ?? 0)))) / Math.max(...[...x, ...y].map(Math.abs), 1e-300);
}

/** How much more a value may be off than the numbers that it is made of. */
const CARRIED = 5;

/** Whether two values are no further apart than what the letters before them lost when they were rounded may come to. */
export function isAsRounded(
  a: MathValue,
  b: MathValue,
  values: ReadonlyMap<string, MathValue>,
  unrounded: ReadonlyMap<string, MathValue>,
): boolean {
  const lost = [...unrounded].map(([name, exact]) => distance(exact, values.get(name) ?? exact));
  return distance(a, b) <= CARRIED * Math.max(0, ...lost.filter((x) => x < 0.1));
}

/** Numbers as floating-point numbers, which are for reading. */
export const inFloats = (v: MathValue): MathValue =>
  isMatrix(v) ? { rows: v.rows.map((row) => row.map(toFloat)) } : toFloat(v);

/** A number and a little more. */
const shifted = (e: MathExpr, step: Scalar): MathExpr => {
  const { n, d } = typeof step === "number" ? { n: 0n, d: 1n } : step;
  return binary("+", e, binary("/", numberAt(`${n}`, e), numberAt(`${d}`, e)));
};

/** Whether a matrix is another one but for some entries, or for their order: an equation to be solved is not. */
export function isSlip(a: MathValue, b: MathValue): boolean {
  if (!isMatrix(a) || !isMatrix(b) || sizeOf(a).join() !== sizeOf(b).join()) return false;
  const [x, y] = [a.rows.flat().map(toFloat), b.rows.flat().map(toFloat)];
  const isNear = (p: number, q: number | undefined): boolean => Math.abs(p - (q ?? Number.NaN)) <= 1e-3 * Math.abs(p);
  const same = x.filter((v, i) => v !== 0 && isNear(v, y[i])).length;
  const inOrder = y.toSorted((p, q) => p - q);
  const isTurned = x.every((v, i) => isNear(Math.abs(v), Math.abs(y[i] ?? 0)));
  return same * 2 > x.length || isTurned || x.toSorted((p, q) => p - q).every((v, i) => isNear(v, inOrder[i]));
}

/** What is said of a step where its letters are what they were before they were rounded; undefined where that is wrong, too. */
export function decideUnrounded(
  left: MathExpr,
  right: MathExpr,
  relation: string,
  {
    values,
    unrounded,
  }: {
    readonly values: ReadonlyMap<string, MathValue>;
    readonly unrounded: ReadonlyMap<string, MathValue>;
  },
): StepAnswer | undefined {
  const exact = new Map([...values, ...unrounded]);
  const [a, b] = [numbersOf(left, exact), numbersOf(right, exact)];
  const answer = a === undefined || b === undefined ? undefined : decideValues(a, left, b, right, relation);
  return answer?.verdict === "right" || answer?.verdict === "rounded" ? answer : undefined;
}
