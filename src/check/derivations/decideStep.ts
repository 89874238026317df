import { symbolAt } from "../../core/math/compound.js";
import { hasMatrix } from "../../core/math/conformity.js";
import { outerDerivative } from "../../core/math/differentiate.js";
import {
  allWithin,
  countParts,
  freeSymbols,
  hasSameSymbols,
  type MathExpr,
  replaced,
} from "../../core/math/expression.js";
import { familiesIn, indexedNames, isOpenSum, withIndices } from "../../core/math/families.js";
import { compareExpressions, type IdentityAnswer } from "../../core/math/identity.js";
import type { MatrixShapes } from "../../core/math/matrixShape.js";
import { hasMoment, hasOpenMoment } from "../../core/math/moments.js";
import { nearestRight } from "../../core/math/nearMiss.js";
import { type Formulas, isKnownFunction, spelledOut } from "../../core/math/spelledOut.js";
import type { Made } from "../../core/math/upstream.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { lastDigit } from "./compareWritten.js";
import { inKnownCase, isUnturned, NOT_TURNED } from "./convolutionGradient.js";
import { decideGrowth, decideProportion, growthIn } from "./decideGrowth.js";
import { decideAssumed, decideInferred, decideMatrices, mayBeMatrices, squareMatrices } from "./decideMatrices.js";
import { decideUnrounded, decideValues, inFloats, isAsRounded, isSlip, isWithinDigits } from "./decideValues.js";
import { slidEntries, throughEntries } from "./entryChainRule.js";
import { numbersOf } from "./numbersOf.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";
import { isCallUnclear, mayBeBinary } from "./unclearSigns.js";

/** What a document says of its letters where a chain stands. */
export interface Known {
  readonly values: ReadonlyMap<string, MathValue>;
  /** What letters are that were rounded where their value was written. */
  readonly unrounded: ReadonlyMap<string, MathValue>;
  /** What letters and functions are said to be, where that is a formula. */
  readonly formulas: Formulas;
  /** The formulas that gradients go through, those of letters with a value included. */
  readonly made: Made;
  /** What `dW` is the gradient of. */
  readonly derivedBy: (name: string) => string | undefined;
  /** Whether σ is a function, and not a standard deviation. */
  readonly isActivation: boolean;
  /** Whether the text says that what is random has mean 0. */
  readonly isCentred?: boolean;
  /** The probability of a 1 in a random matrix of ones and noughts, where the text says it. */
  readonly mask?: MathExpr | undefined;
  /** The shapes that are declared. */
  readonly shapes: MatrixShapes;
}

/** Decides the step between two neighbours of a chain, in each way in which its notation may be meant: right if it is so in one of them. */
export function decideStep(chain: Chain, at: number, known: Known): StepAnswer {
  let wrong: StepAnswer | undefined;
  const mayCall = isCallUnclear(chain, known);
  const own = new Set(
    chain.links.flatMap((link) => link.tokens.flatMap(({ text }) => (text.length === 1 ? [text] : []))),
  );
  let isAmbiguous = mayCall;
  const isApplied =
    (isCalled: boolean) =>
    (name: string): boolean =>
      isCalled ||
      /^[ΘO]$/.test(name) ||
      (/^σ′?$/.test(name) && known.isActivation) ||
      isKnownFunction(known.formulas, name);
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
      const answer = plain.verdict === "not understood" ? decideSigmoid(chain, links, at, known) : plain;
      if (answer.verdict === "right" || answer.verdict === "rounded") return answer;
      if (answer.verdict === "wrong") wrong ??= answer;
      else isAmbiguous = true;
      if (reading.isDivisorUnclear) isAmbiguous = true;
      if (!reading.hasLog) break;
    }
  const place = chain.links[at + 1];
  if (wrong?.how === "numbers" && mayBeBinary(chain)) return UNCLEAR;
  return wrong && !isAmbiguous && place ? { ...wrong, at: { from: place.from, to: place.to } } : UNCLEAR;
}

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
  const answer = decideLinks(
    chain,
    links.map((e) => e && own(e)),
    at,
    { ...known, made },
  );
  return isSaid || answer.verdict === "right" ? answer : UNCLEAR;
}

const NOWHERE = { from: 0, to: 0 };

const isSigma = (e: MathExpr): e is Extract<MathExpr, { kind: "apply" }> => e.kind === "apply" && /^σ′?$/.test(e.name);

/** Links in which letters behind a name are indices where the name stands for a sequence. */
function withFamilies(
  links: readonly (MathExpr | undefined)[],
  { formulas, made, values }: Known,
): readonly (MathExpr | undefined)[] {
  const families = new Set([...formulas.functions].map(([name, { parameters }]) => `${name},${parameters.length}`));
  const all = [...links, ...made.values(), ...[...formulas.functions.values()].map((f) => f.body)];
  for (const e of all) for (const family of e ? familiesIn(e) : []) families.add(family);
  return links.map((e) => e && withIndices(withKnownCase(e, values), families));
}

/** A gradient by a letter in the case in which that is known. */
const withKnownCase = (e: MathExpr, values: Known["values"]): MathExpr =>
  e.kind === "derivative" && e.of.kind === "symbol" ? { ...e, by: inKnownCase(e.by, values) } : e;

function decideLinks(
  chain: Chain,
  links: readonly (MathExpr | undefined)[],
  at: number,
  { values, unrounded, formulas, shapes, made, mask, isCentred = false }: Known,
): StepAnswer {
  const [left, right, relation = "="] = [links[at], links[at + 1], chain.relations[at]];
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
    const exactly = unrounded.size > 0 ? decideUnrounded(left, right, relation, { values, unrounded }) : undefined;
    if (exactly) return exactly;
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
    if (hasLetters && (isSolved || compareExpressions(left, right).isIdentity))
      return [left, right].every((e) => freeSymbols(e).size > 0) && !isMatrix(a) && !isMatrix(b) && !hasDerivative(left)
        ? decideIdentity(left, right, 0, { formulas, made, isCentred })
        : UNCLEAR;
    return isGradient && isUnturned(left.by, b, values, made) ? { ...answer, mistake: NOT_TURNED } : answer;
  }
  if (relation !== "=" && relation !== "≡") return UNCLEAR;
  const through = throughEntries(left, right, formulas);
  if (!through) return decideIdentity(left, right, at, { formulas, made, isCentred });
  const own = indexedNames(through);
  const { isIdentity, counterexample } = compareExpressions(through, right);
  if (isIdentity) return { verdict: "right", how: "identity" };
  // Both sides are made of the same sequences, and the document says what the left one is.
  const isOfOwn = [...indexedNames(right)].every((name) => own.has(name));
  return counterexample && isOfOwn ? { verdict: "wrong", counterexample, how: "identity" } : UNCLEAR;
}

const hasDerivative = (e: MathExpr): boolean => [...allWithin(e)].some((x) => x.kind === "derivative");

const isInPieces = (e: MathExpr): boolean => e.kind === "call" && /^(?:relu|abs|max|min|step)$/.test(e.name);

type Comparison = readonly [left: MathExpr, right: MathExpr, context: { readonly made?: Made }];

/** The first comparison that says something, with its context: a derivative goes through sequences, or is one by their entries. */
function firstClear(all: readonly (() => Comparison)[]): readonly [Comparison[2], IdentityAnswer] {
  let last: readonly [Comparison[2], IdentityAnswer] = [{}, { isIdentity: undefined }];
  for (const next of all) {
    const [left, right, context] = next();
    last = [context, compareExpressions(left, right, context)];
    if (last[1].isIdentity !== undefined) return last;
  }
  return last;
}

/** The formulas of letters with the functions of the document spelled out. */
const withoutFunctions = (made: Made, { functions }: Formulas): Made =>
  new Map([...made].map(([name, e]) => [name, spelledOut(e, { functions, letters: new Map() })]));

/** Parts of both sides of an equation that are enough for an identity to be meant. */
const LONG_ENOUGH = 8;

const nodesIn = (e: MathExpr): number => countParts(e) + (e.kind === "derivative" ? LONG_ENOUGH : 0);

/**
 * Whether two formulas are one for all their letters. An equation that is none may be one to be solved: it is wrong only where it goes on
 * from a formula of the same letters, or where one small change makes an identity of it.
 */
function decideIdentity(
  left: MathExpr,
  right: MathExpr,
  at: number,
  { formulas, made, isCentred = false }: Pick<Known, "formulas" | "made" | "isCentred">,
): StepAnswer {
  const assumed = squareMatrices(left, right);
  if (assumed.size > 0) return decideAssumed(left, right, at, assumed);
  if (compareExpressions(left, right).isIdentity)
    return mayBeMatrices(left, right) ? UNCLEAR : { verdict: "right", how: "identity" };
  const [a, b] = [spelledOut(left, formulas), spelledOut(right, formulas)];
  const isSpelled = [...allWithin(left), ...allWithin(right)].some(
    (x) => x.kind === "apply" && isKnownFunction(formulas, x.name),
  );
  const [context, { isIdentity, counterexample }] = firstClear(
    [a, b].some(hasDerivative)
      ? [
          // A function that the document gives is no other one.
          ...(isSpelled ? [] : [() => [left, right, { made }] as const]),
          () => [a, b, { made }],
          () => [a, b, { made: withoutFunctions(made, formulas) }],
        ]
      : [() => [a, b, {}]],
  );
  if (
    isIdentity === false &&
    (hasMoment(a) || hasMoment(b)) &&
    compareExpressions(a, b, { isCentred: true }).isIdentity
  )
    return isCentred ? { verdict: "right", how: "identity" } : UNCLEAR;
  // The order of matrices in a chain rule is not seen in numbers: W ∂L/∂y is as good as Wᵀ ∂L/∂y.
  const isChained = hasDerivative(left) && hasDerivative(right);
  if (isIdentity && isChained && [...freeSymbols(right)].some((name) => /^[A-Z]$/.test(name) && !/^[LJEC]$/.test(name)))
    return UNCLEAR;
  if (isIdentity) return { verdict: "right", how: "identity" };
  if (isIdentity === undefined || !counterexample || hasOpenMoment(a) || hasOpenMoment(b)) return UNCLEAR;
  // On the other side of 0 the slope of a function in pieces is another number.
  if (hasDerivative(a) && freeSymbols(b).size === 0 && [...allWithin(a)].some(isInPieces)) return UNCLEAR;
  const spelled = (e: MathExpr): MathExpr => spelledOut(e, formulas);
  const is = (x: MathExpr, y: MathExpr): boolean => compareExpressions(x, spelled(y), context).isIdentity === true;
  const repair = nearestRight(a, right, (e) => is(a, e)) ?? nearestRight(b, left, (e) => is(b, e));
  // `x² = x` is an equation to be solved, though it is an identity but for one small change.
  const isLong = nodesIn(left) + nodesIn(right) >= LONG_ENOUGH;
  const isMeant = (repair !== undefined && (at > 0 || isLong)) || (at > 0 && hasSameSymbols(a, b));
  return isMeant ? { verdict: "wrong", counterexample, how: "identity", ...(repair ? { repair } : {}) } : UNCLEAR;
}
