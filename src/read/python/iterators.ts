import { isEqualItem } from "./comparison.js";
import type { Evaluator } from "./evaluator.js";
import { listOf, MAX_LENGTH } from "./literals.js";
import { lengthOfRange } from "./ranges.js";
import { isIteratorValue, isListValue, isStringValue } from "./valueKinds.js";
import { type Advance, type CallArguments, type IteratorValue, int, type PyValue } from "./values.js";

/** The state of an iterator that has nothing more. */
const ENDED = "ended";

/** An iterator whose next item follows from a state; the state is never undefined. */
export const iterator = (
  type: string,
  over: readonly PyValue[],
  state: unknown,
  advance: (state: unknown) => Advance,
): IteratorValue => ({ kind: "iterator", type, over, state, advance });

/** The next item of an iterator, which is then behind it; undefined where it is not known. */
export function nextOf(engine: Evaluator, it: IteratorValue): PyValue | "end" | undefined {
  engine.step();
  if (it.state === ENDED) return "end";
  const next = it.state === undefined ? undefined : it.advance(it.state);
  // What it called may itself have lost track of the iterator.
  if (it.state === undefined) return undefined;
  engine.journal.set(it, "state", next === "end" ? ENDED : next?.state);
  return next === undefined || next === "end" ? next : next.item;
}

/** `iter(value)`; undefined where nothing is known of its items. */
export function iteratorOver(engine: Evaluator, v: PyValue): IteratorValue | undefined {
  if (isIteratorValue(v)) return v;
  if (v.kind === "range") {
    const count = lengthOfRange(v);
    return iterator("range_iterator", [], 0, (i) =>
      (i as number) < count ? { item: int(v.start + (i as number) * v.step), state: (i as number) + 1 } : "end",
    );
  }
  // A list that grows while it is gone through gives what it has by then.
  const items = isListValue(v) ? () => v.items : fixed(engine.iterate(v));
  if (!items()) return undefined;
  return iterator(`${isStringValue(v) ? "str" : v.kind}_iterator`, [v], 0, (i) => {
    const now = items();
    const item = now?.[i as number];
    return item ? { item, state: (i as number) + 1 } : now && "end";
  });
}

const fixed = (items: readonly PyValue[] | undefined) => () => items;

/** All items that a value has left; an iterator is then at its end. Undefined where they are not known. */
export function drain(engine: Evaluator, v: PyValue): readonly PyValue[] | undefined {
  if (!isIteratorValue(v)) return engine.iterate(v);
  const items: PyValue[] = [];
  if (!v.isEndless)
    for (;;) {
      const item = nextOf(engine, v);
      if (item === "end") return items;
      if (item === undefined || items.push(item) > MAX_LENGTH) break;
    }
  engine.journal.set(v, "state", undefined);
  return undefined;
}

/** The items that a loop over an iterator goes through; how far it comes is not known. */
export function looped(engine: Evaluator, it: IteratorValue): readonly PyValue[] | undefined {
  const items = drain(engine, it);
  engine.journal.set(it, "state", undefined);
  return items;
}

/** Whether an iterator comes to an item, behind which it then stands. */
export function holds(engine: Evaluator, it: IteratorValue, sought: PyValue): boolean | undefined {
  for (let i = 0; i <= MAX_LENGTH; i++) {
    const item = nextOf(engine, it);
    if (item === "end") return false;
    const isFound = item && isEqualItem(engine, item, sought);
    if (isFound) return true;
    if (isFound === undefined) break;
  }
  engine.journal.set(it, "state", undefined);
  return undefined;
}

/** Arguments with lists in place of the iterators, ranges and views among them, for what asks nothing but their items. */
export function withLists(engine: Evaluator, args: CallArguments): CallArguments {
  const isPlain = (v: PyValue): boolean => !isIteratorValue(v) && v.kind !== "range" && v.kind !== "view";
  const listed = (v: PyValue): PyValue => (isPlain(v) ? v : listOf(drain(engine, v)));
  if (args.positional.every(isPlain) && [...args.byKeyword.values()].every(isPlain)) return args;
  const byKeyword = new Map([...args.byKeyword].map(([name, v]) => [name, listed(v)] as const));
  return { ...args, positional: args.positional.map(listed), byKeyword };
}
