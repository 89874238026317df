import { equal, type Known, less } from "../../core/dims/compare.js";
import {
  add,
  type Dim,
  dimOf,
  divide,
  exactValue,
  floor,
  modulo,
  multiply,
  negate,
  power,
  subtract,
} from "../../core/dims/dim.js";
import { listOf, MAX_LENGTH, percentFormat } from "./literals.js";
import { beyondNumber, int, isNumber, type PyValue, someNumber, unknown } from "./values.js";

const asInt = (v: PyValue): Dim | undefined =>
  v.kind === "int" ? v.value : v.kind === "bool" ? Number(v.value) : undefined;

/** A number as a float; undefined for symbols. */
function asFloat(v: PyValue): number | undefined {
  if (v.kind === "float") return v.value;
  const whole = asInt(v);
  return typeof whole === "number" ? whole : undefined;
}

/** What an operator makes of two values that are not tensors. */
export function operate(op: string, a: PyValue, b: PyValue): PyValue {
  if (a.kind === "unknown" || b.kind === "unknown") {
    const lost = a.kind === "unknown" ? a : b;
    return isNumber(a) && isNumber(b) && lost.kind === "unknown" ? someNumber(lost.reason) : beyondNumber(lost);
  }
  if (op === "%" && a.kind === "string") return percentFormat(a.value, b);
  const [x, y] = [asInt(a), asInt(b)];
  if (x !== undefined && y !== undefined) {
    const result = onInts(op, x, y);
    if (result) return result;
  }
  const [f, g] = [asFloat(a), asFloat(b)];
  if (f !== undefined && g !== undefined) return onFloats(op, f, g);
  if (isNumber(a) && isNumber(b)) return someNumber("Dimsum cannot calculate this.");
  return onSequences(op, a, b) ?? unknown("Dimsum cannot calculate this.");
}

const whole = (value: Dim | undefined): PyValue | undefined =>
  value === undefined ? undefined : isTooLarge(value) ? unknown("It is too large.") : int(value);

/** Terms of a symbolic size, and digits of its numbers, that are carried along. */
const MAX_KEY = 800;

/** Whether a size has grown beyond what any model has. */
export const isTooLarge = (value: Dim): boolean => typeof value !== "number" && value.key.length > MAX_KEY;

function onInts(op: string, a: Dim, b: Dim): PyValue | undefined {
  switch (op) {
    case "+":
      return whole(add(a, b));
    case "-":
      return whole(subtract(a, b));
    case "*":
      return whole(multiply(a, b));
    case "//": {
      const quotient = divide(a, b);
      return quotient === undefined ? undefined : int(floor(quotient));
    }
    case "%":
      return whole(modulo(a, b));
    case "**":
      return isHuge(a, b) ? unknown("It is too large.") : whole(power(a, b));
    case "/": {
      // A true division makes a float; a symbolic one stays exact and is told apart by its use.
      const quotient = divide(a, b);
      const exact = quotient === undefined ? undefined : exactValue(quotient);
      return exact
        ? { kind: "float", value: Number(exact.n) / Number(exact.d) }
        : someNumber("It is a division of sizes that are not known.");
    }
    case "<<":
      return whole(typeof b === "number" && b >= 0 && b < 512 ? multiply(a, 2 ** b) : undefined);
    case ">>": {
      const quotient = typeof b === "number" && b >= 0 && b < 512 ? divide(a, 2 ** b) : undefined;
      return quotient === undefined ? undefined : int(floor(quotient));
    }
    default:
      return undefined;
  }
}

/** Whether a power has more digits, or terms, than are carried along. */
const isHuge = (a: Dim, b: Dim): boolean =>
  typeof a === "number"
    ? typeof b === "number" && b * Math.log10(Math.abs(a) + 1) > 300
    : b !== 2 && b !== 1 && b !== 0;

function onFloats(op: string, a: number, b: number): PyValue {
  const results: Readonly<Record<string, number>> = {
    "+": a + b,
    "-": a - b,
    "*": a * b,
    "/": a / b,
    "//": Math.floor(a / b),
    "**": a ** b,
  };
  const value = results[op] ?? (op === "%" ? a - b * Math.floor(a / b) : Number.NaN);
  return Number.isFinite(value) ? { kind: "float", value } : unknown("Dimsum cannot calculate this.");
}

function onSequences(op: string, a: PyValue, b: PyValue): PyValue | undefined {
  const isSequence = (v: PyValue): v is Extract<PyValue, { kind: "list" | "tuple" }> =>
    v.kind === "list" || v.kind === "tuple";
  if (op === "+" && a.kind === "string" && b.kind === "string")
    return a.value.length + b.value.length > MAX_LENGTH
      ? unknown("It is too long.")
      : { kind: "string", value: a.value + b.value };
  if (op === "+" && isSequence(a) && isSequence(b) && a.kind === b.kind) {
    const items = a.items && b.items && [...a.items, ...b.items];
    if (a.kind === "list") return listOf(items);
    return items && items.length <= MAX_LENGTH ? { kind: "tuple", items } : unknown("It is too long.");
  }
  const [list, count] = isSequence(a) ? [a, b] : [b, a];
  if (op !== "*" || !isSequence(list) || count.kind !== "int" || typeof count.value !== "number") return undefined;
  const { items } = list;
  if (!items || items.length * count.value > MAX_LENGTH || items.length > MAX_LENGTH)
    return unknown("This list is not known.");
  const repeated = Array.from({ length: Math.max(count.value, 0) }, () => items).flat();
  return list.kind === "list" ? listOf(repeated) : { kind: "tuple", items: repeated };
}

/** −v, +v or ~v. */
export function operateUnary(op: string, v: PyValue): PyValue {
  if (v.kind === "unknown" || op === "+") return v;
  const value = asInt(v);
  if (op === "-" && value !== undefined) return int(negate(value));
  if (op === "~" && value !== undefined) return int(subtract(negate(value), 1));
  if (op === "-" && v.kind === "float") return { kind: "float", value: -v.value };
  return unknown("Dimsum cannot calculate this.");
}

/** Whether a comparison holds; undefined where that is not known. */
export function compare(op: string, a: PyValue, b: PyValue): Known {
  if (a.kind === "unknown" || b.kind === "unknown") return undefined;
  if (op === "is" || op === "==") return equals(a, b, op === "is");
  if (op === "is not" || op === "!=") return negated(equals(a, b, op === "is not"));
  if (op === "in" || op === "not in") return op === "in" ? contains(a, b) : negated(contains(a, b));
  const [x, y] = [asSize(a), asSize(b)];
  if (x === undefined || y === undefined) return undefined;
  if (op === "<") return less(x, y);
  if (op === ">") return less(y, x);
  return op === "<=" ? negated(less(y, x)) : negated(less(x, y));
}

const negated = (k: Known): Known => (k === undefined ? undefined : !k);

/** A number as an exact size or fraction. */
const asSize = (v: PyValue): Dim | undefined => (v.kind === "float" ? dimOf(v.value) : asInt(v));

/** Lists within lists that are compared. */
const MAX_DEPTH = 4;

function equals(a: PyValue, b: PyValue, identity: boolean, depth = 0): Known {
  const [x, y] = [asSize(a), asSize(b)];
  if (x !== undefined && y !== undefined) return equal(x, y);
  if (a.kind === "none" || b.kind === "none") return a.kind === b.kind;
  if (a.kind === "string" && b.kind === "string") return a.value === b.value;
  if (a === b) return true;
  if (a.kind === "class" && b.kind === "class") return false;
  if (a.kind === "library" && b.kind === "library") {
    const isLayer = (path: string): boolean => /^torch\.nn\.\w+$/.test(path);
    return a.path === b.path ? true : isLayer(a.path) && isLayer(b.path) ? false : undefined;
  }
  const isPlain = (v: PyValue): boolean => ["int", "float", "bool", "string"].includes(v.kind);
  if (!identity && isPlain(a) && isPlain(b)) return a.kind === "string" || b.kind === "string" ? false : undefined;
  if ((a.kind === "tuple" && b.kind === "tuple") || (a.kind === "list" && b.kind === "list")) {
    const [one, other] = [a.items, b.items];
    if (!one || !other || identity || depth > MAX_DEPTH) return undefined;
    if (one.length !== other.length) return false;
    const parts = one.map((v, i) => equals(v, other[i] as PyValue, false, depth + 1));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  return isPlain(a) !== isPlain(b) &&
    !identity &&
    (a.kind === "tuple" || b.kind === "tuple" || a.kind === "list" || b.kind === "list")
    ? false
    : undefined;
}

function contains(item: PyValue, of: PyValue): Known {
  if (of.kind === "string" && item.kind === "string") return of.value.includes(item.value);
  if (of.kind === "dict" && item.kind === "string") return of.entries ? of.entries.has(`s:${item.value}`) : undefined;
  const items = of.kind === "list" || of.kind === "tuple" ? of.items : undefined;
  if (!items) return undefined;
  const parts = items.map((v) => equals(v, item, false));
  return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
}
