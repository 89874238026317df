import { equal, type Known, less } from "../../core/dims/compare.js";
import { type Dim, dimOf } from "../../core/dims/dim.js";
import { classesOf, isModuleBase, isOpaque } from "./classes.js";
import { plainDict } from "./dictObjects.js";
import { membersOf } from "./enumerations.js";
import type { Evaluator } from "./evaluator.js";
import { exactFloat, type Fraction } from "./floats.js";
import { entryOf } from "./hashing.js";
import { isSame } from "./identity.js";
import { wholeNumber } from "./integers.js";
import { holds } from "./iterators.js";
import { lengthOfRange } from "./ranges.js";
import { compareVersions, isVersion } from "./torch/versions.js";
import { isTypeEqual } from "./types.js";
import {
  isBoolValue,
  isClassValue,
  isDictValue,
  isFloatValue,
  isFunctionValue,
  isInstanceValue,
  isIntValue,
  isIteratorValue,
  isLibraryValue,
  isListValue,
  isNoneValue,
  isSetValue,
  isStringValue,
  isTupleValue,
  isUnknownValue,
  mayBeNone,
} from "./valueKinds.js";
import type { PyValue } from "./values.js";
import { viewed } from "./views.js";

/** Lists within lists that are compared. */
const MAX_DEPTH = 12;

/** Items that one comparison looks at. */
export const MAX_ITEMS = 20_000;

/** Counts the items that a comparison looks at. */
interface Work {
  left: number;
}

const negated = (k: Known): Known => (k === undefined ? undefined : !k);

/** Whether a comparison holds; undefined where that is not known, or where Python refuses it. */
export function compare(op: string, a: PyValue, b: PyValue, engine?: Evaluator): Known {
  if (op === "in" || op === "not in") {
    const known = contains(a, b, engine);
    return op === "in" ? known : negated(known);
  }
  if (isUnknownValue(a) || isUnknownValue(b)) return undefined;
  if (op === "is") return isSame(a, b);
  if (op === "is not") return negated(isSame(a, b));
  if (isVersion(a) !== isVersion(b)) return compareVersions(op, a, b);
  const work = { left: MAX_ITEMS };
  const result =
    op === "==" ? equals(a, b, work, 0) : op === "!=" ? negated(equals(a, b, work, 0)) : ordered(op, a, b, work, 0);
  engine?.step((MAX_ITEMS - work.left) >> 4);
  return result;
}

/** Whether a < b; undefined where that is not known, or where Python refuses it. */
export const isLess = (engine: Evaluator, a: PyValue, b: PyValue): Known => compare("<", a, b, engine);

/** Whether a = b as items of a list, where one object equals itself. */
export function isEqualItem(engine: Evaluator, a: PyValue, b: PyValue): Known {
  const work = { left: MAX_ITEMS };
  const result = equalItems(a, b, work, 0);
  engine.step((MAX_ITEMS - work.left) >> 4);
  return result;
}

const sizeOf = (v: PyValue): Dim | undefined =>
  isFloatValue(v) ? dimOf(v.value) : isIntValue(v) ? v.value : isBoolValue(v) ? Number(v.value) : undefined;

const isNumeric = (v: PyValue): boolean => isIntValue(v) || isFloatValue(v) || isBoolValue(v);

function exactOf(v: PyValue): Fraction | undefined {
  if (isFloatValue(v)) return Number.isFinite(v.value) ? exactFloat(v.value) : undefined;
  const n = wholeNumber(v);
  return n === undefined ? undefined : { n, d: 1n };
}

/** −1, 0 or 1; NaN where it is neither; undefined where sizes are symbols. */
function compareNumbers(a: PyValue, b: PyValue): number | undefined {
  const limit = (v: PyValue): number | undefined =>
    isFloatValue(v) && !Number.isFinite(v.value) ? v.value : undefined;
  const [p, q] = [limit(a), limit(b)];
  if (p !== undefined || q !== undefined) return Math.sign(p === q ? 0 : (p ?? 0) - (q ?? 0));
  if (a.kind === b.kind && isFloatValue(a) && isFloatValue(b)) return Math.sign(a.value - b.value);
  const [x, y] = [exactOf(a), exactOf(b)];
  if (!x || !y) return undefined;
  const difference = x.n * y.d - y.n * x.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Kinds whose values are equal only to values of their own kind. */
export const PLAIN = new Set<PyValue["kind"]>([
  "int",
  "float",
  "bool",
  "string",
  "none",
  "ellipsis",
  "list",
  "tuple",
  "dict",
  "set",
  "range",
  "slice",
] as const);

function equalItems(a: PyValue, b: PyValue, work: Work, depth: number): Known {
  if (isUnknownValue(a) || isUnknownValue(b)) return undefined;
  if (isFloatValue(a) && isFloatValue(b) && Number.isNaN(a.value) && Number.isNaN(b.value)) return undefined;
  return a === b && !isNumeric(a) ? true : equals(a, b, work, depth);
}

/** Whether two values are equal, as `==` says; undefined where that is not known. */
export function equals(a: PyValue, b: PyValue, work: Work, depth: number): Known {
  if (--work.left < 0 || depth > MAX_DEPTH) return undefined;
  if (isUnknownValue(a) || isUnknownValue(b)) return undefined;
  if (isNumeric(a) && isNumeric(b)) {
    const order = compareNumbers(a, b);
    if (order !== undefined) return order === 0;
    const [x, y] = [sizeOf(a), sizeOf(b)];
    return x === undefined || y === undefined ? undefined : equal(x, y);
  }
  if (isStringValue(a) && isStringValue(b)) return a.value === b.value;
  if ((isListValue(a) && a.array) || (isListValue(b) && b.array)) return undefined;
  if (isListValue(a) && isListValue(b) && !a.deque === !b.deque) return allEqual(a.items, b.items, work, depth);
  if (isTupleValue(a) && isTupleValue(b)) return allEqual(a.items, b.items, work, depth);
  if (isDictValue(a) && isDictValue(b)) return equalDicts(a, b, work, depth);
  if (isSetValue(a) && isSetValue(b)) {
    if (!a.entries || !b.entries) return undefined;
    return a.entries.size === b.entries.size && [...a.entries.keys()].every((k) => b.entries?.has(k));
  }
  if (a.kind === "range" && b.kind === "range") {
    const [n, m] = [lengthOfRange(a), lengthOfRange(b)];
    return n === m && (n === 0 || (a.start === b.start && (n === 1 || a.step === b.step)));
  }
  const eq = (v: PyValue): boolean => isInstanceValue(v) && comparesItself(v);
  if (eq(a) || eq(b)) return undefined;
  if (isNoneValue(a) || isNoneValue(b)) return mayBeNone(a) || mayBeNone(b) ? undefined : a.kind === b.kind;
  if (a === b) return true;
  if (PLAIN.has(a.kind) && PLAIN.has(b.kind)) return a.kind === b.kind && !isListValue(a) ? undefined : false;
  if (isClassValue(a) && isClassValue(b)) return false;
  // The members of an enumeration are one object each.
  if (isInstanceValue(a) && isInstanceValue(b) && a.cls === b.cls && membersOf(a.cls)) return false;
  if ((isOwnClass(a) && isLayerClass(b)) || (isOwnClass(b) && isLayerClass(a))) return false;
  if (isLibraryValue(a) && isLibraryValue(b)) return isTypeEqual(a.path, b.path);
  const isType = (v: PyValue): boolean => isClassValue(v) || isFunctionValue(v) || isBuiltinType(v);
  if ((isType(a) && PLAIN.has(b.kind)) || (isType(b) && PLAIN.has(a.kind))) return false;
  return isType(a) && isType(b) && a.kind !== b.kind ? false : undefined;
}

const isOwnClass = (v: PyValue): boolean => isClassValue(v) && v.metaclass === undefined;

const isLayerClass = (v: PyValue): boolean => isLibraryValue(v) && isModuleBase(v);

const isBuiltinType = (v: PyValue): boolean => isLibraryValue(v) && v.path.startsWith("builtins.");

const comparesItself = (v: Extract<PyValue, { kind: "instance" }>): boolean =>
  classesOf(v.cls).some((c) => isOpaque(c) || (isClassValue(c) && c.members.has("__eq__")));

function allEqual(
  a: readonly PyValue[] | undefined,
  b: readonly PyValue[] | undefined,
  work: Work,
  depth: number,
): Known {
  if (!a || !b) return undefined;
  if (a.length !== b.length) return false;
  return allOf(a.map((v, i) => () => equalItems(v, b[i] as PyValue, work, depth + 1)));
}

/** Whether all hold; none is asked behind one that does not. */
function allOf(parts: readonly (() => Known)[]): Known {
  let all: Known = true;
  for (const part of parts) {
    const known = part();
    if (known === false) return false;
    if (known === undefined) all = undefined;
  }
  return all;
}

type Dict = Extract<PyValue, { kind: "dict" }>;

function equalDicts(a: Dict, b: Dict, work: Work, depth: number): Known {
  const [one, other] = [a.entries, b.entries];
  if (!one || !other) return undefined;
  const isCounted = a.type === "Counter" && b.type === "Counter";
  if (one.size !== other.size) return isCounted ? undefined : false;
  const keys = [...one.keys()];
  if (!keys.every((k) => other.has(k))) return isCounted ? undefined : false;
  if (a.type === "OrderedDict" && b.type === "OrderedDict" && [...other.keys()].some((k, i) => k !== keys[i]))
    return false;
  return allOf(
    keys.map((k) => () => equalItems(one.get(k)?.[1] as PyValue, other.get(k)?.[1] as PyValue, work, depth + 1)),
  );
}

/** Texts are compared by their characters' numbers. */
function compareTexts(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

const byOrder = (op: string, order: number): boolean =>
  op === "<" ? order < 0 : op === "<=" ? order <= 0 : op === ">" ? order > 0 : order >= 0;

function ordered(op: string, a: PyValue, b: PyValue, work: Work, depth: number): Known {
  if (--work.left < 0 || depth > MAX_DEPTH || isUnknownValue(a) || isUnknownValue(b)) return undefined;
  if (isNumeric(a) && isNumeric(b)) {
    const order = compareNumbers(a, b);
    if (order !== undefined) return Number.isNaN(order) ? false : byOrder(op, order);
    const [x, y] = [sizeOf(a), sizeOf(b)];
    if (x === undefined || y === undefined) return undefined;
    if (op === "<" || op === ">") return op === "<" ? less(x, y) : less(y, x);
    return op === "<=" ? negated(less(y, x)) : negated(less(x, y));
  }
  if (isStringValue(a) && isStringValue(b)) return byOrder(op, compareTexts(a.value, b.value));
  if (isSetValue(a) && isSetValue(b)) {
    const [small, large] = op.startsWith("<") ? [a.entries, b.entries] : [b.entries, a.entries];
    if (!small || !large) return undefined;
    return [...small.keys()].every((k) => large.has(k)) && (op.length === 2 || small.size < large.size);
  }
  if ((!isListValue(a) && !isTupleValue(a)) || a.kind !== b.kind) return undefined;
  const typeOfList = (v: PyValue): string => (!isListValue(v) ? "" : v.array ? "array" : v.deque ? "deque" : "list");
  if (typeOfList(a) !== typeOfList(b) || typeOfList(a) === "array") return undefined;
  const [one, other] = [a.items, (b as typeof a).items];
  if (!one || !other) return undefined;
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    const [x, y] = [one[i] as PyValue, other[i] as PyValue];
    const same = equalItems(x, y, work, depth + 1);
    if (same === undefined) return undefined;
    if (!same) return ordered(op, x, y, work, depth + 1);
  }
  return byOrder(op, one.length - other.length);
}

function contains(item: PyValue, within: PyValue, engine: Evaluator | undefined): Known {
  const of = plainDict(within, "__contains__");
  if (isStringValue(of)) return isStringValue(item) ? of.value.includes(item.value) : undefined;
  if (isIteratorValue(of)) return engine ? holds(engine, of, item) : undefined;
  if (isDictValue(of) || isSetValue(of) || (of.kind === "view" && of.what === "keys")) {
    const entry = entryOf(of.kind === "view" ? of.of.entries : of.entries, item);
    return entry === undefined ? undefined : entry !== null;
  }
  if (of.kind === "range") {
    const n = exactOf(item);
    if (isUnknownValue(item) || (isNumeric(item) && !n && isIntValue(item))) return undefined;
    if (n?.d !== 1n) return PLAIN.has(item.kind) ? false : undefined;
    const [from, last] = [
      BigInt(of.start),
      BigInt(of.start) + BigInt(of.step) * BigInt(Math.max(lengthOfRange(of) - 1, 0)),
    ];
    if (lengthOfRange(of) === 0) return false;
    const isWithin = of.step > 0 ? n.n >= from && n.n <= last : n.n <= from && n.n >= last;
    return isWithin && (n.n - from) % BigInt(of.step) === 0n;
  }
  const items = isListValue(of) || isTupleValue(of) ? of.items : of.kind === "view" ? viewed(of) : undefined;
  if (!items) return undefined;
  const work = { left: MAX_ITEMS };
  let found: Known = false;
  for (const v of items) {
    const known = equalItems(v, item, work, 0);
    if (known) return true;
    if (known === undefined) found = undefined;
  }
  engine?.step((MAX_ITEMS - work.left) >> 4);
  return found;
}
