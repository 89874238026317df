import { negate, subtract } from "../../core/dims/dim.js";
import { operateCounters } from "./counters.js";
import { unitedDicts } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { nearestFloat } from "./floats.js";
import { DIVISION_BY_ZERO, floatOf, intOf, onInts, smallNumber, wholeNumber } from "./integers.js";
import { listOf, MAX_LENGTH } from "./literals.js";
import { percentFormat } from "./percentFormat.js";
import { operateSets } from "./sets.js";
import { powerOf } from "./transcendental.js";
import { unitedTypes } from "./types.js";
import {
  isBoolValue,
  isFloatValue,
  isIntValue,
  isListValue,
  isStringValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  beyondNumber,
  boolValue,
  complexNumber,
  int,
  isNumber,
  isWhole,
  type ListValue,
  type PyValue,
  someNumber,
  someWhole,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

/** A whole number as a float; undefined for symbols and for what no float holds. */
function asFloat(v: PyValue): number | undefined {
  if (isFloatValue(v)) return v.value;
  const whole = wholeNumber(v);
  const value = whole === undefined ? undefined : nearestFloat({ n: whole, d: 1n });
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** Operators that make whole numbers of whole numbers. */
const KEEPS_WHOLE = /^(?:[-+*%]|\/\/)$/;

/** What an operator makes of two values that are not tensors. */
export function operate(engine: Evaluator, op: string, a: PyValue, b: PyValue): PyValue {
  if (isUnknownValue(a) || isUnknownValue(b)) {
    const lost = isUnknownValue(a) ? a : b;
    const isComplex = [a, b].some((v) => isUnknownValue(v) && v.complex);
    if (isComplex && isNumber(a) && isNumber(b)) return complexNumber("It is a complex number.");
    if (isWhole(a) && isWhole(b) && KEEPS_WHOLE.test(op) && isUnknownValue(lost)) return someWhole(lost.reason);
    return isNumber(a) && isNumber(b) && isUnknownValue(lost) ? someNumber(lost.reason) : beyondNumber(lost);
  }
  if (op === "%" && isStringValue(a)) return percentFormat(a.value, b);
  if (isBoolValue(a) && isBoolValue(b) && (op === "&" || op === "|" || op === "^")) {
    const value = op === "&" ? a.value && b.value : op === "|" ? a.value || b.value : a.value !== b.value;
    return boolValue(value);
  }
  const [x, y] = [sizeOf(a), sizeOf(b)];
  if (x !== undefined && y !== undefined) {
    const result = onInts(op, x, y);
    if (result) return result;
  }
  if (isNumber(a) && isNumber(b)) {
    const [f, g] = [asFloat(a), asFloat(b)];
    if (/^[&|^@]$|<<|>>/.test(op)) return unknown(`Python refuses ${op} of these numbers.`);
    return f !== undefined && g !== undefined ? onFloats(op, f, g) : someNumber("Dimsum cannot calculate this.");
  }
  return (
    onSequences(op, a, b) ??
    operateSets(op, a, b) ??
    operateCounters(engine, op, a, b) ??
    (op === "|" ? (unitedDicts(a, b) ?? unitedTypes(a, b)) : undefined) ??
    unknown("Dimsum cannot calculate this.")
  );
}

const sizeOf = (v: PyValue) => (isIntValue(v) ? v.value : isBoolValue(v) ? Number(v.value) : undefined);

/** ⌊a/b⌋ and what is left of two floats, as Python rounds them; b is not zero. */
export function divmodFloats(a: number, b: number): readonly [number, number] {
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest === 0) rest = b < 0 ? -0 : 0;
  else if (rest < 0 !== b < 0) {
    rest += b;
    quotient -= 1;
  }
  if (Number.isNaN(quotient)) return [quotient, rest];
  if (quotient === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, rest];
  const low = Math.floor(quotient);
  return [quotient - low > 0.5 ? low + 1 : low, rest];
}

function onFloats(op: string, a: number, b: number): PyValue {
  if (b === 0 && (op === "/" || op === "//" || op === "%")) return DIVISION_BY_ZERO;
  switch (op) {
    case "+":
      return floatOf(a + b);
    case "-":
      return floatOf(a - b);
    case "*":
      return floatOf(a * b);
    case "/":
      return floatOf(a / b);
    case "//":
      return floatOf(divmodFloats(a, b)[0]);
    case "%":
      return floatOf(divmodFloats(a, b)[1]);
    case "**":
      return floatPower(a, b);
    default:
      return unknown("Dimsum cannot calculate this.");
  }
}

/** a to the power b as floats. */
export function floatPower(a: number, b: number): PyValue {
  if (a === 1 || b === 0) return floatOf(1);
  if (a === 0 && b < 0) return DIVISION_BY_ZERO;
  if (a < 0 && Number.isFinite(a) && !Number.isInteger(b) && Number.isFinite(b))
    return unknown("It is a complex number.");
  if (a === 0 || !Number.isFinite(a) || !Number.isFinite(b)) return floatOf(a === -1 && !Number.isNaN(b) ? 1 : a ** b);
  const size = powerOf(Math.abs(a), b);
  return size === undefined ? someNumber("It is too large.") : floatOf(a < 0 && b % 2 !== 0 ? -size : size);
}

type Sequence = Extract<PyValue, { kind: "list" | "tuple" | "string" }>;

const isSequence = (v: PyValue): v is Sequence => isListValue(v) || isTupleValue(v) || isStringValue(v);

function onSequences(op: string, a: PyValue, b: PyValue): PyValue | undefined {
  if ((isListValue(a) && a.array) || (isListValue(b) && b.array)) return undefined;
  const long = unknown("It is too long.");
  if (op === "+" && isStringValue(a) && isStringValue(b))
    return a.value.length + b.value.length > MAX_LENGTH ? long : stringValue(a.value + b.value);
  if (op === "+" && isListValue(a) && isListValue(b)) {
    if (!a.deque !== !b.deque) return undefined;
    return like(a, a.items && b.items && [...a.items, ...b.items]);
  }
  if (op === "+" && isTupleValue(a) && isTupleValue(b)) {
    const items = [...a.items, ...b.items];
    const doubt = a.isShape === false || b.isShape === false ? { isShape: false } : {};
    return items.length <= MAX_LENGTH ? { kind: "tuple", items, ...doubt } : long;
  }
  const [sequence, times] = isSequence(a) ? [a, b] : [b, a];
  if (op !== "*" || !isSequence(sequence) || (!isIntValue(times) && !isBoolValue(times))) return undefined;
  const count = smallNumber(times);
  if (count === undefined) {
    const below = wholeNumber(times);
    if (below === undefined || below > 0n) return isListValue(sequence) ? like(sequence, undefined) : long;
  }
  return repeated(sequence, Math.max(count ?? 0, 0)) ?? long;
}

/** A list as long as it may be; a deque keeps its last items. */
function like(of: ListValue, items: readonly PyValue[] | undefined): PyValue {
  const kept = listOf(items);
  if (!of.deque || !isListValue(kept)) return kept;
  const { most } = of.deque;
  return { ...kept, items: most === null ? kept.items : most === 0 ? [] : kept.items?.slice(-most), deque: of.deque };
}

function repeated(of: Sequence, count: number): PyValue | undefined {
  const length = isStringValue(of) ? of.value.length : of.items?.length;
  if (isStringValue(of)) {
    if (of.value.length * count > MAX_LENGTH) return undefined;
    return stringValue(of.value === "" ? "" : of.value.repeat(count));
  }
  const { items } = of;
  const isKnown = items && length !== undefined && length * count <= MAX_LENGTH;
  if (!isKnown) return isListValue(of) ? like(of, undefined) : undefined;
  const all = length === 0 ? [] : Array.from({ length: count }, () => items).flat();
  return isListValue(of) ? like(of, all) : tupleValue(all);
}

/** −v, +v or ~v. */
export function operateUnary(op: string, v: PyValue): PyValue {
  if (isUnknownValue(v)) return v;
  if (isFloatValue(v) && op !== "~") return floatOf(op === "-" ? -v.value : v.value);
  const value = sizeOf(v);
  const exact = wholeNumber(v);
  if (value === undefined || (op !== "-" && op !== "+" && op !== "~")) return unknown("Dimsum cannot calculate this.");
  if (exact !== undefined) return intOf(op === "-" ? -exact : op === "+" ? exact : -exact - 1n);
  return int(op === "-" ? negate(value) : op === "+" ? value : subtract(negate(value), 1));
}
