import { evaluateMath, type Meaning } from "./evaluateMath.js";
import type { MathExpr } from "./expression.js";
import { isUnitName, type MatrixShape, type MatrixShapes } from "./matrixShape.js";
import { type Scalar, times, toFloat, whole } from "./scalar.js";
import { entryOf, isMatrix, type MathValue, type MatrixOfNumbers } from "./value.js";

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

/** Rows of a matrix that is drawn. */
const MAX_SIDE = 12;

/** Numbers that are the same in every run. */
export function* steps(seed: number): Generator<number, never> {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    yield x >>> 8;
  }
}

/** The number of the try that is drawn for a letter: whole ones first, then small fractions and such around 1. */
export function drawNumber(turn: number, areWhole: boolean, isSize: boolean, random: Generator<number, never>): Scalar {
  const pick = random.next().value;
  if (isSize) return whole(2 + (pick % 3));
  const pool = turn % 3 === 1 ? SMALL : turn % 3 === 2 ? MIXED : undefined;
  return areWhole || !pool ? whole(2 + (pick % (turn < 6 ? 5 : 11))) : (pool[pick % pool.length] ?? whole(2));
}

/**
 * A matrix of small whole numbers of a shape, of quarters where functions are flat far from 0; the unit matrix for a name that stands for
 * one.
 */
export function drawMatrix(
  name: string,
  { rows, columns }: MatrixShape,
  at: ReadonlyMap<string, MathValue>,
  random: Generator<number, never>,
  areQuarters = false,
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
  const entry = (i: number, j: number): Scalar => {
    if (isUnit) return whole(i === j ? 1 : 0);
    const pick = whole((random.next().value % 9) - 4);
    return areQuarters ? times(pick, { n: 1n, d: 4n }) : pick;
  };
  return { rows: Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j))) };
}

/** What the values of sequences and functions are drawn from. */
export interface Drawn {
  readonly matrices: ReadonlyMap<string, MathValue>;
  readonly at: ReadonlyMap<string, MathValue>;
  readonly shapes: MatrixShapes;
  /** Sequences that add up to 1, with how many entries they have. */
  readonly distributions: ReadonlyMap<string, number>;
}

/**
 * The value of a function or a sequence: entries of the vectors and matrices that are drawn, and any value, the same for the same
 * arguments, for what nothing is known of.
 */
export const valueOfApplied =
  ({ matrices, at, shapes, distributions }: Drawn): Meaning["applied"] =>
  (name, args) => {
    if (args.some(isMatrix)) return undefined;
    const numbers = args as readonly Scalar[];
    const own = matrices.get(name);
    if (own !== undefined && isMatrix(own)) return entryOf(own, numbers);
    const count = args.length === 1 ? distributions.get(name) : undefined;
    if (count !== undefined) return shareOf(toFloat(numbers[0] ?? whole(0)), count);
    const text = `${name}(${numbers.map(textOf).join()})`;
    const family = args.length === 1 ? familyOf(name, shapes) : undefined;
    return family ? drawMatrix(name, family, at, steps(hashOf(text)), true) : valueOfText(text);
  };

/** As long as another column, with entries that add up to 1. */
export const sharesLike = ({ rows }: MatrixOfNumbers): MathValue => ({
  rows: rows.map((_, i) => [shareOf(i + 1, rows.length) ?? whole(0)]),
});

/** A share of 1, another one for each entry. */
const shareOf = (i: number, count: number): Scalar | undefined =>
  Number.isInteger(i) && i >= 1 && i <= count ? { n: BigInt(2 * i - 1), d: BigInt(count * count) } : undefined;

/** The shape of `x_n`, which is declared for all n. */
export function familyOf(name: string, shapes: MatrixShapes): MatrixShape | undefined {
  for (const [other, shape] of shapes)
    if (other.startsWith(`${name}_`) && /^\p{L}$/u.test(other.slice(name.length + 1))) return shape;
  return undefined;
}

const textOf = (a: Scalar): string => (typeof a === "number" ? a.toPrecision(9) : `${a.n}/${a.d}`);

function hashOf(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash;
}

function valueOfText(text: string): Scalar {
  const hash = hashOf(text);
  // Small enough for what is in the exponent.
  return { n: BigInt((hash % 37) + 1), d: BigInt(5 + ((hash >>> 8) % 6)) };
}
