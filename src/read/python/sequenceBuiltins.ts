import { given } from "./arguments.js";
import { lengthOf } from "./collections.js";
import type { ListValue } from "./collectionValues.js";
import { entriesFrom, keywordEntries, mergedEntries } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { smallNumber, wholeNumber } from "./integers.js";
import { drain, iterator, iteratorOver, nextOf } from "./iterators.js";
import { listOf, MAX_LENGTH } from "./literals.js";
import { lengthOfObject } from "./protocols.js";
import { lengthOfRange, rangeOf } from "./ranges.js";
import { makeSet, membersOf } from "./sets.js";
import { sortedList } from "./sorting.js";
import { rowsOfArray } from "./standard/arrayValues.js";
import { stream } from "./streams.js";
import type { Place } from "./syntax.js";
import { take } from "./taking.js";
import { boolOf } from "./truth.js";
import {
  isArrayValue,
  isIntValue,
  isIteratorValue,
  isListValue,
  isNoneValue,
  isSetValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  type Advance,
  boolValue,
  type CallArguments,
  dictValue,
  type IteratorValue,
  int,
  isFree,
  NONE,
  type PyValue,
  someWhole,
  tupleValue,
  unknown,
} from "./values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

/** Takes the next item from a generator's list. */
function taken(engine: Evaluator, from: ListValue): PyValue | "end" | undefined {
  if (!from.isGenerated || !from.items) return undefined;
  const [item, ...left] = from.items;
  engine.journal.set(from, "items", left);
  return item ?? "end";
}

const LOST = unknown("Its items are not known.");

/** An iterator of which nothing is known. */
export const lost = (type = "iterator", over: readonly PyValue[] = []): IteratorValue => ({
  ...iterator(type, over, 0, () => undefined),
  state: undefined,
});

/** An iterator over items that are all known from the start. */
export const listed = (engine: Evaluator, items: readonly PyValue[] | undefined): IteratorValue => {
  engine.step((items?.length ?? 0) >> 3);
  return iteratorOver(engine, listOf(items)) ?? lost();
};

/** An iterator that draws from others: it is known where they are, and endless where all of them are. */
export function drawing(
  engine: Evaluator,
  type: string,
  over: readonly (PyValue | undefined)[],
  advance: (next: (i: number) => PyValue | "end" | undefined, state: unknown) => Advance,
  state: unknown = 0,
  ends: "with all" | "with one" | "never" | "by itself" = "with one",
): IteratorValue {
  const known = over.filter((v) => v !== undefined);
  const sources = known.map((v) => iteratorOver(engine, v));
  if (sources.length < over.length || sources.includes(undefined)) return lost(type, known);
  const next = (i: number): PyValue | "end" | undefined => nextOf(engine, sources[i] as IteratorValue);
  const isEndless =
    ends === "never" ||
    (ends === "with one" && sources.length > 0 && sources.every((s) => s?.isEndless)) ||
    (ends === "with all" && sources.some((s) => s?.isEndless));
  return { ...iterator(type, known, state, (now) => advance(next, now)), isEndless };
}

/** Items that all come from a row of sources at once; undefined where one is not known, "end" where one has ended. */
export function rowFrom(
  next: (i: number) => PyValue | "end" | undefined,
  count: number,
): readonly PyValue[] | "end" | undefined {
  const row: PyValue[] = [];
  for (let i = 0; i < count; i++) {
    const item = next(i);
    if (item === "end" || item === undefined) return item;
    row.push(item);
  }
  return count === 0 ? "end" : row;
}

const range: Call = (engine, args, place) => {
  const given = take(args, "/a /b? /step?");
  const numbers = given?.map((v) => (v ? smallNumber(v) : null));
  if (!numbers || numbers.includes(undefined)) {
    // A range of a size is some numbers, of which nobody knows how many.
    const isSizes = given?.every((v) => !v || isUnknownValue(v) || (isIntValue(v) && !wholeNumber(v)));
    return isSizes || given?.some((v) => isUnknownValue(v)) ? stream(someWhole("It is a number of a range.")) : LOST;
  }
  const [a = 0, b, step] = numbers as (number | null)[];
  if (step === 0) engine.fail("ValueError", place, "The step of range is 0.", "Use another step.");
  return rangeOf(b === null || b === undefined ? 0 : (a ?? 0), b ?? a ?? 0, step ?? 1) ?? LOST;
};

const zip: Call = (engine, { positional, byKeyword, uncertain }) => {
  const strict = byKeyword.get("strict");
  const isStrict = strict ? engine.isTrue(strict) : false;
  if (uncertain || isStrict === undefined || byKeyword.size > (strict ? 1 : 0)) return lost("zip", positional);
  const lists = isStrict ? positional.map((v) => drain(engine, v)) : [];
  // Python refuses sources of different lengths where they have to be of one.
  if (lists.some((list) => !list || list.length !== lists[0]?.length)) return lost("zip", positional);
  return drawing(engine, "zip", isStrict ? lists.map(listOf) : positional, (next) => {
    const row = rowFrom(next, positional.length);
    return row === "end" || row === undefined ? row : { item: tupleValue(row), state: 0 };
  });
};

const quantified =
  (decisive: boolean): Call =>
  (engine, args) => {
    const [v] = take(args, "/items") ?? [];
    if (!v) return LOST;
    const items = isSetValue(v) ? iteratorOver(engine, listOf(membersOf(engine, v))) : iteratorOver(engine, v);
    let isKnown = items !== undefined;
    for (let i = 0; items && i <= MAX_LENGTH; i++) {
      const item = nextOf(engine, items);
      if (item === "end") return boolOf(isKnown ? !decisive : undefined, false);
      if (item === undefined) break;
      const truth = engine.isTrue(item);
      if (truth === decisive) return boolValue(decisive);
      // What Dimsum cannot tell may be what Python refuses.
      if (truth === undefined && !isFree(item)) break;
      if (truth === undefined) isKnown = false;
    }
    return boolOf(undefined, false);
  };

/** Functions of Python itself that make, or go through, lists, sets, dictionaries and iterators. */
export const SEQUENCES: Readonly<Record<string, Call>> = {
  range,
  len: (engine, args, place) => {
    const [of] = take(args, "/of") ?? [];
    if (isArrayValue(of)) return rowsOfArray(of);
    return (of && lengthOfObject(engine, of, place)) ?? lengthOf(of);
  },
  list: (engine, args) => {
    const [v = listOf([])] = take(args, "/items?") ?? [LOST];
    return listOf(isTupleValue(v) && v.isShape === false ? undefined : drain(engine, v));
  },
  tuple: (engine, args) => {
    const [v = listOf([])] = take(args, "/items?") ?? [LOST];
    if (isTupleValue(v)) return v.type || v.names ? tupleValue(v.items) : v;
    const items = drain(engine, v);
    return items ? tupleValue(items) : LOST;
  },
  set: (engine, args) => {
    const [v = listOf([])] = take(args, "/items?") ?? [LOST];
    return makeSet(membersOf(engine, v));
  },
  frozenset: (engine, args) => {
    const [v = listOf([])] = take(args, "/items?") ?? [LOST];
    return makeSet(membersOf(engine, v), true);
  },
  dict: (engine, { positional, byKeyword, uncertain }) => {
    const from = uncertain || positional.length > 1 ? undefined : entriesFrom(engine, positional[0]);
    return dictValue(mergedEntries(from, keywordEntries(byKeyword)));
  },
  "dict.fromkeys": (engine, args) => {
    const [keys, value = NONE] = take(args, "/keys /value?") ?? [];
    const pairs = keys && membersOf(engine, keys)?.map((key): PyValue => tupleValue([key, value]));
    return dictValue(pairs && !isSetValue(keys) ? entriesFrom(engine, listOf(pairs)) : undefined);
  },
  enumerate: (engine, args) => {
    const [v, start = int(0)] = take(args, "iterable start?") ?? [];
    const first = smallNumber(start);
    return drawing(engine, "enumerate", [first === undefined ? undefined : v], (next, i) => {
      const item = next(0);
      if (item === "end" || item === undefined) return item;
      return { item: tupleValue([int((first ?? 0) + (i as number)), item]), state: (i as number) + 1 };
    });
  },
  zip,
  reversed: (engine, args) => {
    const [v] = take(args, "/items") ?? [];
    if (v?.kind === "range") {
      const [count, last] = [lengthOfRange(v), v.start + (lengthOfRange(v) - 1) * v.step];
      return drawing(engine, "range_iterator", [rangeOf(last, last - count * v.step, -v.step)], (next) => {
        const item = next(0);
        return item === "end" || item === undefined ? item : { item, state: 0 };
      });
    }
    const isOrdered = v && !isSetValue(v) && !isIteratorValue(v);
    const items = isOrdered ? engine.iterate(v)?.toReversed() : undefined;
    return iteratorOver(engine, listOf(items)) ?? lost("reversed", v ? [v] : []);
  },
  sorted: (engine, args) => {
    const [v, key, reverse] = take(args, "/items *key? *reverse?") ?? [];
    const items = v && membersOf(engine, v);
    return items ? listOf(sortedList(engine, items, key, reverse)) : listOf(undefined);
  },
  map: (engine, { positional: [fn, ...lists], byKeyword, uncertain }, place) =>
    drawing(engine, "map", fn && !uncertain && byKeyword.size === 0 ? lists : [undefined], (next) => {
      const row = rowFrom(next, lists.length);
      if (row === "end" || row === undefined || !fn) return fn && row === "end" ? "end" : undefined;
      return { item: engine.call(fn, given(...row), place, place), state: 0 };
    }),
  filter: (engine, args, place) => {
    const [fn, v] = take(args, "/fn /items") ?? [];
    return drawing(engine, "filter", [fn && v], (next) => {
      for (let i = 0; fn && i <= MAX_LENGTH; i++) {
        const item = next(0);
        if (item === "end" || item === undefined) return item;
        const truth = engine.isTrue(isNoneValue(fn) ? item : engine.call(fn, given(item), place, place));
        if (truth !== false) return truth ? { item, state: 0 } : undefined;
      }
      return undefined;
    });
  },
  any: quantified(true),
  all: quantified(false),
  iter: (engine, args) => {
    const [v] = take(args, "/items") ?? [];
    return (v && iteratorOver(engine, v)) ?? LOST;
  },
  next: (engine, args) => {
    const [it, fallback] = take(args, "/iterator /default?") ?? [];
    const item = isIteratorValue(it) ? nextOf(engine, it) : isListValue(it) ? taken(engine, it) : undefined;
    return item === "end" ? (fallback ?? unknown("There is no next item.")) : (item ?? LOST);
  },
  slice: (_, args) => {
    const [a, b, step = NONE] = take(args, "/a /b? /step?") ?? [LOST];
    return { kind: "slice", parts: b === undefined ? [NONE, a ?? NONE, NONE] : [a ?? NONE, b, step] };
  },
};
