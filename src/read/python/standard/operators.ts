import { operateUnary } from "../arithmetic.js";
import { compare } from "../comparison.js";
import type { Evaluator } from "../evaluator.js";
import { itemAt } from "../subscript.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { boolOf } from "../truth.js";
import { isBoolValue, isIntValue, isStringValue, isTensorValue } from "../valueKinds.js";
import { type CallArguments, type NativeValue, nativeValue, type PyValue, tupleValue, unknown } from "../values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const LOST = unknown("It is not known what is asked for.");

const BINARY = {
  add: "+",
  sub: "-",
  mul: "*",
  truediv: "/",
  floordiv: "//",
  mod: "%",
  pow: "**",
  matmul: "@",
  and_: "&",
  or_: "|",
  xor: "^",
  lshift: "<<",
  rshift: ">>",
  concat: "+",
} as const;

const COMPARISONS = { eq: "==", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=", is_: "is", is_not: "is not" } as const;

const UNARY = { neg: "-", pos: "+", invert: "~", inv: "~" } as const;

const each = <T>(of: Readonly<Record<string, string>>, make: (op: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([name, op]) => [name, make(op)]));

const binary =
  (op: string): Call =>
  (engine, args, place) => {
    const [a, b] = take(args, "/a /b") ?? [];
    return a && b ? engine.binary(op, a, b, place) : LOST;
  };

const comparison =
  (op: string): Call =>
  (engine, args) => {
    const [a, b] = take(args, "/a /b") ?? [];
    if (!a || !b || isTensorValue(a) || isTensorValue(b)) return LOST;
    return boolOf(compare(op, a, b, engine), false);
  };

const unary =
  (op: string): Call =>
  (_, args) => {
    const [v] = take(args, "/v") ?? [];
    return v && !isTensorValue(v) ? operateUnary(op, v) : LOST;
  };

/** A function of one value that gets something out of it; several are got as a tuple. */
const getter =
  (get: (engine: Evaluator, v: PyValue, what: PyValue, place: Place) => PyValue): Call =>
  (engine, { positional: wanted, uncertain }) => {
    if (uncertain || wanted.length === 0) return LOST;
    const call: NativeValue["call"] = (args, place) => {
      const [v] = take(args, "/v") ?? [];
      const items = v ? wanted.map((what) => get(engine, v, what, place)) : [LOST];
      return items.length === 1 ? (items[0] ?? LOST) : tupleValue(items);
    };
    return nativeValue("getter", call);
  };

/** Functions of `operator`. */
export const OPERATORS: Readonly<Record<string, Call>> = {
  ...each(BINARY, binary),
  ...each(COMPARISONS, comparison),
  ...each(UNARY, unary),
  not_: (engine, args) => {
    const [v] = take(args, "/v") ?? [];
    const truth = v && engine.isTrue(v);
    return boolOf(truth === undefined ? undefined : !truth, false);
  },
  truth: (engine, args) => {
    const [v] = take(args, "/v") ?? [];
    return boolOf(v && engine.isTrue(v), false);
  },
  contains: (engine, args) => {
    const [v, item] = take(args, "/v /item") ?? [];
    return v && item ? boolOf(compare("in", item, v, engine), false) : LOST;
  },
  getitem: (engine, args, place) => {
    const [v, key] = take(args, "/v /key") ?? [];
    return v && key ? itemAt(engine, v, key, place) : LOST;
  },
  itemgetter: getter((engine, v, key, place) => itemAt(engine, v, key, place)),
  attrgetter: getter((engine, v, name, place) =>
    isStringValue(name)
      ? name.value.split(".").reduce<PyValue>((of, part) => engine.memberOf(of, part, place), v)
      : LOST,
  ),
  methodcaller: (engine, args) => {
    const [name, ...positional] = args.positional;
    if (!isStringValue(name) || args.uncertain) return LOST;
    const call: NativeValue["call"] = (own, place) => {
      const [v] = take(own, "/v") ?? [];
      return v
        ? engine.call(engine.memberOf(v, name.value, place), { ...args, positional, places: [] }, place, place)
        : LOST;
    };
    return nativeValue("methodcaller", call);
  },
  index: (_, args) => {
    const [v] = take(args, "/v") ?? [];
    return isIntValue(v) ? v : isBoolValue(v) ? operateUnary("+", v) : LOST;
  },
};
