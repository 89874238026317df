import { binary, numberAt } from "../../core/math/compound.js";
import {
  allWithin,
  countParts,
  freeSymbols,
  hasSameSymbols,
  type MathExpr,
  replaced,
} from "../../core/math/expression.js";
import { dependsOnIndex } from "../../core/math/families.js";
import { compareExpressions, type IdentityAnswer } from "../../core/math/identity.js";
import { UNIT } from "../../core/math/matrixShape.js";
import { hasMoment, hasOpenMoment } from "../../core/math/moments.js";
import { nearestRight } from "../../core/math/nearMiss.js";
import { type Formulas, isKnownFunction, spelledOut } from "../../core/math/spelledOut.js";
import type { Made } from "../../core/math/upstream.js";
import { decideAssumed, LONG_ENOUGH, mayBeMatrices, squareMatrices } from "./decideMatrices.js";
import type { Known } from "./decideStep.js";
import { isItsDerivative } from "./derivedNext.js";
import { areTakenApart } from "./misapplied.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** Whether a derivative is in an expression. */
export const hasDerivative = (e: MathExpr): boolean => [...allWithin(e)].some((x) => x.kind === "derivative");

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

/** Letters for any number, which may be below 0 and between whole ones. */
const IS_ANY = /^[a-cfgt-z](?:_\w+)?$/;

/** Whether functions in pieces are the same on both sides where letters are below 0, and between whole numbers: `|x| = x` holds for some. */
function holdsBelow(left: MathExpr, right: MathExpr): boolean {
  const letters = [...new Set([...freeSymbols(left), ...freeSymbols(right)])];
  const movable = letters.filter((name) => IS_ANY.test(name));
  if (movable.length === 0) return true;
  const parts = [...allWithin(left), ...allWithin(right)];
  const isRounded = (e: MathExpr): boolean => e.kind === "call" && /^(?:floor|ceil)$/.test(e.name);
  const isRoot = (e: MathExpr): boolean => e.kind === "call" && e.name === "sqrt";
  const moved = (to: (x: MathExpr) => MathExpr, names: readonly string[]): boolean => {
    const put = (e: MathExpr): MathExpr =>
      replaced(e, (x) => (x.kind === "symbol" && names.includes(x.name) ? to(x) : undefined));
    return compareExpressions(put(left), put(right)).isIdentity !== false;
  };
  if (parts.some(isRounded))
    return movable.length < letters.length || moved((x) => binary("*", x, numberAt("0.7", x)), movable);
  if (!parts.some((e) => isInPieces(e) || isRoot(e))) return true;
  const negated = (x: MathExpr): MathExpr => ({ kind: "negate", of: x, from: x.from, to: x.to });
  return moved(negated, movable) && (movable.length === 1 || moved(negated, movable.slice(0, 1)));
}

/** Whether two sides are one where I is a unit matrix, or where the entries of a sequence add up to 1. */
function mayHoldOtherwise(left: MathExpr, right: MathExpr): boolean {
  const parts = [...allWithin(left), ...allWithin(right)];
  const isUnit = (e: MathExpr): boolean => e.kind === "symbol" && e.name === UNIT;
  const hasUnit = parts.some(isUnit) && parts.some((e) => e.kind === "symbol" && /^\p{Lu}/u.test(e.name) && !isUnit(e));
  // `Σ y_i` of a distribution
  const isWhole = (e: MathExpr): boolean =>
    e.kind === "series" &&
    e.what === "sum" &&
    (e.body.kind === "indexed" || e.body.kind === "symbol") &&
    dependsOnIndex(e.body, e.index);
  return [hasUnit ? isUnit : undefined, parts.some(isWhole) ? isWhole : undefined].some((isOne) => {
    const asOne = (e: MathExpr): MathExpr => replaced(e, (x) => (isOne?.(x) ? numberAt("1", x) : undefined));
    return isOne !== undefined && compareExpressions(asOne(left), asOne(right)).isIdentity === true;
  });
}

const nodesIn = (e: MathExpr): number => countParts(e) + (e.kind === "derivative" ? LONG_ENOUGH : 0);

/** What the words around a formula say of its letters. */
type Said = "isCentred" | "isIndependent" | "isOfMatrices" | "derivedNext";

/**
 * Whether two formulas are one for all their letters. An equation that is none may be one to be solved: it is wrong only where it goes on
 * from a formula of the same letters, or where one small change makes an identity of it.
 */
export function decideIdentity(
  left: MathExpr,
  right: MathExpr,
  at: number,
  { formulas, made, isCentred, isIndependent, isOfMatrices, derivedNext }: Pick<Known, "formulas" | "made" | Said>,
): StepAnswer {
  const assumed = squareMatrices(left, right, isOfMatrices);
  if (assumed.size > 0) {
    const answer = decideAssumed(left, right, at, assumed);
    if (answer.verdict === "right" || formulas.letters.size === 0) return answer;
    // Letters may stand for the matrices that the document says.
    const [x, y] = [spelledOut(left, formulas), spelledOut(right, formulas)];
    const spelled = decideAssumed(x, y, at, squareMatrices(x, y, isOfMatrices));
    return spelled.verdict === "right" ? spelled : answer;
  }
  // What holds for independent letters alone is not so where nobody says that they are.
  const isOfTied = (x: MathExpr, y: MathExpr): boolean =>
    isIndependent || !(hasMoment(x) || hasMoment(y)) || compareExpressions(x, y, { areTied: true }).isIdentity === true;
  if (compareExpressions(left, right).isIdentity)
    return mayBeMatrices(left, right) || !isOfTied(left, right) || !holdsBelow(left, right)
      ? UNCLEAR
      : { verdict: "right", how: "identity" };
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
  if (isIdentity) return isOfTied(a, b) && holdsBelow(a, b) ? { verdict: "right", how: "identity" } : UNCLEAR;
  if (isIdentity === undefined || !counterexample || hasOpenMoment(a) || hasOpenMoment(b)) return UNCLEAR;
  if (mayHoldOtherwise(a, b)) return UNCLEAR;
  // `f'(x) = 2x − 2 = 0` asks where it is so.
  if ([left, right].some((e) => e.kind === "number" && Number(e.text) === 0)) return UNCLEAR;
  // On the other side of 0 the slope of a function in pieces is another number.
  if (hasDerivative(a) && freeSymbols(b).size === 0 && [...allWithin(a)].some(isInPieces)) return UNCLEAR;
  const spelled = (e: MathExpr): MathExpr => spelledOut(e, formulas);
  const is = (x: MathExpr, y: MathExpr): boolean => compareExpressions(x, spelled(y), context).isIdentity === true;
  const repair = nearestRight(a, right, (e) => is(a, e)) ?? nearestRight(b, left, (e) => is(b, e));
  // What ends in a letter that is new names what came out: `… = Hy`.
  if (repair?.mistake === "factor" && at > 0 && [...freeSymbols(b)].some((name) => !freeSymbols(a).has(name)))
    return UNCLEAR;
  // `x² = x` is an equation to be solved, though it is an identity but for one small change.
  const isLong = nodesIn(left) + nodesIn(right) >= LONG_ENOUGH;
  const isDerived = derivedNext !== undefined && isItsDerivative(derivedNext, made, left, right);
  const isMeant =
    isDerived ||
    (repair !== undefined && (at > 0 || isLong)) ||
    (at > 0 && hasSameSymbols(a, b)) ||
    areTakenApart(left, right);
  return isMeant ? { verdict: "wrong", counterexample, how: "identity", ...(repair ? { repair } : {}) } : UNCLEAR;
}
