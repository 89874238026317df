import { isFunction } from "../../core/math/functions.js";
import type { Stretch } from "../document/written.js";
import { isCutBefore, isMadeOf } from "./cutOff.js";
import { RELATIONS, type Token } from "./token.js";
import { typedTokens } from "./typedTokens.js";

/** Lines longer than this are not looked through. */
const MAX_LINE = 2000;

/** A matrix of which the rows stand one below the other: what the line ends with, and what follows. */
const FIRST_ROW = /=\s*(?:(?:np|numpy|torch)\.(?:array|tensor)\()?\[\s*(?:\[[^[\]]*\]\s*,?\s*)?$/;
const ROWS = /^(?:\n[ \t]*\[[^[\]\n]*\],?[ \t]*){1,30}(?:\n[ \t]*)?\]\)?/;

/** The chains of typed mathematics in a stretch of text, each as its tokens: what stands around a sign of relation and is no prose. */
export function typedFormulas(text: string, { from, to }: Stretch): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  for (let start = from; start < to; ) {
    const line = text.indexOf("\n", start);
    let end = line < 0 || line > to ? to : line;
    const own = text.slice(start, end);
    if (own.length <= MAX_LINE && /[=≈≤≥<>]/.test(own)) {
      const rows = FIRST_ROW.test(own) ? ROWS.exec(text.slice(end, Math.min(to, end + MAX_LINE))) : null;
      end += rows?.[0].length ?? 0;
      found.push(...inLine(withoutCounted(typedTokens(text, { from: start, to: end }))));
    }
    start = end + 1;
  }
  return found;
}

/** Without the words between a number, or its thousands, and the sign with which the calculation goes on. */
function withoutCounted(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    const last = kept.at(-1);
    const next = tokens[i + 1]?.text ?? "";
    const isCounted = last && COUNTED.test(token.text) && (last.kind === "number" || /^[kKMB]$/.test(last.text));
    // What stands before it ends where it does.
    if (isCounted && (/^[=≈]$/.test(next) || (/^[*×·]$/.test(next) && !kept.some(isRelation))))
      kept.splice(-1, 1, { ...last, to: token.to });
    else kept.push(token);
  }
  return kept;
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
      isCutBefore(tokens, first) ||
      isMadeOf(tokens, first, last) ||
      isOpenEnd(tokens[first - 1], tokens[first], tokens[first + 1]) ||
      isOpenEnd(tokens[last + 1], tokens[last], tokens[last - 1]) ||
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

/** Whether a formula begins or ends with a sign behind which it goes on in words: `7 images * 3*4 = 84`. Stars may be emphasis, too. */
function isOpenEnd(outer: Token | undefined, sign: Token | undefined, inner: Token | undefined): boolean {
  if (!outer || !sign || !inner || !/^[*·×/+^]$/.test(sign.text) || outer.kind === "sign") return false;
  const [near, far] = [inner, outer].map((t) => Math.max(t.from - sign.to, sign.from - t.to));
  return near !== 0 || far === 0;
}

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

const SIGNS = new Set(
  "+ - * · × / ^ ( ) [ ] , ⌊ ⌋ ⌈ ⌉ ! ' { } ² ³ ¹ ⁰ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹ ⁻ ⁿ ᵀ √ ⊙ ⋆ _ Σ Π % ‖ ∇ ∂".split(" "),
);

/** Words for what a number counts, which change nothing where the calculation goes on. */
const COUNTED = /^(?:params?|parameters|weights|floats?|values|numbers|elements)$/;

/** Units that may stand behind a number in a calculation. */
const UNIT = /^(?:[kKMGT]i?B|B|bytes|ms|sec|min|minutes|hours)$/;

const OPEN = /^[([{]$/;
const CLOSE = /^[)\]}]$/;

/** A letter that may be a factor, with its index. */
const FACTOR = /^(?:d?\p{L}\p{M}?(?:_\w+|\d+)?)$/u;

/** Short words of prose, which are no letters of a formula and lead to one. */
const SHORT =
  /^(?:a[mnst]|b[ey]|d[oe]|e[gst]|he|i[fnst]|m[ey]|no|o[fnr]|so|to|u[ps]|vs|we|l[ae]|un|zu|im|and|are|then|thus|with|where|that|gives?|get|have)$/i;

/** Letters that count what stands before them: 3 s, 5 K. */
const COUNTS = /^[sShdgmkKMGTB]$/;

/** Whether a token is part of the mathematics that its neighbour is part of. */
function belongs(tokens: readonly Token[], at: number, neighbour: Token | undefined): boolean {
  const token = tokens[at];
  if (!token || !neighbour) return false;
  const isRow = /^[[\],]{2}$/.test(token.text + neighbour.text);
  if (!isRow && Math.max(neighbour.from - token.to, token.from - neighbour.to) > MAX_GAP) return false;
  if (isRelation(token)) return !isBracket(tokens, at);
  if (token.kind === "sign") return SIGNS.has(token.text) && !isProseComma(tokens, at);
  if (token.kind === "word" && UNIT.test(token.text) && tokens[at - 1]?.kind === "number") return true;
  if (token.kind === "word" && !isName(token, tokens[at + 1])) return false;
  if (neighbour.kind === "word" && token.kind === "number" && UNIT.test(neighbour.text)) return true;
  // Two words, or a word and a number, with a space between are prose.
  const isBefore = token.to <= neighbour.from;
  const gap = isBefore ? neighbour.from - token.to : token.from - neighbour.to;
  return isSpaced(tokens, isBefore ? at : at - 1) || neighbour.kind === "sign" || gap === 0;
}

/** Whether two factors stand beside each other with one space between: `W1 a1`, `m² s_x`, `2 tanh(x)`. */
function isSpaced(tokens: readonly Token[], at: number): boolean {
  const [before, first, second, behind] = [-1, 0, 1, 2].map((i) => tokens[at + i]);
  if (!first || !second || second.from !== first.to + 1) return false;
  const isOpen = before?.kind !== "sign" || /^[,;:.]$/.test(before.text);
  const isPower = before?.text === "^";
  const isCalled = second.kind === "word" && (isFunction(second.text) || second.text === "Var") && behind?.text === "(";
  const isArticle = /^[aAI]$/.test(second.text) && behind?.kind === "word";
  const isLetter = second.kind === "word" && FACTOR.test(second.text) && !SHORT.test(second.text) && !isArticle;
  if (!isCalled && !isLetter && second.kind !== "command") return false;
  if (first.kind === "word")
    return isOpen
      ? FACTOR.test(first.text) && !/^[aAI]$/.test(first.text)
      : !SHORT.test(first.text) && isName(first, second);
  if (first.kind !== "number") return first.text === "}";
  // `K = 3 F = 10` gives two numbers, `3 s` is a time.
  const isTerm = /^[-+*·×/(]$/.test(before?.text ?? "") && !isRelation(tokens[at - 2]);
  const isUsed = !isRelation(behind) && tokens.slice(0, at).some((t) => t.text === second.text);
  const goesOn =
    !COUNTS.test(second.text) &&
    ((behind?.kind === "sign" && /^[-+*·/^²³([]$/.test(behind.text)) ||
      (behind?.kind === "word" && isSpaced(tokens, at + 1)));
  // In `layer 2 W x` the number is the layer's.
  const isNumbered = isOpen && before?.kind === "word" && !SHORT.test(before.text);
  return isPower || (!isNumbered && (isCalled || (isLetter && ((isTerm && !isOpen) || isUsed || goesOn))));
}

/** A comma belongs to mathematics only between numbers in brackets. */
function isProseComma(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== ",") return false;
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (OPEN.test(tokens[i]?.text ?? "")) depth++;
    if (CLOSE.test(tokens[i]?.text ?? "")) depth--;
    if (depth > 0) return false;
  }
  return true;
}

/** Whether a word is a name of mathematics: a letter, a name with an index, or a function. */
function isName({ text }: Token, next: Token | undefined): boolean {
  if (isFunction(text) || text === "log") return /^[(²³^]$/.test(next?.text ?? "");
  if (text === "Var") return /^[([]$/.test(next?.text ?? "");
  return ([...text].length <= 2 && !SHORT.test(text)) || /[_\d]/.test(text) || /^[A-Z]{2,3}$/.test(text);
}

/** A minus with a space behind it, at the beginning, is the mark of a list. */
const isBullet = (token: Token, next: Token | undefined): boolean =>
  token.text === "-" && next !== undefined && next.from > token.to;

/** Without the brackets at both ends that are prose's own: `(so K = 3)`. */
function balanced(tokens: readonly Token[]): readonly Token[] {
  let list = tokens;
  for (;;) {
    const open = list.filter((t) => OPEN.test(t.text)).length;
    const close = list.filter((t) => CLOSE.test(t.text)).length;
    const [first, last] = [list[0], list.at(-1)];
    if (last && OPEN.test(last.text)) list = list.slice(0, -1);
    else if (open > close && first && OPEN.test(first.text)) list = list.slice(1);
    else if (close > open && last && CLOSE.test(last.text)) list = list.slice(0, -1);
    // b) 2*5 = 10
    else if (close > open && list[1]?.text === ")") list = list.slice(2);
    else if (last && /^[-,'^*]$/.test(last.text)) list = list.slice(0, -1);
    else if (first && (/^[,*·^]$/.test(first.text) || isBullet(first, list[1]))) list = list.slice(1);
    else return list;
  }
}
