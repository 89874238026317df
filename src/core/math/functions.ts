import { factorialOf } from "./factorial.js";
import { isMatrixFunction, ofMatrix } from "./matrixFunctions.js";
import { finite, floored, isBelow, isZero, minus, over, raised, type Scalar, toFloat, whole } from "./scalar.js";
import { entrywise, filledLike, isMatrix, type MathValue } from "./value.js";

type NumberFunction = (args: readonly Scalar[]) => Scalar | undefined;

/** A function of one number that has floating-point values; `exact` are those at which its value is a fraction. */
const real =
  (of: (x: number) => number, exact: (x: number) => number | undefined = () => undefined): NumberFunction =>
  ([x, ...more]) => {
    if (x === undefined || more.length > 0) return undefined;
    const known = typeof x !== "number" && x.d === 1n ? exact(Number(x.n)) : undefined;
    return known === undefined ? finite(of(toFloat(x))) : whole(known);
  };

const atZero =
  (value: number) =>
  (x: number): number | undefined =>
    x === 0 ? value : undefined;

const logarithm =
  (base: number): NumberFunction =>
  ([x, ...more]) => {
    if (x === undefined || more.length > 0) return undefined;
    const value = Math.log(toFloat(x)) / Math.log(base);
    if (!Number.isFinite(value)) return undefined;
    const near = Math.round(value);
    const isExact = typeof x !== "number" && raisedTo(base, near, x);
    return isExact ? whole(near) : finite(value);
  };

const raisedTo = (base: number, power: number, x: Scalar): boolean => {
  const value = Number.isInteger(base) ? raised(whole(base), whole(power)) : undefined;
  return typeof value === "object" && typeof x === "object" && value.n === x.n && value.d === x.d;
};

const extreme =
  (isBetter: (a: Scalar, b: Scalar) => boolean): NumberFunction =>
  (args) =>
    args.length === 0 ? undefined : args.reduce((best, x) => (isBetter(x, best) ? x : best));

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The functions that formulas of the field use. */
const FUNCTIONS: Readonly<Record<string, NumberFunction>> = {
  floor: ([x]) => (x === undefined ? undefined : floored(x)),
  ceil: ([x]) => {
    const down = x === undefined ? undefined : floored(minus(x));
    return down === undefined ? undefined : minus(down);
  },
  abs: ([x]) => (x === undefined ? undefined : isBelow(x, whole(0)) ? minus(x) : x),
  sqrt: ([x]) => (x === undefined || isBelow(x, whole(0)) ? undefined : raised(x, { n: 1n, d: 2n })),
  root: ([x, n]) => {
    const power = n === undefined ? undefined : over(whole(1), n);
    return x === undefined || power === undefined || isBelow(x, whole(0)) ? undefined : raised(x, power);
  },
  min: extreme(isBelow),
  max: extreme((a, b) => isBelow(b, a)),
  exp: real(Math.exp, atZero(1)),
  ln: logarithm(Math.E),
  log2: logarithm(2),
  log10: logarithm(10),
  sin: real(Math.sin, atZero(0)),
  cos: real(Math.cos, atZero(1)),
  tan: real(Math.tan, atZero(0)),
  sinh: real(Math.sinh, atZero(0)),
  cosh: real(Math.cosh, atZero(1)),
  tanh: real(Math.tanh, atZero(0)),
  sigmoid: real(sigmoid),
  relu: ([x]) => (x === undefined ? undefined : isBelow(x, whole(0)) ? whole(0) : x),
  step: ([x]) => (x === undefined || isZero(x) ? undefined : whole(isBelow(x, whole(0)) ? 0 : 1)),
  factorial: ([n]) => (n === undefined ? undefined : factorialOf(n)),
  binomial: ([n, k]) => {
    if (typeof n !== "object" || typeof k !== "object" || n.d !== 1n || k.d !== 1n || n.n > 500n || n.n < 0n)
      return undefined;
    let value = 1n;
    for (let i = 0n; i < k.n; i++) value = (value * (n.n - i)) / (i + 1n);
    return k.n < 0n ? whole(0) : whole(value);
  },
};

/** The functions that are taken of each entry of a matrix. */
const EACH = new Set([
  "abs",
  "sqrt",
  "exp",
  "ln",
  "sin",
  "cos",
  "tan",
  "sinh",
  "cosh",
  "tanh",
  "sigmoid",
  "relu",
  "floor",
  "ceil",
]);

/** Whether a name is that of a function of the field. */
export const isFunction = (name: string): boolean => Object.hasOwn(FUNCTIONS, name) || isMatrixFunction(name);

/** Whether a function of a matrix is taken of each entry. */
export const isTakenOfEach = (name: string): boolean => EACH.has(name) || name === "softmax";

/** What a function gives; undefined where it has no real value, or is not known. */
export function callFunction(name: string, args: readonly MathValue[]): MathValue | undefined {
  const [only] = args;
  if (only !== undefined && isMatrixFunction(name)) return args.length === 1 ? ofMatrix(name, only) : undefined;
  const fn = isFunction(name) ? FUNCTIONS[name] : undefined;
  if (!fn || only === undefined) return undefined;
  if (isMatrix(only)) {
    const rows = EACH.has(name) && args.length === 1 ? only.rows.map((row) => row.map((x) => fn([x]))) : undefined;
    return rows?.every((row): row is Scalar[] => row.every((x) => x !== undefined)) ? { rows } : undefined;
  }
  if (!args.some(isMatrix)) return fn(args as readonly Scalar[]);
  // `max(0, z)` is taken of each entry.
  const matrix = args.length === 2 && /^(?:max|min)$/.test(name) ? args[1] : undefined;
  return matrix !== undefined && isMatrix(matrix)
    ? entrywise(matrix, filledLike(matrix, only), (x, y) => fn([x, y]))
    : undefined;
}
