import { convolvedAt, type SequencePair } from "../../core/math/convolvedSequences.js";
import type { Effort } from "../../core/math/evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { isSameNumber, whole } from "../../core/math/scalar.js";
import { numberOf, type Piece, type Sequences } from "../../core/math/sequences.js";
import type { MathValue } from "../../core/math/value.js";
import { type Chain, type Link, readLink } from "../../read/math/chains.js";
import { casesIn } from "../../read/math/domains.js";
import { isCutOff, isZeroElsewhere, mayBeLimited } from "../../read/math/domainWords.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { baseOf, type Entry, isEntry, pairIn, summedPair } from "./convolutionPair.js";
import { decideValues } from "./decideValues.js";
import { numbersOf } from "./numbersOf.js";
import { type Around, decideSequence, EFFORT, type Result, scalarsOf } from "./sequenceDecision.js";
import { areApart, isElementary, piecesOf, vectorPieces } from "./sequencePieces.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

/** Characters behind a definition in which a further one is looked for. */
const MAX_BETWEEN = 20_000;

/** Indices at which a formula is compared with a convolution that it may be another one than. */
const SAMPLES = Array.from({ length: 16 }, (_, i) => i - 3);

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
    const known = {
      own: this.sequences,
      sequences: this.withVectors(said.result.pair, around.values),
      pairOf: (name: string): SequencePair | undefined => this.convolved.get(name)?.pair,
      read: (l: Link): MathExpr | undefined => this.read(l, chain),
    };
    return links.flatMap((link, i) => {
      const before = chain.links[i + first];
      const rows = casesIn(link) ?? [{ formula: link, domain: around.domain }];
      return rows.flatMap(({ formula, domain: tokens }): readonly KeptStep[] => {
        const e = this.read(formula, chain);
        if (!e || !before || (isCut && i === links.length - 1)) return [];
        const span = { from: rows.length > 1 ? formula.from : before.from, to: formula.to };
        const relation = chain.relations[i + first] ?? "=";
        const whole = decideSequence(e, { ...said, tokens, chain, relation }, known);
        const answer = whole ?? (i + first > 0 ? decidePlainly(this.read(before, chain), e, relation) : undefined);
        const at = { from: formula.from, to: formula.to };
        return answer ? [{ answer: { ...answer, at, as: "sequences" }, span, plain: printMath(e) }] : [];
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
}

/** Whether a right side is a number or a list of such, which says nothing new of what its left side is. */
const isValue = ({ tokens }: Link): boolean =>
  tokens.every((t) => t.kind === "number" || t.kind === "command" || (t.kind === "sign" && t.text !== "⋆"));

/** What is said of two numbers of which nobody has to know what they are. */
function decidePlainly(left: MathExpr | undefined, right: MathExpr, relation: string): StepAnswer | undefined {
  const [a, b] = [left, right].map((e) => e && numbersOf(e, new Map()));
  if (!left || a === undefined || b === undefined) return undefined;
  return decideValues(a, left, b, right, relation);
}
