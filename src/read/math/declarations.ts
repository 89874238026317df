import type { MathExpr, MathPlace } from "../../core/math/expression.js";
import type { MatrixShape } from "../../core/math/matrixShape.js";
import { MathParser } from "./mathParser.js";
import type { Token } from "./token.js";
import { NotRead, type Reading, TokenStream } from "./tokenStream.js";

/** `W ∈ ℝ^{m×n}`: what is said to have a shape, and the shape. */
export interface Declaration extends MathPlace {
  readonly of: MathExpr;
  readonly shape: MatrixShape;
}

/** The shapes that a formula says of vectors and matrices. */
export function declarationsIn(tokens: readonly Token[], reading: Reading): readonly Declaration[] {
  const found: Declaration[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.text !== "∈" || !/^[Rℝ]$/.test(tokens[at + 1]?.text.replace(/[{}]/g, "") || (tokens[at + 2]?.text ?? "")))
      continue;
    const shape = shapeBehind(tokens, at + 1, reading);
    if (!shape) continue;
    for (const names of namesBefore(tokens, at)) {
      const of = parsed(names, reading);
      const last = tokens[shape.end - 1] ?? token;
      if (of) found.push({ of, shape: shape.shape, from: names[0]?.from ?? token.from, to: last.to });
    }
  }
  return found;
}

/** The groups between commas in front of the sign. */
function namesBefore(tokens: readonly Token[], at: number): readonly (readonly Token[])[] {
  let start = at;
  while (
    start > 0 &&
    !/^(?:\\\\|∈|;|\.|=|≈|&)$/.test(tokens[start - 1]?.text ?? "") &&
    tokens[start - 1]?.kind !== "text"
  )
    start--;
  const groups: Token[][] = [[]];
  for (const token of tokens.slice(start, at)) {
    if (token.text === "," && token.kind === "sign") groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((g) => g.length > 0);
}

function shapeBehind(
  tokens: readonly Token[],
  from: number,
  reading: Reading,
): { shape: MatrixShape; end: number } | undefined {
  let i = from;
  // The letter may stand in braces: \mathbb{R}.
  while (/^[{}Rℝ]$/.test(tokens[i]?.text ?? "")) i++;
  if (tokens[i]?.text !== "^") return undefined;
  i++;
  const sizes: Token[][] = [[]];
  if (tokens[i]?.text === "{" || tokens[i]?.text === "(") {
    const close = tokens[i]?.text === "{" ? "}" : ")";
    for (let depth = 1; depth > 0; ) {
      const token = tokens[++i];
      if (!token) return undefined;
      if (/^[{(]$/.test(token.text)) depth++;
      if (/^[})]$/.test(token.text)) depth--;
      if (depth === 0 && token.text === close) break;
      if (token.text === "×" && depth === 1) sizes.push([]);
      else sizes.at(-1)?.push(token);
    }
    i++;
  } else {
    const only = tokens[i++];
    if (!only) return undefined;
    sizes[0]?.push(only);
  }
  const [rows, columns, ...more] = sizes.map((s) => parsed(s, reading));
  if (!rows || more.length > 0 || (sizes.length === 2 && !columns)) return undefined;
  const one: MathExpr = { kind: "number", text: "1", from: rows.from, to: rows.to };
  return { shape: { rows, columns: columns ?? one }, end: i };
}

function parsed(tokens: readonly Token[], reading: Reading): MathExpr | undefined {
  try {
    return new MathParser(new TokenStream(tokens), reading).whole();
  } catch (problem) {
    if (problem instanceof NotRead) return undefined;
    throw problem;
  }
}
