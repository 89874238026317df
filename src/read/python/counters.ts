import { compare } from "./comparison.js";
import type { Entries } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey } from "./hashing.js";
import { smallNumber } from "./integers.js";
import { drain } from "./iterators.js";
import { listOf } from "./literals.js";
import { sortedBy } from "./sorting.js";
import { take } from "./taking.js";
import { isDictValue, isNoneValue, isTupleValue } from "./valueKinds.js";
import { type DictValue, int, NONE, nativeValue, type PyValue, tupleValue, unknown } from "./values.js";

const HERE = { from: 0, to: 0 };

/** A `collections.Counter` with these entries. */
export const counterOf = (entries: Entries | undefined): DictValue => ({ kind: "dict", type: "Counter", entries });

/** Counts put to others: those of a dictionary, or one for each item; undefined where they are not known. */
export function counted(
  engine: Evaluator,
  start: Entries | undefined,
  from: PyValue | undefined,
  sign: "+" | "-",
): Entries | undefined {
  if (!from) return start;
  const more = isDictValue(from)
    ? from.entries && [...from.entries.values()]
    : drain(engine, from)?.map((item): readonly [PyValue, PyValue] => [item, int(1)]);
  if (!start || !more) return undefined;
  const entries = new Map(start);
  for (const [item, count] of more) {
    const key = dictKey(item);
    if (key === undefined) return undefined;
    const old = entries.get(key);
    // A Counter that is empty takes a dictionary's counts as they are.
    const sum =
      isDictValue(from) && start.size === 0 && sign === "+"
        ? count
        : engine.binary(sign, old?.[1] ?? int(0), count, HERE);
    entries.set(key, [old?.[0] ?? item, sum]);
  }
  return entries;
}

/** What an operator makes of two Counters: what is left of counts above zero. */
export function operateCounters(engine: Evaluator, op: string, a: PyValue, b: PyValue): PyValue | undefined {
  if (!isDictValue(a) || !isDictValue(b) || a.type !== "Counter" || b.type !== "Counter") return undefined;
  if (!/^[-+&|]$/.test(op)) return undefined;
  const result = new Map<string, readonly [PyValue, PyValue]>();
  for (const [name, [key]] of [...(a.entries ?? []), ...(b.entries ?? [])]) {
    const [x, y] = [a, b].map((c) => c.entries?.get(name)?.[1] ?? int(0)) as [PyValue, PyValue];
    const isLess = compare("<", x, y);
    const count = op === "+" || op === "-" ? engine.binary(op, x, y, HERE) : (op === "&") === isLess ? x : y;
    const isKept = compare(">", count, int(0));
    if (isKept === undefined || isLess === undefined) return counterOf(undefined);
    if (isKept && !result.has(name)) result.set(name, [key, count]);
  }
  return counterOf(a.entries && b.entries && result);
}

/** A method that only Counters have; undefined where it is none. */
export function counterMethod(engine: Evaluator, dict: DictValue, name: string): PyValue | undefined {
  const native = (call: Extract<PyValue, { kind: "native" }>["call"]): PyValue => nativeValue(name, call);
  const entries = (): readonly (readonly [PyValue, PyValue])[] | undefined =>
    dict.entries && [...dict.entries.values()];
  if (name === "most_common")
    return native((args) => {
      const [count = NONE] = take(args, "n?") ?? [unknown("Its arguments are not known.")];
      const pairs = entries()?.map(tupleValue);
      const sorted = pairs && sortedBy(engine, pairs, (pair) => (isTupleValue(pair) ? pair.items[1] : undefined), true);
      const limit = isNoneValue(count) ? undefined : smallNumber(count);
      if (!isNoneValue(count) && limit === undefined) return listOf(undefined);
      return listOf(limit === undefined ? sorted : sorted?.slice(0, Math.max(limit, 0)));
    });
  if (name === "total")
    return native(() => {
      let sum: PyValue = int(0);
      for (const [, count] of entries() ?? [[NONE, unknown("The counts are not known.")]])
        sum = engine.binary("+", sum, count ?? NONE, HERE);
      return sum;
    });
  if (name === "elements")
    return native(() => {
      const all = entries()?.flatMap(([key, count]) => {
        const times = smallNumber(count);
        return times === undefined || times > 4096
          ? [undefined]
          : Array.from({ length: Math.max(times, 0) }, () => key);
      });
      return listOf(all?.includes(undefined) ? undefined : (all as PyValue[] | undefined));
    });
  if (name !== "update" && name !== "subtract") return undefined;
  return native(({ positional: [from], byKeyword, uncertain }) => {
    const more =
      uncertain || byKeyword.size > 0 ? undefined : counted(engine, dict.entries, from, name === "update" ? "+" : "-");
    engine.journal.set(dict, "entries", more);
    return NONE;
  });
}
