import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr } from "./expression.js";
import { isUnitName, type MatrixShape, type MatrixShapes } from "./matrixShape.js";
import { type Scalar, toFloat, whole } from "./scalar.js";
import { isMatrix, isSameValue, type MathValue } from "./value.js";

/** Values of the symbols for which two sides differ, and what each side is there. */
export interface Counterexample {
  readonly at: ReadonlyMap<string, Scalar>;
  readonly left: MathValue;
  readonly right: MathValue;
}

/** Whether two expressions are one for all values of their symbols; undefined where too little of that could be seen. */
export interface IdentityAnswer {
  readonly isIdentity: boolean | undefined;
  readonly counterexample?: Counterexample;
}

/** Points at which both sides have to agree before they count as one. */
const ENOUGH = 8;

/** Points that are tried. */
const TRIED = 40;

/** Operations that one comparison may take. */
const EFFORT = 40_000;

/** `1/2 3/7`. */
const fractions = (text: string): readonly Scalar[] =>
  text.split(" ").map((fraction) => {
    const [n = "0", d = "1"] = fraction.split("/");
    return { n: BigInt(n), d: BigInt(d) };
  });

/** Between 0 and 1, for what is a probability or has to be small. */
const SMALL = fractions("1/2 1/3 2/3 1/5 3/7 4/5 2/11");

/** On both sides of 1. */
const MIXED = fractions("3/2 2/1 5/3 7/4 1/3 3/1 9/7");

/** Numbers that are the same in every run. */
function* steps(seed: number): Generator<number, never> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    yield x >>> 8;
  }
}

/** Whether an expression only makes sense for whole numbers. */
const isOfWholeNumbers = (e: MathExpr): boolean => {
  for (const x of allWithin(e)) {
    if (x.kind === "series" || x.kind === "indexed") return true;
    if (x.kind === "call" && /^(?:floor|ceil|factorial|binomial)$/.test(x.name)) return true;
  }
  return false;
};

/** Compares two expressions at points of their symbols' domain, the known values first; one difference decides, agreement at enough points does, too. */
export function compareExpressions(
  left: MathExpr,
  right: MathExpr,
  known: ReadonlyMap<string, MathValue> = new Map(),
  shapes: MatrixShapes = new Map(),
): IdentityAnswer {
  const own = [...freeSymbols(left), ...freeSymbols(right)];
  const matrices = [...new Set(own)].filter((n) => shapes.has(n));
  const sizes = matrices.flatMap((n) =>
    Object.values(shapes.get(n) ?? {}).flatMap((e: MathExpr) => [...freeSymbols(e)]),
  );
  const names = [...new Set([...own, ...sizes])].filter((n) => !known.has(n) && !shapes.has(n)).sort();
  const areWhole = isOfWholeNumbers(left) || isOfWholeNumbers(right);
  const random = steps(names.length + 17);
  const effort: Effort = { left: EFFORT };
  let agreed = 0;
  for (let i = 0; i < TRIED && agreed < (names.length === 0 ? 1 : ENOUGH); i++) {
    const at = new Map<string, Scalar>();
    for (const name of names) {
      const pick = random.next().value;
      const pool = i % 3 === 1 ? SMALL : i % 3 === 2 ? MIXED : undefined;
      if (sizes.includes(name)) at.set(name, whole(2 + (pick % 3)));
      else
        at.set(name, areWhole || !pool ? whole(2 + (pick % (i < 6 ? 5 : 11))) : (pool[pick % pool.length] ?? whole(2)));
    }
    const drawn = new Map<string, MathValue>();
    for (const name of matrices) {
      const shape = shapes.get(name);
      const value = shape && randomMatrix(name, shape, at, random);
      if (value) drawn.set(name, value);
    }
    const meaning: Meaning = {
      symbol: (name) => known.get(name) ?? drawn.get(name) ?? at.get(name),
      applied: (name, args) => (args.some(isMatrix) ? undefined : valueOfUnknown(name, args as readonly Scalar[])),
    };
    const [a, b] = [evaluateMath(left, meaning, effort), evaluateMath(right, meaning, effort)];
    if (effort.left < 0) return { isIdentity: undefined };
    if (a === undefined || b === undefined) continue;
    if (isSameValue(a, b)) agreed++;
    else if (isClearlyOther(a, b)) return { isIdentity: false, counterexample: { at, left: a, right: b } };
  }
  return { isIdentity: agreed >= (names.length === 0 ? 1 : ENOUGH) ? true : undefined };
}

/** A matrix of small whole numbers of a shape; the unit matrix for a name that stands for one. */
function randomMatrix(
  name: string,
  { rows, columns }: MatrixShape,
  at: ReadonlyMap<string, Scalar>,
  random: Generator<number, never>,
): MathValue | undefined {
  const count = (e: MathExpr): number | undefined => {
    const value = evaluateMath(e, { symbol: (n) => at.get(n), applied: () => undefined }, { left: 200 });
    if (value === undefined || isMatrix(value)) return undefined;
    const n = toFloat(value);
    return Number.isInteger(n) && n > 0 && n <= MAX_SIDE ? n : undefined;
  };
  const [m, n] = [count(rows), count(columns)];
  if (m === undefined || n === undefined) return undefined;
  const isUnit = isUnitName(name);
  const entry = (i: number, j: number): Scalar => whole(isUnit ? (i === j ? 1 : 0) : (random.next().value % 9) - 4);
  return { rows: Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j))) };
}

/** Rows of a matrix that is drawn. */
const MAX_SIDE = 12;

/** Whether two values differ by more than floating-point numbers may be wrong. */
function isClearlyOther(a: MathValue, b: MathValue): boolean {
  if (isMatrix(a) || isMatrix(b)) return true;
  if (typeof a !== "number" && typeof b !== "number") return true;
  const [x, y] = [toFloat(a), toFloat(b)];
  return Math.abs(x - y) > 1e-6 * Math.max(Math.abs(x), Math.abs(y));
}

/** A value for a function or a sequence of which nothing is known: the same for the same arguments. */
function valueOfUnknown(name: string, args: readonly Scalar[]): Scalar {
  let hash = 7;
  const text = `${name}(${args.map((a) => (typeof a === "number" ? a.toPrecision(9) : `${a.n}/${a.d}`)).join()})`;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return { n: BigInt((hash % 89) + 1), d: BigInt(1 + ((hash >>> 8) % 7)) };
}
