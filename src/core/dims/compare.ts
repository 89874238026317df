import { type Dim, subtract } from "./dim.js";
import { signOf } from "./sign.js";

/** Yes, no, or undefined where it depends on the symbols' values. */
export type Known = boolean | undefined;

/** Whether two sizes are the same polynomial, which most that are compared are. */
const isOnePoly = (a: Dim, b: Dim): boolean => typeof a !== "number" && typeof b !== "number" && a.key === b.key;

/** Whether a = b for every value of the symbols (true), for none (false), or for some (undefined). */
export function equal(a: Dim, b: Dim): Known {
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (isOnePoly(a, b)) return true;
  const sign = signOf(subtract(a, b));
  return sign === undefined ? undefined : sign === 0;
}

/** Whether a and b are one and the same expression. */
export const same = (a: Dim, b: Dim): boolean => equal(a, b) === true;

/** Whether a < b. */
export function less(a: Dim, b: Dim): Known {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (isOnePoly(a, b)) return false;
  const sign = signOf(subtract(a, b));
  return sign === undefined ? undefined : sign < 0;
}
