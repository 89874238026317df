import { binary, numberAt } from "../../core/math/compound.js";
import type { MathExpr } from "../../core/math/expression.js";
import { type Chain, type Link, linkOf } from "./chains.js";
import { isElse, isOnlyFor } from "./domainWords.js";
import type { Token } from "./token.js";

/** The indices from the first to the last one; without a bound, all on that side. */
export interface IndexRange {
  readonly first?: MathExpr;
  readonly last?: MathExpr;
}

/** A row of `\begin{cases}`; a domain of no tokens is one that is not understood. */
export interface CaseRow {
  readonly formula: Link;
  readonly domain: readonly Token[] | undefined;
  /** Whether it is for all indices that the other rows leave. */
  readonly isElse: boolean;
}

/** The tokens of a chain with its signs between, without the word that leads to it: `if -2 <= n`. */
export function conditionTokens({ links, relations }: Chain): readonly Token[] {
  const tokens = links.flatMap((link, i): readonly Token[] => {
    const relation = relations[i];
    return relation === undefined
      ? link.tokens
      : [...link.tokens, { kind: "sign", text: relation, from: link.to, to: link.to }];
  });
  const [first] = tokens;
  const isLed = first?.kind === "word" && first.text.length > 1 && isOnlyFor(first.text);
  return isLed ? tokens.slice(1) : tokens;
}

/** Whether a chain only says where an index lies. */
export const isDomainOf = (chain: Chain, letter: string | undefined): boolean =>
  chain.relations.every((r) => /^[<>≤≥]$/.test(r)) && conditionTokens(chain).some((t) => t.text === letter);

/** The first and the last index that tokens say: `0 ≤ n ≤ L − 1`, `n ≥ 7`, `n = 0, 1, …, 6`. */
export function rangeOf(
  tokens: readonly Token[],
  letter: string,
  read: (link: Link) => MathExpr | undefined,
): IndexRange | undefined {
  const [first, second] = tokens;
  if (first?.text === letter && /^[=∈]$/.test(second?.text ?? "")) return listedRange(tokens.slice(2), read);
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

/** The range that a list of indices is: whole numbers one after the other, of which some in the middle or at the end may be dots. */
function listedRange(tokens: readonly Token[], read: (link: Link) => MathExpr | undefined): IndexRange | undefined {
  const isSet = /^[{⦃]$/.test(tokens[0]?.text ?? "");
  if (isSet && !/^[}⦄]$/.test(tokens.at(-1)?.text ?? "")) return undefined;
  const items: Token[][] = [[]];
  for (const t of isSet ? tokens.slice(1, -1) : tokens) {
    if (t.text === ",") items.push([]);
    else items.at(-1)?.push(t);
  }
  const isDots = (item: readonly Token[]): boolean => item.length > 0 && item.every((t) => /^[….]$/.test(t.text));
  const dots = items.findIndex(isDots);
  const listed = dots < 0 ? items : items.slice(0, dots);
  const numbers = listed.map((item) => Number(item.map((t) => t.text).join("")));
  const isInRow = numbers.every((n, i) => Number.isInteger(n) && n === (numbers[0] ?? 0) + i);
  const behind = dots < 0 ? listed.slice(-1) : items.slice(dots + 1).filter((item) => item.length > 0);
  const [start] = listed;
  if (!start?.length || !isInRow || behind.length > 1) return undefined;
  const [end] = behind;
  const [first, last] = [read(linkOf(start)), end && read(linkOf(end))];
  if (!first || (end && !last)) return undefined;
  return last ? { first, last } : { first };
}

/** The rows of `\begin{cases}`: each formula with its condition. */
export function casesIn({ tokens }: Link): readonly CaseRow[] | undefined {
  const [begin] = tokens;
  if (begin?.kind !== "command" || !/^begin (?:cases|dcases)$/.test(begin.text)) return undefined;
  const end = tokens.findIndex((t) => t.kind === "command" && t.text.startsWith("end "));
  if (end < 0 || tokens.slice(end + 1).some((t) => !isPunctuation(t))) return undefined;
  const rows: Token[][][] = [[[]]];
  for (const t of tokens.slice(1, end)) {
    if (t.text === "\\\\") rows.push([[]]);
    else if (t.text === "&" && t.kind === "sign") rows.at(-1)?.push([]);
    else rows.at(-1)?.at(-1)?.push(t);
  }
  return rows.flatMap((columns) => {
    const [formula, ...conditions] = columns.length > 1 ? columns : atComma(columns[0] ?? []);
    const said = conditions.flat();
    return formula && formula.length + said.length > 0 ? [rowOf(trimmed(formula), said)] : [];
  });
}

function rowOf(formula: readonly Token[], said: readonly Token[]): CaseRow {
  const link = linkOf(formula);
  const words = said.filter((t) => t.kind === "text").map((t) => t.text);
  const condition = trimmed(said.filter((t) => t.kind !== "text"));
  const letters = condition.every((t) => t.kind === "word") ? condition.map((t) => t.text).join("") : "";
  if (isElse([...words, letters].join(" "))) return { formula: link, domain: undefined, isElse: true };
  const isUnclear = words.some((w) => !isOnlyFor(w));
  return { formula: link, domain: said.length === 0 ? undefined : isUnclear ? [] : condition, isElse: false };
}

const isPunctuation = (t: Token | undefined): boolean => t?.kind === "sign" && /^[,.;]$/.test(t.text);

/** Without the punctuation at the end. */
function trimmed(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.findLastIndex((t) => !isPunctuation(t));
  return tokens.slice(0, last + 1);
}

/** A row without columns: the condition is behind the first comma or word. */
function atComma(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const at = tokens.findIndex((t) => t.kind === "text" || (t.kind === "sign" && t.text === ","));
  return at < 0 ? [tokens] : [tokens.slice(0, at), tokens.slice(tokens[at]?.text === "," ? at + 1 : at)];
}
