import { assign } from "./assignment.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey, listOf } from "./literals.js";
import { Scope } from "./scope.js";
import type { Clause, Expression } from "./syntax.js";
import { type PyValue, unknown } from "./values.js";

/** Items of a comprehension that are followed. */
const MAX_ITEMS = 1024;

/** The value of a comprehension; a generator is taken as the list of what it yields. */
export function comprehend(
  engine: Evaluator,
  e: Extract<Expression, { kind: "comprehension" }>,
  outer: Scope,
): PyValue {
  const elements: PyValue[] = [];
  const entries = new Map<string, readonly [PyValue, PyValue]>();
  let isKnown = e.what !== "set";
  const scope = new Scope(outer);
  const visit = (clauses: readonly Clause[]): void => {
    const [clause, ...rest] = clauses;
    if (!clause) {
      const element = engine.evaluate(e.element, scope);
      if (e.value) {
        const value = engine.evaluate(e.value, scope);
        const key = dictKey(element);
        if (key === undefined) isKnown = false;
        else entries.set(key, [element, value]);
      } else elements.push(element);
      return;
    }
    const items = engine.iterate(engine.evaluate(clause.source, scope));
    if (!items || items.length + elements.length > MAX_ITEMS) {
      isKnown = false;
      return;
    }
    for (const item of items) {
      assign(engine, clause.target, item, scope);
      const truths = clause.conditions.map((c) => engine.isTrue(engine.evaluate(c, scope)));
      if (truths.includes(false)) continue;
      if (truths.includes(undefined)) isKnown = false;
      else visit(rest);
    }
  };
  visit(e.clauses);
  if (e.what === "dict") return { kind: "dict", entries: isKnown ? entries : undefined };
  if (e.what === "set") return unknown("Dimsum does not follow sets.");
  return listOf(isKnown ? elements : undefined);
}
