import { MAX_LENGTH } from "./literals.js";
import { int, type PyValue } from "./values.js";

type Range = Extract<PyValue, { kind: "range" }>;

/** How many numbers a range has. */
export const lengthOfRange = ({ start, stop, step }: Range): number => Math.max(0, Math.ceil((stop - start) / step));

/** A range as a value; undefined where its numbers are too large to count exactly. */
export function rangeOf(start: number, stop: number, step: number): Range | undefined {
  const isExact = [start, stop, step, stop - start].every(Number.isSafeInteger);
  return isExact && step !== 0 ? { kind: "range", start, stop, step } : undefined;
}

/** The numbers of a range; undefined where they are too many. */
export function numbersOf(range: Range): readonly PyValue[] | undefined {
  const count = lengthOfRange(range);
  return count > MAX_LENGTH ? undefined : Array.from({ length: count }, (_, i) => int(range.start + i * range.step));
}
