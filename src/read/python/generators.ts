import type { Evaluator } from "./evaluator.js";
import { MAX_LENGTH } from "./literals.js";
import type { Scope } from "./scope.js";
import type { Expression } from "./syntax.js";
import { anything, type PyValue } from "./values.js";

type List = Extract<PyValue, { kind: "list" }>;

/** Runs the body of a generator to its end; what it yields, as a list. */
export function generated(engine: Evaluator, run: () => void): List {
  const outer = engine.yielded;
  const list: List = { kind: "list", items: [] };
  engine.yielded = list;
  try {
    run();
    return list;
  } finally {
    engine.yielded = outer;
  }
}

/** `yield value`: what is sent back is not known. */
export function yieldValue(engine: Evaluator, e: Extract<Expression, { kind: "yield" }>, scope: Scope): PyValue {
  const value: PyValue = e.value ? engine.evaluate(e.value, scope) : { kind: "none" };
  const list = engine.yielded;
  if (list) {
    const added = e.isFrom ? engine.iterate(value) : [value];
    const items = list.items && added && [...list.items, ...added];
    engine.journal.set(list, "items", items && items.length <= MAX_LENGTH ? items : undefined);
    engine.step((items?.length ?? 0) >> 3);
  }
  return anything("It is what the generator is sent.");
}
