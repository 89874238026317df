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
  if (!isPlain || !isStringValue(text) || text.value.length > MAX_TEXT)
    return unknown("What is evaluated is not known.");
  const code = text.value.trim();
  const { body } = engine.program.imported.parse(`<${code}>`, code).file;
  const [statement, ...more] = body;
  if (statement?.kind !== "expression" || more.length > 0) return unknown("What is evaluated is no expression.");
  const { value } = statement;
  if (engine.namesCaught > 0 && isUnbound(engine, value, scope))
    engine.fail("NameError", place, `There is nothing of the name ${code}.`, "Use a name that is there.");
  return engine.evaluate(value, scope);
}

/** Whether an expression is a name that nothing has. */
function isUnbound(engine: Evaluator, e: Expression, scope: Scope): boolean {
  if (e.kind === "attribute") return isUnbound(engine, e.of, scope);
  return e.kind === "name" && !engine.isBound(e.name, scope);
}
