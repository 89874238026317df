import { symbolAt } from "./compound.js";
import { type Effort, evaluateMath, type Meaning, NO_MEANING } from "./evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr, partsOf } from "./expression.js";
import { distributionsIn, indexedNames, indexOf } from "./families.js";
import type { MatrixShape, MatrixShapes } from "./matrixShape.js";
import { drawOutcomes, randomLetters } from "./moments.js";
import { drawMatrix, drawNumber, sharesLike, steps, valueOfApplied } from "./samplePoint.js";
import { type Scalar, toFloat, whole } from "./scalar.js";
import { dependsOn, type Made, upstreamIn } from "./upstream.js";
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

/** Whether an expression only makes sense for whole numbers. */
const isOfWholeNumbers = (e: MathExpr): boolean => {
  for (const x of allWithin(e)) {
    if (x.kind === "series" || x.kind === "indexed") return true;
    if (x.kind === "call" && /^(?:floor|ceil|factorial|binomial)$/.test(x.name)) return true;
  }
  return false;
};

/** What is known of the letters of two expressions. */
export interface Context {
  readonly known?: ReadonlyMap<string, MathValue>;
  /** The shapes of those that are matrices. */
  readonly shapes?: MatrixShapes;
  /** The formulas of those that stand for one. */
  readonly made?: Made;
  /** Whether what is random has mean 0. */
  readonly isCentred?: boolean;
}

/** Compares two expressions at points of their symbols' domain, the known values first; one difference decides, agreement at enough points does, too. */
export function compareExpressions(left: MathExpr, right: MathExpr, context: Context = {}): IdentityAnswer {
  const { known = new Map(), shapes = new Map(), made = new Map(), isCentred = false } = context;
  const chance = randomLetters([left, right]);
  const upstream = upstreamIn([left, right], made);
  if (!upstream) return { isIdentity: undefined };
  const own = lettersOf([left, right], made, upstream).filter((n) => !made.has(n) && !chance.includes(n));
  const matrices = own.filter((n) => shapes.has(n));
  const given = [...upstream].flatMap(([of, names]) => names.map((by) => ({ of, by })));
  const sizes = [...matrices, ...given.map(({ by }) => by)].flatMap((n) => sizesOf(shapes.get(n)));
  for (const [name, shape] of shapes) if (/_\p{L}$/u.test(name)) sizes.push(...sizesOf(shape));
  const names = [...new Set([...own, ...sizes])].filter((n) => !known.has(n) && !shapes.has(n)).sort();
  const indices = indicesIn([left, right]).filter((n) => names.includes(n));
  if (indices.length > 3) return { isIdentity: undefined };
  const reached = [left, right, ...made.values()];
  const distributions = new Map(reached.flatMap((e) => [...distributionsIn(e)]));
  const bounds = names.flatMap((name) => pair(name, boundOf(name, reached, shapes)));
  const areWhole = isOfWholeNumbers(left) || isOfWholeNumbers(right);
  const isCurved = reached.some((e) => [...allWithin(e)].some((x) => x.kind === "call"));
  const random = steps(names.length + 17);
  const effort: Effort = { left: indices.length > 1 ? 8 * EFFORT : EFFORT };
  const enough = names.length + matrices.length + given.length + chance.length === 0 ? 1 : ENOUGH;
  let agreed = 0;
  for (let i = 0; i < TRIED && agreed < enough; i++) {
    const at = new Map<string, Scalar>();
    for (const name of names) at.set(name, drawNumber(i, areWhole, sizes.includes(name), random));
    // Different indices are different numbers, and sums without bounds go over all of them.
    for (const [n, name] of indices.entries()) at.set(name, whole(1 + ((n + i) % 3)));
    // What they count is at least as many, and not more than it takes.
    if (indices.length > 0 && areWhole)
      for (const [n, name] of names.entries())
        if (!indices.includes(name)) at.set(name, whole(3 + ((n + i) % (indices.length > 1 ? 2 : 5))));
    for (const name of names) if (name.startsWith("#") && !sizes.includes(name)) at.set(name, whole(3 + (i % 2)));
    for (const [name, shape] of bounds) {
      const rows = evaluateMath(shape.rows, { ...NO_MEANING, symbol: (n) => at.get(n) }, effort);
      if (rows !== undefined && !isMatrix(rows)) at.set(name, rows);
    }
    const drawn = new Map<string, MathValue>();
    const draw = (name: string, key = name): void => {
      const shape = shapes.get(name);
      const value = shape ? drawMatrix(name, shape, at, random, isCurved) : drawNumber(i, false, false, random);
      if (value !== undefined) drawn.set(key, value);
    };
    for (const name of matrices) draw(name);
    for (const name of distributions.keys()) {
      const vector = drawn.get(name);
      if (vector !== undefined && isMatrix(vector)) drawn.set(name, sharesLike(vector));
    }
    for (const { of, by } of given) draw(by, `∂${of}/∂${by}`);
    const meaning: Meaning = {
      symbol: (name) => known.get(name) ?? drawn.get(name) ?? at.get(name),
      applied: valueOfApplied({ matrices: drawn, at, shapes, distributions: countsOf(distributions, at) }),
      made: (name) => made.get(name),
      outcomes: (name) => (chance.includes(name) ? drawOutcomes(i, chance.indexOf(name), isCentred) : undefined),
      gradients: (of) => new Map((upstream.get(of) ?? []).flatMap((by) => pair(by, drawn.get(`∂${of}/∂${by}`)))),
    };
    const [a, b] = [evaluateMath(left, meaning, effort), evaluateMath(right, meaning, effort)];
    if (effort.left < 0) return { isIdentity: undefined };
    if (a === undefined || b === undefined) continue;
    if (isSameValue(a, b)) agreed++;
    else if (isClearlyOther(a, b)) return { isIdentity: false, counterexample: { at, left: a, right: b } };
  }
  return { isIdentity: agreed >= enough ? true : undefined };
}

const pair = <K, V>(key: K, value: V | undefined): readonly (readonly [K, V])[] =>
  value === undefined ? [] : [[key, value]];

/** How many entries there are in the vector over which a sum without bounds goes. */
function boundOf(name: string, all: readonly MathExpr[], shapes: MatrixShapes): MatrixShape | undefined {
  if (!name.startsWith("#")) return undefined;
  for (const e of all)
    for (const part of allWithin(e)) {
      const [index] = part.kind === "indexed" ? part.indices : [];
      if (part.kind === "indexed" && index?.kind === "symbol" && index.name === name.slice(1) && shapes.has(part.name))
        return shapes.get(part.name);
    }
  return undefined;
}

/** How many entries the distributions have at a point. */
function countsOf(
  lasts: ReadonlyMap<string, MathExpr>,
  at: ReadonlyMap<string, MathValue>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name, last] of lasts) {
    const count = evaluateMath(last, { ...NO_MEANING, symbol: (n) => at.get(n) }, { left: 100 });
    if (count !== undefined && !isMatrix(count)) counts.set(name, toFloat(count));
  }
  return counts;
}

const sizesOf = (shape: MatrixShape | undefined): readonly string[] =>
  shape ? [...freeSymbols(shape.rows), ...freeSymbols(shape.columns)] : [];

/** The letters on which two sides depend, those by which they are derived and those of the formulas behind them included. */
function lettersOf(
  sides: readonly MathExpr[],
  made: Made,
  upstream: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const names = new Set<string>();
  const families = new Set(sides.flatMap((side) => [...indexedNames(side)]));
  const add = (e: MathExpr): void => {
    for (const name of dependsOn(e, made)) names.add(name);
  };
  for (const side of sides)
    for (const e of allWithin(side)) {
      if (e.kind !== "derivative") continue;
      const stop = upstream.get(e.of.kind === "symbol" ? e.of.name : "");
      const entry = indexOf(e.by);
      const isEntry = entry !== undefined && families.has(entry.base);
      for (const name of [...(isEntry ? entry.indices : [e.by]), ...(stop ?? [])]) add(symbolAt(name, e));
    }
  for (const side of sides) add(side);
  // The numbers whose gradients are given stand for themselves nowhere.
  for (const of of upstream.keys()) if (!sides.some((side) => isWritten(of, side))) names.delete(of);
  return [...names];
}

/** The letters that stand as indices, those by which is derived included. */
function indicesIn(sides: readonly MathExpr[]): readonly string[] {
  const found = new Set<string>();
  for (const side of sides)
    for (const e of allWithin(side)) {
      const by = e.kind === "derivative" ? indexOf(e.by) : undefined;
      for (const index of by?.indices ?? []) found.add(index);
      if (e.kind === "indexed") for (const i of e.indices) if (i.kind === "symbol") found.add(i.name);
    }
  return [...found].sort();
}

/** Whether a letter stands in an expression elsewhere than as what is derived. */
const isWritten = (name: string, e: MathExpr): boolean =>
  e.kind === "symbol"
    ? e.name === name
    : partsOf(e).some((part) => !(e.kind === "derivative" && part.kind === "symbol") && isWritten(name, part));

/** Whether two values differ by more than floating-point numbers may be wrong. */
function isClearlyOther(a: MathValue, b: MathValue): boolean {
  if (isMatrix(a) && isMatrix(b)) {
    const [x, y] = [a.rows.flat(), b.rows.flat()];
    return (
      x.length !== y.length ||
      a.rows.length !== b.rows.length ||
      x.some((v, i) => isClearlyOther(v, y[i] ?? Number.NaN))
    );
  }
  if (isMatrix(a) || isMatrix(b)) return true;
  if (typeof a !== "number" && typeof b !== "number") return true;
  const [x, y] = [toFloat(a), toFloat(b)];
  return Math.abs(x - y) > 1e-6 * Math.max(Math.abs(x), Math.abs(y));
}
