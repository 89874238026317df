import { binary, numberAt } from "../../core/math/compound.js";
import type { MathExpr } from "../../core/math/expression.js";
import { type Chain, type Link, linkOf } from "./chains.js";
import type { Token } from "./token.js";

/** The tokens of a chain with its signs between. */
export const conditionTokens = ({ links, relations }: Chain): readonly Token[] =>
  links.flatMap((link, i) => {
    const relation = relations[i];
    return relation === undefined
      ? link.tokens
      : [...link.tokens, { kind: "sign", text: relation, from: link.to, to: link.to } as const];
  });

/** The first and the last index that tokens say: `0 ≤ n ≤ L − 1`, `n ≥ 7`. */
export function rangeOf(
  tokens: readonly Token[],
  letter: string,
  read: (link: Link) => MathExpr | undefined,
): { first?: MathExpr; last?: MathExpr } | undefined {
  const parts: Token[][] = [[]];
  const relations: string[] = [];
  for (const t of tokens) {
    if (t.kind === "sign" && /^[<>≤≥]$/.test(t.text)) {
      relations.push(t.text);
      parts.push([]);
    } else parts.at(-1)?.push(t);
  }
  const sides = parts.map((p) => (p.length > 0 ? read(linkOf(p)) : undefined));
  const at = sides.findIndex((e) => e?.kind === "symbol" && e.name === letter);
  if (at < 0 || relations.length === 0 || relations.length > 2) return undefined;
  const range: { first?: MathExpr; last?: MathExpr } = {};
  for (const [i, relation] of relations.entries()) {
    const other = i === at ? sides[i + 1] : i === at - 1 ? sides[i] : undefined;
    if (!other) return undefined;
    const isBelowOther = (i === at) === /[<≤]/.test(relation);
    const isStrict = /[<>]/.test(relation);
    const one = numberAt("1", other);
    if (isBelowOther) range.last = isStrict ? binary("-", other, one) : other;
    else range.first = isStrict ? binary("+", other, one) : other;
  }
  return range;
}

/** The rows of `\begin{cases}`: each formula with its condition. */
export function casesIn({
  tokens,
}: Link): readonly { readonly formula: Link; readonly domain: readonly Token[] | undefined }[] | undefined {
  const [first] = tokens;
  if (first?.kind !== "command" || !/^begin (?:cases|dcases)$/.test(first.text)) return undefined;
  const rows: Token[][][] = [[[]]];
  for (const t of tokens.slice(1)) {
    if (t.kind === "command" && t.text.startsWith("end ")) break;
    if (t.text === "\\\\") rows.push([[]]);
    else if (t.text === "&" && t.kind === "sign") rows.at(-1)?.push([]);
    else if (t.kind !== "text" && t.text !== ",") rows.at(-1)?.at(-1)?.push(t);
  }
  return rows.flatMap(([formula, domain]) =>
    formula && formula.length > 0
      ? [{ formula: linkOf(formula), domain: domain && domain.length > 0 ? domain : undefined }]
      : [],
  );
}
