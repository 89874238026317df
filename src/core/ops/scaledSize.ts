import { type Dim, exactValue, floor, multiply } from "../dims/dim.js";

const asFloat = (value: Dim): number | undefined => {
  const exact = exactValue(value);
  return exact && Number(exact.n) / Number(exact.d);
};

/** ⌊size·factor⌋ as PyTorch computes it, in floating point where both are numbers: 100·0.29 is 28.999…, so 28. */
export function scaledSize(size: Dim, factor: Dim): Dim {
  const [a, b] = [asFloat(size), asFloat(factor)];
  return a === undefined || b === undefined ? floor(multiply(size, factor)) : Math.floor(a * b);
}
