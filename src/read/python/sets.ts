import { compare } from "./comparison.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey } from "./hashing.js";
import { drain } from "./iterators.js";
import { MAX_LENGTH } from "./literals.js";
import { take } from "./taking.js";
import { boolOf } from "./truth.js";
import { isSetValue } from "./valueKinds.js";
import { type DictValue, type NativeValue, NONE, notFollowed, type PyValue, type SetValue, unknown } from "./values.js";
import { viewed } from "./views.js";

type Entries = DictValue["entries"];

const LOST = unknown("The set's items are not known.");

const setOf = (entries: Entries, frozen: boolean): SetValue => ({
  kind: "set",
  frozen,
  entries: entries && entries.size <= MAX_LENGTH ? entries : undefined,
});

/** The items by their keys; undefined where one of them is not known. */
export function entriesOf(items: readonly PyValue[] | undefined): Entries {
  const entries = new Map<string, readonly [PyValue, PyValue]>();
  for (const item of items ?? []) {
    const key = dictKey(item);
    if (key === undefined) return undefined;
    // The first of equal items stays.
    if (!entries.has(key)) entries.set(key, [item, NONE]);
  }
  return items && entries;
}

/** A set of items. */
export const makeSet = (items: readonly PyValue[] | undefined, frozen = false): SetValue =>
  setOf(entriesOf(items), frozen);

/** The items of a set or of something else that a loop goes through, in any order. */
export function membersOf(engine: Evaluator, v: PyValue): readonly PyValue[] | undefined {
  return isSetValue(v) ? v.entries && [...v.entries.values()].map(([item]) => item) : drain(engine, v);
}

/** The items that a loop over a set goes through: which comes when is not known. */
export function anyOrder({ entries }: SetValue): readonly PyValue[] | undefined {
  const items = entries && [...entries.values()].map(([item]) => item);
  if (!items || items.length < 2) return items;
  return items.map(() => unknown("The order of a set is not known."));
}

type Combination = (a: NonNullable<Entries>, b: NonNullable<Entries>) => NonNullable<Entries>;

const those = (of: NonNullable<Entries>, keep: (key: string) => boolean): NonNullable<Entries> =>
  new Map([...of].filter(([key]) => keep(key)));

const COMBINATIONS: Readonly<Record<string, Combination>> = {
  union: (a, b) => new Map([...a, ...those(b, (k) => !a.has(k))]),
  // Of equal items those of the smaller set stay, and else those of the other.
  intersection: (a, b) => (b.size > a.size ? those(a, (k) => b.has(k)) : those(b, (k) => a.has(k))),
  difference: (a, b) => those(a, (k) => !b.has(k)),
  symmetric_difference: (a, b) => new Map([...those(a, (k) => !b.has(k)), ...those(b, (k) => !a.has(k))]),
};

/** What `update` and its kin do, and the operators of sets. */
const SIGNS: Readonly<Record<string, string>> = {
  "|": "union",
  "&": "intersection",
  "-": "difference",
  "^": "symmetric_difference",
};

/** What an operator makes of two sets, or of what `keys` and `items` give. */
export function operateSets(op: string, a: PyValue, b: PyValue): PyValue | undefined {
  const name = Object.hasOwn(SIGNS, op) ? SIGNS[op] : undefined;
  const [one, other] = [a, b].map((v): SetValue | undefined => {
    if (isSetValue(v)) return v;
    return v.kind === "view" && v.what !== "values" ? makeSet(viewed(v)) : undefined;
  });
  if (name === undefined || !one || !other) return undefined;
  const isKnown = one.entries && other.entries && ([one.entries, other.entries] as const);
  return setOf(isKnown && COMBINATIONS[name]?.(isKnown[0], isKnown[1]), one.frozen);
}

/** A method of a set. */
export function setMethod(engine: Evaluator, set: SetValue, name: string): PyValue {
  const native = (call: NativeValue["call"]): PyValue => ({ kind: "native", name, call, owner: set });
  const become = (entries: Entries): PyValue => {
    engine.step((entries?.size ?? 0) >> 5);
    engine.journal.set(set, "entries", entries && entries.size <= MAX_LENGTH ? entries : undefined);
    return NONE;
  };
  const base = name.replace(/_?update$/, "") || "union";
  const isUpdate = name.endsWith("update") && !set.frozen;
  if (Object.hasOwn(COMBINATIONS, base) && (isUpdate || base === name))
    return native(({ positional, byKeyword, uncertain }) => {
      let entries = uncertain || byKeyword.size > 0 ? undefined : set.entries;
      for (const other of positional) {
        const more = entriesOf(membersOf(engine, other));
        const isList = base === "intersection" && !isSetValue(other);
        const own = entries;
        entries = own && more && (isList ? those(more, (k) => own.has(k)) : COMBINATIONS[base]?.(own, more));
      }
      return isUpdate ? become(entries) : setOf(entries, set.frozen);
    });
  if (name === "copy") return native(() => setOf(set.entries, set.frozen));
  const question = { issubset: "<=", issuperset: ">=" }[name];
  if (question !== undefined || name === "isdisjoint")
    return native((args) => {
      const [other] = take(args, "/other") ?? [];
      const more = other && makeSet(membersOf(engine, other));
      if (question !== undefined) return boolOf(more && compare(question, set, more), false);
      const [own, others] = [set.entries, more?.entries];
      return boolOf(own && others ? ![...own.keys()].some((k) => others.has(k)) : undefined, false);
    });
  if (set.frozen) return notFollowed(`${name} of sets`);
  return native((args) => {
    const [item] = take(args, "/item?") ?? [];
    const key = item && dictKey(item);
    const { entries } = set;
    if (name === "clear") return become(new Map());
    if (name === "add" && item && key !== undefined && entries)
      return become(entries.has(key) ? entries : new Map(entries).set(key, [item, NONE]));
    if (name === "discard" && key !== undefined && entries) return become(those(entries, (k) => k !== key));
    if (name === "remove" && key !== undefined && entries?.has(key)) return become(those(entries, (k) => k !== key));
    const [only] = entries?.size === 1 ? [...entries.values()] : [];
    become(name === "pop" && only && !item ? new Map() : undefined);
    return name === "pop" && only && !item ? only[0] : LOST;
  });
}
