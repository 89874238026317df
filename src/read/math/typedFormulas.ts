import { isFunction } from "../../core/math/functions.js";
import type { Stretch } from "../document/written.js";
import { RELATIONS, type Token } from "./token.js";
import { typedTokens } from "./typedTokens.js";

/** Lines longer than this are not looked through. */
const MAX_LINE = 2000;

/** The chains of typed mathematics in a stretch of text, each as its tokens: what stands around a sign of relation and is no prose. */
export function typedFormulas(text: string, { from, to }: Stretch): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  for (let start = from; start < to; ) {
    const line = text.indexOf("\n", start);
    const end = line < 0 || line > to ? to : line;
    if (end - start <= MAX_LINE && /[=≈≤≥<>]/.test(text.slice(start, end)))
      found.push(...inLine(typedTokens(text, { from: start, to: end })));
    start = end + 1;
  }
  return found;
}

function inLine(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  let done = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (!isRelation(tokens[at]) || isBracket(tokens, at)) continue;
    let first = at;
    while (first > done && belongs(tokens, first - 1, tokens[first])) first--;
    let last = at;
    while (last + 1 < tokens.length && belongs(tokens, last + 1, tokens[last])) last++;
    const isPart =
      isGlued(tokens[first - 1], tokens[first]) ||
      isGlued(tokens[last], tokens[last + 1]) ||
      isInRow(tokens[first - 1], tokens[first]) ||
      tokens[first - 2]?.text === "\\" ||
      tokens[last + 1]?.text === "\\";
    const isBehindWords = tokens[at]?.text === "=" && tokens[at - 1]?.kind === "word";
    // `Params = 784 · 256 + 256 = 200,970`
    const isNamed = first === at && isBehindWords && tokens.slice(at + 1, last + 1).some(isRelation);
    if ((first < at || isBehindWords) && last > at && !isPart)
      found.push(balanced(tokens.slice(isNamed ? at + 1 : first, last + 1)));
    done = last + 1;
    at = last;
  }
  return found.filter((f) => f.some(isRelation));
}

/** Whether two tokens stand side by side, so that what is cut between them is cut out of something: `len(3*4) = 12`. */
const isGlued = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && a.to === b.from && !/^[.,;:!?)\]]$/.test(b.text) && !/^[([]$/.test(a.text);

/** Whether two numbers stand side by side, as in a row of terms of which only the last one stands before the sign: `0×1 2×3 = 6`. */
const isInRow = (a: Token | undefined, b: Token | undefined): boolean =>
  (a?.kind === "number" || a?.text === ")") && b?.kind === "number" && b.from - a.to <= MAX_GAP;

const isRelation = (token: Token | undefined): boolean => token?.kind === "sign" && RELATIONS.has(token.text);

/** `<1>` is no comparison: a sign of one stands as near to what is before it as to what is behind. */
const isBracket = (tokens: readonly Token[], at: number): boolean => {
  const [before, token, behind] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return (
    /^[<>]$/.test(token?.text ?? "") &&
    (!before || !token || !behind || (before.to === token.from) !== (token.to === behind.from))
  );
};

/** Characters between two tokens beyond which they stand in different columns. */
const MAX_GAP = 3;

const SIGNS = new Set("+ - * · × / ^ ( ) [ ] , ⌊ ⌋ ⌈ ⌉ ! ' ² ³ ¹ ⁰ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹ ⁻ ⁿ ᵀ √ ⊙ ⋆ _ Σ Π % ‖ ∇ ∂".split(" "));

/** Units that may stand behind a number in a calculation. */
const UNIT = /^(?:[kKMGT]i?B|B|bytes|ms|sec|min|minutes|hours)$/;

/** A capital that is no word of its own. */
const MATRIX = /^(?:[B-HJ-Z]|[A-Z]_?\d)$/;

/** Whether a token is part of the mathematics that its neighbour is part of. */
function belongs(tokens: readonly Token[], at: number, neighbour: Token | undefined): boolean {
  const token = tokens[at];
  if (!token || !neighbour) return false;
  if (Math.max(neighbour.from - token.to, token.from - neighbour.to) > MAX_GAP) return false;
  if (isRelation(token)) return !isBracket(tokens, at);
  if (token.kind === "sign") return SIGNS.has(token.text) && !isProseComma(tokens, at);
  if (token.kind === "word" && UNIT.test(token.text) && tokens[at - 1]?.kind === "number") return true;
  if (token.kind === "word" && !isName(token, tokens[at + 1])) return false;
  if (neighbour.kind === "word" && token.kind === "number" && UNIT.test(neighbour.text)) return true;
  const [first, second] = token.to <= neighbour.from ? [token, neighbour] : [neighbour, token];
  // W x, W1 a1
  if (second.from === first.to + 1 && MATRIX.test(first.text) && /^[a-zA-Z](?:_?\d)?$/.test(second.text)) return true;
  // Two words, or a word and a number, with a space between are prose.
  const gap = neighbour.from >= token.to ? neighbour.from - token.to : token.from - neighbour.to;
  return neighbour.kind === "sign" || gap === 0;
}

/** A comma belongs to mathematics only between numbers in brackets. */
function isProseComma(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== ",") return false;
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (/^[([]$/.test(tokens[i]?.text ?? "")) depth++;
    if (/^[)\]]$/.test(tokens[i]?.text ?? "")) depth--;
    if (depth > 0) return false;
  }
  return true;
}

/** Whether a word is a name of mathematics: a letter, a name with an index, or a function. */
function isName({ text }: Token, next: Token | undefined): boolean {
  if (isFunction(text) || text === "log") return next?.text === "(";
  return [...text].length <= 2 || /[_\d]/.test(text) || /^[A-Z]{2,3}$/.test(text);
}

/** A minus with a space behind it, at the beginning, is the mark of a list. */
const isBullet = (token: Token, next: Token | undefined): boolean =>
  token.text === "-" && next !== undefined && next.from > token.to;

/** Without the brackets at both ends that are prose's own: `(so K = 3)`. */
function balanced(tokens: readonly Token[]): readonly Token[] {
  let list = tokens;
  for (;;) {
    const open = list.filter((t) => /^[([]$/.test(t.text)).length;
    const close = list.filter((t) => /^[)\]]$/.test(t.text)).length;
    const [first, last] = [list[0], list.at(-1)];
    if (open > close && first && /^[([]$/.test(first.text)) list = list.slice(1);
    else if (close > open && last && /^[)\]]$/.test(last.text)) list = list.slice(0, -1);
    else if (last && /^[-,'^*]$/.test(last.text)) list = list.slice(0, -1);
    else if (first && (/^[,*·^]$/.test(first.text) || isBullet(first, list[1]))) list = list.slice(1);
    else return list;
  }
}
