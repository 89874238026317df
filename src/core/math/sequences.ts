import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import type { MathExpr } from "./expression.js";
import { isBelow, type Scalar, toFloat, whole } from "./scalar.js";
import { isMatrix } from "./value.js";

/** What a sequence is for the indices from `first` to `last`, where these are given; everywhere else it is 0. */
export interface Piece {
  readonly index: string;
  readonly body: MathExpr;
  readonly first?: MathExpr;
  readonly last?: MathExpr;
}

/** The sequences of a document by name; undefined is one that is not understood. */
export type Sequences = ReadonlyMap<string, readonly Piece[] | undefined>;

/** The mark behind the name of what stands with an index in square brackets. */
export const SEQUENCE = "[]";

/** The unit step, from index 0 on 1. */
export const STEP = "u";

/** The unit impulse, 1 at index 0. */
export const IMPULSE = "δ";

/** The value of a sequence at an index; `at` are the values of the other letters. Undefined where it is not known. */
export function valueAt(
  name: string,
  index: Scalar,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Scalar | undefined {
  const pieces = sequences.get(name);
  if (!pieces) {
    if (sequences.has(name)) return undefined;
    return name === STEP
      ? whole(isBelow(index, whole(0)) ? 0 : 1)
      : name === IMPULSE
        ? whole(toFloat(index) === 0 ? 1 : 0)
        : undefined;
  }
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
