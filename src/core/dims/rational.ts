/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The fraction n/d in lowest terms; d must not be 0. */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 1n) return { n, d };
  const g = gcd(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / g, d: d / g };
}

/** a + b, exactly. */
export const addRational = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
/** a · b, exactly. */
export const mulRational = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
/** a / b, exactly; b must not be 0. */
export const divRational = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);

/** The largest integer that is not above the fraction. */
export function floorRational(a: Rational): bigint {
  const q = a.n / a.d;
  return a.n < 0n && q * a.d !== a.n ? q - 1n : q;
}

/** The least common multiple of two positive integers. */
export const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;
