import { operate } from "./arithmetic.js";
import { entriesFrom, mergedEntries, setEntries } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { drain } from "./iterators.js";
import { setItems } from "./lists.js";
import { operateSets } from "./sets.js";
import { isDictValue, isListValue, isSetValue, isUnknownValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** `target op= value` where that changes the list, dictionary or set itself; undefined where it makes a new value. */
export function updatedInPlace(engine: Evaluator, op: string, target: PyValue, value: PyValue): PyValue | undefined {
  if (isListValue(target) && op === "+" && !target.array) {
    const added = drain(engine, value);
    setItems(engine, target, target.items && added && [...target.items, ...added]);
    return target;
  }
  if (isListValue(target)) {
    const made = operate(engine, op, target, value);
    setItems(engine, target, op === "*" && !target.array && isListValue(made) ? made.items : undefined);
    return target;
  }
  if (isDictValue(target) && op === "|" && target.type !== "Counter") {
    const entries = mergedEntries(target.entries, isUnknownValue(value) ? undefined : entriesFrom(engine, value));
    setEntries(engine, target, entries);
    return target;
  }
  if (isDictValue(target) || (isSetValue(target) && !target.frozen)) {
    const made = isSetValue(target) ? operateSets(op, target, value) : operate(engine, op, target, value);
    const isKnown = made?.kind === target.kind && (isDictValue(made) || isSetValue(made));
    engine.journal.set(target, "entries", isKnown ? made.entries : undefined);
    return target;
  }
  return undefined;
}
