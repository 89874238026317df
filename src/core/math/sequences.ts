import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import type { MathExpr } from "./expression.js";
import { floored, isBelow, minus, plus, type Scalar, times, toFloat, whole } from "./scalar.js";
import { isMatrix } from "./value.js";

/** What a sequence is for the indices from `first` to `last`, where these are given; everywhere else it is 0. */
export interface Piece {
  readonly index: string;
  readonly body: MathExpr;
  readonly first?: MathExpr;
  readonly last?: MathExpr;
}

/** The sequences of a document by name. */
export type Sequences = ReadonlyMap<string, readonly Piece[]>;

/** Terms of a convolution that are added up. */
const MAX_TERMS = 400;

/** The mark behind the name of what stands with an index in square brackets. */
export const SEQUENCE = "[]";

/** The value of a sequence at an index; `at` are the values of the other letters. Undefined where it is not known. */
export function valueAt(
  name: string,
  index: Scalar,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Scalar | undefined {
  const pieces = sequences.get(name);
  if (!pieces)
    return name === "u"
      ? whole(isBelow(index, whole(0)) ? 0 : 1)
      : name === "δ"
        ? whole(toFloat(index) === 0 ? 1 : 0)
        : undefined;
  for (const { index: letter, body, first, last } of pieces) {
    const inside = new Map(at).set(letter, index);
    const bound = (e: MathExpr | undefined): Scalar | undefined => e && numberOf(e, sequences, inside, effort);
    const [low, high] = [bound(first), bound(last)];
    if ((first && low === undefined) || (last && high === undefined)) return undefined;
    if ((low !== undefined && isBelow(index, low)) || (high !== undefined && isBelow(high, index))) continue;
    return numberOf(body, sequences, inside, effort);
  }
  return whole(0);
}

/** A number that may have entries of sequences in it. */
export function numberOf(
  e: MathExpr,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Scalar | undefined {
  const meaning: Meaning = {
    symbol: (name) => at.get(name),
    applied: (name, [n]) =>
      name.endsWith(SEQUENCE) && n !== undefined && !isMatrix(n)
        ? valueAt(name.slice(0, -SEQUENCE.length), n, sequences, at, effort)
        : undefined,
  };
  const value = evaluateMath(e, meaning, effort);
  return value === undefined || isMatrix(value) ? undefined : value;
}

/** The convolution of two sequences at an index, each shifted to the right; the first one must end on both sides. */
export function convolvedAt(
  [first, second]: readonly [
    { readonly name: string; readonly shift: number },
    { readonly name: string; readonly shift: number },
  ],
  index: Scalar,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Scalar | undefined {
  const support = supportOf(first.name, sequences, at, effort);
  if (!support)
    return supportOf(second.name, sequences, at, effort)
      ? convolvedAt([second, first], index, sequences, at, effort)
      : undefined;
  let sum: Scalar = whole(0);
  const offset = plus(index, whole(-first.shift - second.shift));
  for (let k = support[0]; k <= support[1]; k++) {
    const x = valueAt(first.name, whole(k), sequences, at, effort);
    const h = valueAt(second.name, plus(offset, minus(whole(k))), sequences, at, effort);
    if (x === undefined || h === undefined) return undefined;
    sum = plus(sum, times(x, h));
  }
  return sum;
}

/** Where a sequence begins and ends; undefined where it does not, or where that is not known. */
function supportOf(
  name: string,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): readonly [number, number] | undefined {
  const pieces = sequences.get(name);
  if (!pieces) return undefined;
  let support: [number, number] | undefined;
  for (const { first, last } of pieces) {
    const [low, high] = [first, last].map((e) => (e ? numberOf(e, sequences, at, effort) : undefined));
    const [from, to] = [low, high].map((x) => (x === undefined ? undefined : floored(x)));
    if (from === undefined || to === undefined) return undefined;
    const [a, b] = [toFloat(from), toFloat(to)];
    support = support ? [Math.min(support[0], a), Math.max(support[1], b)] : [a, b];
  }
  return support && support[1] - support[0] <= MAX_TERMS ? support : undefined;
}
