import { isBelow, minus, over, plus, raised, type Scalar, times, toFloat, whole } from "./scalar.js";
import { isMatrix, type MathValue, type MatrixOfNumbers } from "./value.js";

const HALF: Scalar = { n: 1n, d: 2n };

const entries = (a: MathValue): readonly Scalar[] => (isMatrix(a) ? a.rows.flat() : [a]);

/** The square root of the sum of all squares. */
const length = (a: MathValue): Scalar | undefined =>
  raised(
    entries(a).reduce<Scalar>((sum, x) => plus(sum, times(x, x)), whole(0)),
    HALF,
  );

const isVector = (a: MathValue): boolean => !isMatrix(a) || a.rows.length === 1 || a.rows[0]?.length === 1;

/** Turns of the power iteration, which are enough for matrices that a document writes. */
const TURNS = 200;

/** The largest singular value; undefined where the iteration does not settle. */
function spectral(a: MathValue): Scalar | undefined {
  if (!isMatrix(a) || isVector(a)) return length(a);
  const rows = a.rows.map((row) => row.map(toFloat));
  let v = (rows[0] ?? []).map((_, i) => 1 + 1 / (i + 2));
  let last = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const u = rows.map((row) => row.reduce((sum, x, j) => sum + x * (v[j] ?? 0), 0));
    const w = v.map((_, j) => rows.reduce((sum, row, i) => sum + (row[j] ?? 0) * (u[i] ?? 0), 0));
    const size = Math.hypot(...w);
    if (size === 0) return whole(0);
    const value = Math.sqrt(size / Math.hypot(...v));
    if (Math.abs(value - last) < 1e-13 * value) return value;
    last = value;
    v = w.map((x) => x / size);
  }
  return undefined;
}

function softmax(a: MathValue): MathValue | undefined {
  if (!isMatrix(a) || !isVector(a)) return undefined;
  const all = entries(a).map((x) => Math.exp(toFloat(x)));
  const sum = all.reduce((s, x) => s + x, 0);
  return Number.isFinite(sum) ? { rows: a.rows.map((row) => row.map((x) => Math.exp(toFloat(x)) / sum)) } : undefined;
}

const diagonal = ({ rows }: MatrixOfNumbers): readonly Scalar[] => rows.map((row, i) => row[i] ?? Number.NaN);

const isSquare = (a: MathValue): a is MatrixOfNumbers => isMatrix(a) && a.rows.length === a.rows[0]?.length;

const magnitude = (x: Scalar): Scalar => (isBelow(x, whole(0)) ? minus(x) : x);

/** Rows of a matrix of which the determinant is worked out by its first row. */
const MAX_DETERMINANT = 5;

const determinant = ([first = [], ...rows]: MatrixOfNumbers["rows"]): Scalar =>
  first.reduce<Scalar>((sum, x, j) => {
    const term = times(x, rows.length > 0 ? determinant(rows.map((row) => row.toSpliced(j, 1))) : whole(1));
    return plus(sum, j % 2 > 0 ? minus(term) : term);
  }, whole(0));

/** The functions of whole vectors and matrices. */
const FUNCTIONS: Readonly<Record<string, (a: MathValue) => MathValue | undefined>> = {
  // Of a matrix it may be the spectral norm or Frobenius'.
  norm: (a) => (isVector(a) ? length(a) : undefined),
  norm2: spectral,
  normF: length,
  norm1: (a) => (isVector(a) ? entries(a).map(magnitude).reduce(plus, whole(0)) : undefined),
  "norm∞": (a) =>
    isVector(a)
      ? entries(a)
          .map(magnitude)
          .reduce((most, x) => (isBelow(most, x) ? x : most))
      : undefined,
  softmax,
  sum: (a) => entries(a).reduce(plus, whole(0)),
  mean: (a) => over(entries(a).reduce(plus, whole(0)), whole(entries(a).length)),
  tr: (a) => (!isMatrix(a) ? a : isSquare(a) ? diagonal(a).reduce(plus, whole(0)) : undefined),
  det: (a) => (!isMatrix(a) ? a : isSquare(a) && a.rows.length <= MAX_DETERMINANT ? determinant(a.rows) : undefined),
  diag: (a) => {
    if (!isMatrix(a)) return a;
    if (isSquare(a)) return { rows: diagonal(a).map((x, i) => diagonal(a).map((_, j) => (i === j ? x : whole(0)))) };
    const all = entries(a);
    return isVector(a) ? { rows: all.map((x, i) => all.map((_, j) => (i === j ? x : whole(0)))) } : undefined;
  },
};

/** Whether a name is that of a function of whole vectors and matrices. */
export const isMatrixFunction = (name: string): boolean => Object.hasOwn(FUNCTIONS, name);

/** What a function of a whole matrix gives; undefined where it has no value, or where it is not clear which one. */
export const ofMatrix = (name: string, a: MathValue): MathValue | undefined =>
  isMatrixFunction(name) ? FUNCTIONS[name]?.(a) : undefined;
