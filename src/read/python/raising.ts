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
  const say = `This does not hold: ${sidesOf(engine, failing(engine, s.when, scope), scope)}.${said}`;
  return { kind: "raise", raised: new Raised(exception, s.when, say, ADVICE, true, [...engine.trail]) };
}

/** What an expression that has been evaluated before came to. */
const again = (engine: Interpreter, e: Expression, scope: Scope): PyValue =>
  engine.journal.undone(() => engine.trace.muted(() => engine.evaluate(e, scope))).result;

/** The part by which a condition does not hold: of `a and b` the one that is false. */
function failing(engine: Interpreter, when: Expression, scope: Scope): Expression {
  if (when.kind !== "logic" || when.op !== "and") return when;
  const isLeft = engine.isTrue(again(engine, when.left, scope)) === false;
  return failing(engine, isLeft ? when.left : when.right, scope);
}

/** `x.shape[1] is 12, n is 16`: what the two sides of a comparison came to, where that is not what stands there. */
function sidesOf(engine: Interpreter, when: Expression, scope: Scope): string {
  const sides = when.kind === "compare" ? [when.left, when.right] : [];
  const said = sides.flatMap((side) => {
    if (side.kind === "number" || side.kind === "string" || side.kind === "display") return [];
    const text = sayValue(again(engine, side, scope));
    const own = engine.textAt(side);
    return text === undefined || text === own ? [] : [`${own} is ${text}`];
  });
  return said.length > 0 ? `${engine.textAt(when)}; ${said.join(", ")}` : engine.textAt(when);
}

/** A number, a text, a shape or a list as one reads it; undefined where it is something else or not known. */
function sayValue(value: PyValue): string | undefined {
  if (isIntValue(value)) return printDim(value.value);
  if (isTupleValue(value) && value.isShape) return repr({ kind: "tuple", items: value.items });
  return /^(?:tuple|list|string|float|none)$/.test(value.kind) ? repr(value) : undefined;
}
