import { counterMethod } from "./counters.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey, entryOf } from "./hashing.js";
import { drain } from "./iterators.js";
import { MAX_LENGTH } from "./literals.js";
import { take } from "./taking.js";
import { isDictValue, isNoneValue, isSetValue } from "./valueKinds.js";
import {
  type DictValue,
  int,
  type NativeValue,
  NONE,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

/** Entries of a dictionary by the names of their keys. */
export type Entries = ReadonlyMap<string, readonly [PyValue, PyValue]>;

const LOST = unknown("Which entry is not known.");

/** A dictionary of the same type with other entries. */
export function likeDict({ told: _, ...of }: DictValue, entries: Entries | undefined): DictValue {
  return { ...of, entries: entries && entries.size <= MAX_LENGTH ? entries : undefined };
}

/** Gives a dictionary other entries; undefined ones, and too many, are not known. */
export function setEntries(engine: Evaluator, dict: DictValue, entries: Entries | undefined): void {
  const kept = entries && entries.size <= MAX_LENGTH ? entries : undefined;
  engine.journal.set(dict, "entries", kept);
  dict.told?.(kept);
}

/** Entries with one set; a key that is there already stays the one it is. */
export function withEntry(entries: Entries | undefined, key: PyValue, value: PyValue): Entries | undefined {
  const name = dictKey(key);
  return name === undefined ? undefined : entries && new Map(entries).set(name, [entries.get(name)?.[0] ?? key, value]);
}

/** Entries behind others, as `update` puts them. */
export function mergedEntries(a: Entries | undefined, b: Entries | undefined): Entries | undefined {
  if (!a || !b) return undefined;
  const merged = new Map(a);
  for (const [name, [key, value]] of b) merged.set(name, [a.get(name)?.[0] ?? key, value]);
  return merged;
}

/** Keyword arguments as entries. */
export const keywordEntries = (byKeyword: ReadonlyMap<string, PyValue>): Entries =>
  new Map([...byKeyword].map(([key, v]) => [`s:${key}`, [stringValue(key), v]] as const));

/** What `dict(value)` holds: the entries of a dictionary, or of pairs of keys and values. */
export function entriesFrom(engine: Evaluator, from: PyValue | undefined): Entries | undefined {
  if (!from) return new Map();
  if (isDictValue(from)) return from.entries;
  const entries = new Map<string, readonly [PyValue, PyValue]>();
  for (const pair of drain(engine, from) ?? [undefined]) {
    const [key, value, ...more] = (pair && !isSetValue(pair) && drain(engine, pair)) || [];
    const name = key && dictKey(key);
    if (!key || name === undefined || !value || more.length > 0) return undefined;
    entries.set(name, [entries.get(name)?.[0] ?? key, value]);
  }
  return entries;
}

/** `a | b` of dictionaries; undefined where they are none. */
export function unitedDicts(a: PyValue, b: PyValue): PyValue | undefined {
  if (!isDictValue(a) || !isDictValue(b) || a.type === "Counter" || b.type === "Counter") return undefined;
  const entries = mergedEntries(a.entries, b.entries);
  if (!a.type && b.type) return likeDict(b, entries);
  return likeDict(a, entries);
}

/** `dict[key]`: a defaultdict makes what it does not have. */
export function entryAt(engine: Evaluator, dict: DictValue, key: PyValue): PyValue {
  const entry = entryOf(dict.entries, key);
  if (entry) return entry[1];
  if (entry === null && dict.type === "Counter") return int(0);
  const { factory } = dict;
  if (!factory || isNoneValue(factory)) return LOST;
  const made = engine.call(factory, { positional: [], byKeyword: new Map(), uncertain: false, places: [] }, HERE, HERE);
  setEntries(engine, dict, entry === null ? withEntry(dict.entries, key, made) : undefined);
  return entry === null ? made : LOST;
}

const HERE = { from: 0, to: 0 };

const without = (entries: Entries, name: string): Entries => new Map([...entries].filter(([each]) => each !== name));

/** A method of a dictionary. */
export function dictMethod(engine: Evaluator, dict: DictValue, name: string): PyValue {
  const native = (call: NativeValue["call"]): PyValue => ({ kind: "native", name, call, owner: dict });
  const become = (entries: Entries | undefined): PyValue => {
    engine.step((entries?.size ?? 0) >> 5);
    setEntries(engine, dict, entries);
    return NONE;
  };
  const lose = (): PyValue => {
    become(undefined);
    return LOST;
  };
  if (name === "items" || name === "keys" || name === "values")
    return native((args) => (take(args, "") ? { kind: "view", of: dict, what: name } : LOST));
  if (name === "copy") return native(() => likeDict(dict, dict.entries));
  if (name === "clear") return native(() => become(new Map()));
  const counted = dict.type === "Counter" ? counterMethod(engine, dict, name) : undefined;
  if (counted) return counted;
  switch (name) {
    case "get":
      return native((args) => {
        const [key, fallback] = take(args, "/key /default?") ?? [];
        const entry = entryOf(dict.entries, key);
        return entry === undefined ? LOST : entry === null ? (fallback ?? NONE) : entry[1];
      });
    case "pop":
      return native((args) => {
        const [key, fallback] = take(args, dict.type === "OrderedDict" ? "key default?" : "/key /default?") ?? [];
        const entry = entryOf(dict.entries, key);
        if (!key || entry === undefined || !dict.entries) return lose();
        if (entry === null) return fallback ?? lose();
        become(without(dict.entries, dictKey(key) ?? ""));
        return entry[1];
      });
    case "setdefault":
      return native((args) => {
        const [key, fallback = NONE] = take(args, "key default?") ?? [];
        const entry = entryOf(dict.entries, key);
        if (!key || entry === undefined) return lose();
        if (entry) return entry[1];
        become(withEntry(dict.entries, key, fallback));
        return fallback;
      });
    case "update":
      return native((args) => {
        const [more, ...rest] = args.positional;
        const added = rest.length > 0 || args.uncertain ? undefined : entriesFrom(engine, more);
        return become(mergedEntries(dict.entries, mergedEntries(added, keywordEntries(args.byKeyword))));
      });
    case "popitem":
      return native((args) => {
        const [last] = take(args, dict.type === "OrderedDict" ? "last?" : "") ?? [NONE];
        const truth = last ? engine.isTrue(last) : true;
        const names = [...(dict.entries?.keys() ?? [])];
        const chosen = truth ? names.at(-1) : names[0];
        const entry = truth === undefined || chosen === undefined ? undefined : dict.entries?.get(chosen);
        if (!entry || !dict.entries || chosen === undefined || isNoneValue(last)) return lose();
        become(without(dict.entries, chosen));
        return tupleValue(entry);
      });
    case "move_to_end":
      return native((args) => {
        const [key, last] = take(args, "key last?") ?? [];
        const truth = last ? engine.isTrue(last) : true;
        const entry = entryOf(dict.entries, key);
        const name = key && dictKey(key);
        if (!entry || name === undefined || !dict.entries || truth === undefined || dict.type !== "OrderedDict")
          return lose();
        const others = without(dict.entries, name);
        return become(new Map(truth ? [...others, [name, entry]] : [[name, entry], ...others]));
      });
    default:
      return native(lose);
  }
}
