import { less } from "../../core/dims/compare.js";
import { negate, subtract } from "../../core/dims/dim.js";
import { inert } from "./attributes.js";
import { lengthOf } from "./collections.js";
import type { Evaluator } from "./evaluator.js";
import { type CallArguments, int, NONE, type PyValue, unknown } from "./values.js";

/** Numbers that a range may yield. */
const MAX_RANGE = 4096;

type Call = (engine: Evaluator, args: CallArguments) => PyValue;

const listOf = (engine: Evaluator, v: PyValue | undefined): PyValue[] | undefined => {
  if (!v) return [];
  const items = engine.iterate(v);
  return items && [...items];
};

const BUILTINS: Readonly<Record<string, Call>> = {
  range: (_, { positional }) => {
    const numbers = positional.map((p) => (p.kind === "int" && typeof p.value === "number" ? p.value : undefined));
    if (numbers.includes(undefined) || numbers.length === 0) return { kind: "list", items: undefined };
    const [a = 0, b, step = 1] = numbers as number[];
    const [from, to] = b === undefined ? [0, a] : [a, b];
    const count = Math.ceil((to - from) / step);
    if (step === 0 || count > MAX_RANGE) return { kind: "list", items: undefined };
    return { kind: "list", items: Array.from({ length: Math.max(count, 0) }, (__, i) => int(from + i * step)) };
  },
  len: (_, { positional: [v] }) => lengthOf(v),
  list: (engine, { positional: [v] }) => ({ kind: "list", items: listOf(engine, v) }),
  tuple: (engine, { positional: [v] }) => {
    const items = listOf(engine, v);
    return items ? { kind: "tuple", items } : unknown("Its items are not known.");
  },
  enumerate: (engine, { positional: [v, start], keywords }) => {
    const first = start ?? keywords.get("start");
    const offset = !first ? 0 : first.kind === "int" && typeof first.value === "number" ? first.value : undefined;
    const items = listOf(engine, v);
    return {
      kind: "list",
      items:
        offset === undefined ? undefined : items?.map((item, i) => ({ kind: "tuple", items: [int(i + offset), item] })),
    };
  },
  zip: (engine, { positional }) => {
    const lists = positional.map((p) => engine.iterate(p));
    if (lists.includes(undefined)) return { kind: "list", items: undefined };
    const known = lists as (readonly PyValue[])[];
    const length = Math.min(...known.map((l) => l.length));
    return {
      kind: "list",
      items: Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, i) => ({
        kind: "tuple",
        items: known.map((l) => l[i] as PyValue),
      })),
    };
  },
  reversed: (engine, { positional: [v] }) => ({ kind: "list", items: listOf(engine, v)?.reverse() }),
  int: (_, { positional: [v] }) => {
    if (v?.kind === "int") return v;
    if (v?.kind === "bool") return int(Number(v.value));
    if (v?.kind === "float" && Number.isSafeInteger(Math.trunc(v.value))) return int(Math.trunc(v.value));
    return v?.kind === "unknown" ? v : unknown("Dimsum cannot tell this number.");
  },
  float: (_, { positional: [v] }) => {
    if (v?.kind === "float") return v;
    return v?.kind === "int" && typeof v.value === "number"
      ? { kind: "float", value: v.value }
      : unknown("Dimsum cannot tell this number.");
  },
  abs: (_, { positional: [v] }) => {
    if (v?.kind === "float") return { kind: "float", value: Math.abs(v.value) };
    const below = v?.kind === "int" ? less(v.value, 0) : undefined;
    return v?.kind === "int" && below !== undefined
      ? int(below ? negate(v.value) : v.value)
      : unknown("Dimsum cannot tell this number.");
  },
  max: (engine, args) => extreme(engine, args, 1),
  min: (engine, args) => extreme(engine, args, -1),
  print: () => NONE,
};

function extreme(engine: Evaluator, { positional, keywords }: CallArguments, sign: 1 | -1): PyValue {
  const items = positional.length === 1 && positional[0] ? engine.iterate(positional[0]) : positional;
  if (!items || keywords.size > 0 || items.length === 0) return unknown("Dimsum cannot tell this number.");
  let best = items[0] as PyValue;
  for (const item of items.slice(1)) {
    if (best.kind !== "int" || item.kind !== "int") return unknown("Dimsum cannot tell this number.");
    const below = less(subtract(item.value, best.value), 0);
    if (below === undefined) return unknown("Dimsum cannot tell which is larger.");
    if (below === sign < 0) best = item;
  }
  return best;
}

/** A name that Python has without an import. */
export function builtin(name: string, engine: Evaluator): PyValue | undefined {
  if (name === "__name__") return { kind: "string", value: "__main__" };
  if (name === "object") return { kind: "library", path: "object" };
  if (!Object.hasOwn(BUILTINS, name)) return undefined;
  const call = BUILTINS[name] as Call;
  if (name === "print") return inert(name, NONE);
  return {
    kind: "native",
    name,
    call: (args) => (args.uncertain ? unknown("Its arguments are not known.") : call(engine, args)),
  };
}
