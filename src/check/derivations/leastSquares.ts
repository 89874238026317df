import { leastNorm } from "../../core/math/solve.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import type { Given } from "../quantities/given.js";

const SOLUTION = /(?:least|minim\w+|smallest)[- ](?:squares|norm)|pseudo-?inverse|normal equation/i;

/** The same right before the name that it is given for. */
const IS_GIVEN = new RegExp(`(?:${SOLUTION.source})s?(?: solution)?s?[\\s:]*(?:is|are|gives?|yields?)?[\\s:]*$`, "i");

/** Words with which another solution may be meant. */
const OTHER =
  /ridge|regulari|penal|dropout|weighted|intercept|bias|offset|cent(?:er|re)|lambda|λ|noise|descent|iterat|start|guess/i;

/**
 * The shortest least-squares solution for X and y, or for x as the only row, where the text around a name of weights speaks of one;
 * `isSure` where no other one can be meant.
 */
export function leastSquares(
  name: string,
  values: ReadonlyMap<string, MathValue>,
  { before, paragraph }: Given,
): { readonly value: MathValue; readonly isSure: boolean } | undefined {
  const [x = values.get("x"), y] = [values.get("X"), values.get("y")];
  if (!/^[wβθ]/.test(name) || !SOLUTION.test(paragraph) || x === undefined || y === undefined || !isMatrix(x))
    return undefined;
  const rows = values.has("X") ? x.rows : [x.rows.flat()];
  const targets = isMatrix(y) ? y.rows.flat() : rows.map(() => y);
  const value = targets.length === rows.length ? leastNorm({ rows }, { rows: targets.map((t) => [t]) }) : undefined;
  return value === undefined ? undefined : { value, isSure: IS_GIVEN.test(before) && !OTHER.test(paragraph) };
}
