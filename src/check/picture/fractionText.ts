import { rational } from "../../core/dims/rational.js";

/** A whole number. */
export const wholeText = (value: number): string => fractionText(value, 1);

/** The exact value of sum/divisor for two integers, as `7/4`, `−2` or `−∞`. */
export function fractionText(sum: number, divisor: number): string {
  if (!Number.isFinite(sum)) return sum < 0 ? "−∞" : "∞";
  if (divisor === 1) return sum < 0 ? `−${-sum}` : String(sum);
  const { n, d } = rational(BigInt(sum), BigInt(divisor));
  const text = d === 1n ? `${n}` : `${n}/${d}`;
  return text.replace("-", "−");
}

/** The largest denominator of a decimal that is written as a fraction. */
const LARGEST_BELOW = 99;

/** A number as the fraction that it is; undefined where that is no small one. */
export function smallFraction(value: number): string | undefined {
  for (let below = 1; below <= LARGEST_BELOW; below++) {
    const above = Math.round(value * below);
    if (Math.abs(value * below - above) < 1e-9) return fractionText(above, below);
  }
  return undefined;
}
