import { given } from "../arguments.js";
import { compare } from "../comparison.js";
import type { Evaluator } from "../evaluator.js";
import { smallNumber, wholeNumber } from "../integers.js";
import { drain, iterator, iteratorOver, nextOf } from "../iterators.js";
import { listOf, MAX_LENGTH } from "../literals.js";
import { drawing, listed, lost, rowFrom } from "../sequenceBuiltins.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { isBoolValue, isIntValue, isIteratorValue, isNoneValue } from "../valueKinds.js";
import {
  type Advance,
  type CallArguments,
  type IteratorValue,
  int,
  NONE,
  type PyValue,
  tupleValue,
  unknown,
} from "../values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const LOST = unknown("Its items are not known.");

/** An iterator that goes through others one behind the other; they come from an iterator themselves. */
function chained(engine: Evaluator, sources: PyValue): PyValue {
  const outer = iteratorOver(engine, sources);
  if (!outer) return lost();
  // The state: the iterator at hand, or null between two.
  const advance = (state: unknown): Advance => {
    let at = state as IteratorValue | null;
    for (let i = 0; i <= MAX_LENGTH; i++) {
      const item = at ? nextOf(engine, at) : "end";
      if (item !== "end") return item && { item, state: at };
      const next = nextOf(engine, outer);
      if (next === "end" || next === undefined) return next;
      at = iteratorOver(engine, next) ?? null;
      if (!at) return undefined;
    }
    return undefined;
  };
  return { ...iterator("chain", [sources], null, advance), ...(outer.isEndless ? { isEndless: true } : {}) };
}

const chain: Call = (engine, args) => {
  if (args.uncertain || args.byKeyword.size > 0) return lost();
  const made = chained(engine, listOf(args.positional));
  const isEndless = args.positional.some((v) => isIteratorValue(v) && v.isEndless);
  return isIteratorValue(made) && isEndless ? { ...made, isEndless } : made;
};

const zipLongest: Call = (engine, { positional, byKeyword, uncertain }) => {
  const fill = byKeyword.get("fillvalue") ?? NONE;
  if (uncertain || byKeyword.size > (byKeyword.has("fillvalue") ? 1 : 0)) return lost();
  return drawing(
    engine,
    "zip_longest",
    positional,
    (next) => {
      const row = positional.map((_, i) => next(i));
      if (row.includes(undefined)) return undefined;
      if (row.every((item) => item === "end")) return "end";
      return { item: tupleValue(row.map((item) => (item === "end" ? fill : (item as PyValue)))), state: 0 };
    },
    0,
    "with all",
  );
};

const accumulate: Call = (engine, args, place) => {
  const [v, fn = NONE, initial = NONE] = take(args, "iterable func? *initial?") ?? [];
  const combine = (a: PyValue, b: PyValue): PyValue =>
    isNoneValue(fn) ? engine.binary("+", a, b, place) : engine.call(fn, given(a, b), place, place);
  // The state: the total; undefined totals are those before the first.
  return drawing(
    engine,
    "accumulate",
    [v],
    (next, state) => {
      const { total } = state as { readonly total?: PyValue };
      if (!total && !isNoneValue(initial)) return { item: initial, state: { total: initial } };
      const item = next(0);
      if (item === "end" || item === undefined) return item;
      const sum = total ? combine(total, item) : item;
      return { item: sum, state: { total: sum } };
    },
    {},
  );
};

const islice: Call = (engine, args) => {
  const [v, a = NONE, b, c = NONE] = take(args, "/v /a /b? /c?") ?? [];
  const numbers = [b === undefined ? NONE : a, b ?? a, c].map((n) => (isNoneValue(n) ? null : smallNumber(n)));
  if (!v || numbers.some((n) => n === undefined || (n !== null && n < 0))) return lost();
  const [start, stop, step] = numbers as (number | null)[];
  const [from, to, by] = [start ?? 0, stop ?? Infinity, step ?? 1];
  if (by === 0) return lost();
  // The state: how many items have been taken, and which comes next.
  const made = drawing(
    engine,
    "islice",
    [v],
    (next, state) => {
      const [begin, wanted] = state as readonly [number, number];
      if (wanted - begin > MAX_LENGTH) return undefined;
      for (let at = begin; at < to; at++) {
        const item = next(0);
        if (item === "end" || item === undefined) return item;
        if (at === wanted) return { item, state: [at + 1, wanted + by] };
      }
      return "end";
    },
    [0, from],
    stop === null || stop === undefined ? "with one" : "by itself",
  );
  return made;
};

const dropwhile: Call = (engine, args, place) => {
  const [fn, v] = take(args, "/fn /v") ?? [];
  return drawing(
    engine,
    "dropwhile",
    [fn && v],
    (next, state) => {
      for (let i = 0; fn && i <= MAX_LENGTH; i++) {
        const item = next(0);
        if (item === "end" || item === undefined) return item;
        const truth = state === "open" ? false : engine.isTrue(engine.call(fn, given(item), place, place));
        if (truth !== true) return truth === undefined ? undefined : { item, state: "open" };
      }
      return undefined;
    },
    "shut",
  );
};

const takewhile: Call = (engine, args, place) => {
  const [fn, v] = take(args, "/fn /v") ?? [];
  return drawing(engine, "takewhile", [fn && v], (next) => {
    const item = next(0);
    if (!fn || item === "end" || item === undefined) return item === "end" ? "end" : undefined;
    const truth = engine.isTrue(engine.call(fn, given(item), place, place));
    return truth === undefined ? undefined : truth ? { item, state: 0 } : "end";
  });
};

const filterfalse: Call = (engine, args, place) => {
  const [fn, v] = take(args, "/fn /v") ?? [];
  return drawing(engine, "filterfalse", [fn && v], (next) => {
    for (let i = 0; fn && i <= MAX_LENGTH; i++) {
      const item = next(0);
      if (item === "end" || item === undefined) return item;
      const truth = engine.isTrue(isNoneValue(fn) ? item : engine.call(fn, given(item), place, place));
      if (truth !== true) return truth === undefined ? undefined : { item, state: 0 };
    }
    return undefined;
  });
};

function groupBy(engine: Evaluator, args: CallArguments, place: Place): PyValue {
  const [v, key = NONE] = take(args, "iterable key?") ?? [];
  const items = v && drain(engine, v);
  const groups: { readonly key: PyValue; readonly items: PyValue[] }[] = [];
  for (const item of items ?? []) {
    const own = isNoneValue(key) ? item : engine.call(key, given(item), place, place);
    const last = groups.at(-1);
    const isSame = last ? compare("==", last.key, own) : false;
    if (isSame === undefined) return lost();
    if (isSame) last?.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  // A group ends where the next is asked for, so that its items are only known while it is at hand.
  const rows = items && groups.map((g) => tupleValue([g.key, iteratorOver(engine, listOf(g.items)) ?? LOST]));
  return listed(engine, rows);
}

/** Functions of `itertools`, but for those that choose and combine items. */
export const ITERTOOLS: Readonly<Record<string, Call>> = {
  chain,
  "chain.from_iterable": (engine, args) => {
    const [v] = take(args, "/v") ?? [];
    return v ? chained(engine, v) : lost();
  },
  repeat: (_, args) => {
    const [item, times] = take(args, "object times?") ?? [];
    const count = times ? wholeNumber(times) : null;
    if (!item || count === undefined) return lost();
    const made = iterator("repeat", [item], 0, (i) =>
      count !== null && (i as number) >= count ? "end" : { item, state: (i as number) + 1 },
    );
    return count === null ? { ...made, isEndless: true } : made;
  },
  count: (engine, args, place) => {
    const [from = int(0), step = int(1)] = take(args, "start? step?") ?? [LOST];
    // In steps of one Python counts with whole numbers from the start.
    const start = isBoolValue(from) && isIntValue(step) && step.value === 1 ? int(Number(from.value)) : from;
    const made = iterator("count", [], start, (n) => ({
      item: n as PyValue,
      state: engine.binary("+", n as PyValue, step, place),
    }));
    return { ...made, isEndless: true };
  },
  cycle: (engine, args) => {
    const [v] = take(args, "/v") ?? [];
    const items = v && drain(engine, v);
    if (!items) return lost();
    const made = iterator("cycle", items, 0, (i) => {
      const item = items[(i as number) % Math.max(items.length, 1)];
      return item ? { item, state: (i as number) + 1 } : "end";
    });
    return items.length > 0 ? { ...made, isEndless: true } : made;
  },
  zip_longest: zipLongest,
  accumulate,
  islice,
  pairwise: (engine, args) => {
    const [v] = take(args, "/v") ?? [];
    return drawing(
      engine,
      "pairwise",
      [v],
      (next, state) => {
        const before = (state as { readonly last?: PyValue }).last;
        const first = before ?? next(0);
        if (first === "end" || first === undefined) return first;
        const item = next(0);
        if (item === "end" || item === undefined) return item;
        return { item: tupleValue([first, item]), state: { last: item } };
      },
      {},
    );
  },
  starmap: (engine, args, place) => {
    const [fn, v] = take(args, "/fn /v") ?? [];
    return drawing(engine, "starmap", [fn && v], (next) => {
      const item = next(0);
      if (!fn || item === "end" || item === undefined) return item === "end" ? "end" : undefined;
      const row = drain(engine, item);
      return row && { item: engine.call(fn, given(...row), place, place), state: 0 };
    });
  },
  takewhile,
  dropwhile,
  filterfalse,
  compress: (engine, args) => {
    const [v, selectors] = take(args, "data selectors") ?? [];
    return drawing(engine, "compress", [v, selectors], (next) => {
      for (let i = 0; i <= MAX_LENGTH; i++) {
        const row = rowFrom(next, 2);
        if (row === "end" || row === undefined) return row;
        const truth = engine.isTrue(row[1] as PyValue);
        if (truth !== false) return truth ? { item: row[0] as PyValue, state: 0 } : undefined;
      }
      return undefined;
    });
  },
  tee: (engine, args) => {
    const [v, n = int(2)] = take(args, "/v /n?") ?? [];
    const [items, count] = [v && drain(engine, v), smallNumber(n)];
    if (!items || count === undefined || count < 0 || count > 64) return LOST;
    return tupleValue(Array.from({ length: count }, () => iteratorOver(engine, listOf(items)) ?? LOST));
  },
  groupby: groupBy,
};
