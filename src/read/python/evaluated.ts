import { loseTrackOf } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import type { Scope } from "./scope.js";
import type { Expression, Place } from "./syntax.js";
import { isStringValue } from "./valueKinds.js";
import { type CallArguments, type PyValue, unknown } from "./values.js";

/** Characters of a text that is evaluated. */
const MAX_TEXT = 10_000;

/** `eval("nn.ReLU")`: the value of an expression that is a text; what it says is followed like what stands in the file. */
export function evaluateText(engine: Evaluator, args: CallArguments, scope: Scope, place: Place): PyValue {
  const [text, names] = args.positional;
  const isPlain = !args.uncertain && !names && args.byKeyword.size === 0;
  if (!isPlain || !isStringValue(text) || text.value.length > MAX_TEXT) {
    // Names that are given to it may be set by it.
    loseTrackOf(engine.journal, args);
    return unknown("What is evaluated is not known.");
  }
  const value = expressionIn(engine, text.value);
  if (!value) return unknown("What is evaluated is no expression.");
  if (engine.namesCaught > 0 && isUnbound(engine, value, scope))
    engine.fail("NameError", place, `There is nothing of the name ${text.value.trim()}.`, "Use a name that is there.");
  return engine.evaluate(value, scope);
}

/** The expression that a text is; undefined where it is none. */
export function expressionIn(engine: Evaluator, text: string): Expression | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const code = text.trim();
  const [statement, ...more] = engine.program.imported.parse(`<${code}>`, code).file.body;
  return statement?.kind === "expression" && more.length === 0 ? statement.value : undefined;
}

/** Whether an expression is a name that nothing has. */
function isUnbound(engine: Evaluator, e: Expression, scope: Scope): boolean {
  if (e.kind === "attribute") return isUnbound(engine, e.of, scope);
  return e.kind === "name" && !engine.isBound(e.name, scope);
}
