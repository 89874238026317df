import { freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { splitIndex } from "../../core/math/families.js";
import { toFloat } from "../../core/math/scalar.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, readPlainly } from "../../read/math/chains.js";
import type { Statement } from "../../read/math/statements.js";
import { decideValues } from "./decideValues.js";
import { numbersOf } from "./numbersOf.js";
import { countsIn } from "./plainWords.js";
import type { KeptStep } from "./stepCache.js";

/** Where a document gives a letter a number. */
interface LetterGiven {
  readonly from: number;
  readonly to: number;
  readonly value: number | undefined;
}

const NOTHING: ReadonlyMap<string, MathValue> = new Map();

const numberOf = (value: MathValue | undefined): number | undefined =>
  value === undefined || isMatrix(value) ? undefined : toFloat(value);

/** Where the letters of a document are given numbers, found when it is asked for. */
export class LettersGiven {
  private all: ReadonlyMap<string, readonly LetterGiven[]> | undefined;

  constructor(private readonly statements: readonly Statement[]) {}

  /** The last place before an offset, and those behind it up to another, for a letter with any index: `λ_1 = 3` gives λ, too. */
  around(
    name: string,
    from: number,
    end: number,
  ): { readonly last: LetterGiven | undefined; readonly next: readonly LetterGiven[] } {
    const places = this.of(name);
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.from ?? end) < from) low = middle + 1;
      else high = middle;
    }
    const next: LetterGiven[] = [];
    for (let i = low, p = places[i]; p && p.from < end; p = places[++i]) next.push(p);
    return { last: places[low - 1], next };
  }

  /** The words between two offsets, without what is read as mathematics. */
  wordsBetween(from: number, to: number, text: string): string {
    let words = "";
    let at = from;
    for (const statement of this.statements) {
      const span = spanOf(statement);
      if (!span || span.to <= at) continue;
      if (span.from >= to) break;
      if (span.from > at) words += ` ${text.slice(at, span.from)}`;
      at = span.to;
    }
    return words + text.slice(Math.min(at, to), to);
  }

  private of(name: string): readonly LetterGiven[] {
    if (!this.all) {
      const all = new Map<string, LetterGiven[]>();
      for (const statement of this.statements)
        for (const [letter, at] of statement.kind === "chain" ? givenBy(statement.chain) : [])
          if (!all.get(letter)?.push(at)) all.set(letter, [at]);
      this.all = all;
    }
    return this.all.get(plainName(name)) ?? [];
  }
}

/** Where a statement stands that is mathematics. */
function spanOf(statement: Statement): { readonly from: number; readonly to: number } | undefined {
  switch (statement.kind) {
    case "chain":
      return statement.chain;
    case "expression":
      return statement.link;
    case "declaration":
      return statement.declaration;
    default:
      return undefined;
  }
}

/** A name without its hat and its index. */
const plainName = (name: string): string =>
  (splitIndex(name)?.base ?? name).replace(/[\u0302\u0303*⋆]|_.*|(?<=\p{L})\d+$/gu, "");

function givenBy(chain: Chain): readonly (readonly [name: string, at: LetterGiven])[] {
  const [last] = chain.links.slice(-1);
  const e = last && readPlainly(last, chain.isLatex);
  const value = numberOf(e && numbersOf(e, NOTHING));
  const { from, to } = chain;
  return chain.links.slice(0, -1).flatMap((link, i) => {
    const side = /^(?:=|:=|≈|≜|∈)$/.test(chain.relations[i] ?? "") ? readPlainly(link, chain.isLatex) : undefined;
    return side?.kind === "symbol" ? [[plainName(side.name), { from, to, value }] as const] : [];
  });
}

/** Where a sentence or an item of a list ends, and the next one begins. */
const ENDS =
  /(?<!\b(?:i\.e|e\.g|z\.B|d\.h|cf|resp|vs|ca|approx|eq|fig))[.!?;](?=\s)|\n\s*\n|\n(?=\s*(?:[-*+•]|\(?(?:\d+|[a-z])[.)]|\\item)\s)/gi;

/** Where an item of a list, or a part of an exercise, begins. */
export const ITEM = /(?:^|\n)\s*(?:\*\*)?(?:[-*+•]\s|\(?(?:\d+|[a-z])[.)]|\\item\b|\\begin\{|---)/;

/** Words before the number of a case: `for n = 10`. */
const IS_CASE = /\b(?:for|if|when|at|with|using|für|bei|mit|falls|wenn|pour|si|avec|para|con)\b[\s$(\\]*$/i;

/** Words with which letters stand for what is asked for, or for something else than before. */
const ASKS =
  /\b(?:solv\w*|such that|satisf\w*|constraint|were|(?:doubl|halv|tripl|quadrupl)\w*|another|other|different|instead|löse\w*|résou\w*)\b|\b(?:suppos\w+|assum\w+|if|falls|wenn)\b(?!.*(?:,|\b(?:then|so|hence|dann|alors)\b))/is;

/** What numbers are that only count what is written. */
const LABEL =
  /(?:\b(?:steps?|parts?|layers?|tasks?|exercises?|questions?|figures?|fig\.|tables?|eqs?\.?|equations?|sections?|chapters?|problems?|stages?|aufgabe|teil|schritt|q)|[([#])[\s~]*$/i;

/** Words with which the next sentence tells the solution. */
const TELLS_SOLUTION = /^\s*(?:this|that|which|so|hence|thus|therefore|then|we (?:get|find)|solving|also|daraus)\b/i;

/** Characters that are looked through on both sides. */
const MAX_AROUND = 600;

/**
 * Whether a step that does not hold for the numbers that its letters were given last is of other numbers: it is an equation that is solved, the
 * sentence names another case, or the numbers come behind it.
 */
export function isOfOtherCase(
  { answer, span }: KeptStep,
  chain: Chain,
  values: ReadonlyMap<string, MathValue>,
  text: string,
  given: LettersGiven,
): boolean {
  if (answer.how !== "numbers") return false;
  const at = chain.links.findIndex((link) => link.from === span.from);
  const sides = [chain.links[at], chain.links[at + 1]].map((link) => link && readPlainly(link, chain.isLatex));
  const [left, right] = sides;
  const letters = sides.flatMap((e) => (e ? [...freeSymbols(e)] : [])).filter((name) => values.has(name));
  if (letters.length === 0 || !left) return false;
  // `f'(x) = 2x − 4 = 0` is solved, `… = n = 55` gives n another number.
  if (right?.kind === "number" && (Number(right.text) === 0 || left.kind === "symbol")) return true;
  const before = text.slice(Math.max(0, chain.from - MAX_AROUND), chain.from);
  const start = chain.from - before.length + ([...before.matchAll(ENDS)].map((m) => m.index + m[0].length).at(-1) ?? 0);
  const sentence = withoutFormulas(text.slice(start, chain.from).replace(ITEM, " "));
  if (ASKS.test(sentence)) return true;
  const own = letters.map((name) => numberOf(values.get(name)));
  const literals = chain.links[at]?.tokens.flatMap(({ kind, text: t }) => (kind === "number" ? [Number(t)] : [])) ?? [];
  const counts = countsIn(sentence, LABEL);
  const isOtherCase = counts.some((n) => !own.includes(n) && !literals.includes(n));
  const end = endOf(text, chain.to);
  return letters.some((name) => {
    const value = numberOf(values.get(name));
    if (given.around(name, chain.to, end).next.some((p) => p.value !== value)) return true;
    const { last } = given.around(name, chain.from, chain.from);
    if (!last || last.from >= start) return false;
    if (counts.some((n) => holdsWith(sides, new Map([...values, [name, n]])))) return true;
    const isCase = IS_CASE.test(text.slice(Math.max(0, last.from - 25), last.from));
    return isOtherCase || (isCase && ITEM.test(text.slice(Math.max(last.to, chain.from - 4 * MAX_AROUND), chain.from)));
  });
}

/** Whether a step holds for other numbers. */
function holdsWith([left, right]: readonly (MathExpr | undefined)[], values: ReadonlyMap<string, MathValue>): boolean {
  const [a, b] = [left, right].map((e) => e && numbersOf(e, values));
  if (!left || !right || a === undefined || b === undefined) return false;
  return /^r/.test(decideValues(a, left, b, right, "=").verdict);
}

/** Where the sentence ends that goes on behind an offset, or the next one, where that tells what comes of it. */
function endOf(text: string, from: number): number {
  const behind = text.slice(from, from + MAX_AROUND);
  const ends = [...behind.matchAll(ENDS)].map((m) => m.index + m[0].length);
  const [own = behind.length, next = behind.length] = ends;
  return from + (TELLS_SOLUTION.test(behind.slice(own)) ? next : own);
}

/** Words without the formulas between them. */
const withoutFormulas = (text: string): string => text.replace(/\$[^$]*\$|\\\(.*?\\\)|[=≈]\s*[-−]?[\d.]+/gs, " ¤ ");
