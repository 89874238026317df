import { assign } from "./assignment.js";
import { withEntry } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { drain, iterator, iteratorOver, nextOf } from "./iterators.js";
import { listOf } from "./literals.js";
import { Scope } from "./scope.js";
import { makeSet } from "./sets.js";
import type { Clause, Expression } from "./syntax.js";
import { isTupleValue } from "./valueKinds.js";
import { dictValue, type IteratorValue, type PyValue, tupleValue, unknown } from "./values.js";

type Comprehension = Extract<Expression, { kind: "comprehension" }>;

/** The value of a comprehension. */
export function comprehend(engine: Evaluator, e: Comprehension, outer: Scope): PyValue {
  const scope = new Scope(outer);
  const [first] = e.clauses;
  if (!first) return unknown("This is not finished.");
  // Python evaluates the first source at once, and all else when an item is asked for.
  const source = engine.evaluate(first.source, outer);
  const items = generate(engine, e, source, scope);
  if (e.what === "generator")
    return items ?? { ...iterator("generator", [source], 0, () => undefined), state: undefined };
  const elements = items && drain(engine, items);
  leak(engine, e.clauses, scope, outer, elements !== undefined);
  if (e.what === "set") return makeSet(elements);
  if (e.what === "list") return listOf(elements);
  let entries: Extract<PyValue, { kind: "dict" }>["entries"] = elements && new Map();
  for (const pair of elements ?? []) {
    const [key, value] = isTupleValue(pair) ? pair.items : [];
    entries = key && value ? withEntry(entries, key, value) : undefined;
  }
  return dictValue(entries);
}

/** What `:=` names in a comprehension is a name of what stands around it. */
function leak(engine: Evaluator, clauses: readonly Clause[], scope: Scope, outer: Scope, isKnown: boolean): void {
  const targets = new Set(clauses.flatMap((c) => namesIn(c.target)));
  for (const [name, value] of scope.names)
    if (!targets.has(name))
      engine.assignName(name, isKnown ? value : unknown("It is set in a comprehension that is not known."), outer);
}

const namesIn = (target: Expression): readonly string[] =>
  target.kind === "name"
    ? [target.name]
    : target.kind === "display"
      ? target.items.flatMap((i) => namesIn(i.value))
      : [];

/** The items of a comprehension, one by one; undefined where nothing is known of the first source. */
function generate(engine: Evaluator, e: Comprehension, source: PyValue, scope: Scope): IteratorValue | undefined {
  const first = iteratorOver(engine, source);
  // The state: the iterators over the sources of the clauses, as far as one within the other has begun.
  const advance = (state: unknown): ReturnType<IteratorValue["advance"]> => {
    const stack = [...(state as readonly IteratorValue[])];
    for (;;) {
      const clause = e.clauses[stack.length - 1];
      const at = stack.at(-1);
      if (!at || !clause) return "end";
      const item = nextOf(engine, at);
      if (item === undefined) return undefined;
      if (item === "end") {
        stack.pop();
        continue;
      }
      assign(engine, clause.target, item, scope);
      const holds = conditionsHold(engine, clause, scope);
      if (holds === undefined) return undefined;
      if (!holds) continue;
      const inner = e.clauses[stack.length];
      if (!inner) return { item: elementOf(engine, e, scope), state: stack };
      const next = iteratorOver(engine, engine.evaluate(inner.source, scope));
      if (!next) return undefined;
      stack.push(next);
    }
  };
  return (
    first && { ...iterator("generator", [source], [first], advance), ...(first.isEndless ? { isEndless: true } : {}) }
  );
}

function conditionsHold(engine: Evaluator, clause: Clause, scope: Scope): boolean | undefined {
  for (const condition of clause.conditions) {
    const truth = engine.isTrue(engine.evaluate(condition, scope));
    if (truth !== true) return truth;
  }
  return true;
}

function elementOf(engine: Evaluator, e: Comprehension, scope: Scope): PyValue {
  const element = engine.evaluate(e.element, scope);
  return e.value ? tupleValue([element, engine.evaluate(e.value, scope)]) : element;
}
