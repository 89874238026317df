import type { MathExpr, MathPlace } from "../../core/math/expression.js";
import { MathParser } from "./mathParser.js";
import { BREAKS, RELATIONS, type Token } from "./token.js";
import { NotRead, plainReading, type Reading, TokenStream } from "./tokenStream.js";

/** One side of a relation as it is written. */
export interface Link extends MathPlace {
  readonly tokens: readonly Token[];
}

/** Expressions that are said to be equal, or otherwise related, one after the other. */
export interface Chain extends MathPlace {
  readonly links: readonly Link[];
  /** The sign behind each link but the last. */
  readonly relations: readonly string[];
  readonly isLatex: boolean;
  /** The arrow that leads to it from the chain before it. */
  readonly arrow?: "⇔" | "⇒";
}

/** Environments that only lay out what is in them. */
const LAYOUT =
  /^(?:begin|end) (?:align|aligned|alignat|split|gather|gathered|multline|eqnarray|equation|displaymath|math|flalign)\*?$/;

/** Signs that end a statement. */
const ENDS = new Set([",", ";", ".", ":", "∴"]);

const OPEN = new Set(["(", "[", "{", "⌊", "⌈", "⦃", "⟨"]);
const CLOSE = new Set([")", "]", "}", "⌋", "⌉", "⦄", "⟩"]);

/** The chains of relations in a formula. */
export function chainsOf(tokens: readonly Token[], isLatex: boolean): readonly Chain[] {
  const chains: { links: Token[][]; relations: string[]; arrow?: Chain["arrow"] }[] = [];
  let arrow: Chain["arrow"];
  let links: Token[][] = [[]];
  let relations: string[] = [];
  let depth = 0;
  let isRow = false;
  const finish = (): void => {
    const last = chains.at(-1);
    // A line that begins with a sign goes on where the line before it ended.
    if (links[0]?.length === 0 && relations.length > 0 && last && isRow && links.slice(1).every((l) => l.length > 0)) {
      last.links.push(...links.slice(1));
      last.relations.push(...relations);
    } else if (relations.length > 0 && links.every((l) => l.length > 0))
      chains.push({ links, relations, ...(arrow ? { arrow } : {}) });
    else if (links.some((l) => l.length > 0)) chains.push({ links: [], relations: [] });
    links = [[]];
    relations = [];
    isRow = false;
    arrow = undefined;
  };
  for (const token of tokens) {
    const { kind, text } = token;
    if (kind === "command" && LAYOUT.test(text)) continue;
    if (kind === "command" && text.startsWith("begin ")) depth++;
    if (kind === "command" && text.startsWith("end ")) depth--;
    if (kind === "sign" && OPEN.has(text)) depth++;
    if (kind === "sign" && CLOSE.has(text)) depth--;
    const isTop = depth <= 0 && kind === "sign";
    if (isTop && text === "\\\\") {
      finish();
      isRow = true;
    } else if (isTop && text === "&") continue;
    else if (isTop && RELATIONS.has(text)) {
      links.push([]);
      relations.push(text);
    } else if (isTop && (ENDS.has(text) || BREAKS.has(text))) {
      finish();
      arrow = text === "⇔" || text === "⇒" ? text : undefined;
    } else if (
      kind === "text" &&
      depth <= 0 &&
      /\s|^(?:and|or|for|if|where|with|so|thus|hence|since|let|then)$/i.test(text)
    )
      finish();
    else links.at(-1)?.push(token);
  }
  finish();
  const found: Chain[] = [];
  for (const { links: own, relations, arrow: before } of chains) {
    if (relations.length === 0) continue;
    const read = own.map(linkOf);
    found.push({
      links: read,
      relations,
      isLatex,
      from: read[0]?.from ?? 0,
      to: read.at(-1)?.to ?? 0,
      ...(before ? { arrow: before } : {}),
    });
  }
  return found;
}

/** Tokens as one side of a relation. */
export const linkOf = (tokens: readonly Token[]): Link => ({
  tokens,
  from: tokens[0]?.from ?? 0,
  to: tokens.at(-1)?.to ?? 0,
});

/** What a link says, as far as it is mathematics that is known here. */
export function readLink(link: Link, reading: Reading): MathExpr | undefined {
  try {
    return new MathParser(new TokenStream(link.tokens), reading).whole();
  } catch (problem) {
    if (problem instanceof NotRead) return undefined;
    throw problem;
  }
}

const plain = new WeakMap<Link, MathExpr | false>();

/** What a link says in the plainest reading, found once. */
export function readPlainly(link: Link, isLatex: boolean): MathExpr | undefined {
  let e = plain.get(link);
  if (e === undefined) plain.set(link, (e = readLink(link, plainReading(isLatex)) ?? false));
  return e || undefined;
}

/** Whether a sum, a product with a sign or a quotient stands outside of all brackets: such a link is no name, and without quotients no derivative. */
export function isCompound({ tokens }: Link, signs = /^[-+·×/]$/): boolean {
  let depth = 0;
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind !== "sign") continue;
    if (OPEN.has(text)) depth++;
    else if (CLOSE.has(text)) depth--;
    else if (depth === 0 && i > 0 && signs.test(text) && !/^[_^]$/.test(tokens[i - 1]?.text ?? "")) return true;
  }
  return false;
}
