import { freeSymbols, type MathExpr } from "../../core/math/expression.js";

/** Letters that are named; of more it is said that there are more. */
const MAX_LETTERS = 3;

/** Letters that stand for one number everywhere. */
const CONSTANT = /^(?:π|e|∞)$/;

/** `x`, `x and y`, `x, y and z`, `x, y and others`. */
function listed(names: readonly string[]): string {
  const last = names.length > MAX_LETTERS ? "others" : names.at(-1);
  const first = names.slice(0, names.length > MAX_LETTERS ? MAX_LETTERS - 1 : -1);
  return first.length > 0 ? `${first.join(", ")} and ${last}` : `${last}`;
}

/** Why nothing is said of a step with units behind its numbers. */
export const UNCLEAR_UNITS = "Whether this holds depends on what its units stand for and how it was rounded.";

/** Why nothing is said of a first step that does not hold for the numbers before it. */
export const MAY_BE_SOLVED = "This may be an equation to be solved, or one of other numbers than those above.";

/** Why nothing is said of a step: a side of it that is not read, or letters of which it is not known what they are. */
export function unclearReason(
  left: MathExpr | undefined,
  right: MathExpr | undefined,
  isKnown: (name: string) => boolean,
): string {
  if (!left && !right) return "Neither side of this step is understood.";
  if (!left || !right) return `The ${left ? "right" : "left"} side of this step is not understood.`;
  const names = [...new Set([...freeSymbols(left), ...freeSymbols(right)])];
  // Of names with longer indices nobody asks.
  const open = names.filter((name) => !isKnown(name) && !CONSTANT.test(name) && /^\p{L}\w*(?:_\w+)?$/u.test(name));
  return open.length > 0
    ? `Whether this holds depends on what ${listed(open)} ${open.length > 1 ? "stand" : "stands"} for.`
    : "Whether this holds cannot be told for certain.";
}
