import { numberAt } from "../../core/math/compound.js";
import type { Effort } from "../../core/math/evaluateMath.js";
import { freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { drawNumber, steps } from "../../core/math/samplePoint.js";
import { isSameNumber, type Scalar, toFloat, whole } from "../../core/math/scalar.js";
import { convolvedAt, numberOf, type Piece, SEQUENCE } from "../../core/math/sequences.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, type Link, linkOf, readLink } from "../../read/math/chains.js";
import { casesIn, conditionTokens, rangeOf } from "../../read/math/domains.js";
import type { Token } from "../../read/math/token.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { compareWritten } from "./compareWritten.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

type Apply = Extract<MathExpr, { kind: "apply" }>;

/** Operations for all points of one claim. */
const EFFORT = 60_000;

/** Points at which a closed form is compared. */
const TRIED = 24;

/** Two sequences, each with how far it is shifted. */
type Pair = readonly [
  { readonly name: string; readonly shift: number },
  { readonly name: string; readonly shift: number },
];

/** What a document says of its sequences, and what it claims of their convolutions. */
export class SequenceClaims {
  private readonly sequences = new Map<string, readonly Piece[]>();
  /** What is said to be the convolution of which two. */
  private readonly convolved = new Map<string, Pair>();

  /** Begins a section: what was defined beside it, or below, is forgotten. */
  enter(level: number): void {
    if (level <= this.level) {
      this.sequences.clear();
      this.convolved.clear();
    }
    this.section = level;
  }

  private section = 0;
  private level = 0;

  /** Whether the document has defined a sequence. */
  get hasAny(): boolean {
    return this.sequences.size > 0;
  }

  /** What a chain claims of a sequence; `domain` is the chain behind it that says for which indices. Undefined where it is about none. */
  steps(
    chain: Chain,
    domain: Chain | undefined,
    values: ReadonlyMap<string, MathValue>,
    isConvolution: boolean,
  ): readonly KeptStep[] | undefined {
    const [left, ...links] = chain.links;
    if (!left || chain.relations.some((r) => r !== "=" && r !== "≈" && r !== ":=")) return undefined;
    const name = this.read(left, chain);
    const pair = this.pairOf(links[0], chain);
    if (pair && name && (name.kind === "symbol" || isSequence(name))) {
      this.convolved.set(name.name.replace(SEQUENCE, ""), pair);
      return this.claims(chain, links.slice(1), { pair, index: placeOf(name), domain, values }, 1);
    }
    const own = this.pairOf(left, chain);
    if (own) return this.claims(chain, links, { pair: own, index: undefined, domain, values }, 0);
    if (!name || !isSequence(name)) return undefined;
    const base = name.name.slice(0, -SEQUENCE.length);
    const result = this.convolved.get(base) ?? (isConvolution ? this.onlyPair(base) : undefined);
    if (result) return this.claims(chain, links, { pair: result, index: placeOf(name), domain, values }, 0);
    this.define(base, name, links[0], chain, domain);
    return [];
  }

  private read(link: Link, { isLatex }: Chain): MathExpr | undefined {
    return readLink(
      link,
      plainReading(isLatex, undefined, undefined, () => true),
    );
  }

  /** `x * h`, `h[n] * x[n − 5]`, of sequences that are known. */
  private pairOf(link: Link | undefined, chain: Chain): Pair | undefined {
    const star = link?.tokens.findIndex((t) => t.kind === "sign" && /^[*∗⊛]$/.test(t.text)) ?? -1;
    if (!link || star < 1) return undefined;
    const sides = [link.tokens.slice(0, star), link.tokens.slice(star + 1)].map((tokens) => {
      const e = tokens.length > 0 ? this.read(linkOf(tokens), chain) : undefined;
      const name = e?.kind === "symbol" ? e.name : e && isSequence(e) ? e.name.slice(0, -SEQUENCE.length) : undefined;
      const shift = e && isSequence(e) ? shiftOf(e) : 0;
      return name !== undefined && shift !== undefined && this.sequences.has(name) ? { name, shift } : undefined;
    });
    const [a, b] = sides;
    return a && b ? [a, b] : undefined;
  }

  /** The two sequences of a document that has no more, for the third one. */
  private onlyPair(base: string): Pair | undefined {
    const [a, b, ...more] = this.sequences.keys();
    return a && b && more.length === 0 && !this.sequences.has(base)
      ? [
          { name: a, shift: 0 },
          { name: b, shift: 0 },
        ]
      : undefined;
  }

  private define(base: string, name: Apply, link: Link | undefined, chain: Chain, domain: Chain | undefined): void {
    this.level = this.section;
    const index = placeOf(name);
    if (index?.kind !== "symbol" || !link) return;
    const rows = casesIn(link);
    const pieces = (rows ?? [{ formula: link, domain: domain && conditionTokens(domain) }]).flatMap(
      ({ formula, domain: tokens }) => {
        const body = this.read(formula, chain);
        const range = tokens ? rangeOf(tokens, index.name, (l) => this.read(l, chain)) : {};
        return body && range ? [{ index: index.name, body, ...range }] : [];
      },
    );
    // `a^n u[n]` begins at 0.
    if (pieces.length > 0) this.sequences.set(base, pieces.map(withStep));
  }

  /** The claims that the links of a chain make of a convolution. */
  private claims(
    chain: Chain,
    links: readonly Link[],
    {
      pair,
      index,
      domain,
      values,
    }: { pair: Pair; index: MathExpr | undefined; domain: Chain | undefined; values: ReadonlyMap<string, MathValue> },
    first: number,
  ): readonly KeptStep[] {
    return links.flatMap((link, i) => {
      const before = chain.links[i + first];
      const rows = casesIn(link) ?? [{ formula: link, domain: domain && conditionTokens(domain) }];
      return rows.flatMap(({ formula, domain: tokens }): readonly KeptStep[] => {
        const e = this.read(formula, chain);
        if (!e || !before) return [];
        const span = { from: rows.length > 1 ? formula.from : before.from, to: formula.to };
        const answer = this.decide(e, {
          pair,
          index,
          tokens,
          values,
          chain,
          relation: chain.relations[i + first] ?? "=",
        });
        const at = { from: formula.from, to: formula.to };
        return answer ? [{ answer: { ...answer, at }, span, plain: printMath(e) }] : [];
      });
    });
  }

  private decide(
    e: MathExpr,
    {
      pair,
      index,
      tokens,
      values,
      chain,
      relation,
    }: {
      pair: Pair;
      index: MathExpr | undefined;
      tokens: readonly Token[] | undefined;
      values: ReadonlyMap<string, MathValue>;
      chain: Chain;
      relation: string;
    },
  ): StepAnswer | undefined {
    const effort: Effort = { left: EFFORT };
    const fixed = new Map<string, Scalar>();
    for (const [name, value] of values) if (!isMatrix(value)) fixed.set(name, value);
    const place = index && numberOf(index, this.sequences, fixed, effort);
    if (place !== undefined) {
      const value = convolvedAt(pair, place, this.sequences, fixed, effort);
      const is = numberOf(e, this.sequences, fixed, effort);
      if (value === undefined || is === undefined) return undefined;
      const { verdict } = compareWritten(value, e, is, relation);
      return { verdict, how: "numbers", values: [value, is] };
    }
    const letter = index?.kind === "symbol" ? index.name : "n";
    const range = tokens ? rangeOf(tokens, letter, (l) => this.read(l, chain)) : undefined;
    const isShifted = !range && [...freeSymbols(e)].length > 0 && e.kind === "apply";
    if (!range?.first && !isShifted) return undefined;
    const names = [...this.lettersOf(pair, e)].filter((n) => n !== letter && !fixed.has(n));
    const random = steps(11);
    let agreed = 0;
    for (let i = 0; i < TRIED; i++) {
      const at = new Map(fixed);
      for (const name of names)
        at.set(name, drawNumber(/^[A-Z]/.test(name) ? 0 : i, /^[A-Z]/.test(name), false, random));
      const first = range?.first ? numberOf(range.first, this.sequences, at, effort) : whole(0);
      const last = range?.last ? numberOf(range.last, this.sequences, at, effort) : undefined;
      if (first === undefined || typeof first === "number" || first.d !== 1n) continue;
      const room = last === undefined ? 6 : toFloat(last) - toFloat(first);
      if (room < 0) continue;
      const n = whole(first.n + BigInt(i % (Math.floor(room) + 1)));
      at.set(letter, n);
      const value = convolvedAt(pair, n, this.sequences, at, effort);
      const is = isShifted ? this.shifted(e, at, effort) : numberOf(e, this.sequences, at, effort);
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
  private shifted(e: MathExpr, at: ReadonlyMap<string, Scalar>, effort: Effort): Scalar | undefined {
    const pair = isSequence(e) ? this.convolved.get(e.name.slice(0, -SEQUENCE.length)) : undefined;
    const [arg] = isSequence(e) ? e.args : [];
    const n = arg && numberOf(arg, this.sequences, at, effort);
    return pair && n !== undefined ? convolvedAt(pair, n, this.sequences, at, effort) : undefined;
  }

  private lettersOf(pair: Pair, e: MathExpr): ReadonlySet<string> {
    const all = new Set(freeSymbols(e));
    for (const { name } of pair)
      for (const { body, first, last, index } of this.sequences.get(name) ?? [])
        for (const part of [body, first, last])
          if (part) for (const x of freeSymbols(part)) if (x !== index) all.add(x);
    return all;
  }
}

const isSequence = (e: MathExpr): e is Apply => e.kind === "apply" && e.name.endsWith(SEQUENCE) && e.args.length === 1;

const placeOf = (e: MathExpr): MathExpr | undefined => (isSequence(e) ? e.args[0] : undefined);

/** How far `x[n − 5]` is shifted to the right. */
function shiftOf({ args: [arg] }: Apply): number | undefined {
  if (arg?.kind === "symbol") return 0;
  if (arg?.kind !== "binary" || arg.left.kind !== "symbol" || arg.right.kind !== "number") return undefined;
  const by = Number(arg.right.text);
  return arg.op === "-" ? by : arg.op === "+" ? -by : undefined;
}

/** A piece that has the unit step as a factor begins at 0. */
function withStep(piece: Piece): Piece {
  const hasStep = (e: MathExpr): boolean =>
    (e.kind === "apply" && e.name === `u${SEQUENCE}` && e.args[0]?.kind === "symbol") ||
    (e.kind === "binary" && e.op === "*" && (hasStep(e.left) || hasStep(e.right)));
  return piece.first || !hasStep(piece.body) ? piece : { ...piece, first: numberAt("0", piece.body) };
}
