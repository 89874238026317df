import type { Evaluator } from "./evaluator.js";
import { type FunctionValue, NONE, type PyValue, unknown } from "./values.js";

/** What a function of the file says of itself. */
export function functionAttribute(engine: Evaluator, fn: FunctionValue, name: string): PyValue {
  const of = behind(fn);
  if (name === "__module__" && of.kind === "function")
    return engine.files ? { kind: "string", value: engine.files.nameAt(of.place) } : unknown("Its file has no name.");
  if (name === "__name__" || name === "__qualname__")
    return of.kind === "function" ? { kind: "string", value: of.name } : unknown("Its name is not known.");
  if (name === "__wrapped__") return fn.wrapped ?? unknown(`${fn.name} wraps nothing.`);
  if (name === "__doc__") return NONE;
  return unknown(`Dimsum does not follow ${name} of functions.`);
}

/** The function that `functools.wraps` says one stands for, or itself. */
export function behind(fn: PyValue): PyValue {
  for (let at = fn, i = 0; ; i++) {
    if (at.kind === "method") at = at.fn;
    if (at.kind !== "function" || !at.wrapped || i > 50) return at;
    at = at.wrapped;
  }
}
