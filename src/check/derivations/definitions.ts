import { hasMatrix } from "../../core/math/conformity.js";
import { freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { dependsOnIndex, familiesIn, indexedNames, splitIndex, withIndices } from "../../core/math/families.js";
import type { MatrixShape } from "../../core/math/matrixShape.js";
import { type FunctionFormula, isKnownFunction } from "../../core/math/spelledOut.js";
import { dependsOn } from "../../core/math/upstream.js";
import type { MathValue } from "../../core/math/value.js";
import { type Chain, isCompound, type Link, readLink, readPlainly } from "../../read/math/chains.js";
import type { Declaration } from "../../read/math/declarations.js";
import { plainReading, type Reading } from "../../read/math/tokenStream.js";
import { compareWritten } from "./compareWritten.js";
import { derivedLetter, inKnownCase } from "./convolutionGradient.js";
import type { Known } from "./decideStep.js";
import { shapeOfFormula } from "./formulaShape.js";
import { keepValue } from "./keepValue.js";
import type { Implied } from "./layerFormulas.js";
import { columnNorms } from "./maskWords.js";
import { numbersOf } from "./numbersOf.js";
import { isKnownSomewhere, placeName } from "./placeValues.js";
import { stampOf } from "./stepCache.js";

/** What a chain can define: a letter, a function, an entry of a sequence. */
type Defined = Extract<MathExpr, { kind: "symbol" | "apply" | "indexed" }>;

/** The letters that losses have. */
const LOSSES: readonly string[] = ["L", "J", "ℓ", "E", "C"];

/** Whether one letter is given two values in a row, so that it may be either: `x = 2 or x = 3`. */
function isOtherValue(between: string): boolean {
  const words = between.replace(/\\(?:q?quad|text|mbox)|[\s$(){}\\]/g, "");
  return words.length < 8 && /^[,;]*(?:or|and|oder|und|ou|lor|vee|∨|[,;])$/.test(words);
}

/** Words before a case that is looked at. */
const IS_CASE = /\b(?:for|if|when|where|für|falls|wenn|si|para)[\s$(\\]*$/i;

/** What stands behind the first of several values: `n = 0, 1, …`. */
const GOES_ON = /^\s*,\s*(?:\\[lc]?dots|\.\.\.|…|\d+\s*(?:,|\\[lc]?dots|\.\.\.|…|\$|(?:and|or)\b))/;

const isNamed = (e: MathExpr | undefined, name: string): boolean => e?.kind === "symbol" && e.name === name;

const NOTHING: ReadonlyMap<string, MathValue> = new Map();

/** Whether all sides of a chain are letters, up to the number that it ends with. */
const areOneNumber = (links: readonly (MathExpr | undefined)[]): boolean =>
  links.every((e, i) => e?.kind === (i < links.length - 1 ? "symbol" : "number"));

/** What is known at a place. */
interface Kept {
  readonly entries: readonly (readonly (readonly [string, unknown])[])[];
  readonly stamp: string;
}

/** What a document has said of its letters and functions so far, in the section at hand. */
export class Definitions implements Known {
  readonly values = new Map<string, MathValue>();
  readonly unrounded = new Map<string, MathValue>();
  readonly unread = new Map<string, MathValue>();
  readonly shapes = new Map<string, MatrixShape>();
  readonly made = new Map<string, MathExpr>();
  /** By which convention names of a network were seen to have their values. */
  readonly implied = new Map<string, string>();
  isCentred = false;
  isIndependent = false;
  isOfMatrices = false;
  derivedNext: string | undefined;
  mask: MathExpr | undefined;

  /** Whether σ is a function in the section at hand. */
  isActivation = false;

  private readonly letters = new Map<string, MathExpr>();
  private readonly functions = new Map<string, FunctionFormula>();
  readonly formulas = { letters: this.letters, functions: this.functions };
  private readonly all: readonly Map<string, unknown>[] = [
    this.values,
    this.unrounded,
    this.unread,
    this.shapes,
    this.made,
    this.letters,
    this.functions,
    this.implied,
  ] as readonly Map<string, unknown>[];

  /** The letter that was given last, and where. */
  private last: { readonly name: string; readonly to: number } | undefined;

  /** Says all that is known here: what depends on it is the same where the stamp is. */
  stamp = "";
  /** The sections around, each with what was known where it began. */
  private readonly sections: { readonly level: number; readonly before: Kept }[] = [];

  /** Begins a section: what the sections beside it have said is forgotten, what stands above it is not. */
  enter(level: number): void {
    let before: Kept | undefined;
    while ((this.sections.at(-1)?.level ?? -1) >= level) before = this.sections.pop()?.before;
    if (before) {
      for (const [i, map] of this.all.entries()) {
        map.clear();
        for (const [name, value] of before.entries[i] ?? []) map.set(name, value);
      }
      this.stamp = before.stamp;
    }
    this.sections.push({ level, before: { entries: this.all.map((map) => [...map]), stamp: this.stamp } });
  }

  /** Whether a chain begins with what it defines, so that its first step claims nothing. */
  isDefinition(chain: Chain): boolean {
    return this.definedBy(chain) !== undefined;
  }

  /** Whether a link is a letter alone of which nothing has been said. */
  isNew(link: Link, chain: Chain): boolean {
    const e = readLink(link, this.reading(chain, false));
    return e?.kind === "symbol" && !this.values.has(e.name) && !this.letters.has(e.name);
  }

  /** Whether a chain gives several letters one number: `H = W = 7`. */
  isAssigned(chain: Chain): boolean {
    return areOneNumber(chain.links.map((link) => readLink(link, this.reading(chain, false))));
  }

  /** What a function of matrices was before a chain that gives it again, in the same letters. */
  formulaOf(chain: Chain): MathExpr | undefined {
    const e = this.definedBy(chain);
    const own = e?.kind === "apply" ? this.functions.get(e.name) : undefined;
    const isSame = e?.kind === "apply" && own?.parameters.every((x, i) => isNamed(e.args[i], x));
    return own && isSame && hasMatrix(own.body, this.shapes) ? own.body : undefined;
  }

  /** Keeps what a chain says of the letter or function that it begins with: of a letter the student's own last value. */
  learn(chain: Chain, text: string): void {
    this.learnGradient(chain, text);
    const defined = this.definedBy(chain);
    if (!defined) return;
    this.stamp = stampOf(`${this.stamp} ${text.slice(chain.from, chain.to)}`);
    const reading = this.reading(chain, false);
    const [, ...links] = chain.links.map((link) => readLink(link, reading));
    const [formula] = links;
    if (defined.kind === "apply") {
      const parameters = defined.args.flatMap((a) => (a.kind === "symbol" ? [a.name] : []));
      const isOfPlace = !(formula && parameters.some((x) => dependsOn(formula, this.made).has(x)));
      // A value at one place says nothing of the function: `P(A) = 0.3`, `P(B) = 0.5`.
      if (isOfPlace && keepValue(this, placeName(defined), links) !== undefined) return;
      if (formula && parameters.length === defined.args.length)
        this.functions.set(defined.name, { parameters, body: formula });
      // `L(w) = …` is what `∂L/∂w` derives.
      if (formula && !dependsOn(formula, this.made).has(defined.name)) this.made.set(defined.name, formula);
      return;
    }
    if (defined.kind !== "symbol") return;
    const areLetters = links.every((e) => e?.kind === "symbol");
    // `for d_in = d_out = d` holds for what is said there, `for n = 0, 1, …` gives n no value.
    if (areLetters && IS_CASE.test(text.slice(Math.max(0, chain.from - 20), chain.from))) return;
    const isList = GOES_ON.test(text.slice(chain.to, chain.to + 30));
    const isOther = isList || (this.last?.name === defined.name && isOtherValue(text.slice(this.last.to, chain.from)));
    this.last = { name: defined.name, to: chain.to };
    const entry = splitIndex(defined.name);
    if (entry && formula && entry.indices.every((index) => dependsOnIndex(formula, index))) {
      this.functions.set(entry.base, { parameters: entry.indices, body: withIndices(formula, familiesIn(formula)) });
      return;
    }
    if (this.implied.has(defined.name)) this.implied.clear();
    const made = this.made.get(defined.name);
    const before = made && numbersOf(made, this.values);
    this.values.delete(defined.name);
    this.letters.delete(defined.name);
    this.made.delete(defined.name);
    // Of two roots nobody says which one it is.
    if (isOther) return;
    // What a letter is made of must not lead back to it.
    if (formula && freeSymbols(formula).size > 0 && !dependsOn(formula, this.made).has(defined.name))
      this.made.set(defined.name, formula);
    if (formula && !(formula.kind === "matrix" && freeSymbols(formula).size === 0))
      this.learnShape(defined.name, formula);
    // A matrix of letters may be a factor of what was given before it.
    if (formula?.kind === "matrix" && this.shapes.has(defined.name)) this.learnShapes();
    const value = keepValue(this, defined.name, links);
    const [last] = links.slice(-1);
    // What is given is the formula's own value: gradients still go through it.
    const isItsValue = made && before !== undefined && value !== undefined && last && !this.made.has(defined.name);
    if (isItsValue && /^r/.test(compareWritten(before, last, value, "=").verdict)) this.made.set(defined.name, made);
    if (value !== undefined) {
      for (const e of links)
        if (e?.kind === "symbol" && (areOneNumber(links) || !this.values.has(e.name))) this.values.set(e.name, value);
    } else if (areLetters)
      // `d_in = d_out = d`
      for (const link of chain.links.slice(0, -1)) {
        const [e, last] = [readLink(link, reading), links.at(-1)];
        if (e?.kind === "symbol" && last?.kind === "symbol" && e.name !== last.name) this.letters.set(e.name, last);
      }
    else if (formula && !freeSymbols(formula).has(defined.name)) this.letters.set(defined.name, formula);
  }

  /** Takes σ for the sigmoid function. */
  readSigmoid(): void {
    const at = { from: 0, to: 0 };
    const body: MathExpr = { kind: "call", name: "sigmoid", args: [{ kind: "symbol", name: "x", ...at }], ...at };
    this.functions.set("σ", { parameters: ["x"], body });
    this.stamp = stampOf(`${this.stamp} σ`);
  }

  /** Keeps the numbers that are given for the gradient by a letter. */
  private learnGradient(chain: Chain, text: string): void {
    const [first] = chain.links;
    if (!/^(?:[dt]?frac|d\p{L}?)$/u.test(first?.tokens[0]?.text ?? "")) return;
    const [left, ...links] = chain.links.map((link) => readPlainly(link, chain.isLatex));
    const letter = derivedLetter(left);
    const right = letter !== undefined ? links.find((e) => e?.kind === "matrix") : undefined;
    const value = right && numbersOf(right, NOTHING);
    if (letter === undefined || value === undefined) return;
    const by = inKnownCase(letter, this.values);
    this.stamp = stampOf(`${this.stamp} ${text.slice(chain.from, chain.to)}`);
    this.values.set(`∂${by}`, value);
  }

  /** Keeps by which convention a name has its value; gradients go through its formula where that gives the value exactly. */
  imply(name: string, { key, e }: Implied, isExact: boolean): void {
    this.stamp = stampOf(`${this.stamp} ${name} ${key} ${isExact}`);
    this.implied.set(name, key);
    if (isExact) this.made.set(name, e);
  }

  /** Takes a letter that is new in a chain for what the paragraph says of it: a diagonal matrix of norms. */
  addNorms(chain: Chain, paragraph: string): void {
    for (const link of chain.links) {
      const e = readLink(link, this.reading(chain, false));
      for (const name of e ? freeSymbols(e) : []) {
        const norms = this.made.has(name) || this.shapes.has(name) ? undefined : columnNorms(name, paragraph);
        if (norms) this.made.set(name, norms);
      }
    }
  }

  /** Keeps the shape that is declared of a letter. */
  declare({ of, shape, from, to }: Declaration, text: string): void {
    this.stamp = stampOf(`${this.stamp} ${text.slice(from, to)}`);
    if (of.kind !== "symbol") return;
    this.shapes.set(of.name, shape);
    // What was made of it before it was declared.
    this.learnShapes();
  }

  private learnShapes(): void {
    for (const [name, formula] of this.made) if (!this.shapes.has(name)) this.learnShape(name, formula);
  }

  private learnShape(name: string, formula: MathExpr): void {
    const shape = shapeOfFormula(formula, this.shapes, this.values);
    if (shape) this.shapes.set(name, shape);
  }

  private definedBy(chain: Chain): Defined | undefined {
    const [first] = chain.links;
    if (!first || !/^(?:=|:=|≜|≈)$/.test(chain.relations[0] ?? "")) return undefined;
    if (isCompound(first)) return undefined;
    const e = readLink(first, this.reading(chain, true));
    // What a document says of `∇L` is a claim where it says what L is a function of.
    if (e?.kind === "symbol" && e.name.startsWith("∇") && this.functions.has(e.name.slice(1))) return undefined;
    if (e?.kind === "symbol" || e?.kind === "indexed") return e;
    if (e?.kind !== "apply") return undefined;
    // What is said of the derivative of a function that is known is a claim; so is what is said of its value somewhere.
    const isDerived = e.name.endsWith("′");
    const isKnown = isKnownFunction(this.formulas, e.name) && (isDerived || e.args.some((a) => a.kind !== "symbol"));
    const isNew = e.args.every((a) => a.kind === "symbol" || a.kind === "number");
    return isKnown || !isNew || e.name === "σ′" ? undefined : e;
  }

  private reading(chain: Chain, isCalled: boolean): Reading {
    const reading = plainReading(
      chain.isLatex,
      (name) =>
        isCalled ||
        isKnownFunction(this.formulas, name) ||
        (name === "σ" && this.isActivation) ||
        isKnownSomewhere(this.values, name),
      (name) => this.derivedBy(name),
    );
    const all = [this.values, this.letters, this.shapes, this.made];
    return { ...reading, isFactor: (name) => all.some((map) => map.has(name)) };
  }

  /** What `dW` is the gradient of: the document's loss, if W is a letter of its formulas and d is none. */
  derivedBy(name: string): string | undefined {
    const isLetter = (x: string): boolean =>
      this.shapes.has(x) ||
      this.values.has(inKnownCase(x, this.values)) ||
      [...this.made].some(([y, e]) => y === x || freeSymbols(e).has(x));
    const base = splitIndex(name)?.base ?? name;
    // X is the matrix of all x_{ij}.
    const isSequence = [base, base.toLowerCase()].some((x) =>
      [...this.functions].some(([y, { body }]) => y === x || indexedNames(body).has(x)),
    );
    if (!(isLetter(name) || isSequence) || isLetter("d")) return undefined;
    return LOSSES.find((loss) => this.made.has(loss)) ?? "ℒ";
  }
}
