import type { MathExpr } from "../../core/math/expression.js";
import { isSameValue, type MathValue } from "../../core/math/value.js";
import { numbersOf } from "./numbersOf.js";

/** The values of letters, by their names. */
interface LetterValues {
  readonly values: Map<string, MathValue>;
  /** What they were before they were rounded. */
  readonly unrounded: Map<string, MathValue>;
  /** Those of which the formula that gave them is not read. */
  readonly unread: Map<string, MathValue>;
}

/** Keeps the last value of a chain under a name, and the one that was rounded to it; undefined where the chain has none. */
export function keepValue(
  { values, unrounded, unread }: LetterValues,
  name: string,
  links: readonly (MathExpr | undefined)[],
): MathValue | undefined {
  const value = links.map((e) => e && numbersOf(e, values)).findLast((v) => v !== undefined);
  unrounded.delete(name);
  unread.delete(name);
  if (value === undefined) return undefined;
  const [first] = links.map((e) => e && numbersOf(e, new Map([...values, ...unrounded])));
  values.set(name, value);
  if (first === undefined) unread.set(name, value);
  else if (!isSameValue(first, value)) unrounded.set(name, first);
  return value;
}
