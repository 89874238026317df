/** An exact fraction; its denominator is positive. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** How many binary digits a number has. */
export const bitLength = (n: bigint): number => {
  const hex = (n < 0n ? -n : n).toString(16);
  return n === 0n ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? "0", 16)));
};

/** The exact value of a finite float. */
export function exactFloat(x: number): Fraction {
  if (Number.isSafeInteger(x)) return { n: BigInt(x), d: 1n };
  let power = 0;
  let mantissa = x;
  // Below the normal floats a step of 2⁻¹⁰⁷⁴ remains, so that 1100 doublings always end.
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    power++;
  }
  return { n: BigInt(mantissa), d: 1n << BigInt(power) };
}

/** Digits of a quotient that decide its nearest float. */
const DIGITS = 66;

/** The float nearest to n/d, half to even; infinite where it is too large, undefined where it is below the normal floats. */
export function nearestFloat({ n, d }: Fraction): number | undefined {
  if (n === 0n) return 0;
  const shift = DIGITS - (bitLength(n) - bitLength(d));
  const [top, bottom] = shift >= 0 ? [n << BigInt(shift), d] : [n, d << BigInt(-shift)];
  const isNegative = top < 0n;
  const size = isNegative ? -top : top;
  const quotient = size / bottom;
  const sticky = quotient * bottom === size ? quotient : quotient | 1n;
  const value = Number(sticky) * 2 ** -Math.ceil(shift / 2) * 2 ** -Math.floor(shift / 2);
  if (value < 2 ** -1021) return undefined;
  return isNegative ? -value : value;
}

/** A fraction rounded to a whole number, half to even. */
export function roundHalfEven({ n, d }: Fraction): bigint {
  const isNegative = n < 0n;
  const size = isNegative ? -n : n;
  const low = size / d;
  const twice = 2n * (size - low * d);
  const rounded = twice > d || (twice === d && low % 2n === 1n) ? low + 1n : low;
  return isNegative ? -rounded : rounded;
}

/** A float rounded to a number of decimals, as `round` does it. */
export function roundFloat(x: number, digits: number): number | undefined {
  if (!Number.isFinite(x) || x === 0 || digits > 330) return x;
  if (digits < -330) return x < 0 ? -0 : 0;
  const { n, d } = exactFloat(x);
  const scale = 10n ** BigInt(Math.abs(digits));
  const whole = roundHalfEven(digits >= 0 ? { n: n * scale, d } : { n, d: d * scale });
  const value = nearestFloat(digits >= 0 ? { n: whole, d: scale } : { n: whole * scale, d: 1n });
  return value === 0 && x < 0 ? -0 : value;
}

/** The digits of a positive float, rounded half to even to so many of them, and the power of ten of the first. */
export function significantDigits(x: number, count: number): { readonly digits: string; readonly exponent: number } {
  const { n, d } = exactFloat(x);
  let exponent = Math.floor(Math.log10(x));
  for (;;) {
    const shift = count - 1 - exponent;
    const whole = roundHalfEven(
      shift >= 0 ? { n: n * 10n ** BigInt(shift), d } : { n, d: d * 10n ** BigInt(-shift) },
    ).toString();
    if (whole.length === count) return { digits: whole, exponent };
    // The logarithm may be off by one, and rounding may carry into one more digit.
    exponent += whole.length > count ? 1 : -1;
  }
}

/** A float with a fixed number of decimals. */
export function fixedDecimals(x: number, decimals: number): string {
  const { n, d } = exactFloat(Math.abs(x));
  const digits = roundHalfEven({ n: n * 10n ** BigInt(decimals), d })
    .toString()
    .padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** An exponent as Python writes it: a sign and at least two digits. */
export const exponentText = (exponent: number): string =>
  `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;

/** A float as Python prints it: the shortest digits that read back as it. */
export function floatText(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const size = Math.abs(x);
  if (size === 0) return `${sign}0.0`;
  const [mantissa = "", power = "0"] = size.toExponential().split("e");
  const exponent = Number(power);
  const digits = mantissa.replace(".", "");
  if (exponent < -4 || exponent >= 16)
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}${exponentText(exponent)}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || "0"}`;
}
