import { isEqualItem } from "./comparison.js";
import type { Evaluator } from "./evaluator.js";
import { smallNumber } from "./integers.js";
import { drain } from "./iterators.js";
import { listOf, MAX_LENGTH } from "./literals.js";
import { productOfInts } from "./numbers.js";
import { placeOf } from "./slices.js";
import { sortedList } from "./sorting.js";
import { take } from "./taking.js";
import { isUnknownValue } from "./valueKinds.js";
import {
  type CallArguments,
  int,
  type ListValue,
  NONE,
  nativeValue,
  notFollowed,
  type PyValue,
  unknown,
} from "./values.js";

const LOST = unknown("Which item is not known.");

type Items = readonly PyValue[];

/** What a method does with a list's items: what they are then, and what it gives back; undefined where it is not known. */
type Change = (
  engine: Evaluator,
  items: Items,
  args: CallArguments,
) => { readonly items: Items | undefined; readonly gives?: PyValue } | undefined;

/** Where the first equal item stands; −1 where none does, undefined where that is not known. */
function firstOf(engine: Evaluator, items: Items, sought: PyValue): number | undefined {
  for (const [i, item] of items.entries()) {
    const same = isEqualItem(engine, item, sought);
    if (same !== false) return same ? i : undefined;
  }
  return -1;
}

const clamped = (at: number, length: number): number => (at < 0 ? Math.max(at + length, 0) : Math.min(at, length));

const CHANGES: Readonly<Record<string, Change>> = {
  append: (_, items, args) => {
    const [item] = take(args, "/item") ?? [];
    return item && { items: [...items, item] };
  },
  extend: (engine, items, args) => {
    const [more] = take(args, "/items") ?? [];
    const added = more && drain(engine, more);
    return added && { items: [...items, ...added] };
  },
  insert: (_, items, args) => {
    const [index, item] = take(args, "/index /item") ?? [];
    const at = smallNumber(index);
    return at === undefined || !item ? undefined : { items: items.toSpliced(clamped(at, items.length), 0, item) };
  },
  pop: (_, items, args) => {
    const [index] = take(args, "/index?") ?? [LOST];
    const at = placeOf(index ?? int(-1), items.length);
    const item = at === undefined ? undefined : items[at];
    return item && at !== undefined ? { items: items.toSpliced(at, 1), gives: item } : undefined;
  },
  remove: (engine, items, args) => {
    const [item] = take(args, "/item") ?? [];
    const at = item && firstOf(engine, items, item);
    return at === undefined || at < 0 ? undefined : { items: items.toSpliced(at, 1) };
  },
  reverse: (_, items, args) => take(args, "") && { items: items.toReversed() },
  clear: (_, __, args) => take(args, "") && { items: [] },
  sort: (engine, items, args) => {
    const [key, reverse] = take(args, "*key? *reverse?") ?? [LOST, LOST];
    const sorted = sortedList(engine, items, key, reverse);
    return { items: sorted, ...(sorted?.some((item) => isUnknownValue(item)) ? { gives: LOST } : {}) };
  },
};

/** What only a deque has. */
const DEQUE_CHANGES: Readonly<Record<string, Change>> = {
  appendleft: (_, items, args) => {
    const [item] = take(args, "/item") ?? [];
    return item && { items: [item, ...items] };
  },
  extendleft: (engine, items, args) => {
    const [more] = take(args, "/items") ?? [];
    const added = more && drain(engine, more);
    return added && { items: [...added.toReversed(), ...items] };
  },
  pop: (_, items, args) => {
    const last = items.at(-1);
    return take(args, "") && last && { items: items.slice(0, -1), gives: last };
  },
  popleft: (_, items, args) => {
    const [first] = items;
    return take(args, "") && first && { items: items.slice(1), gives: first };
  },
  rotate: (_, items, args) => {
    const [steps = int(1)] = take(args, "/n?") ?? [LOST];
    const n = smallNumber(steps);
    if (n === undefined) return undefined;
    const at = items.length === 0 ? 0 : ((-n % items.length) + items.length) % items.length;
    return { items: [...items.slice(at), ...items.slice(0, at)] };
  },
};

/** Sets a list's items; of an array, whose parts may show in others, none are known then. A deque forgets what is too many at the other end. */
export function setItems(engine: Evaluator, list: ListValue, items: Items | undefined, fromLeft = false): void {
  engine.step((items?.length ?? 0) >> 5);
  const most = list.deque?.most ?? MAX_LENGTH;
  const kept = !items || !list.deque?.most ? items : fromLeft ? items.slice(0, most) : items.slice(-most);
  const isEmpty = list.deque?.most === 0;
  engine.journal.set(
    list,
    "items",
    isEmpty ? items && [] : kept && kept.length <= MAX_LENGTH && !list.array ? kept : undefined,
  );
}

/** A method of a list or of a deque. */
export function listMethod(engine: Evaluator, list: ListValue, name: string): PyValue {
  if (list.array) {
    const isList = name === "tolist";
    return nativeValue(name, () => (isList ? listOf(list.items) : unknown("It is an array.")));
  }
  const changes = list.deque && Object.hasOwn(DEQUE_CHANGES, name) ? DEQUE_CHANGES : CHANGES;
  const isFull = list.deque && name === "insert" && list.items?.length === list.deque.most;
  const change =
    Object.hasOwn(changes, name) && !(list.deque && name === "sort") && !isFull ? changes[name] : undefined;
  // A list stands for what NumPy makes of plain numbers.
  if (name === "copy" || name === "tolist")
    return nativeValue(name, (args) => (take(args, "") ? { ...list, items: list.items } : LOST));
  if (name === "index" || name === "count") return tupleMethod(engine, list, name);
  if (list.deque && name === "maxlen") return list.deque.most === null ? NONE : int(list.deque.most);
  return {
    kind: "native",
    name,
    owner: list,
    call: (args) => {
      const { items } = list;
      if (name === "clear" && take(args, "")) {
        setItems(engine, list, []);
        return NONE;
      }
      const made = items && change?.(engine, items, args);
      // An item that is put into an unknown list, or by something unknown, leaves it unknown.
      setItems(engine, list, made?.items, name.endsWith("left"));
      if (made?.items) return made.gives ?? NONE;
      return items ? unknown(`Dimsum cannot tell ${name} of this list.`) : unknown("This list is not known.");
    },
  };
}

/** A method of a tuple, or of a list, that changes nothing. */
export function tupleMethod(
  engine: Evaluator,
  value: Extract<PyValue, { kind: "list" | "tuple" }>,
  name: string,
): PyValue {
  if (name === "numel") return nativeValue(name, () => productOfInts(value.items));
  if (name !== "index" && name !== "count") return notFollowed(`${name} of this`);
  return nativeValue(name, (args) => {
    const { items } = value;
    const [sought, start = int(0), stop] = take(args, name === "count" ? "/value" : "/value /start? /stop?") ?? [];
    if (!sought || !items) return LOST;
    if (name === "count") {
      const same = items.map((item) => isEqualItem(engine, item, sought));
      return same.includes(undefined) ? LOST : int(same.filter((s) => s).length);
    }
    const [from, to] = [smallNumber(start), stop ? smallNumber(stop) : items.length];
    if (from === undefined || to === undefined) return LOST;
    const first = clamped(from, items.length);
    const at = firstOf(engine, items.slice(first, clamped(to, items.length)), sought);
    return at === undefined || at < 0 ? LOST : int(first + at);
  });
}
