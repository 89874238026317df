import { printDim } from "../../core/dims/print.js";
import { Raised } from "./exceptions.js";
import { type Interpreter, NEXT, type Outcome } from "./interpreter.js";
import { repr } from "./representation.js";
import type { Scope } from "./scope.js";
import type { Expression, Statement } from "./syntax.js";
import { isClassValue, isIntValue, isLibraryValue, isStringValue, isTupleValue } from "./valueKinds.js";
import { type PyValue, unknown } from "./values.js";

/** What a `raise` statement raises. */
export function raisedBy(engine: Interpreter, s: Extract<Statement, { kind: "raise" }>, scope: Scope): Raised {
  const value = s.value ? engine.evaluate(s.value, scope) : unknown("It is the exception at hand.");
  const made = isLibraryValue(value) || isClassValue(value) ? engine.call(value, NO_ARGUMENTS, s, s) : value;
  const text = engine.textAt(s.value ?? s);
  const [first] = made.kind === "exception" ? made.args : [];
  const message = isStringValue(first) ? `: ${first.value}` : "";
  const name = made.kind === "exception" ? made.name : text.slice(0, 60);
  return new Raised(made, s, `This raises ${name}${message}`.replace(/\.?$/, "."), ADVICE, true, [...engine.trail]);
}

const NO_ARGUMENTS = { positional: [], byKeyword: new Map(), uncertain: false, places: [] };

const ADVICE = "Change what is given, or the condition.";

/** Follows `assert condition`: one that certainly does not hold raises an exception. */
export function followAssert(engine: Interpreter, s: Extract<Statement, { kind: "assert" }>, scope: Scope): Outcome {
  const condition = engine.evaluate(s.when, scope);
  if (engine.isTrue(condition) !== false) return NEXT;
  const message = s.message ? engine.evaluate(s.message, scope) : undefined;
  const said = isStringValue(message) && message.value !== "" ? ` The file says of it: “${message.value}”.` : "";
  const exception: PyValue = { kind: "exception", name: "AssertionError", args: message ? [message] : [] };
  const say = `This does not hold: ${sidesOf(engine, s.when)}.${said}`;
  return { kind: "raise", raised: new Raised(exception, s.when, say, ADVICE, true, [...engine.trail]) };
}

/** `x.shape[1] is 12, n is 16`: what the two sides of a comparison came to, where they are numbers. */
function sidesOf(engine: Interpreter, when: Expression): string {
  const sides = when.kind === "compare" ? [when.left, when.right] : [];
  const said = sides.flatMap((side) => {
    const [value, ...more] = engine.trace.of(side);
    if (!value || more.length > 0 || side.kind === "number" || side.kind === "display") return [];
    const said = isIntValue(value) ? printDim(value.value) : isTupleValue(value) ? repr(value) : undefined;
    return said === undefined ? [] : [`${engine.textAt(side)} is ${said}`];
  });
  return said.length > 0 ? `${engine.textAt(when)}; ${said.join(", ")}` : engine.textAt(when);
}
