import { type Scalar, whole } from "./scalar.js";

/** Factorials of larger numbers are not computed. */
const MOST = 300n;

/** n!; undefined for what is no whole number from 0 to 300. */
export function factorialOf(n: Scalar): Scalar | undefined {
  if (typeof n === "number" || n.d !== 1n || n.n < 0n || n.n > MOST) return undefined;
  let product = 1n;
  for (let i = 2n; i <= n.n; i++) product *= i;
  return whole(product);
}
