import { equal, type Known, less } from "../dims/compare.js";
import {
  add,
  ceil,
  type Dim,
  dimOf,
  divide,
  floor,
  minimum,
  modulo,
  multiply,
  negate,
  power,
  subtract,
} from "../dims/dim.js";
import type { BinaryOperator, Expr } from "./expr.js";

/** What a formula's name may stand for: a size, a truth value, a word, nothing (Python's None), or one value an axis. */
export type Value = Dim | boolean | string | null | readonly (Value | undefined)[];

/** The values of a formula's names; undefined, or absent, is unknown. */
export type Bindings = Readonly<Record<string, Value | undefined>>;

/** A formula made ready: its value, or undefined where it is unknown or has none. */
export type Compiled = (names: Bindings) => Value | undefined;

/** Whether a value is a size. */
export const isDim = (v: Value | undefined): v is Dim =>
  typeof v === "number" || (typeof v === "object" && v !== null && !Array.isArray(v));

/** Makes a formula ready for many evaluations; nothing is run but these closures. */
export function compile(expr: Expr): Compiled {
  switch (expr.kind) {
    case "number": {
      const value = dimOf(Number(expr.text));
      return () => value;
    }
    case "text":
      return () => expr.value;
    case "name":
      return compileName(expr.name);
    case "negate": {
      const of = compile(expr.of);
      return (names) => {
        const value = of(names);
        return isDim(value) ? negate(value) : undefined;
      };
    }
    case "not": {
      const of = compile(expr.of);
      return (names) => {
        const value = truth(of(names));
        return value === undefined ? undefined : !value;
      };
    }
    case "binary":
      return compileBinary(expr.op, compile(expr.left), compile(expr.right));
    case "call":
      return compileCall(expr.name, expr.args.map(compile));
    case "choice": {
      const [when, then, otherwise] = [compile(expr.when), compile(expr.yes), compile(expr.no)];
      return (names) => {
        const known = truth(when(names));
        return known === undefined ? undefined : known ? then(names) : otherwise(names);
      };
    }
  }
}

const WORDS: Readonly<Record<string, Value>> = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
};

function compileName(name: string): Compiled {
  if (Object.hasOwn(WORDS, name)) {
    const value = WORDS[name];
    return () => value;
  }
  return (names) => names[name];
}

/** A value as a condition, as Python takes it. */
export function truth(value: Value | undefined): Known {
  if (typeof value === "boolean") return value;
  if (value === null) return false;
  if (isDim(value)) {
    const zero = equal(value, 0);
    return zero === undefined ? undefined : !zero;
  }
  return value === undefined ? undefined : value.length > 0;
}

const ARITHMETIC: Partial<Record<BinaryOperator, (a: Dim, b: Dim) => Dim | undefined>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "%": modulo,
  "^": power,
};

function compileBinary(op: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  if (op === "and" || op === "or") {
    const decisive = op === "or";
    return (names) => {
      const a = truth(left(names));
      if (a === decisive) return decisive;
      const b = truth(right(names));
      return b === decisive ? decisive : a === undefined || b === undefined ? undefined : !decisive;
    };
  }
  const arithmetic = ARITHMETIC[op];
  if (arithmetic)
    return (names) => {
      const a = asDim(left(names));
      const b = asDim(right(names));
      return a === undefined || b === undefined ? undefined : arithmetic(a, b);
    };
  return (names) => compareValues(op, left(names), right(names));
}

/** True and False are 1 and 0 in arithmetic, so that a formula may say `+ bias`. */
const asDim = (v: Value | undefined): Dim | undefined =>
  typeof v === "boolean" ? Number(v) : isDim(v) ? v : undefined;

function compareValues(op: BinaryOperator, left: Value | undefined, right: Value | undefined): Known {
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [asDim(left), asDim(right)];
  const bothDims = a !== undefined && b !== undefined;
  switch (op) {
    case "==":
    case "!=": {
      const equals = bothDims ? equal(a, b) : left === right;
      return equals === undefined ? undefined : equals === (op === "==");
    }
    case "<":
      return bothDims ? less(a, b) : undefined;
    case ">":
      return bothDims ? less(b, a) : undefined;
    case "<=":
      return bothDims ? not(less(b, a)) : undefined;
    default:
      return bothDims ? not(less(a, b)) : undefined;
  }
}

const not = (known: Known): Known => (known === undefined ? undefined : !known);

const REDUCTIONS: Readonly<Record<string, (a: Dim, b: Dim) => Dim>> = {
  prod: multiply,
  sum: add,
  min: minimum,
  max: (a, b) => negate(minimum(negate(a), negate(b))),
};

function compileCall(name: string, args: readonly Compiled[]): Compiled {
  const first = args[0] ?? (() => undefined);
  if (name === "floor" || name === "ceil") {
    const round = name === "floor" ? floor : ceil;
    return (names) => {
      const value = asDim(first(names));
      return value === undefined ? undefined : round(value);
    };
  }
  if (name === "abs")
    return (names) => {
      const value = first(names);
      const below = isDim(value) ? less(value, 0) : undefined;
      return below === undefined || !isDim(value) ? undefined : below ? negate(value) : value;
    };
  if (name === "len") return (names) => listLength(first(names));
  const reduce = REDUCTIONS[name];
  if (!reduce) return () => undefined;
  return (names) => {
    const values = args.flatMap((a) => a(names) as Value | undefined | (Value | undefined)[]);
    let total: Dim | undefined;
    for (const value of values) {
      if (!isDim(value)) return undefined;
      total = total === undefined ? value : reduce(total, value);
    }
    return total ?? (name === "prod" ? 1 : name === "sum" ? 0 : undefined);
  };
}

const listLength = (v: Value | undefined): number | undefined => (Array.isArray(v) ? v.length : undefined);
