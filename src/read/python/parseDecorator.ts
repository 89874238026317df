import type { GrammarNode } from "./nodes.js";
import type { ExpressionReader } from "./parseExpression.js";
import type { SourceText } from "./sourceText.js";
import type { Expression } from "./syntax.js";

/** `@a.b(…)`: the grammar has its parts side by side. */
export function readDecorator(node: GrammarNode, expressions: ExpressionReader, text: SourceText): Expression {
  const [first, ...rest] = node.children.filter((c) => c.name !== "At" && c.name !== ".");
  if (!first) return { kind: "broken", from: node.from, to: node.to };
  return rest.reduce<Expression>((of, part) => {
    const at = { from: of.from, to: part.to };
    if (part.name !== "ArgList") return { ...at, kind: "attribute", of, name: text.slice(part.from, part.to) };
    const args = expressions.args(part);
    return args ? { ...at, kind: "call", callee: of, args, argsFrom: part.from } : { ...at, kind: "broken" };
  }, expressions.one(first));
}
