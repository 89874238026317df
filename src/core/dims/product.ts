import { type Dim, multiply } from "./dim.js";

/** Terms of a product that are carried along. */
const MAX_TERMS = 256;

/** The product of some sizes; unknown where one of them is, or where it has too many terms. */
export const productOf = (sizes: readonly (Dim | undefined)[]): Dim | undefined =>
  sizes.reduce<Dim | undefined>((all, one) => {
    const made = all === undefined || one === undefined ? undefined : multiply(all, one);
    return typeof made === "object" && made.terms.length > MAX_TERMS ? undefined : made;
  }, 1);
