import { bitLength, exactFloat, type Fraction, nearestFloat } from "./floats.js";

/** Binary digits behind the point; twice those of a float and more, so that the nearest float is the right one. */
const P = 256n;
const ONE = 1n << P;

/** artanh(n/d) for small quotients. */
function artanh(n: bigint, d: bigint): bigint {
  const t = (n << P) / d;
  const square = (t * t) >> P;
  let sum = 0n;
  let power = t;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> P;
  }
  return sum;
}

/** ln 2, by Machin's method for logarithms. */
const LN2 = 18n * artanh(1n, 26n) - 2n * artanh(1n, 4801n) + 8n * artanh(1n, 8749n);

/** ln of a positive fraction, as a whole number of 2⁻²⁵⁶. */
function logarithm({ n, d }: Fraction): bigint {
  let k = bitLength(n) - bitLength(d);
  const scaled = (by: number): Fraction => (by >= 0 ? { n, d: d << BigInt(by) } : { n: n << BigInt(-by), d });
  let m = scaled(k);
  if (3n * m.n > 4n * m.d) m = scaled(++k);
  return BigInt(k) * LN2 + 2n * artanh(m.n - m.d, m.n + m.d);
}

/** The float nearest to e^y; undefined where it is outside of the normal floats. */
function exponential(y: bigint): number | undefined {
  const k = y / LN2;
  if (k > 1100n || k < -1100n) return undefined;
  const r = (y - k * LN2) >> 8n;
  let sum = ONE;
  let term = ONE;
  for (let i = 1n; term !== 0n && term !== -1n; i++) {
    term = ((term * r) >> P) / i;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> P;
  const value = nearestFloat(k >= 0n ? { n: sum << k, d: ONE } : { n: sum, d: ONE << -k });
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

const fixed = (x: number): bigint => {
  const { n, d } = exactFloat(x);
  return (n << P) / d;
};

/** ln x for a positive x, to the nearest float. */
export const naturalLog = (x: number): number | undefined =>
  x === 1 ? 0 : nearestFloat({ n: logarithm(exactFloat(x)), d: ONE });

/** log₂ x for a positive x, to the nearest float. */
export const binaryLog = (x: number): number | undefined => {
  const power = Math.round(Math.log2(x));
  return 2 ** power === x ? power : nearestFloat({ n: logarithm(exactFloat(x)), d: LN2 });
};

/** log₁₀ 2 in two parts, as the C library has them. */
const [LOG10_2_HIGH, LOG10_2_LOW] = [0.30102999566361177, 3.694239077158931e-13];

/** log₁₀ x for a positive normal x, put together of a power of two and a logarithm as the C library does it. */
export const decimalLog = (x: number): number | undefined => {
  const power = bitLength(exactFloat(x).n) - bitLength(exactFloat(x).d);
  const k = 2 ** power > x ? power - 1 : power;
  // Below one the rest lies between a half and one.
  const y = k < 0 ? k + 1 : k;
  const log = naturalLog(x / 2 ** y);
  return log === undefined ? undefined : y * LOG10_2_LOW + Math.LOG10E * log + y * LOG10_2_HIGH;
};

/** eˣ to the nearest float; undefined outside of the normal floats. */
export const exponentialOf = (x: number): number | undefined =>
  Math.abs(x) > 800 ? undefined : x === 0 ? 1 : exponential(fixed(x));

/** The largest whole exponent for which a power is multiplied out. */
const MAX_EXACT = 512;

/** x to the power y for a positive x and finite numbers, to the nearest float; undefined outside of the normal floats. */
export function powerOf(x: number, y: number): number | undefined {
  if (x === 1 || y === 0) return 1;
  if (Number.isInteger(y) && Math.abs(y) <= MAX_EXACT) {
    const { n, d } = exactFloat(x);
    const [top, bottom] = [n ** BigInt(Math.abs(y)), d ** BigInt(Math.abs(y))];
    const value = nearestFloat(y > 0 ? { n: top, d: bottom } : { n: bottom, d: top });
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  }
  if (Math.abs(y * Math.log(x)) > 800) return undefined;
  const exponent = exactFloat(y);
  return exponential((logarithm(exactFloat(x)) * exponent.n) / exponent.d);
}

/** ⌊√n⌋ of a whole number that is not negative. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** The square root of a fraction, to the nearest float. */
export function rootOf({ n, d }: Fraction): number | undefined {
  if (n === 0n) return 0;
  const shift = BigInt(Math.max(0, 160 - bitLength(n) + bitLength(d)) & ~1);
  const scaled = (n << shift) / d;
  const root = integerRoot(scaled);
  // What is cut off only matters for telling an exact half from a little more.
  const isExact = root * root === scaled && scaled * d === n << shift;
  return nearestFloat({ n: 2n * root + (isExact ? 0n : 1n), d: 1n << (shift / 2n + 1n) });
}

/** arctan(1/n). */
function arctanInverse(n: bigint): bigint {
  let power = ONE / n;
  let sum = 0n;
  for (let k = 1n, sign = 1n; power !== 0n; k += 2n, sign = -sign) {
    sum += (sign * power) / k;
    power /= n * n;
  }
  return sum;
}

/** π, by Machin's formula. */
const PI = 16n * arctanInverse(5n) - 4n * arctanInverse(239n);

/** sin and cos of a number as whole numbers of 2⁻²⁵⁶. */
function sineAndCosine(x: number): readonly [bigint, bigint] {
  const y = fixed(x);
  const quarter = PI / 2n;
  const turns = (y + (y < 0n ? -quarter / 2n : quarter / 2n)) / quarter;
  const r = y - turns * quarter;
  const series = (first: bigint, from: bigint): bigint => {
    let [sum, term] = [first, first];
    for (let i = from; term !== 0n && term !== -1n; i += 2n) {
      term = -((((term * r) >> P) * r) >> P) / (i * (i + 1n));
      sum += term;
    }
    return sum;
  };
  const [sine, cosine] = [series(r, 2n), series(ONE, 1n)];
  const quadrant = ((turns % 4n) + 4n) % 4n;
  return quadrant === 0n
    ? [sine, cosine]
    : quadrant === 1n
      ? [cosine, -sine]
      : quadrant === 2n
        ? [-sine, -cosine]
        : [-cosine, sine];
}

/** Angles beyond this are not reduced exactly enough. */
const MAX_ANGLE = 2 ** 40;

const ofAngle =
  (of: (sine: bigint, cosine: bigint) => Fraction) =>
  (x: number): number | undefined => {
    if (!(Math.abs(x) <= MAX_ANGLE)) return undefined;
    const [sine, cosine] = sineAndCosine(x);
    const { n, d } = of(sine, cosine);
    return nearestFloat(d < 0n ? { n: -n, d: -d } : { n, d });
  };

/** sin x to the nearest float. */
export const sineOf = ofAngle((sine) => ({ n: sine, d: ONE }));
/** cos x to the nearest float. */
export const cosineOf = ofAngle((_, cosine) => ({ n: cosine, d: ONE }));
/** tan x to the nearest float. */
export const tangentOf = ofAngle((sine, cosine) => ({ n: sine, d: cosine }));
