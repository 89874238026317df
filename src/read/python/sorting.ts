import { less } from "../../core/dims/compare.js";
import { add } from "../../core/dims/dim.js";
import { given } from "./arguments.js";
import { isLess } from "./comparison.js";
import type { Evaluator } from "./evaluator.js";
import { membersOf } from "./sets.js";
import { take } from "./taking.js";
import {
  isFloatValue,
  isIntValue,
  isNoneValue,
  isSetValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import { type CallArguments, NONE, type PyValue, unknown } from "./values.js";

const HERE = { from: 0, to: 0 };

const UNCLEAR = unknown("Dimsum cannot tell which is larger.");

/** Whether a key can be compared for what it is, so that a comparison without an answer is one that Python refuses. */
const isPlain = (v: PyValue | undefined): boolean =>
  v !== undefined && !isUnknownValue(v) && !isTensorValue(v) && !(isIntValue(v) && typeof v.value !== "number");

/** Whether all of a key is known. */
const isClear = (v: PyValue | undefined): boolean =>
  isTupleValue(v) ? v.items.every(isClear) : v !== undefined && !isUnknownValue(v);

/** Items in the order of their keys, equal ones as they stood; undefined where two keys cannot be told apart. */
export function sortedBy(
  engine: Evaluator,
  items: readonly PyValue[],
  keyOf: (item: PyValue) => PyValue | undefined,
  isReversed: boolean,
): readonly PyValue[] | undefined {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  // Sets, and what is not a number, have no order in which a list could be brought.
  const isOrdered = (v: PyValue | undefined): boolean =>
    v !== undefined && !isSetValue(v) && !(isFloatValue(v) && Number.isNaN(v.value));
  let isKnown = keyed.length < 2 ? keyed.every(({ key }) => isClear(key)) : keyed.every(({ key }) => isOrdered(key));
  if (!isKnown) return undefined;
  keyed.sort(({ key: a }, { key: b }) => {
    engine.step();
    if (!isKnown || !a || !b) return 0;
    const [first, second] = isReversed ? [b, a] : [a, b];
    const before = isLess(engine, first, second);
    const behind = before === false ? isLess(engine, second, first) : false;
    if (before === undefined || behind === undefined) isKnown = false;
    return before ? -1 : behind ? 1 : 0;
  });
  return isKnown ? keyed.map(({ item }) => item) : undefined;
}

const keyWith =
  (engine: Evaluator, key: PyValue | undefined) =>
  (item: PyValue): PyValue =>
    !key || isNoneValue(key) ? item : engine.call(key, given(item), HERE, HERE);

/** A list's items sorted; as many that are not known where their order is not, undefined where Python refuses. */
export function sortedList(
  engine: Evaluator,
  items: readonly PyValue[],
  key: PyValue | undefined,
  reverse: PyValue | undefined,
): readonly PyValue[] | undefined {
  const isReversed = reverse ? engine.isTrue(reverse) : false;
  if (isUnknownValue(key)) return items.map(() => key);
  const keys = new Map(items.map((item) => [item, keyWith(engine, key)(item)]));
  const sorted = isReversed === undefined ? undefined : sortedBy(engine, items, (item) => keys.get(item), isReversed);
  return (
    sorted ?? (isReversed !== undefined && [...keys.values()].every(isPlain) ? undefined : items.map(() => UNCLEAR))
  );
}

/** `min` and `max`. */
export function extreme(engine: Evaluator, args: CallArguments, sign: 1 | -1): PyValue {
  const own = args.positional.length > 1;
  const rest = own ? { ...args, positional: [] } : args;
  const [from, key, fallback] =
    (own ? [NONE, ...(take(rest, "*key? *default?") ?? [])] : take(rest, "/items *key? *default?")) ?? [];
  const items = own ? args.positional : from && membersOf(engine, from);
  if (!from || !items || (own && fallback)) return UNCLEAR;
  if (items.length === 0) return fallback ?? UNCLEAR;
  const keyed = items.map((item) => ({ item, key: keyWith(engine, key)(item) }));
  let best = keyed[0] as (typeof keyed)[number];
  if (key && !isClear(best.key)) return UNCLEAR;
  for (const next of keyed.slice(1)) {
    const [low, high] = sign > 0 ? [best.key, next.key] : [next.key, best.key];
    const isBetter = isLess(engine, low, high);
    if (isBetter === undefined && !isAtMost(high, low)) return UNCLEAR;
    if (isBetter) best = next;
  }
  return best.item;
}

/** Whether one size is not above another, for all values of their symbols. */
const isAtMost = (a: PyValue, b: PyValue): boolean =>
  isIntValue(a) && isIntValue(b) && less(a.value, add(b.value, 1)) === true;
