import type { Evaluator } from "./evaluator.js";
import { isFunctionValue, isMethodValue } from "./valueKinds.js";
import { type FunctionValue, NONE, notFollowed, type PyValue, stringValue, unknown } from "./values.js";

/** What a function of the file says of itself. */
export function functionAttribute(engine: Evaluator, fn: FunctionValue, name: string): PyValue {
  const of = behind(fn);
  if (name === "__module__" && isFunctionValue(of))
    return engine.files ? stringValue(engine.files.nameAt(of.place)) : unknown("Its file has no name.");
  if (name === "__name__" || name === "__qualname__")
    return isFunctionValue(of) ? stringValue(of.name) : unknown("Its name is not known.");
  if (name === "__wrapped__") return fn.wrapped ?? unknown(`${fn.name} wraps nothing.`);
  if (name === "__doc__") return NONE;
  return notFollowed(`${name} of functions`);
}

/** The function that `functools.wraps` says one stands for, or itself. */
export function behind(fn: PyValue): PyValue {
  for (let at = fn, i = 0; ; i++) {
    if (isMethodValue(at)) at = at.fn;
    if (!isFunctionValue(at) || !at.wrapped || i > 50) return at;
    at = at.wrapped;
  }
}
