import type { SyntaxNode } from "@lezer/common";
import { childrenOf } from "./nodes.js";
import type { Expression } from "./syntax.js";

/** The value of a string literal; undefined where escapes are in it. */
export function plainString(text: string): string | undefined {
  const match = /^([rRbBuU]*)("""|'''|"|')([\s\S]*)\2$/.exec(text);
  if (!match || /b/i.test(match[1] ?? "")) return undefined;
  const inside = match[3] ?? "";
  return inside.includes("\\") && !/r/i.test(match[1] ?? "") ? undefined : inside;
}

/** `f"dense{i}"`; one with formats, escapes or doubled braces is a text that is not known. */
export function readFormat(source: string, node: SyntaxNode, one: (node: SyntaxNode) => Expression): Expression {
  const at = { from: node.from, to: node.to };
  const text = source.slice(node.from, node.to);
  const head = /^[fF]("""|'''|"|')/.exec(text);
  const holes = childrenOf(node);
  const lost: Expression = { ...at, kind: "string", value: undefined };
  if (!head?.[1] || /\\|\{\{|\}\}/.test(text) || !text.endsWith(head[1])) return lost;
  const parts: (string | Expression)[] = [];
  let from = node.from + head[0].length;
  for (const hole of holes) {
    const inside = childrenOf(hole);
    const [, value] = inside;
    if (hole.name !== "FormatReplacement" || inside.length !== 3 || !value) return lost;
    parts.push(source.slice(from, hole.from), one(value));
    from = hole.to;
  }
  return { ...at, kind: "format", parts: [...parts, source.slice(from, node.to - head[1].length)] };
}
