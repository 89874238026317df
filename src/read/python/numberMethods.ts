import type { Evaluator } from "./evaluator.js";
import { bitLength, exactFloat, nearestFloat, roundFloat, roundHalfEven } from "./floats.js";
import { floatOf, intOf, smallNumber, wholeNumber } from "./integers.js";
import { drain } from "./iterators.js";
import { take } from "./taking.js";
import {
  isBoolValue,
  isFloatValue,
  isIntValue,
  isLibraryValue,
  isNoneValue,
  isStringValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  boolValue,
  type CallArguments,
  type NativeValue,
  nativeValue,
  notFollowed,
  type PyValue,
  tupleValue,
  unknown,
} from "./values.js";

const UNCLEAR = unknown("Dimsum cannot tell this number.");

const int = /^[+-]?\d+(?:_\d+)*$/;
const float = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;

/** `int("12")` and `int("ff", 16)`; undefined where Python refuses it. */
export function readInteger(text: string, base: number): bigint | undefined {
  const bare = text.trim().toLowerCase();
  if (bare.length > 700) return undefined;
  if (base === 10) return int.test(bare) ? BigInt(bare.replace(/_|^\+/g, "")) : undefined;
  const match = /^([+-]?)(0[box])?([\da-z]+(?:_[\da-z]+)*)$/.exec(bare);
  if (!match) return undefined;
  const [, sign, prefix, digits = ""] = match;
  const own = prefix === undefined ? undefined : { b: 2, o: 8, x: 16 }[prefix[1] as "b" | "o" | "x"];
  // What looks like a prefix may be digits of a larger base.
  const isPrefixed = own !== undefined && (base === 0 || base === own);
  const radix = base === 0 ? (own ?? 10) : base;
  const all = (isPrefixed ? digits : (prefix ?? "") + digits).replaceAll("_", "");
  if (base === 0 && own === undefined && /^0+[1-9]/.test(all)) return undefined;
  let value = 0n;
  for (const c of all) {
    const digit = Number.parseInt(c, 36);
    if (!(digit < radix)) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return sign === "-" ? -value : value;
}

/** `float("1e-3")`; undefined where Python refuses it. */
export function readFloat(text: string): number | undefined {
  const bare = text.trim().toLowerCase();
  const named = /^([+-]?)(inf(?:inity)?|nan)$/.exec(bare);
  if (named) return named[2] === "nan" ? Number.NaN : named[1] === "-" ? -Infinity : Infinity;
  return float.test(bare) ? Number(bare.replaceAll("_", "")) : undefined;
}

/** `round(number, digits)`. */
export function rounded(v: PyValue, digits: PyValue | undefined): PyValue {
  const isPlain = !digits || isNoneValue(digits);
  const count = isPlain ? 0 : smallNumber(digits);
  if (isUnknownValue(v) && v.number) return isPlain ? unknown(v.reason) : v;
  if (count === undefined) return UNCLEAR;
  if (isFloatValue(v)) {
    if (!isPlain) return floatOf(roundFloat(v.value, count));
    return Number.isFinite(v.value) ? intOf(roundHalfEven(exactFloat(v.value))) : UNCLEAR;
  }
  if (isIntValue(v) && (isPlain || count >= 0)) return v;
  const whole = wholeNumber(v);
  if (whole === undefined) return UNCLEAR;
  if (count >= 0) return intOf(whole);
  const unit = count < -400 ? undefined : 10n ** BigInt(-count);
  return intOf(unit === undefined ? 0n : roundHalfEven({ n: whole, d: unit }) * unit);
}

const methods: Readonly<Record<string, (v: PyValue, args: CallArguments, engine: Evaluator) => PyValue | undefined>> = {
  bit_length: (v) => {
    const whole = wholeNumber(v);
    return whole === undefined ? undefined : intOf(BigInt(bitLength(whole)));
  },
  bit_count: (v) => {
    const whole = wholeNumber(v);
    return whole === undefined ? undefined : intOf(BigInt(whole.toString(2).replace(/[^1]/g, "").length));
  },
  conjugate: (v) => (isBoolValue(v) ? intOf(v.value ? 1n : 0n) : v),
  is_integer: (v) => (isFloatValue(v) ? boolValue(Number.isInteger(v.value)) : undefined),
  as_integer_ratio: (v) => {
    const whole = wholeNumber(v);
    if (isFloatValue(v) && !Number.isFinite(v.value)) return undefined;
    if (!isFloatValue(v)) return whole === undefined ? undefined : tupleValue([intOf(whole), intOf(1n)]);
    let { n, d } = exactFloat(v.value);
    while (n !== 0n && n % 2n === 0n && d > 1n) [n, d] = [n / 2n, d / 2n];
    return tupleValue([intOf(n), intOf(d)]);
  },
};

/** `number.astype(int)` of a number of NumPy's; what it is under another type is not followed. */
function asType(v: PyValue, type: PyValue | undefined): PyValue {
  const name = isStringValue(type)
    ? type.value
    : isLibraryValue(type)
      ? type.path.replace(/^(builtins|numpy)\./, "")
      : "";
  const value = isFloatValue(v) ? v.value : Number(wholeNumber(v) ?? Number.NaN);
  const isSmall = Math.abs(value) < 2 ** 31;
  return /^(int|int32|int64|long)$/.test(name) && isSmall ? intOf(BigInt(Math.trunc(value))) : UNCLEAR;
}

/** An attribute or method of a number. */
export function numberAttribute(engine: Evaluator, v: PyValue, name: string): PyValue {
  if (name === "real") return isBoolValue(v) ? intOf(v.value ? 1n : 0n) : v;
  if (name === "imag") return isFloatValue(v) ? floatOf(0) : intOf(0n);
  if (!isFloatValue(v) && (name === "numerator" || name === "denominator"))
    return name === "denominator" ? intOf(1n) : isBoolValue(v) ? intOf(v.value ? 1n : 0n) : v;
  // Numbers of NumPy's are kept as Python's.
  if (name === "item") return nativeValue(name, (args) => (take(args, "") ? v : notFollowed(name)));
  if (name === "astype") return nativeValue(name, (args) => asType(v, take(args, "/dtype")?.[0]));
  const call: NativeValue["call"] = (args) =>
    (Object.hasOwn(methods, name) && take(args, "") ? methods[name]?.(v, args, engine) : undefined) ??
    notFollowed(`${name} of this number`);
  return nativeValue(name, call);
}

/** The exact sum of floats, rounded once, as `math.fsum` gives it. */
export function exactSum(engine: Evaluator, from: PyValue): PyValue {
  let sum = { n: 0n, d: 1n };
  for (const item of drain(engine, from) ?? [UNCLEAR]) {
    const whole = wholeNumber(item);
    const isLimited = isFloatValue(item) && Number.isFinite(item.value);
    if (!isLimited && whole === undefined) return UNCLEAR;
    const part = isFloatValue(item) ? exactFloat(item.value) : { n: whole ?? 0n, d: 1n };
    sum = { n: sum.n * part.d + part.n * sum.d, d: sum.d * part.d };
    if (bitLength(sum.d) > 4000) return UNCLEAR;
  }
  return floatOf(nearestFloat(sum));
}
