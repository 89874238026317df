import { convolvedAt, multipliedAt, type SequencePair } from "../../core/math/convolvedSequences.js";
import type { Effort } from "../../core/math/evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { drawNumber, steps } from "../../core/math/samplePoint.js";
import { isSameNumber, plus, type Scalar, toFloat, whole } from "../../core/math/scalar.js";
import { supportOf } from "../../core/math/sequenceSupport.js";
import { numberOf, type Piece, type Sequences } from "../../core/math/sequences.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, type Link, readLink } from "../../read/math/chains.js";
import { casesIn, rangeOf } from "../../read/math/domains.js";
import { isCutOff, isZeroElsewhere, mayBeLimited } from "../../read/math/domainWords.js";
import type { Token } from "../../read/math/token.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { compareWritten } from "./compareWritten.js";
import { baseOf, type Entry, isEntry, pairIn, type Reach, summedPair } from "./convolutionPair.js";
import { areApart, isElementary, piecesOf, vectorPieces } from "./sequencePieces.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

/** Operations for all points of one claim. */
const EFFORT = 60_000;

/** Points at which a closed form is compared. */
const TRIED = 24;

/** Indices at which a formula is compared with a convolution that it may be another one than. */
const SAMPLES = Array.from({ length: 16 }, (_, i) => i - 3);

/** Characters behind a definition in which a further one is looked for. */
const MAX_BETWEEN = 20_000;

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
interface Result {
  readonly pair: SequencePair;
  readonly mayMultiply: boolean;
  /** Whether nothing but words says so. */
  readonly isGuessed?: true;
  /** The terms that a sum goes over, where these are not all. */
  readonly reach?: Reach;
}

/** One claim of a chain: what is said to be equal, for which indices. */
interface Claimed {
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

/** What a document says of its sequences, and what it claims of their convolutions. */
export class SequenceClaims {
  private readonly sequences = new Map<string, readonly Piece[] | undefined>();
  /** What is said to be the convolution of which two; undefined is something else. */
  private readonly convolved = new Map<string, Result | undefined>();
  /** Where what is known of a sequence was said last. */
  private readonly saidAt = new Map<string, number>();

  /** Begins a section: what was defined beside it, or below, is forgotten. */
  enter(level: number): void {
    if (level <= this.level) {
      this.sequences.clear();
      this.convolved.clear();
      this.saidAt.clear();
    }
    this.section = level;
  }

  private section = 0;
  private level = 0;

  /** Whether the document has defined a sequence. */
  get hasAny(): boolean {
    return this.sequences.size > 0 || this.convolved.size > 0;
  }

  /** What a chain claims of a sequence. Undefined where it is about none. */
  steps(chain: Chain, around: Around): readonly KeptStep[] | undefined {
    const [left, ...links] = chain.links;
    if (!left || chain.relations.some((r) => r !== "=" && r !== "≈" && r !== ":=")) return undefined;
    const name = this.read(left, chain);
    const entry = name && isEntry(name) ? name : undefined;
    const base = entry ? baseOf(entry) : name?.kind === "symbol" ? name.name : undefined;
    const [first] = links;
    const said = first && base !== undefined ? this.resultIn(first, entry, chain, around) : undefined;
    if (said && base !== undefined) {
      const isNew = !this.convolved.has(base);
      this.convolved.set(base, said);
      this.level = isNew ? this.section : this.level;
      // Letters that are no sequences may be multiplied or convolved in another way.
      if (!this.isAbout(said.pair)) return entry ? [] : undefined;
      return this.claims(chain, links.slice(1), { result: said, index: entry?.args[0], around }, 1);
    }
    const own = pairIn(left, (l) => this.read(l, chain));
    if (own && this.isAbout(own.pair)) return this.claims(chain, links, { result: own, index: own.index, around }, 0);
    if (!entry || base === undefined) {
      // Another formula for the letter: it is no more what it was.
      if (name?.kind === "symbol" && first && !isValue(first)) this.forget(name.name);
      return undefined;
    }
    const result = this.convolved.has(base)
      ? this.convolved.get(base)
      : around.isConvolution
        ? this.onlyPair(base)
        : undefined;
    if (result && this.isOther(result, entry, first, chain, around)) {
      this.convolved.set(base, undefined);
      return [];
    }
    if (result && this.isAbout(result.pair, around.values))
      return this.claims(chain, links, { result, index: entry.args[0], around }, 0);
    this.define(base, entry, links[0], chain, around);
    return [];
  }

  private read(link: Link, { isLatex }: Chain): MathExpr | undefined {
    return readLink(
      link,
      plainReading(isLatex, undefined, undefined, () => true),
    );
  }

  /** Whether a formula for all indices makes something else of a convolution: `y[n] = (x * h)[n] + 1`. */
  private isOther(
    { pair }: Result,
    { args: [index] }: Entry,
    link: Link | undefined,
    chain: Chain,
    { domain, values }: Around,
  ): boolean {
    if (!link || domain || index?.kind !== "symbol" || casesIn(link)) return false;
    const e = this.read(link, chain);
    if (e && [...freeSymbols(e)].some((x) => this.sequences.has(x))) return true;
    if (e && ![...allWithin(e)].some(isEntry)) return false;
    const sequences = this.withVectors(pair, values);
    const fixed = scalarsOf(values);
    return (
      !e ||
      !SAMPLES.every((n) => {
        const effort: Effort = { left: EFFORT };
        const is = numberOf(e, sequences, new Map(fixed).set(index.name, whole(n)), effort);
        const value = convolvedAt(pair, whole(n), sequences, fixed, effort);
        return is !== undefined && value !== undefined && isSameNumber(is, value);
      })
    );
  }

  private forget(name: string): void {
    if (this.convolved.has(name)) this.convolved.set(name, undefined);
  }

  /** Whether both of two names are sequences, or vectors among these values. */
  private isAbout(pair: SequencePair, values?: ReadonlyMap<string, MathValue>): boolean {
    return pair.every(({ name }) => this.sequences.has(name) || vectorPieces(values?.get(name)) !== undefined);
  }

  /** What a right side says its left side to be the convolution of. */
  private resultIn(link: Link, entry: Entry | undefined, chain: Chain, { text }: Around): Result | undefined {
    const letter = entry?.args[0]?.kind === "symbol" ? entry.args[0].name : undefined;
    const summed = letter ? summedPair(text.slice(link.from, link.to), letter) : undefined;
    if (summed) return summed;
    const said = pairIn(link, (l) => this.read(l, chain));
    if (!said || (entry && !letter)) return undefined;
    const { index, pair, mayMultiply } = said;
    return index && (index.kind !== "symbol" || index.name !== letter) ? undefined : { pair, mayMultiply };
  }

  /** The two sequences of a document that has no more, for the third one. */
  private onlyPair(base: string): Result | undefined {
    const [a, b, ...more] = this.sequences.keys();
    if (!a || !b || more.length > 0 || this.sequences.has(base)) return undefined;
    const pair: SequencePair = [
      { name: a, shift: 0 },
      { name: b, shift: 0 },
    ];
    return { pair, mayMultiply: false, isGuessed: true };
  }

  private define(base: string, entry: Entry, link: Link | undefined, chain: Chain, around: Around): void {
    const { text, domain, domainEnd } = around;
    const [index] = entry.args;
    if (index?.kind !== "symbol" || !link) return;
    this.level = this.section;
    this.saidAt.set(base, domainEnd);
    // `x[n] = 0 otherwise` is so of what is defined already.
    if (this.sequences.has(base) && isZeroElsewhere(text, link)) return;
    const pieces = piecesOf({
      link,
      index: index.name,
      domain,
      mayBeLimited: mayBeLimited(text, domainEnd, index.name),
      read: (l) => this.read(l, chain),
      isKnown: (name) => name !== base && this.isPlain(name),
    });
    const isWhole = chain.links.length === 2 && !isCutOff(text, chain);
    const before = this.sequences.get(base) ?? [];
    const isMore = domain && before.every((a) => pieces?.every((b) => areApart(a, b, this.sequences)));
    this.sequences.set(base, pieces && isWhole ? [...(isMore ? before : []), ...pieces] : undefined);
  }

  /** Whether a name is the step, the impulse, or a sequence that is made of no others. */
  private isPlain(name: string): boolean {
    if (!this.sequences.has(name)) return isElementary(name);
    const isOfSteps = (e: MathExpr): boolean =>
      !isEntry(e) || (isElementary(baseOf(e)) && !this.sequences.has(baseOf(e)));
    return this.sequences.get(name)?.every(({ body }) => [...allWithin(body)].every(isOfSteps)) ?? false;
  }

  /** The claims that the links of a chain make of a convolution. */
  private claims(
    chain: Chain,
    links: readonly Link[],
    said: { readonly result: Result; readonly index: MathExpr | undefined; readonly around: Around },
    first: number,
  ): readonly KeptStep[] {
    const { around } = said;
    if (!this.isUpToDate(said.result.pair, chain, around)) return [];
    const isCut = isCutOff(around.text, chain);
    return links.flatMap((link, i) => {
      const before = chain.links[i + first];
      const rows = casesIn(link) ?? [{ formula: link, domain: around.domain }];
      return rows.flatMap(({ formula, domain: tokens }): readonly KeptStep[] => {
        const e = this.read(formula, chain);
        if (!e || !before || (isCut && i === links.length - 1)) return [];
        const span = { from: rows.length > 1 ? formula.from : before.from, to: formula.to };
        const relation = chain.relations[i + first] ?? "=";
        const answer = this.decide(e, { ...said, tokens, chain, relation });
        const at = { from: formula.from, to: formula.to };
        return answer ? [{ answer: { ...answer, at }, span, plain: printMath(e) }] : [];
      });
    });
  }

  /** Whether nothing was said of two sequences since they were read: a definition may be written in a way that is not read. */
  private isUpToDate(pair: SequencePair, chain: Chain, { text }: Around): boolean {
    return pair.every(({ name }) => {
      const said = this.saidAt.get(name);
      if (said === undefined || !/^\w+$/.test(name)) return true;
      const between = text.slice(Math.max(said, chain.from - MAX_BETWEEN), chain.from);
      const anew = `(?<![\\w\\\\]|[*∗·]\\s*|\\\\(?:ast|cdot)\\s*)${name}\\s*\\[\\s*[a-z]\\s*\\]\\s*\\$?\\s*:?=`;
      return !new RegExp(anew).test(between);
    });
  }

  /** The sequences of the document, and the vectors that two names stand for otherwise. */
  private withVectors(pair: SequencePair, values: ReadonlyMap<string, MathValue>): Sequences {
    const all = new Map(this.sequences);
    for (const { name } of pair) {
      const pieces = all.has(name) ? undefined : vectorPieces(values.get(name));
      if (pieces) all.set(name, pieces);
    }
    return all;
  }

  private decide(e: MathExpr, claimed: Claimed): StepAnswer | undefined {
    const { result, index, around, relation } = claimed;
    const effort: Effort = { left: EFFORT };
    const fixed = scalarsOf(around.values);
    const sequences = this.withVectors(result.pair, around.values);
    if (result.reach && !isAllOf(result.reach, result.pair, sequences, fixed)) return undefined;
    // A letter that is bound to have been a number somewhere is any index here.
    const isNumber = index && ![...freeSymbols(index)].some((x) => this.isIndex(x, result.pair, sequences));
    const place = isNumber ? numberOf(index, sequences, fixed, effort) : undefined;
    const answer =
      place === undefined
        ? this.decideFormula(e, claimed, { sequences, fixed, effort, combinedAt: convolvedAt })
        : decideEntry(e, { pair: result.pair, place, sequences, fixed, effort, relation });
    if (answer?.verdict !== "wrong") return answer;
    return this.isSure(e, claimed, place, sequences, fixed) ? answer : undefined;
  }

  private isIndex(letter: string, pair: SequencePair, sequences: Sequences): boolean {
    return letter === "n" || pair.some(({ name }) => sequences.get(name)?.some((p) => p.index === letter));
  }

  /** Whether what is wrong of a convolution is not right of something else that may be meant. */
  private isSure(
    e: MathExpr,
    { result, index, tokens, around, chain, relation }: Claimed,
    place: Scalar | undefined,
    sequences: Sequences,
    fixed: ReadonlyMap<string, Scalar>,
  ): boolean {
    const effort: Effort = { left: EFFORT };
    const said = around.text.slice(around.since, chain.to);
    const { pair } = result;
    if (result.isGuessed && !this.isNamedResult(chain, said)) return false;
    const letter = index?.kind === "symbol" ? index.name : undefined;
    if (letter && around.domain && mayBeLimited(around.text, around.domainEnd, letter)) return false;
    const hasEnds = (name: string): boolean => {
      const support = supportOf(name, sequences, fixed, effort);
      return !support || support.every(Number.isFinite);
    };
    const isOther = OTHER_WAYS.test(said) && pair.every(({ name }) => hasEnds(name));
    if (isOther) return false;
    const vectors = pair.filter(({ name }) => !this.sequences.has(name));
    if (vectors.length === 2 && !CONVOLVES.test(said) && !FROM_ZERO.test(said)) return false;
    if (place === undefined) {
      if (!result.mayMultiply) return true;
      const product = { sequences, fixed, effort, combinedAt: multipliedAt };
      return this.decideFormula(e, { result, index, around, chain, relation, tokens }, product)?.verdict !== "right";
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
  private isNamedResult({ links: [left] }: Chain, said: string): boolean {
    const name = left?.tokens[0]?.text ?? "";
    return (
      /^\w+$/.test(name) &&
      new RegExp(`${RESULT}[\\s$\\\\(,:]*(?:is|ist|signal)?[\\s$\\\\(]*${name}\\b`, "i").test(said)
    );
  }

  /** Compares a formula with the convolution at indices of its domain. */
  private decideFormula(
    e: MathExpr,
    { result: { pair }, index, tokens, chain }: Claimed,
    { sequences, fixed, effort, combinedAt }: Compared,
  ): StepAnswer | undefined {
    const letter = index?.kind === "symbol" ? index.name : "n";
    if (index && index.kind !== "symbol") return undefined;
    const range = tokens?.length ? rangeOf(tokens, letter, (l) => this.read(l, chain)) : undefined;
    const isShifted = !range && [...freeSymbols(e)].length > 0 && e.kind === "apply";
    if (!range?.first && !isShifted) return undefined;
    const names = [...lettersOf(pair, e, sequences)].filter((n) => n !== letter && !fixed.has(n));
    const random = steps(11);
    let agreed = 0;
    for (let i = 0; i < TRIED; i++) {
      const at = new Map(fixed);
      for (const name of names)
        at.set(name, drawNumber(/^[A-Z]/.test(name) ? 0 : i, /^[A-Z]/.test(name), false, random));
      const first = range?.first ? numberOf(range.first, sequences, at, effort) : whole(0);
      const last = range?.last ? numberOf(range.last, sequences, at, effort) : undefined;
      if (first === undefined || typeof first === "number" || first.d !== 1n) continue;
      const room = last === undefined ? 6 : toFloat(last) - toFloat(first);
      if (room < 0) continue;
      const n = whole(first.n + BigInt(i % (Math.floor(room) + 1)));
      at.set(letter, n);
      const value = combinedAt(pair, n, sequences, at, effort);
      const is = isShifted ? this.shifted(e, sequences, at, effort) : numberOf(e, sequences, at, effort);
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
  private shifted(
    e: MathExpr,
    sequences: Sequences,
    at: ReadonlyMap<string, Scalar>,
    effort: Effort,
  ): Scalar | undefined {
    const pair = isEntry(e) ? this.convolved.get(baseOf(e))?.pair : undefined;
    const [arg] = isEntry(e) ? e.args : [];
    const n = arg && numberOf(arg, sequences, at, effort);
    return pair && n !== undefined ? convolvedAt(pair, n, sequences, at, effort) : undefined;
  }
}

const scalarsOf = (values: ReadonlyMap<string, MathValue>): ReadonlyMap<string, Scalar> =>
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

/** Whether a right side is a number or a list of such, which says nothing new of what its left side is. */
const isValue = ({ tokens }: Link): boolean =>
  tokens.every((t) => t.kind === "number" || t.kind === "command" || (t.kind === "sign" && t.text !== "⋆"));

/** Whether a sequence is given by its entries. */
const isList = (pieces: readonly Piece[] | undefined): boolean =>
  pieces?.every(({ first, last }) => first !== undefined && first === last) ?? false;
