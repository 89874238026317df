import { less } from "../../core/dims/compare.js";
import { type Dim, multiply, negate } from "../../core/dims/dim.js";
import { divmodFloats, operate } from "./arithmetic.js";
import type { Evaluator } from "./evaluator.js";
import { nearestFloat } from "./floats.js";
import { DIVISION_BY_ZERO, floatOf, intOf, smallNumber, wholeNumber } from "./integers.js";
import { readFloat, readInteger, rounded } from "./numberMethods.js";
import { membersOf } from "./sets.js";
import { extreme } from "./sorting.js";
import type { Place } from "./syntax.js";
import { take } from "./taking.js";
import { pythonNumber } from "./torch/tensorNumbers.js";
import {
  isBoolValue,
  isFloatValue,
  isIntValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  beyondNumber,
  type CallArguments,
  int,
  type PyValue,
  someNumber,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const UNCLEAR = unknown("Dimsum cannot tell this number.");

/** The product of whole numbers; unknown where one of them is. */
export function productOfInts(items: readonly PyValue[] | undefined): PyValue {
  let product: Dim = 1;
  for (const item of items ?? [UNCLEAR]) {
    if (!isIntValue(item)) return isUnknownValue(item) ? item : UNCLEAR;
    product = multiply(product, item.value);
  }
  return int(product);
}

/** A number as a float; undefined where it is not known, or where no float holds it. */
export function floatFrom(v: PyValue | undefined): number | undefined {
  if (isFloatValue(v)) return v.value;
  const whole = wholeNumber(v);
  const value = whole === undefined ? undefined : nearestFloat({ n: whole, d: 1n });
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

const inBase =
  (radix: number, prefix: string): Call =>
  (_, args) => {
    const whole = wholeNumber(take(args, "/number")?.[0]);
    if (whole === undefined) return UNCLEAR;
    const digits = (whole < 0n ? -whole : whole).toString(radix);
    return stringValue(`${whole < 0n ? "-" : ""}${prefix}${digits}`);
  };

/** Whether a text is certainly none that `int` takes: digits in other scripts are numbers, too. */
const isPlainText = (text: string): boolean => text.length <= 40 && /^[\x20-\x7e]*[A-Za-z.][\x20-\x7e]*$/.test(text);

/** The number that a tensor of one number holds, where it is known; any other value as it is. */
const onlyNumber = (v: PyValue): PyValue =>
  isTensorValue(v) && v.numbers?.length === 1 ? pythonNumber(v.numbers[0] as number, v.dtype) : v;

/** Functions of Python itself that make numbers of numbers. */
export const NUMBERS: Readonly<Record<string, Call>> = {
  int: (engine, args) => {
    const [of = int(0), base] = take(args, "/x? base?") ?? [UNCLEAR];
    const v = onlyNumber(of);
    const radix = base ? smallNumber(base) : 10;
    if (isStringValue(v) && radix !== undefined) {
      const whole = readInteger(v.value, radix);
      if (whole === undefined && isPlainText(v.value))
        engine.fail(
          "ValueError",
          engine.trail.at(-1) ?? { from: 0, to: 0 },
          `The text '${v.value}' is no whole number.`,
          "Take the digits alone.",
        );
      return whole === undefined ? UNCLEAR : intOf(whole);
    }
    if (base) return UNCLEAR;
    if (isIntValue(v)) return v;
    // A whole number may be a size, which no other number is.
    if (isUnknownValue(v)) return beyondNumber(v);
    if (isBoolValue(v)) return int(Number(v.value));
    return isFloatValue(v) && Number.isFinite(v.value) ? intOf(BigInt(Math.trunc(v.value))) : UNCLEAR;
  },
  float: (_, args) => {
    const [of = floatOf(0)] = take(args, "/x?") ?? [UNCLEAR];
    const v = onlyNumber(of);
    const value = isStringValue(v) ? readFloat(v.value) : floatFrom(v);
    if (value !== undefined) return floatOf(value);
    return isIntValue(v) || (isUnknownValue(v) && v.number) ? someNumber("Its value is not known.") : UNCLEAR;
  },
  round: (_, args) => {
    const [v, digits] = take(args, "number ndigits?") ?? [];
    return v ? rounded(v, digits) : UNCLEAR;
  },
  abs: (_, args) => {
    const [v = UNCLEAR] = take(args, "/x") ?? [];
    if (isFloatValue(v)) return floatOf(Math.abs(v.value));
    if (isBoolValue(v)) return int(Number(v.value));
    const below = isIntValue(v) ? less(v.value, 0) : undefined;
    if (isUnknownValue(v) && v.number) return v;
    return isIntValue(v) && below !== undefined ? int(below ? negate(v.value) : v.value) : UNCLEAR;
  },
  pow: (engine, args) => {
    const [a, b, modulus] = take(args, "base exp mod?") ?? [];
    if (!a || !b) return UNCLEAR;
    if (!modulus || isNoneValue(modulus)) return operate(engine, "**", a, b);
    const [base, exponent, by] = [a, b, modulus].map(wholeNumber);
    if (base === undefined || exponent === undefined || !by || by < 0n || exponent < 0n || exponent > 1n << 64n)
      return UNCLEAR;
    let [result, square] = [1n % by, ((base % by) + by) % by];
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * square) % by;
      square = (square * square) % by;
    }
    return intOf(result);
  },
  divmod: (engine, args) => {
    const [a, b] = take(args, "/a /b") ?? [];
    if (!a || !b) return UNCLEAR;
    if (isFloatValue(a) || isFloatValue(b)) {
      const [x, y] = [floatFrom(a), floatFrom(b)];
      if (y === 0) return DIVISION_BY_ZERO;
      return x === undefined || y === undefined ? UNCLEAR : tupleValue(divmodFloats(x, y).map(floatOf));
    }
    const items = ["//", "%"].map((op) => operate(engine, op, a, b));
    return items.some((v) => isUnknownValue(v)) ? UNCLEAR : tupleValue(items);
  },
  sum: (engine, args, place) => {
    const [v, start = int(0)] = take(args, "/items start?") ?? [];
    const items = v && membersOf(engine, v);
    if (!items || isStringValue(start)) return UNCLEAR;
    let total: PyValue = start;
    for (const item of items) total = engine.binary("+", total, item, place);
    return total;
  },
  max: (engine, args) => extreme(engine, args, 1),
  min: (engine, args) => extreme(engine, args, -1),
  hex: inBase(16, "0x"),
  oct: inBase(8, "0o"),
  bin: inBase(2, "0b"),
  ord: (_, args) => {
    const [v] = take(args, "/c") ?? [];
    const letters = isStringValue(v) ? [...v.value] : [];
    return letters.length === 1 ? int(letters[0]?.codePointAt(0) ?? 0) : UNCLEAR;
  },
  chr: (_, args) => {
    const code = smallNumber(take(args, "/i")?.[0]);
    const isLetter = code !== undefined && code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isLetter ? stringValue(String.fromCodePoint(code)) : unknown("Which letter is not known.");
  },
};
