import { attributeOf, inert, setAttribute } from "./attributes.js";
import { lengthOf } from "./collections.js";
import { loseTrackOf, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { isInstance } from "./instances.js";
import { join } from "./join.js";
import { listOf, MAX_LENGTH, textOf } from "./literals.js";
import { NUMBERS } from "./numbers.js";
import type { Place } from "./syntax.js";
import { boolOf } from "./truth.js";
import { type CallArguments, int, NONE, type PyValue, unknown } from "./values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const itemsIn = (engine: Evaluator, v: PyValue | undefined): readonly PyValue[] | undefined =>
  v ? engine.iterate(v) : [];

const call1 = (engine: Evaluator, fn: PyValue, args: readonly PyValue[], place: Place): PyValue =>
  engine.call(fn, { positional: args, keywords: new Map(), uncertain: false, places: [] }, place, place);

const SEQUENCES: Readonly<Record<string, Call>> = {
  range: (_, { positional }) => {
    const numbers = positional.map((p) => (p.kind === "int" && typeof p.value === "number" ? p.value : undefined));
    if (numbers.includes(undefined) || numbers.length === 0) return listOf(undefined);
    const [a = 0, b, step = 1] = numbers as number[];
    const [from, to] = b === undefined ? [0, a] : [a, b];
    const count = Math.ceil((to - from) / step);
    if (step === 0 || count > MAX_LENGTH) return listOf(undefined);
    return listOf(Array.from({ length: Math.max(count, 0) }, (__, i) => int(from + i * step)));
  },
  len: (_, { positional: [v] }) => lengthOf(v),
  list: (engine, { positional: [v] }) => listOf(itemsIn(engine, v)),
  tuple: (engine, { positional: [v] }) => {
    const items = itemsIn(engine, v);
    return items ? { kind: "tuple", items } : unknown("Its items are not known.");
  },
  dict: (_, { positional: [from], keywords }) => {
    const pairs = [...keywords].map(([key, v]) => [`s:${key}`, [{ kind: "string", value: key }, v]] as const);
    const given = from?.kind === "dict" ? from.entries : from ? undefined : new Map();
    return { kind: "dict", entries: given && new Map([...given, ...(pairs as [])]) };
  },
  enumerate: (engine, { positional: [v, start], keywords }) => {
    const first = start ?? keywords.get("start");
    const offset = !first ? 0 : first.kind === "int" && typeof first.value === "number" ? first.value : undefined;
    const items = itemsIn(engine, v);
    return listOf(
      offset === undefined ? undefined : items?.map((item, i) => ({ kind: "tuple", items: [int(i + offset), item] })),
    );
  },
  zip: (engine, { positional }) => {
    const lists = positional.map((p) => engine.iterate(p));
    if (lists.includes(undefined)) return listOf(undefined);
    const known = lists as (readonly PyValue[])[];
    const length = Math.min(...known.map((l) => l.length));
    return listOf(
      Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, i) => ({
        kind: "tuple",
        items: known.map((l) => l[i] as PyValue),
      })),
    );
  },
  reversed: (engine, { positional: [v] }) => listOf(itemsIn(engine, v)?.toReversed()),
  sorted: (engine, { positional: [v], keywords }) => {
    const items = itemsIn(engine, v);
    const numbers = items?.map((i) => (i.kind === "int" && typeof i.value === "number" ? i.value : undefined));
    if (!numbers || numbers.includes(undefined) || keywords.size > 0) return listOf(undefined);
    return listOf((numbers as number[]).toSorted((a, b) => a - b).map(int));
  },
  map: (engine, { positional: [fn, v, more] }, place) => {
    const items = itemsIn(engine, v);
    if (!fn || !items || more) return listOf(undefined);
    return listOf(items.slice(0, MAX_LENGTH).map((item) => call1(engine, fn, [item], place)));
  },
  filter: () => listOf(undefined),
  any: (engine, { positional: [v] }) => quantified(engine, v, true),
  all: (engine, { positional: [v] }) => quantified(engine, v, false),
};

function quantified(engine: Evaluator, v: PyValue | undefined, decisive: boolean): PyValue {
  const truths = v && engine.iterate(v)?.map((item) => engine.isTrue(item));
  if (truths?.includes(decisive)) return { kind: "bool", value: decisive };
  return boolOf(!truths || truths.includes(undefined) ? undefined : !decisive, false);
}

const OBJECTS: Readonly<Record<string, Call>> = {
  isinstance: (_, { positional: [v, cls] }) => boolOf(v && cls ? isInstance(v, cls) : undefined, false),
  bool: (engine, { positional: [v] }) => boolOf(v ? engine.isTrue(v) : false, false),
  str: (_, { positional: [v] }) => {
    const value = v && textOf(v);
    return value === undefined ? unknown("Dimsum cannot tell this text.") : { kind: "string", value };
  },
  getattr: (engine, { positional: [of, name, fallback] }, place) => {
    if (!of || name?.kind !== "string") return unknown("Which attribute is not known.");
    const value = attributeOf(engine, of, name.value, place);
    const isSure = of.kind === "instance" && of.attributes.has(name.value) && !of.attributes.maybe.has(name.value);
    return fallback && !isSure ? join(value, fallback) : value;
  },
  setattr: (engine, { positional: [of, name, value] }) => {
    if (of && name?.kind === "string" && value) setAttribute(engine, of, name.value, value);
    else if (of) loseValue(engine.journal, of);
    return NONE;
  },
  type: (_, { positional: [v, more] }) => {
    if (v?.kind === "instance" && !more) return v.cls;
    return v?.kind === "layer"
      ? { kind: "library", path: `torch.nn.${v.op.name}` }
      : unknown("Dimsum cannot tell this type.");
  },
  delattr: (engine, { positional: [of] }) => {
    if (of) loseValue(engine.journal, of);
    return NONE;
  },
  vars: (engine, args) => {
    loseTrackOf(engine.journal, args);
    return unknown("Dimsum does not follow vars.");
  },
};

/** What changes nothing that it is given, and of which only that is known. */
const HARMLESS = new Set(
  "id repr hash dir callable issubclass hasattr format input open iter next set frozenset bytes ord chr divmod bin hex help slice memoryview object".split(
    " ",
  ),
);

const BUILTINS: Readonly<Record<string, Call>> = { ...SEQUENCES, ...NUMBERS, ...OBJECTS };

/** A name that Python has without an import. */
export function builtin(name: string): PyValue | undefined {
  if (name === "__name__") return { kind: "string", value: "__main__" };
  if (name === "print") return inert(name, NONE);
  if (Object.hasOwn(BUILTINS, name) || ["object", "set", "dict"].includes(name))
    return { kind: "library", path: `builtins.${name}` };
  if (HARMLESS.has(name)) return inert(name, unknown(`Dimsum does not follow ${name}.`));
  return undefined;
}

/** Calls a function of Python itself; undefined where there is none of that name. */
export function callBuiltin(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  if (HARMLESS.has(name)) return unknown(`Dimsum does not follow ${name}.`);
  if (!Object.hasOwn(BUILTINS, name)) return undefined;
  if (args.uncertain) {
    loseTrackOf(engine.journal, args);
    return unknown("Its arguments are not known.");
  }
  return (BUILTINS[name] as Call)(engine, args, place);
}
