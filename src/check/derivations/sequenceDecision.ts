import { convolvedAt, multipliedAt, type SequencePair } from "../../core/math/convolvedSequences.js";
import type { Effort } from "../../core/math/evaluateMath.js";
import { freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { drawNumber, steps } from "../../core/math/samplePoint.js";
import { isSameNumber, plus, type Scalar, toFloat, whole } from "../../core/math/scalar.js";
import { supportOf } from "../../core/math/sequenceSupport.js";
import { numberOf, type Piece, type Sequences } from "../../core/math/sequences.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import type { Chain, Link } from "../../read/math/chains.js";
import { rangeOf } from "../../read/math/domains.js";
import { mayBeLimited } from "../../read/math/domainWords.js";
import type { Token } from "../../read/math/token.js";
import { compareWritten } from "./compareWritten.js";
import { baseOf, isEntry, type Reach } from "./convolutionPair.js";
import type { StepAnswer } from "./stepAnswer.js";

/** Operations for all points of one claim. */
export const EFFORT = 60_000;

/** Points at which a closed form is compared. */
const TRIED = 24;

/** Words that say that the sequence that is named next comes out of the two others. */
const RESULT = String.raw`(?:outputs?|responses?|results?|convolution|Ausgang\w*|Antwort|Faltung|sortie|salida)`;

/** Words for other ways to slide one list over another. */
const OTHER_WAYS =
  /circular|cyclic|periodic|zyklisch|circulaire|\bmod\b|\\bmod|correlat|korrel|corrél|padd|stride|1-based|one-based|\b(?:valid|same)['"`]?[ -](?:mode|convol|part|size|length)|mode\s*=|['"`](?:valid|same)\b/i;

/** Words that say that lists are convolved. */
const CONVOLVES = /convol|filter|filtr|response|faltung|gefaltet|impuls|\bFIR\b|\bLTI\b/i;

/** Signs that indices count from 0. */
const FROM_ZERO = /\[\s*0\s*\]|\b0\s*(?:\\leq?|<=?|≤)\s*[a-z]\b|\b[a-z]\s*(?:=|\\geq?|>=|≥|\\in|∈)\s*(?:\\?\{)?\s*0\b/;

/** What a document says around a chain. */
export interface Around {
  readonly text: string;
  /** Where the part of the document begins that may speak of the same sequences. */
  readonly since: number;
  /** The tokens that say for which indices it holds. */
  readonly domain: readonly Token[] | undefined;
  readonly domainEnd: number;
  readonly values: ReadonlyMap<string, MathValue>;
  /** Whether the words around speak of filters. */
  readonly isConvolution: boolean;
}

/** What is said to be the convolution of which two, and how sure that is. */
export interface Result {
  readonly pair: SequencePair;
  readonly mayMultiply: boolean;
  /** Whether nothing but words says so. */
  readonly isGuessed?: true;
  /** The terms that a sum goes over, where these are not all. */
  readonly reach?: Reach;
}

/** One claim of a chain: what is said to be equal, for which indices. */
export interface Claimed {
  readonly result: Result;
  readonly index: MathExpr | undefined;
  readonly tokens: readonly Token[] | undefined;
  readonly around: Around;
  readonly chain: Chain;
  readonly relation: string;
}

/** What a formula is compared with. */
interface Compared {
  readonly sequences: Sequences;
  readonly fixed: ReadonlyMap<string, Scalar>;
  readonly effort: Effort;
  readonly combinedAt: typeof convolvedAt;
}

/** What a document says of its sequences. */
export interface KnownSequences {
  /** Those that it defines. */
  readonly own: Sequences;
  /** The same with the vectors that two names stand for otherwise. */
  readonly sequences: Sequences;
  /** What a name is said to be the convolution of. */
  readonly pairOf: (name: string) => SequencePair | undefined;
  readonly read: (link: Link) => MathExpr | undefined;
}

/** What is said of a formula that a document gives for a convolution; undefined where it is not clear. */
export function decideSequence(e: MathExpr, claimed: Claimed, known: KnownSequences): StepAnswer | undefined {
  const { result, index, around, relation } = claimed;
  const effort: Effort = { left: EFFORT };
  const fixed = scalarsOf(around.values);
  const { sequences } = known;
  if (result.reach && !isAllOf(result.reach, result.pair, sequences, fixed)) return undefined;
  // A letter that is bound to have been a number somewhere is any index here.
  const isNumber = index && ![...freeSymbols(index)].some((x) => isIndex(x, result.pair, sequences));
  const place = isNumber ? numberOf(index, sequences, fixed, effort) : undefined;
  const answer =
    place === undefined
      ? decideFormula(e, claimed, { sequences, fixed, effort, combinedAt: convolvedAt }, known)
      : decideEntry(e, { pair: result.pair, place, sequences, fixed, effort, relation });
  if (answer?.verdict !== "wrong") return answer;
  return isSure(e, claimed, place, fixed, known) ? answer : undefined;
}

function isIndex(letter: string, pair: SequencePair, sequences: Sequences): boolean {
  return letter === "n" || pair.some(({ name }) => sequences.get(name)?.some((p) => p.index === letter));
}

/** Whether what is wrong of a convolution is not right of something else that may be meant. */
function isSure(
  e: MathExpr,
  { result, index, tokens, around, chain, relation }: Claimed,
  place: Scalar | undefined,
  fixed: ReadonlyMap<string, Scalar>,
  known: KnownSequences,
): boolean {
  const { sequences } = known;
  const effort: Effort = { left: EFFORT };
  const said = around.text.slice(around.since, chain.to);
  const { pair } = result;
  if (result.isGuessed && !isNamedResult(chain, said)) return false;
  const letter = index?.kind === "symbol" ? index.name : undefined;
  if (letter && around.domain && mayBeLimited(around.text, around.domainEnd, letter)) return false;
  const hasEnds = (name: string): boolean => {
    const support = supportOf(name, sequences, fixed, effort);
    return !support || support.every(Number.isFinite);
  };
  const isOther = OTHER_WAYS.test(said) && pair.every(({ name }) => hasEnds(name));
  if (isOther) return false;
  const vectors = pair.filter(({ name }) => !known.own.has(name));
  if (vectors.length === 2 && !CONVOLVES.test(said) && !FROM_ZERO.test(said)) return false;
  if (place === undefined) {
    if (!result.mayMultiply) return true;
    const product = { sequences, fixed, effort, combinedAt: multipliedAt };
    return decideFormula(e, { result, index, around, chain, relation, tokens }, product, known)?.verdict !== "right";
  }
  const is = numberOf(e, sequences, fixed, effort);
  const isThat = (value: Scalar | undefined): boolean =>
    value !== undefined && is !== undefined && compareWritten(value, e, is, relation).verdict !== "wrong";
  if (result.mayMultiply || vectors.length === 2)
    if (isThat(multipliedAt(pair, place, sequences, fixed, effort))) return false;
  const isListed = pair.some(({ name }) => isList(sequences.get(name)));
  // Lists count from 1 for some.
  const before = plus(place, whole(-1));
  return !(isListed && !FROM_ZERO.test(said) && isThat(convolvedAt(pair, before, sequences, fixed, effort)));
}

/** Whether words name a sequence as what comes out: `the output y[n]`. */
function isNamedResult({ links: [left] }: Chain, said: string): boolean {
  const name = left?.tokens[0]?.text ?? "";
  return (
    /^\w+$/.test(name) && new RegExp(`${RESULT}[\\s$\\\\(,:]*(?:is|ist|signal)?[\\s$\\\\(]*${name}\\b`, "i").test(said)
  );
}

/** Compares a formula with the convolution at indices of its domain. */
function decideFormula(
  e: MathExpr,
  { result: { pair }, index, tokens }: Claimed,
  { sequences, fixed, effort, combinedAt }: Compared,
  known: KnownSequences,
): StepAnswer | undefined {
  const letter = index?.kind === "symbol" ? index.name : "n";
  if (index && index.kind !== "symbol") return undefined;
  const range = tokens?.length ? rangeOf(tokens, letter, known.read) : undefined;
  const isShifted = !range && [...freeSymbols(e)].length > 0 && e.kind === "apply";
  if (!range?.first && !isShifted) return undefined;
  const names = [...lettersOf(pair, e, sequences)].filter((n) => n !== letter && !fixed.has(n));
  const random = steps(11);
  let agreed = 0;
  for (let i = 0; i < TRIED; i++) {
    const at = new Map(fixed);
    for (const name of names) at.set(name, drawNumber(/^[A-Z]/.test(name) ? 0 : i, /^[A-Z]/.test(name), false, random));
    const first = range?.first ? numberOf(range.first, sequences, at, effort) : whole(0);
    const last = range?.last ? numberOf(range.last, sequences, at, effort) : undefined;
    if (first === undefined || typeof first === "number" || first.d !== 1n) continue;
    const room = last === undefined ? 6 : toFloat(last) - toFloat(first);
    if (room < 0) continue;
    const n = whole(first.n + BigInt(i % (Math.floor(room) + 1)));
    at.set(letter, n);
    const value = combinedAt(pair, n, sequences, at, effort);
    const is = isShifted ? shifted(e, sequences, at, effort, known) : numberOf(e, sequences, at, effort);
    if (value === undefined || is === undefined) continue;
    if (isSameNumber(value, is)) agreed++;
    else
      return {
        verdict: "wrong",
        how: "identity",
        counterexample: {
          at: new Map([...at].filter(([x]) => x === letter || names.includes(x))),
          left: value,
          right: is,
        },
      };
  }
  return agreed >= TRIED / 3 ? { verdict: "right", how: "identity" } : undefined;
}

/** `y[n − 5]`, of what is said to be a convolution. */
function shifted(
  e: MathExpr,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
  known: KnownSequences,
): Scalar | undefined {
  const pair = isEntry(e) ? known.pairOf(baseOf(e)) : undefined;
  const [arg] = isEntry(e) ? e.args : [];
  const n = arg && numberOf(arg, sequences, at, effort);
  return pair && n !== undefined ? convolvedAt(pair, n, sequences, at, effort) : undefined;
}

/** The numbers among some values. */
export const scalarsOf = (values: ReadonlyMap<string, MathValue>): ReadonlyMap<string, Scalar> =>
  new Map([...values].flatMap(([name, value]) => (isMatrix(value) ? [] : [[name, value] as const])));

/** Compares a number with one entry of a convolution. */
function decideEntry(
  e: MathExpr,
  {
    pair,
    place,
    sequences,
    fixed,
    effort,
    relation,
  }: {
    readonly pair: SequencePair;
    readonly place: Scalar;
    readonly sequences: Sequences;
    readonly fixed: ReadonlyMap<string, Scalar>;
    readonly effort: Effort;
    readonly relation: string;
  },
): StepAnswer | undefined {
  const value = convolvedAt(pair, place, sequences, fixed, effort);
  const is = numberOf(e, sequences, fixed, effort);
  if (value === undefined || is === undefined) return undefined;
  const { verdict } = compareWritten(value, e, is, relation);
  return { verdict, how: "numbers", values: [value, is] };
}

/** Whether a sum leaves out no terms but those that are 0. */
function isAllOf(
  { first, last }: Reach,
  pair: SequencePair,
  sequences: Sequences,
  fixed: ReadonlyMap<string, Scalar>,
): boolean {
  const [a, b] = pair.map(({ name }) => supportOf(name, sequences, fixed, { left: EFFORT }));
  return a !== undefined && b !== undefined && a[0] >= first && (last === "index" ? b[0] >= 0 : a[1] <= last);
}

/** The letters of a formula and of two sequences, the indices of these left out. */
function lettersOf(pair: SequencePair, e: MathExpr, sequences: Sequences): ReadonlySet<string> {
  const all = new Set(freeSymbols(e));
  for (const { name } of pair)
    for (const { body, first, last, index } of sequences.get(name) ?? [])
      for (const part of [body, first, last]) if (part) for (const x of freeSymbols(part)) if (x !== index) all.add(x);
  return all;
}

/** Whether a sequence is given by its entries. */
const isList = (pieces: readonly Piece[] | undefined): boolean =>
  pieces?.every(({ first, last }) => first !== undefined && first === last) ?? false;
