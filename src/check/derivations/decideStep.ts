import {
  conformityOf,
  hasMatrix,
  isSameSize,
  type MatrixShape,
  type MatrixShapes,
  type Misfit,
} from "../../core/math/conformity.js";
import { type Effort, evaluateMath, type Meaning } from "../../core/math/evaluateMath.js";
import { allWithin, countParts, freeSymbols, type MathExpr, type MathPlace } from "../../core/math/expression.js";
import { isFunction } from "../../core/math/functions.js";
import { type Counterexample, compareExpressions } from "../../core/math/identity.js";
import { nearestRight, type Repair } from "../../core/math/nearMiss.js";
import { isBelow, isSameNumber, type Scalar } from "../../core/math/scalar.js";
import { type Formulas, spelledOut } from "../../core/math/spelledOut.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import type { Token } from "../../read/math/token.js";
import { plainReading } from "../../read/math/tokenStream.js";
import type { Verdict } from "../finding.js";
import { compareWritten, lastDigit, writtenAs } from "./compareWritten.js";

/** What is said of one step of a chain. */
export interface StepAnswer {
  readonly verdict: Exclude<Verdict, "blank">;
  /** Where the right side stands. */
  readonly at?: MathPlace;
  /** What is to be written for the number on the right side. */
  readonly rightNumber?: string;
  /** The two sides' values where both are numbers. */
  readonly values?: readonly [left: MathValue, right: MathValue];
  readonly entry?: readonly [row: number, column: number];
  readonly counterexample?: Counterexample;
  readonly repair?: Repair;
  /** Two matrices in it that do not fit. */
  readonly misfit?: Misfit;
  /** The shapes of two sides that differ. */
  readonly shapes?: readonly [MatrixShape, MatrixShape];
  /** How it was decided. */
  readonly how?: "numbers" | "identity" | "matrices";
}

const UNCLEAR: StepAnswer = { verdict: "not understood" };

/** Operations that one side of a step may take. */
const EFFORT = 20_000;

/** A side's value where all its letters have one. */
export function numbersOf(e: MathExpr, known: ReadonlyMap<string, MathValue>): MathValue | undefined {
  const effort: Effort = { left: EFFORT };
  const meaning: Meaning = { symbol: (name) => known.get(name), applied: () => undefined };
  return evaluateMath(e, meaning, effort);
}

/** What a document says of its letters where a chain stands. */
export interface Known {
  readonly values: ReadonlyMap<string, MathValue>;
  /** What letters and functions are said to be, where that is a formula. */
  readonly formulas: Formulas;
  /** The shapes that are declared. */
  readonly shapes: MatrixShapes;
}

/** Decides the step between two neighbours of a chain, in each way in which its notation may be meant: right if it is so in one of them. */
export function decideStep(chain: Chain, at: number, known: Known): StepAnswer {
  let wrong: StepAnswer | undefined;
  const mayCall = isCallUnclear(chain, known);
  let isAmbiguous = mayCall;
  const isApplied =
    (isCalled: boolean) =>
    (name: string): boolean =>
      isCalled || known.formulas.functions.has(name.replace(/′$/, ""));
  for (const isCalled of mayCall ? [false, true] : [false])
    for (const log of ["ln", "log2", "log10"]) {
      const reading = { ...plainReading(chain.isLatex, isApplied(isCalled)), log };
      const links = chain.links.map((link) => readLink(link, reading));
      const answer = decideLinks(chain, links, at, known);
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

/** Whether all numbers of a chain are noughts and ones, so that they may be binary. */
function mayBeBinary({ links }: Chain): boolean {
  const numbers = links.flatMap((l) => l.tokens.filter((t) => t.kind === "number").map((t) => t.text));
  return numbers.every((n) => /^[01]+$/.test(n)) && numbers.some((n) => n.length > 1);
}

/** Whether a letter stands before a bracket of which nothing says that it is a factor: it may be a function of which nothing is known. */
function isCallUnclear({ links }: Chain, known: Known): boolean {
  const isLetter = (t: Token): boolean => t.kind === "word" && !isFunction(t.text) && t.text !== "log";
  const isCalled = (t: Token, next: Token | undefined): boolean => isLetter(t) && next?.text === "(";
  const names = links.flatMap((l) => l.tokens.filter((t, i) => isCalled(t, l.tokens[i + 1])).map((t) => t.text));
  const isFactor = (name: string): boolean =>
    known.values.has(name) ||
    known.formulas.functions.has(name) ||
    links.some((l) => l.tokens.some((t, i) => t.text === name && l.tokens[i + 1]?.text !== "("));
  return names.some((name) => !isFactor(name));
}

function decideLinks(
  chain: Chain,
  links: readonly (MathExpr | undefined)[],
  at: number,
  { values, formulas, shapes }: Known,
): StepAnswer {
  const [left, right, relation = "="] = [links[at], links[at + 1], chain.relations[at]];
  if (!left || !right) return UNCLEAR;
  if (hasMatrix(left, shapes) || hasMatrix(right, shapes))
    return relation === "=" ? decideMatrices(left, right, at, shapes) : UNCLEAR;
  const [a, b] = [numbersOf(left, values), numbersOf(right, values)];
  if (a !== undefined && b !== undefined) {
    const hasLetters = freeSymbols(left).size + freeSymbols(right).size > 0;
    const answer = decideValues(a, left, b, right, relation);
    if (answer.verdict !== "wrong") return answer;
    // A number that was rounded before may be written with more digits again.
    for (const [i, link] of links.slice(0, at).entries()) {
      const before = link && chain.relations[i] !== "<" ? numbersOf(link, values) : undefined;
      const again = before === undefined || !link ? undefined : decideValues(before, link, b, right, relation);
      if (again && again.verdict !== "wrong") return again;
    }
    if (hasLetters && (at === 0 || compareExpressions(left, right).isIdentity)) return UNCLEAR;
    return answer;
  }
  return relation === "=" || relation === "≡" ? decideIdentity(left, right, at, formulas) : UNCLEAR;
}

/** Whether the matrices of two sides fit together, and whether the sides are one for all matrices of the declared shapes. */
function decideMatrices(left: MathExpr, right: MathExpr, at: number, shapes: MatrixShapes): StepAnswer {
  const units = new Map<string, MatrixShape>();
  const [a, b] = [conformityOf(left, shapes, units), conformityOf(right, shapes, units)];
  for (const side of [a, b])
    if (side.kind === "misfit") return { verdict: "wrong", misfit: side.misfit, how: "matrices" };
  if (a.kind !== "fits" || b.kind !== "fits" || a.isUnit || b.isUnit) return UNCLEAR;
  if (a.shape && b.shape && !(isSameSize(a.shape.rows, b.shape.rows) && isSameSize(a.shape.columns, b.shape.columns)))
    return { verdict: "wrong", shapes: [a.shape, b.shape], how: "matrices" };
  const { isIdentity, counterexample } = compareExpressions(a.expr, b.expr, new Map(), new Map([...shapes, ...units]));
  if (isIdentity) return { verdict: "right", how: "identity" };
  const isClear = isIdentity === false && counterexample && a.shape && b.shape;
  return isClear && at > 0 && hasSameLetters(left, right)
    ? { verdict: "wrong", counterexample, how: "matrices" }
    : UNCLEAR;
}

/** What does not fit in an expression of declared matrices. */
export function misfitIn(e: MathExpr, shapes: MatrixShapes): Misfit | undefined {
  const found = hasMatrix(e, shapes) ? conformityOf(e, shapes, new Map()) : undefined;
  return found?.kind === "misfit" ? found.misfit : undefined;
}

/** Parts of both sides of an equation that are enough for an identity to be meant. */
const LONG_ENOUGH = 8;

const nodesIn = (e: MathExpr): number => countParts(e) + (e.kind === "derivative" ? LONG_ENOUGH : 0);

/** Shapes for letters that must be matrices, since one is transposed: capitals are square, what is transposed and small is a column. */
function squareMatrices(left: MathExpr, right: MathExpr): MatrixShapes {
  const parts = [...allWithin(left), ...allWithin(right)];
  const shapes = new Map<string, MatrixShape>();
  if (!parts.some((p) => p.kind === "transpose")) return shapes;
  const size = (name: string): MathExpr => ({ kind: "symbol", name, from: left.from, to: left.to });
  const one: MathExpr = { kind: "number", text: "1", from: left.from, to: left.to };
  const column = (e: MathExpr): boolean => e.kind === "symbol" && /^\p{Ll}/u.test(e.name);
  for (const p of parts) {
    if (p.kind === "symbol" && /^\p{Lu}/u.test(p.name) && p.name !== "I")
      shapes.set(p.name, { rows: size("#"), columns: size("#") });
    if (p.kind === "transpose" && p.of.kind === "symbol" && column(p.of))
      shapes.set(p.of.name, { rows: size("#"), columns: one });
  }
  return shapes;
}

/** Whether two sides of capitals alone are one for numbers, but not for matrices: `AB = BA`. */
function mayBeMatrices(left: MathExpr, right: MathExpr): boolean {
  const letters = [...freeSymbols(left), ...freeSymbols(right)];
  if (letters.length < 2 || !letters.every((name) => /^\p{Lu}/u.test(name))) return false;
  const size: MathExpr = { kind: "symbol", name: "#", from: left.from, to: left.to };
  const shapes = new Map(letters.map((name) => [name, { rows: size, columns: size }]));
  const [a, b] = [conformityOf(left, shapes, new Map()), conformityOf(right, shapes, new Map())];
  return (
    a.kind === "fits" && b.kind === "fits" && compareExpressions(a.expr, b.expr, new Map(), shapes).isIdentity === false
  );
}

/** Decides for matrices of shapes that nobody has said: right where it holds for them, wrong only where it holds for no numbers, either. */
function decideAssumed(left: MathExpr, right: MathExpr, at: number, shapes: MatrixShapes): StepAnswer {
  const answer = decideMatrices(left, right, at, shapes);
  if (answer.verdict === "right") return answer;
  const { isIdentity, counterexample } = compareExpressions(left, right);
  if (isIdentity !== false || !counterexample) return UNCLEAR;
  const repair = nearestRight(left, right) ?? nearestRight(right, left);
  return repair?.mistake === "sign" || repair?.mistake === "factor"
    ? { verdict: "wrong", counterexample, repair, how: "identity" }
    : UNCLEAR;
}

function hasSameLetters(left: MathExpr, right: MathExpr): boolean {
  const [a, b] = [freeSymbols(left), freeSymbols(right)];
  return a.size > 0 && a.size === b.size && [...a].every((name) => b.has(name));
}

function decideValues(a: MathValue, left: MathExpr, b: MathValue, right: MathExpr, relation: string): StepAnswer {
  const values = [a, b] as const;
  if (relation === "=" || relation === "≈" || relation === "≡") {
    const one = compareWritten(a, right, b, relation);
    const isOtherWay = one.verdict === "wrong" && lastDigit(left) !== undefined;
    const other = isOtherWay ? compareWritten(b, left, a, relation) : one;
    // Two numbers side by side are no calculation that could be wrong.
    if (other.verdict === "wrong" && isOtherWay && lastDigit(right) !== undefined) return UNCLEAR;
    const number = other.verdict === "wrong" && !isMatrix(a) ? writtenAs(a, right) : undefined;
    return {
      ...(other.verdict === "wrong" ? one : other),
      values,
      how: "numbers",
      ...(number === undefined ? {} : { rightNumber: number }),
    };
  }
  if (isMatrix(a) || isMatrix(b)) return UNCLEAR;
  const holds = ordered(a, b, relation);
  // A proof may say of two numbers what is absurd.
  if (holds === false && lastDigit(left) !== undefined && lastDigit(right) !== undefined) return UNCLEAR;
  return holds === undefined ? UNCLEAR : { verdict: holds ? "right" : "wrong", values, how: "numbers" };
}

function ordered(a: Scalar, b: Scalar, relation: string): boolean | undefined {
  switch (relation) {
    case "<":
      return isBelow(a, b);
    case ">":
      return isBelow(b, a);
    case "≤":
      return isBelow(a, b) || isSameNumber(a, b);
    case "≥":
      return isBelow(b, a) || isSameNumber(a, b);
    case "≠":
      return !isSameNumber(a, b);
    default:
      return undefined;
  }
}

/**
 * Whether two formulas are one for all their letters. An equation that is none may be one to be solved: it is wrong only where it goes on
 * from a formula of the same letters, or where one small change makes an identity of it.
 */
function decideIdentity(left: MathExpr, right: MathExpr, at: number, formulas: Formulas): StepAnswer {
  const assumed = squareMatrices(left, right);
  if (assumed.size > 0) return decideAssumed(left, right, at, assumed);
  if (compareExpressions(left, right).isIdentity)
    return mayBeMatrices(left, right) ? UNCLEAR : { verdict: "right", how: "identity" };
  const [a, b] = [spelledOut(left, formulas), spelledOut(right, formulas)];
  const { isIdentity, counterexample } = compareExpressions(a, b);
  if (isIdentity) return { verdict: "right", how: "identity" };
  if (isIdentity === undefined || !counterexample) return UNCLEAR;
  const spelled = (e: MathExpr): MathExpr => spelledOut(e, formulas);
  const repair = nearestRight(a, right, spelled) ?? nearestRight(b, left, spelled);
  // `x² = x` is an equation to be solved, though it is an identity but for one small change.
  const isLong = nodesIn(left) + nodesIn(right) >= LONG_ENOUGH;
  const isMeant = (repair !== undefined && (at > 0 || isLong)) || (at > 0 && hasSameLetters(a, b));
  return isMeant ? { verdict: "wrong", counterexample, how: "identity", ...(repair ? { repair } : {}) } : UNCLEAR;
}
