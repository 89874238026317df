import { assign } from "./assignment.js";
import { type Interpreter, NEXT, type Outcome } from "./interpreter.js";
import type { Scope } from "./scope.js";
import type { Statement } from "./syntax.js";
import { unknown } from "./values.js";

/** Exceptions that no mismatch raises: a handler for these alone hides none. */
const OTHERS =
  /^(?:Import|ModuleNotFound|KeyboardInterrupt|FileNotFound|OS|IO|Key|Attribute|Name|StopIteration|SystemExit|Zero|Unicode|JSON|EOF|Permission|Timeout|Connection)\w*$/;

/** Follows `try`: what goes wrong in it and is caught is not said. */
export function attempt(engine: Interpreter, s: Extract<Statement, { kind: "try" }>, scope: Scope): Outcome {
  // A `try` that is not finished yet may be given any handler.
  const isUnfinished = s.handlers.length === 0 && s.finally.length === 0;
  const hides =
    isUnfinished || s.handlers.some((h) => h.catches.length === 0 || h.catches.some((name) => !OTHERS.test(name)));
  const body = (): Outcome => engine.execute([...s.body, ...s.otherwise], scope);
  const caught = s.handlers.map((h) => () => {
    if (h.as) engine.assignName(h.as, unknown("It is an exception."), scope);
    return engine.execute(h.body, scope);
  });
  const tried = (): Outcome => (hides ? engine.trace.apart(body).result : body());
  // Whether a handler runs is not known, so that it is followed for its effect and nothing in it is said.
  const ways = caught.reduce<() => Outcome>(
    (before, handler) => () => engine.either(undefined, before, () => engine.trace.muted(handler)),
    tried,
  );
  const outcome = ways();
  const last = engine.execute(s.finally, scope);
  return last.kind === "next" ? outcome : last;
}

const EXPECTS_ERRORS = /(?:^|\.)(?:raises|assertRaises\w*|suppress)$/;

/** Follows `with`: where an exception is expected, none is said. */
export function followWith(engine: Interpreter, s: Extract<Statement, { kind: "with" }>, scope: Scope): Outcome {
  let expects = false;
  for (const item of s.items) {
    const value = engine.evaluate(item.value, scope);
    const callee = item.value.kind === "call" ? item.value.callee : item.value;
    expects ||= EXPECTS_ERRORS.test(engine.text.slice(callee.from, callee.to));
    if (item.as)
      assign(engine, item.as, value.kind === "tensor" ? value : unknown("It comes from a with statement."), scope);
  }
  const body = (): Outcome => engine.execute(s.body, scope);
  if (!expects) return body();
  return engine.either(
    engine.outside,
    () => engine.trace.apart(body).result,
    () => NEXT,
  );
}
