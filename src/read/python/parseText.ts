import type { GrammarNode } from "./nodes.js";
import type { SourceText } from "./sourceText.js";
import type { Expression, FormatHole } from "./syntax.js";

/** The value of a string literal; undefined for bytes and for escapes by name. */
export function plainString(text: string): string | undefined {
  const match = /^([rRbBuU]*)("""|'''|"|')([\s\S]*)\2$/.exec(text);
  if (!match || /b/i.test(match[1] ?? "")) return undefined;
  const inside = match[3] ?? "";
  return /r/i.test(match[1] ?? "") ? inside : unescaped(inside);
}

const PLAIN: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};

/** A text with its escapes read; undefined where one is rare. */
function unescaped(text: string): string | undefined {
  if (!text.includes("\\")) return text;
  let isRead = true;
  const value = text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[\s\S])/g, (all, sign: string) => {
    if (sign.length > 1) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
    const plain = PLAIN[sign];
    if (plain !== undefined) return plain;
    if (/[abfvxuUN0-9]/.test(sign)) isRead = false;
    return all;
  });
  return isRead ? value : undefined;
}

/** `f"dense{i:>3}"`. */
export function readFormat(source: SourceText, node: GrammarNode, one: (node: GrammarNode) => Expression): Expression {
  const at = { from: node.from, to: node.to };
  const text = source.slice(node.from, node.to);
  const head = /^([fFrR]+)("""|'''|"|')/.exec(text);
  const lost: Expression = { ...at, kind: "string", value: undefined };
  if (!head?.[2] || !text.endsWith(head[2])) return lost;
  const isRaw = /r/i.test(head[1] ?? "");
  const read = (between: string): string | undefined => (isRaw ? between : unescaped(between));
  const parts = partsOf(source, node, node.from + head[0].length, node.to - head[2].length, one, read);
  return parts ? { ...at, kind: "format", parts } : lost;
}

/** The texts and holes between two places. */
function partsOf(
  source: SourceText,
  node: GrammarNode,
  start: number,
  end: number,
  one: (node: GrammarNode) => Expression,
  read: (text: string) => string | undefined,
): (string | FormatHole)[] | undefined {
  const parts: (string | FormatHole)[] = [];
  let from = start;
  const add = (to: number): boolean => {
    const text = read(source.slice(from, to));
    if (text === undefined) return false;
    parts.push(text.replace(/\{\{/g, "{").replace(/\}\}/g, "}"));
    return true;
  };
  for (const hole of node.children) {
    if (hole.name !== "FormatReplacement") continue;
    const read1 = add(hole.from) ? holeOf(source, hole, one, read) : undefined;
    if (!read1) return undefined;
    parts.push(read1);
    from = hole.to;
  }
  return add(end) ? parts : undefined;
}

function holeOf(
  source: SourceText,
  hole: GrammarNode,
  one: (node: GrammarNode) => Expression,
  read: (text: string) => string | undefined,
): FormatHole | undefined {
  const [open, value, ...rest] = hole.children;
  if (!open || !value || value.name === "}" || hole.children.at(-1)?.name !== "}") return undefined;
  const named = (name: string): GrammarNode | undefined => rest.find((p) => p.name === name);
  const [own, conversion, spec] = [named("FormatSelfDoc"), named("FormatConversion"), named("FormatSpec")];
  const known = rest.every((p) => /^(FormatSelfDoc|FormatConversion|FormatSpec|\})$/.test(p.name));
  const inner = spec && partsOf(source, spec, spec.from + 1, spec.to, one, read);
  if (!known || (spec && !inner)) return undefined;
  return {
    value: one(value),
    ...(own ? { label: source.slice(open.to, own.to) } : {}),
    ...(conversion ? { conversion: source.slice(conversion.from + 1, conversion.to) } : {}),
    ...(inner ? { spec: inner } : {}),
  };
}

/** Literals side by side, as one. */
export function continued(
  all: readonly Expression[],
):
  | { readonly kind: "string"; readonly value: string | undefined }
  | { readonly kind: "format"; readonly parts: readonly (string | FormatHole)[] } {
  const parts: (string | FormatHole)[] = [];
  for (const e of all) {
    if (e.kind === "string" && e.value !== undefined) parts.push(e.value);
    else if (e.kind === "format") parts.push(...e.parts);
    else return { kind: "string", value: undefined };
  }
  return parts.every((p) => typeof p === "string")
    ? { kind: "string", value: parts.join("") }
    : { kind: "format", parts };
}
