import { join, sameValue } from "./join.js";
import type { Owner } from "./journal.js";
import { isTensorValue, isTupleValue } from "./valueKinds.js";
import { isPlainValue, type LayerValue, type PyValue, unknown } from "./values.js";

const isValue = (v: unknown): v is PyValue => typeof v === "object" && v !== null && "kind" in v;

/** Whether a value is one that nothing can change, so that another like it is as good. */
export const isData = (v: unknown): v is PyValue =>
  isValue(v) && (isTupleValue(v) ? v.items.every(isData) : isTensorValue(v) ? !v.history : isPlainValue(v));

/** Whether nothing is known of a name or part. */
export const isUnknown = (value: unknown): boolean =>
  value === undefined || (typeof value === "object" && (value as { kind?: string } | null)?.kind === "unknown");

/** A layer has arguments, whatever they are. */
const ARGUMENTS = "args";

/** What is left of a name or part of which nobody knows any more what it is. */
export const forgotten = (owner: Owner, key: string, reason = "It is set in a loop that may end early."): unknown =>
  owner instanceof Map ? unknown(reason) : key === ARGUMENTS ? {} : undefined;

/** The same of one that something outside may change. */
export const lost = (owner: Owner, key: string): unknown =>
  forgotten(owner, key, "It is changed by a function that something outside may call at any time.");

/** What is kept of two values of a name or part. */
export function joined(owner: Owner, key: string, a: unknown, b: unknown): unknown {
  if (a === b) return a;
  if (!(owner instanceof Map)) return key === ARGUMENTS ? joinedArguments(a as Values, b as Values) : joinedParts(a, b);
  if (a !== undefined && b !== undefined) return join(a as PyValue, b as PyValue);
  if (owner.inherited(key)) return unknown("It is only set under a condition that is not known.");
  // Where it is not set Python cannot go on using it, so that whatever uses it has this value.
  owner.maybe ??= new Set();
  owner.maybe.add(key);
  return a ?? b;
}

type Values = LayerValue["args"];

/** The arguments that both have alike; the second ones where all of them are. */
function joinedArguments(a: Values, b: Values): Values {
  const alike = Object.entries(b).filter(([name, value]) => sameValue(value, a[name]));
  return alike.length === Object.keys(b).length ? b : Object.fromEntries(alike);
}

/** Whether what was known of a name or part says no more than what is known now. */
export function covers(owner: Owner, old: unknown, now: unknown): boolean {
  if (owner instanceof Map) return isValue(old) && isValue(now) && join(old, now) === old;
  const whole = joinedParts(old, now);
  if (whole instanceof Map)
    return [...whole].every(([key, [, value]]) => value === (old as ReadonlyMap<unknown, unknown[]>).get(key)?.[1]);
  return Array.isArray(whole) && whole.every((item, i) => isSameItem(item, (old as unknown[])[i]));
}

const isSameItem = (x: unknown, y: unknown): boolean =>
  x === y || (Array.isArray(x) && Array.isArray(y) && x.every((part, i) => part === y[i]));

/** Items, children, entries or sizes: known where both are as many and of the same names. */
function joinedParts(a: unknown, b: unknown): unknown {
  if (a instanceof Map && b instanceof Map) {
    const keys = [...a.keys()];
    const isSame = keys.length === b.size && [...b.keys()].every((key, i) => key === keys[i]);
    if (!isSame) return undefined;
    return new Map(keys.map((k) => [k, [a.get(k)[0], join(a.get(k)[1], b.get(k)[1])]]));
  }
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return undefined;
  const items = a.map((x, i) => joinedItem(x, b[i]));
  return items.includes(undefined) ? undefined : items;
}

function joinedItem(x: unknown, y: unknown): unknown {
  if (x === y) return x;
  if (Array.isArray(x) && Array.isArray(y)) return x[0] === y[0] ? [x[0], join(x[1], y[1])] : undefined;
  return isValue(x) && isValue(y) ? join(x, y) : undefined;
}
