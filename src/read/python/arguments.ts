import { plainDict, READING } from "./dictObjects.js";
import type { Evaluator } from "./evaluator.js";
import type { Scope } from "./scope.js";
import type { Argument } from "./syntax.js";
import { isDictValue, isStringValue } from "./valueKinds.js";
import type { CallArguments, PyValue } from "./values.js";

/** A call with these arguments and nothing else, as Dimsum makes one itself. */
export const given = (...positional: readonly PyValue[]): CallArguments => ({
  positional,
  byKeyword: new Map(),
  uncertain: false,
  places: [],
});

/** The arguments of a method's function. Written out, for a spread of them takes longer than the call. */
export function behindSelf(
  self: PyValue,
  { positional, byKeyword, uncertain, open, places }: CallArguments,
): CallArguments {
  const all = [self, ...positional];
  return open === undefined
    ? { positional: all, byKeyword, uncertain, places }
    : { positional: all, byKeyword, uncertain, open, places };
}

const NO_KEYWORDS: ReadonlyMap<string, PyValue> = new Map();

/** Evaluates the arguments of a call. */
export function evaluateArguments(engine: Evaluator, list: readonly Argument[], scope: Scope): CallArguments {
  const positional: PyValue[] = [];
  const places: Argument[] = [];
  let named: Map<string, PyValue> | undefined;
  const set = (name: string, value: PyValue): void => {
    named ??= new Map();
    named.set(name, value);
  };
  let uncertain = false;
  /** Whether it is known at which place the next argument stands. */
  let isCounted = true;
  for (const arg of list) {
    const value = engine.evaluate(arg.value, scope);
    if (arg.star === "*") {
      const items = engine.iterate(value);
      if (!items) isCounted = false;
      for (const item of isCounted ? (items ?? []) : []) {
        positional.push(item);
        places.push(arg);
      }
    } else if (arg.star === "**") {
      const entries = plainDict(value, ...READING);
      if (!isDictValue(entries) || !entries.entries) uncertain = true;
      else
        for (const [key, item] of entries.entries.values())
          if (isStringValue(key)) set(key.value, item);
          else uncertain = true;
    } else if (arg.name !== undefined) {
      set(arg.name, value);
      places.push(arg);
    } else if (isCounted) {
      positional.push(value);
      places.push(arg);
    }
  }
  return { positional, byKeyword: named ?? NO_KEYWORDS, uncertain: uncertain || !isCounted, places };
}
