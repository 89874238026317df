import { symbolAt } from "../../core/math/compound.js";
import { hasMatrix } from "../../core/math/conformity.js";
import { outerDerivative } from "../../core/math/differentiate.js";
import { allWithin, freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { familiesIn, indexedNames, isOpenSum, withIndices } from "../../core/math/families.js";
import { compareExpressions } from "../../core/math/identity.js";
import type { MatrixShapes } from "../../core/math/matrixShape.js";
import { whole } from "../../core/math/scalar.js";
import { type Formulas, isKnownFunction, spelledOut } from "../../core/math/spelledOut.js";
import type { Made } from "../../core/math/upstream.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { lastDigit } from "./compareWritten.js";
import { inKnownCase, isUnturned, NOT_TURNED } from "./convolutionGradient.js";
import { decideGrowth, decideProportion, growthIn } from "./decideGrowth.js";
import { decideIdentity, hasDerivative } from "./decideIdentity.js";
import { decideInferred, decideMatrices } from "./decideMatrices.js";
import {
  decideUnrounded,
  decideValues,
  inFloats,
  isAsRounded,
  isSlip,
  isWithinDigits,
  isWithinLetters,
} from "./decideValues.js";
import { slidEntries, throughEntries } from "./entryChainRule.js";
import { numbersOf } from "./numbersOf.js";
import { isKnownSomewhere, isOfOtherProblem, withPlaces } from "./placeValues.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";
import { withOneRange } from "./sumRanges.js";
import { isCallUnclear, mayBeBinary, surelyCalled } from "./unclearSigns.js";
import { withWholeFunctions } from "./wholeFunctions.js";

/** What a document says of its letters where a chain stands. */
export interface Known {
  readonly values: ReadonlyMap<string, MathValue>;
  /** What letters are that were rounded where their value was written. */
  readonly unrounded: ReadonlyMap<string, MathValue>;
  /** The values of letters of which the formula that gave them is not read. */
  readonly unread: ReadonlyMap<string, MathValue>;
  /** What letters and functions are said to be, where that is a formula. */
  readonly formulas: Formulas;
  /** The formulas that gradients go through, those of letters with a value included. */
  readonly made: Made;
  /** What `dW` is the gradient of. */
  readonly derivedBy: (name: string) => string | undefined;
  /** Whether σ is a function, and not a standard deviation. */
  readonly isActivation: boolean;
  /** Whether the text says that what is random has mean 0. */
  readonly isCentred: boolean;
  /** Whether the text says that what is random is independent, or how it is drawn. */
  readonly isIndependent: boolean;
  /** Whether it speaks of matrices. */
  readonly isOfMatrices: boolean;
  /** What the chain before defines, where it is the only thing that can be derived here. */
  readonly derivedNext?: string | undefined;
  /** The probability of a 1 in a random matrix of ones and noughts, where the text says it. */
  readonly mask?: MathExpr | undefined;
  /** The shapes that are declared. */
  readonly shapes: MatrixShapes;
}

/** What is said of a number that was worked out with more digits than its letters are written with. */
const CARRIED_ON = { name: "what comes out with the digits that were rounded away before", say: "" };

const NONE: ReadonlySet<string> = new Set();

/** Decides the step between two neighbours of a chain, in each way in which its notation may be meant: right if it is so in one of them. */
export function decideStep(chain: Chain, at: number, known: Known): StepAnswer {
  let wrong: StepAnswer | undefined;
  const mayCall = isCallUnclear(chain, known);
  const own = new Set(
    chain.links.flatMap((link) => link.tokens.flatMap(({ text }) => (text.length === 1 ? [text] : []))),
  );
  const called = mayCall ? surelyCalled(chain) : NONE;
  // What is unclear elsewhere in a chain leaves a step between numbers as clear as it is.
  let isAmbiguous = mayCall && isCallUnclear({ ...chain, links: chain.links.slice(at, at + 2) }, known);
  const isApplied =
    (isCalled: boolean) =>
    (name: string): boolean =>
      isCalled ||
      called.has(name) ||
      /^[ΘO]$/.test(name) ||
      (/^σ′?$/.test(name) && known.isActivation) ||
      isKnownFunction(known.formulas, name) ||
      isKnownSomewhere(known.values, name);
  for (const isCalled of mayCall ? [false, true] : [false])
    for (const log of ["ln", "log2", "log10"]) {
      const derivedBy = (name: string): string | undefined => known.derivedBy(name);
      const isLetter = (name: string): boolean => known.values.has(name) || known.formulas.letters.has(name);
      const isFactor = (name: string): boolean => isLetter(name) || known.shapes.has(name) || own.has(name);
      const reading = { ...plainReading(chain.isLatex, isApplied(isCalled), derivedBy), isLetter, isFactor, log };
      const links = withFamilies(
        chain.links.map((link) => readLink(link, reading)),
        known,
      );
      const plain = decideLinks(chain, links, at, known);
      const sigmoid =
        plain.verdict === "right" || plain.verdict === "rounded" ? plain : decideSigmoid(chain, links, at, known);
      const answer = sigmoid.verdict === "not understood" ? plain : sigmoid;
      if (answer.verdict === "right" || answer.verdict === "rounded") return answer;
      if (answer.verdict === "wrong") wrong ??= answer;
      else isAmbiguous = true;
      if (reading.isDivisorUnclear) isAmbiguous = true;
      if (!reading.hasLog) break;
    }
  const place = chain.links[at + 1];
  if (wrong?.how === "numbers" && mayBeBinary(chain)) return UNCLEAR;
  if (wrong && chain.links.slice(at, at + 2).some(isOfTwoReadings)) return UNCLEAR;
  return wrong && !isAmbiguous && place ? { ...wrong, at: { from: place.from, to: place.to } } : UNCLEAR;
}

/** `1\frac{3}{4}` may be a number of two parts, `[32 \times 10]` a shape, and what a row of sizes and one size alone in brackets make, too. */
const isOfTwoReadings = ({ tokens }: Chain["links"][number]): boolean =>
  TWO_READINGS.test(tokens.map(({ text }) => text).join(" "));

const TWO_READINGS =
  /(?:^|[=(+-] )\d+ [tdc]?frac (?:\{ \d+ \} \{ \d+ \}|\d+)|\[ \d+ [×x] \d+ \]|[([] \d+ (?:, \d+ )+[)\]].* [([] \d+ [)\]]|[([] \d+ [)\]].* [([] \d+ (?:, \d+ )+[)\]]/;

/** σ is the sigmoid where the document says so; where it says nothing, what holds for the sigmoid is right. */
function decideSigmoid(chain: Chain, links: readonly (MathExpr | undefined)[], at: number, known: Known): StepAnswer {
  const formula = known.formulas.functions.get("σ");
  const [parameter = "x"] = formula?.parameters ?? [];
  const sigmoid: MathExpr = { kind: "call", name: "sigmoid", args: [symbolAt(parameter, NOWHERE)], ...NOWHERE };
  const isSaid = formula !== undefined && compareExpressions(formula.body, sigmoid).isIdentity === true;
  if (formula && !isSaid) return UNCLEAR;
  const all = [links[at], links[at + 1], ...known.made.values()];
  if (!all.some((e) => e && [...allWithin(e)].some(isSigma))) return UNCLEAR;
  const own = (e: MathExpr): MathExpr =>
    replaced(e, (x) => {
      const [arg, ...more] = isSigma(x) ? x.args.map(own) : [];
      if (!isSigma(x) || !arg || more.length > 0) return undefined;
      return x.name === "σ" ? { ...x, kind: "call", name: "sigmoid", args: [arg] } : outerDerivative("sigmoid", arg);
    });
  const made = new Map([...known.made].map(([name, e]) => [name, own(e)]));
  const letters = new Map([...known.formulas.letters].map(([name, e]) => [name, own(e)]));
  const answer = decideLinks(
    chain,
    links.map((e) => e && own(e)),
    at,
    { ...known, made, formulas: { ...known.formulas, letters } },
  );
  return isSaid || answer.verdict === "right" ? answer : UNCLEAR;
}

const NOWHERE = { from: 0, to: 0 };

const isSigma = (e: MathExpr): e is Extract<MathExpr, { kind: "apply" }> => e.kind === "apply" && /^σ′?$/.test(e.name);

/** Links in which letters behind a name are indices where the name stands for a sequence. */
function withFamilies(
  links: readonly (MathExpr | undefined)[],
  { formulas, made, values, shapes }: Known,
): readonly (MathExpr | undefined)[] {
  const families = new Set([...formulas.functions].map(([name, { parameters }]) => `${name},${parameters.length}`));
  const all = [...links, ...made.values(), ...[...formulas.functions.values()].map((f) => f.body)];
  for (const e of all) for (const family of e ? familiesIn(e) : []) families.add(family);
  const isFunction = (name: string): boolean => formulas.functions.has(name);
  return links.map((e) => {
    const whole = e && withWholeFunctions(withKnownCase(e, values), formulas.functions, { made, shapes });
    return whole && withPlaces(withIndices(whole, families), values, isFunction);
  });
}

/** A gradient by a letter in the case in which that is known. */
const withKnownCase = (e: MathExpr, values: Known["values"]): MathExpr =>
  e.kind === "derivative" && e.of.kind === "symbol" ? { ...e, by: inKnownCase(e.by, values) } : e;

/** What is right of a gradient through ReLU at 0 with a slope of 0, as programs have it, or of 1. */
function decideAtKink(left: MathExpr, right: MathExpr, values: Known["values"], made: Made): StepAnswer | undefined {
  for (const slope of [0, 1]) {
    const [a, b] = [left, right].map((e) => numbersOf(e, values, made, whole(slope)));
    const answer = a === undefined || b === undefined ? undefined : decideValues(a, left, b, right, "=");
    if (answer && answer.verdict !== "wrong") return answer;
  }
  return undefined;
}

function decideLinks(
  chain: Chain,
  links: readonly (MathExpr | undefined)[],
  at: number,
  { values, unrounded, unread, formulas, shapes, made, mask, ...said }: Known,
): StepAnswer {
  const [before, behind, relation = "="] = [links[at], links[at + 1], chain.relations[at]];
  const [left, right] = (before && behind && withOneRange(before, behind)) ?? [];
  if (!left || !right) return UNCLEAR;
  if (isOpenSum(left) || isOpenSum(right)) return UNCLEAR;
  const growth = relation === "=" ? growthIn(right) : undefined;
  if (growth) return decideGrowth(spelledOut(left, formulas), growth.sign, growth.of);
  if (relation === "∝") {
    const plain = decideProportion(left, right);
    return plain.verdict === "not understood" ? decideProportion(spelledOut(left, formulas), right) : plain;
  }
  const slid = relation === "=" ? slidEntries(left, right, formulas) : undefined;
  if (slid) return slid;
  const isGradient = left.kind === "derivative";
  // A gradient of which only the number is given may stand for itself.
  const given = !isGradient && hasDerivative(left) ? numbersOf(left, values) : undefined;
  const [a, b] = [numbersOf(left, values, made) ?? given, numbersOf(right, values, isGradient ? made : undefined)];
  if ((a === undefined || b === undefined) && relation === "=" && [left, right].some(hasDerivative)) {
    const answer = decideAtKink(left, right, values, made);
    if (answer) return answer;
  }
  if (a === undefined || b === undefined) {
    const isDeclared = hasMatrix(left, shapes) || hasMatrix(right, shapes);
    if (isDeclared && relation !== "=") return UNCLEAR;
    const declared = isDeclared ? decideMatrices(left, right, at, { shapes, made, mask }) : undefined;
    const answer = declared?.verdict === "not understood" ? undefined : declared;
    const inferred = answer ?? (relation === "=" ? decideInferred(left, right, at, { shapes, made, mask }) : undefined);
    if (inferred || declared) return inferred ?? UNCLEAR;
  }
  if (a !== undefined && b !== undefined) {
    const hasLetters = [left, right].some((e) => [...freeSymbols(e)].some((name) => name !== "π"));
    const answer = decideValues(a, left, b, right, relation);
    if (answer.verdict !== "wrong") return answer;
    if (isOfOtherProblem(left, right, values)) return UNCLEAR;
    const exactly = unrounded.size > 0 ? decideUnrounded(left, right, relation, { values, unrounded }) : undefined;
    if (exactly) return exactly;
    if (isWithinLetters(a, left, b, right, relation, { values, unread }))
      return { verdict: "rounded", values: [inFloats(a), inFloats(b)], how: "numbers", quantity: CARRIED_ON };
    if (isWithinDigits(a, left, b, right, relation))
      return { verdict: "rounded", values: [inFloats(a), inFloats(b)], how: "numbers" };
    // `dt = 0.1` is a step of time.
    const isShort = isGradient && chain.links[at]?.tokens[0]?.kind === "word" && !isMatrix(b);
    if (isShort && chain.links.length === 2 && lastDigit(right) !== undefined) return UNCLEAR;
    if ([left, right].some(hasDerivative)) {
      // The gradient that is given is the student's own.
      const [x, y] = [given ?? a, right.kind === "derivative" ? b : numbersOf(right, values)];
      const own = x === undefined || y === undefined ? answer : decideValues(x, left, y, right, relation);
      if (own.verdict !== "wrong") return own;
      const same = isGradient && freeSymbols(right).size > 0 && compareExpressions(left, right, { made }).isIdentity;
      if (same) return { verdict: "right", how: "identity" };
      if (isAsRounded(a, b, values, unrounded)) return UNCLEAR;
    }
    // A number that was rounded before may be written with more digits again.
    for (const [i, link] of links.slice(0, at).entries()) {
      const before = link && chain.relations[i] !== "<" ? numbersOf(link, values) : undefined;
      if (before === undefined || !link) continue;
      // What was rounded is that number to its own digits.
      if (!/^(?:right|rounded)$/.test(decideValues(before, link, a, left, "=").verdict)) continue;
      const again = decideValues(before, link, b, right, relation);
      if (again.verdict !== "wrong") return again;
    }
    // What is given as a gradient behind may not be the only way to the loss.
    const isWhole = isGradient && [...made.values()].some((e) => e.kind === "binary" && e.op === "⋆");
    const isGiven = left.kind === "derivative" && left.of.kind === "symbol" && !made.has(left.of.name);
    const isSolved = at === 0 && (isGradient ? isGiven && !isWhole : true) && !isSlip(a, b);
    const isSame = hasLetters && compareExpressions(left, right).isIdentity === true;
    if (hasLetters && (isSolved || isSame)) {
      const isOfNumbers = !isMatrix(a) && !isMatrix(b) && !hasDerivative(left);
      if (isOfNumbers && [left, right].every((e) => freeSymbols(e).size > 0))
        return decideIdentity(left, right, 0, { formulas, made, ...said });
      // Each number may have been rounded before it was written.
      const isNear = isWithinLetters(a, left, b, right, relation, { values, unread: values });
      return isSame || isGradient || isNear ? UNCLEAR : { ...answer, mayBeSolved: true };
    }
    return isGradient && isUnturned(left.by, b, values, made) ? { ...answer, mistake: NOT_TURNED } : answer;
  }
  if (relation !== "=" && relation !== "≡") return UNCLEAR;
  const through = throughEntries(left, right, formulas);
  if (!through) return decideIdentity(left, right, at, { formulas, made, ...said });
  const own = indexedNames(through);
  const { isIdentity, counterexample } = compareExpressions(through, right);
  if (isIdentity) return { verdict: "right", how: "identity" };
  // Both sides are made of the same sequences, and the document says what the left one is.
  const isOfOwn = [...indexedNames(right)].every((name) => own.has(name));
  return counterexample && isOfOwn ? { verdict: "wrong", counterexample, how: "identity" } : UNCLEAR;
}
