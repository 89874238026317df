import { floatPower } from "../arithmetic.js";
import type { Evaluator } from "../evaluator.js";
import { bitLength, exactFloat, type Fraction } from "../floats.js";
import { floatOf, intOf, wholeNumber } from "../integers.js";
import { drain } from "../iterators.js";
import { exactSum } from "../numberMethods.js";
import { floatFrom } from "../numbers.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import {
  binaryLog,
  cosineOf,
  decimalLog,
  exponentialOf,
  integerRoot,
  naturalLog,
  rootOf,
  sineOf,
  tangentOf,
} from "../transcendental.js";
import { isBoolValue, isFloatValue, isIntValue, isUnknownValue } from "../valueKinds.js";
import {
  boolValue,
  type CallArguments,
  int,
  isNumber,
  type PyValue,
  someNumber,
  tupleValue,
  unknown,
} from "../values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const UNCLEAR = unknown("Dimsum cannot tell this number.");

/** A function of real numbers; what it makes of a number that is not known is some number. */
export function real(count: number, of: (x: number, y: number) => number | undefined): Call {
  return (_, args) => {
    const given = take(args, Array.from({ length: count }, (__, i) => `/x${i}`).join(" "));
    const [x, y = 0] = given?.map(floatFrom) ?? [];
    if (!given || x === undefined || given.some((v) => floatFrom(v) === undefined))
      return given?.every((v) => v && isNumber(v)) ? someNumber("Dimsum cannot tell this number.") : UNCLEAR;
    const value = of(x, y);
    return value === undefined
      ? someNumber("Dimsum cannot tell this number.")
      : Number.isNaN(value) && !Number.isNaN(x) && !Number.isNaN(y)
        ? UNCLEAR
        : floatOf(value);
  };
}

/** A function of finite numbers that is applied to others only where its limit is given. */
const finite =
  (of: (x: number) => number | undefined, limit: (x: number) => number = () => Number.NaN) =>
  (x: number): number | undefined =>
    Number.isFinite(x) ? of(x) : limit(x);

/** A logarithm: of what is not above zero there is none. */
const logarithm =
  (of: (x: number) => number | undefined) =>
  (x: number): number | undefined =>
    x === Infinity ? Infinity : x > 0 ? of(x) : Number.NaN;

const rounding =
  (round: (x: Fraction) => bigint): Call =>
  (_, args) => {
    const [v] = take(args, "/x") ?? [];
    // A size that is rounded is what it is.
    if (isIntValue(v)) return v;
    if (isUnknownValue(v) && v.number) return unknown(v.reason);
    if (isBoolValue(v)) return int(Number(v.value));
    return isFloatValue(v) && Number.isFinite(v.value) ? intOf(round(exactFloat(v.value))) : UNCLEAR;
  };

const floorOf = ({ n, d }: Fraction): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d));

const wholes =
  (of: (values: readonly bigint[]) => bigint | undefined): Call =>
  (_, { positional, byKeyword, uncertain }) => {
    const values = positional.map(wholeNumber);
    if (uncertain || byKeyword.size > 0 || values.includes(undefined)) return UNCLEAR;
    const value = of(values as bigint[]);
    return value === undefined ? UNCLEAR : intOf(value);
  };

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y) [x, y] = [y, x % y];
  return x;
}

/** n · (n − 1) · …, k factors; undefined where that is too large. */
function falling(n: bigint, k: bigint): bigint | undefined {
  if (n < 0n || k < 0n) return undefined;
  if (k > n) return 0n;
  if (BigInt(bitLength(n)) * k > 20_000n) return undefined;
  let product = 1n;
  for (let i = 0n; i < k; i++) product *= n - i;
  return product;
}

function combinations(n: bigint, k: bigint): bigint | undefined {
  const least = k > n - k && k <= n ? n - k : k;
  const [top, bottom] = [falling(n, least), falling(least, least)];
  return top === undefined || bottom === undefined ? undefined : top / bottom;
}

const product: Call = (engine, args, place) => {
  const [items, start = int(1)] = take(args, "/items *start?") ?? [];
  const all = items && drain(engine, items);
  return all ? all.reduce((a, b) => engine.binary("*", a, b, place), start) : UNCLEAR;
};

function isClose(engine: Evaluator, args: CallArguments): PyValue {
  const [a, b, relative, absolute] = (take(args, "/a /b *rel_tol? *abs_tol?") ?? []).map((v) => v && floatFrom(v));
  if (
    a === undefined ||
    b === undefined ||
    take(args, "/a /b *rel_tol? *abs_tol?")
      ?.slice(2)
      .some((v) => v && floatFrom(v) === undefined)
  )
    return unknown("Whether they are close is not known.");
  engine.step();
  if (a === b) return boolValue(true);
  if (!Number.isFinite(a) || !Number.isFinite(b)) return boolValue(false);
  const difference = Math.abs(b - a);
  const rel = relative ?? 1e-9;
  return boolValue(difference <= Math.abs(rel * b) || difference <= Math.abs(rel * a) || difference <= (absolute ?? 0));
}

/** √(x² + y² + …) rounded once. */
function hypotenuse(values: readonly (number | undefined)[]): PyValue {
  let sum: Fraction = { n: 0n, d: 1n };
  for (const x of values) {
    if (x === undefined || !Number.isFinite(x)) return someNumber("Dimsum cannot tell this number.");
    const { n, d } = exactFloat(x);
    sum = { n: sum.n * d * d + n * n * sum.d, d: sum.d * d * d };
  }
  return floatOf(rootOf(sum));
}

const squareRoot = (x: number): number => Math.sqrt(x);

/** Functions of `math`. */
export const MATH: Readonly<Record<string, Call>> = {
  ceil: rounding(({ n, d }) => -floorOf({ n: -n, d })),
  floor: rounding(floorOf),
  trunc: rounding(({ n, d }) => n / d),
  sqrt: real(1, squareRoot),
  fabs: real(1, Math.abs),
  exp: real(
    1,
    finite(exponentialOf, (x) => (x > 0 ? x : 0)),
  ),
  log: (engine, args, place) => {
    if (args.positional.length < 2) return real(1, logarithm(naturalLog))(engine, args, place);
    const [x, y] =
      take(args, "/x /base")?.map((v) =>
        real(1, logarithm(naturalLog))(engine, { ...args, positional: v ? [v] : [] }, place),
      ) ?? [];
    return x && y ? engine.binary("/", x, y, place) : UNCLEAR;
  },
  log2: real(1, logarithm(binaryLog)),
  log10: real(1, logarithm(decimalLog)),
  sin: real(1, finite(sineOf)),
  cos: real(1, finite(cosineOf)),
  tan: real(1, finite(tangentOf)),
  pow: (_, args) => {
    const [a, b] = (take(args, "/x /y") ?? []).map((v) => v && floatFrom(v));
    return a === undefined || b === undefined ? UNCLEAR : floatPower(a, b);
  },
  degrees: real(1, (x) => x * (180 / Math.PI)),
  radians: real(1, (x) => x * (Math.PI / 180)),
  copysign: real(2, (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  fmod: real(2, (x, y) => x % y),
  hypot: (_, { positional }) => hypotenuse(positional.map(floatFrom)),
  dist: (engine, args, place) => {
    const [p, q] = (take(args, "/p /q") ?? []).map((v) => v && drain(engine, v));
    if (!p || !q || p.length !== q.length) return UNCLEAR;
    return hypotenuse(p.map((a, i) => floatFrom(engine.binary("-", a, q[i] ?? UNCLEAR, place))));
  },
  fsum: (engine, args) => {
    const [items] = take(args, "/items") ?? [];
    return items ? exactSum(engine, items) : UNCLEAR;
  },
  prod: product,
  gcd: wholes((values) => values.reduce(gcd, 0n)),
  lcm: wholes((values) =>
    values.reduce((a, b) => (a === 0n || b === 0n ? 0n : ((a < 0n ? -a : a) / gcd(a, b)) * (b < 0n ? -b : b)), 1n),
  ),
  factorial: wholes(([n, ...more]) => (n === undefined || more.length > 0 ? undefined : falling(n, n))),
  comb: wholes(([n, k, ...more]) =>
    n === undefined || k === undefined || more.length > 0 || n < 0n || k < 0n ? undefined : combinations(n, k),
  ),
  perm: wholes(([n, k, ...more]) => (n === undefined || more.length > 0 ? undefined : falling(n, k ?? n))),
  isqrt: wholes(([n, ...more]) => (n === undefined || n < 0n || more.length > 0 ? undefined : integerRoot(n))),
  isclose: isClose,
  isinf: (_, args) => question(args, (x) => !Number.isFinite(x) && !Number.isNaN(x)),
  isnan: (_, args) => question(args, Number.isNaN),
  isfinite: (_, args) => question(args, Number.isFinite),
  modf: (_, args) => {
    const x = floatFrom(take(args, "/x")?.[0]);
    if (x === undefined || Number.isNaN(x)) return UNCLEAR;
    if (!Number.isFinite(x)) return tupleValue([floatOf(x < 0 ? -0 : 0), floatOf(x)]);
    const whole = Math.trunc(x);
    const rest = x - whole;
    return tupleValue([floatOf(rest === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rest), floatOf(whole)]);
  },
  ldexp: (_, args) => {
    const [x, i] = take(args, "/x /i") ?? [];
    const [value, power] = [floatFrom(x), wholeNumber(i)];
    if (value === undefined || power === undefined || power > 900n || power < -900n) return UNCLEAR;
    const scaled = value * 2 ** Number(power);
    return Number.isFinite(scaled) && (scaled === 0 || Math.abs(scaled) > 1e-300) ? floatOf(scaled) : UNCLEAR;
  },
};

function question(args: CallArguments, of: (x: number) => boolean): PyValue {
  const x = floatFrom(take(args, "/x")?.[0]);
  return x === undefined ? unknown("It is not known.") : boolValue(of(x));
}

/** Numbers that `math` has names for. */
export const MATH_CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Infinity,
  nan: Number.NaN,
};
