import { rational } from "../../core/dims/rational.js";

/** The exact value of sum/divisor for two integers, as `7/4`, `−2` or `−∞`. */
export function fractionText(sum: number, divisor: number): string {
  if (!Number.isFinite(sum)) return sum < 0 ? "−∞" : "∞";
  if (divisor === 1) return sum < 0 ? `−${-sum}` : String(sum);
  const { n, d } = rational(BigInt(sum), BigInt(divisor));
  const text = d === 1n ? `${n}` : `${n}/${d}`;
  return text.replace("-", "−");
}
