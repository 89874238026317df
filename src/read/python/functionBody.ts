import { blocksOf, hasReturn } from "./blocks.js";
import { catchesAtYield, contexts } from "./forgiving.js";
import { generated } from "./generators.js";
import { type Interpreter, NEXT, type Outcome } from "./interpreter.js";
import { iteratorOver } from "./iterators.js";
import { join } from "./join.js";
import type { Changes } from "./journal.js";
import type { Scope } from "./scope.js";
import type { Statement } from "./syntax.js";
import { type FunctionValue, type ListValue, NONE, type PyValue, unknown } from "./values.js";

/** A return that may have happened: its value, and what the function had changed by then. */
export interface MaybeReturned {
  readonly value: PyValue;
  readonly changes: Changes;
}

/** Follows the statements of a function's body to what the call gives. */
export function runStatements(
  engine: Interpreter,
  fn: FunctionValue,
  body: readonly Statement[],
  scope: Scope,
): PyValue {
  if (fn.yields !== "context") return callResult(engine, fn, body, scope);
  const { result, before } = engine.journal.noted(() => callResult(engine, fn, body, scope));
  contexts.set(result, { before, forgives: catchesAtYield(engine, body) });
  return result;
}

function callResult(engine: Interpreter, fn: FunctionValue, body: readonly Statement[], scope: Scope): PyValue {
  const outer = [engine.maybeReturned, engine.unsureJumps, engine.callDepth] as const;
  [engine.maybeReturned, engine.unsureJumps, engine.callDepth] = [[], [], engine.journal.depth];
  try {
    const follow = (): Ended => followBody(engine, fn, body, scope);
    const { result, after } = leavesEarly(body) ? engine.journal.undone(follow) : { result: follow() };
    const { outcome, list } = result;
    const values = engine.maybeReturned.map(({ value }) => value);
    // What stands behind the yield of a context manager runs at the end of the `with`.
    const isEntered = fn.yields === "context" && list?.items?.length !== 0;
    if (outcome.kind === "raise" && values.length === 0 && !isEntered) throw outcome.raised;
    if (after) engine.journal.goOnFrom([after, ...engine.maybeReturned.map(({ changes }) => changes)]);
    if (list) return fn.yields === "context" ? list : (iteratorOver(engine, list) ?? list);
    if (outcome.kind === "return") values.push(outcome.value);
    else if (outcome.kind === "next") values.push(NONE);
    return values.length === 0 ? unknown("It raises an exception.") : values.reduce((a, b) => join(a, b));
  } finally {
    [engine.maybeReturned, engine.unsureJumps, engine.callDepth] = outer;
  }
}

/** How a body ends, and of a generator all that it yields. */
interface Ended {
  readonly outcome: Outcome;
  readonly list?: ListValue;
}

function followBody(engine: Interpreter, fn: FunctionValue, body: readonly Statement[], scope: Scope): Ended {
  // What is raised may come after a return that may have happened.
  const follow = (): Outcome => {
    if (!leavesEarly(body)) return engine.execute(body, scope);
    const outcome = engine.end(() => engine.execute(body, scope));
    if (outcome.kind === "raise") engine.noteRaise();
    return outcome;
  };
  if (!fn.yields) return { outcome: follow() };
  let outcome: Outcome = NEXT;
  const list = generated(engine, () => {
    outcome = follow();
  });
  // What may have been returned before its end may be all that it yields.
  if (engine.maybeReturned.length > 0) engine.journal.set(list, "items", undefined);
  return { outcome, list };
}

const early = new WeakMap<readonly Statement[], boolean>();

/** Whether a body has a return within another statement, which may be reached or not. */
function leavesEarly(body: readonly Statement[]): boolean {
  const known = early.get(body) ?? body.some((s) => blocksOf(s).some(hasReturn));
  early.set(body, known);
  return known;
}
