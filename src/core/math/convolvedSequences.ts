import type { Effort } from "./evaluateMath.js";
import { plus, type Scalar, times, toFloat, whole } from "./scalar.js";
import { supportOf } from "./sequenceSupport.js";
import { type Sequences, valueAt } from "./sequences.js";

/** A sequence and how far it is shifted to the right. */
export interface ShiftedSequence {
  readonly name: string;
  readonly shift: number;
}

/** Two sequences that are convolved. */
export type SequencePair = readonly [ShiftedSequence, ShiftedSequence];

/** Terms of a convolution that are added up. */
const MAX_TERMS = 400;

/** The convolution of two sequences at an index; undefined where it is a sum without end, or not known. */
export function convolvedAt(
  [first, second]: SequencePair,
  index: Scalar,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Scalar | undefined {
  const [x, h] = [first, second].map(({ name }) => supportOf(name, sequences, at, effort));
  const offset = toFloat(index) - first.shift - second.shift;
  if (!x || !h || !Number.isInteger(offset)) return undefined;
  const [from, to] = [Math.max(x[0], offset - h[1]), Math.min(x[1], offset - h[0])];
  let sum: Scalar = whole(0);
  if (from > to) return sum;
  if (!(to - from < MAX_TERMS)) return undefined;
  for (let k = from; k <= to; k++) {
    const a = valueAt(first.name, whole(k), sequences, at, effort);
    const b = valueAt(second.name, whole(offset - k), sequences, at, effort);
    if (a === undefined || b === undefined) return undefined;
    sum = plus(sum, times(a, b));
  }
  return sum;
}

/** The product of two sequences entry by entry, which is written with the same sign by some. */
export function multipliedAt(
  pair: SequencePair,
  index: Scalar,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Scalar | undefined {
  const [a, b] = pair.map(({ name, shift }) => valueAt(name, plus(index, whole(-shift)), sequences, at, effort));
  return a === undefined || b === undefined ? undefined : times(a, b);
}
