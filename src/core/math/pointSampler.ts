import { symbolAt } from "./compound.js";
import { type Effort, evaluateMath, type Meaning, NO_MEANING } from "./evaluateMath.js";
import { allWithin, freeSymbols, type MathExpr, partsOf } from "./expression.js";
import { distributionsIn, indexedNames, splitIndex } from "./families.js";
import type { MatrixShape, MatrixShapes } from "./matrixShape.js";
import { drawOutcomes, masksLike, randomLetters } from "./moments.js";
import { drawMatrix, drawNumber, sharesLike, steps, valueOfApplied } from "./samplePoint.js";
import { type Scalar, toFloat, whole } from "./scalar.js";
import { dependsOn, type Made, upstreamIn } from "./upstream.js";
import { isMatrix, type MathValue } from "./value.js";

/** Letters that stand as indices beyond which nothing is compared: that many different numbers there are. */
const MOST_INDICES = 3;

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
  /** Whether what is random depends on each other. */
  readonly areTied?: boolean;
  /** The first and the last index of sequences that are 0 elsewhere. */
  readonly extents?: ReadonlyMap<string, readonly [first: number, last: number]>;
  /** The probability of a 1 in a random matrix of ones and noughts. */
  readonly mask?: MathExpr;
  /** Whether the left side counts something, and is above 0. */
  readonly isCount?: boolean;
}

/** Values for the letters of two expressions, and what expressions mean there. */
export interface SamplePoint {
  readonly at: ReadonlyMap<string, Scalar>;
  readonly meaning: Meaning;
}

/** Draws points at which two expressions can be compared, the same ones in every run. */
export class PointSampler {
  private readonly names: readonly string[];
  private readonly matrices: readonly string[];
  private readonly sizes: readonly string[];
  private readonly indices: readonly string[];
  /** Numbers of which only gradients are known, with the letters by which. */
  private readonly given: readonly { readonly of: string; readonly by: string }[];
  /** Letters that are random. */
  private readonly chance: readonly string[];
  private readonly distributions: ReadonlyMap<string, MathExpr>;
  private readonly bounds: readonly (readonly [string, MatrixShape])[];
  private readonly areWhole: boolean;
  private readonly isCurved: boolean;
  private readonly random: Generator<number, never>;
  private readonly known: ReadonlyMap<string, MathValue>;
  private readonly shapes: MatrixShapes;
  private readonly made: Made;

  /** Undefined where gradients depend on each other, or where there are too many indices. */
  static of(left: MathExpr, right: MathExpr, context: Context): PointSampler | undefined {
    const upstream = upstreamIn([left, right], context.made ?? new Map());
    const sampler = upstream && new PointSampler([left, right], context, upstream);
    return sampler && sampler.indices.length <= MOST_INDICES ? sampler : undefined;
  }

  private constructor(
    sides: readonly [MathExpr, MathExpr],
    private readonly context: Context,
    private readonly upstream: ReadonlyMap<string, readonly string[]>,
  ) {
    const { known = new Map(), shapes = new Map(), made = new Map() } = context;
    this.known = known;
    this.shapes = shapes;
    this.made = made;
    const chance = randomLetters(sides);
    // Beside a mask, data and weights are given, also where they stand in moments only.
    const masks = context.mask ? chance.filter((name) => !/^[ahwxy]/i.test(name)) : [];
    this.chance = masks.length > 0 ? masks : chance;
    const own = lettersOf(sides, made, upstream).filter((n) => !made.has(n) && !this.chance.includes(n));
    this.matrices = [...own, ...this.chance].filter((n) => shapes.has(n));
    this.given = [...upstream].flatMap(([of, names]) => names.map((by) => ({ of, by })));
    const families = [...shapes].flatMap(([name, shape]) => (/_\p{L}$/u.test(name) ? [shape] : []));
    const drawn = [...this.matrices, ...this.given.map(({ by }) => by)].map((n) => shapes.get(n));
    this.sizes = [...drawn, ...families].flatMap(sizesOf);
    this.names = [...new Set([...own, ...this.sizes, ...(context.mask ? freeSymbols(context.mask) : [])])]
      .filter((n) => !known.has(n) && !shapes.has(n))
      .sort();
    this.indices = indicesIn(sides).filter((n) => this.names.includes(n));
    const reached = [...sides, ...made.values()];
    this.distributions = new Map(reached.flatMap((e) => [...distributionsIn(e)]));
    this.bounds = this.names.flatMap((name) => pair(name, boundOf(name, reached, shapes)));
    this.areWhole = sides.some(isOfWholeNumbers);
    this.isCurved = reached.some((e) => [...allWithin(e)].some((x) => x.kind === "call"));
    this.random = steps(this.names.length + 17);
  }

  /** Whether entries have more than one index, so that sums go over many places. */
  get hasPlaces(): boolean {
    return this.indices.length > 1;
  }

  /** Whether there is nothing to draw. */
  get isOnePoint(): boolean {
    return this.names.length + this.matrices.length + this.given.length + this.chance.length === 0;
  }

  /** The point of one turn. */
  point(turn: number, effort: Effort): SamplePoint {
    const at = this.numbers(turn, effort);
    const matrices = this.drawn(turn, at);
    const distributions = countsOf(this.distributions, at);
    const applied = valueOfApplied({ matrices, at, shapes: this.shapes, distributions });
    const meaning: Meaning = {
      symbol: (name) => this.known.get(name) ?? matrices.get(name) ?? at.get(name),
      applied: (name, args) => (isOutside(args, this.context.extents?.get(name)) ? whole(0) : applied(name, args)),
      made: (name) => this.made.get(name),
      outcomes: (name) => {
        const place = this.chance.indexOf(name);
        if (place < 0 || !this.shapes.has(name))
          return place < 0 ? undefined : drawOutcomes(turn, place, this.context.isCentred ?? false);
        const [like, share] = [matrices.get(name), this.context.mask];
        const chance = share && evaluateMath(share, { ...NO_MEANING, symbol: (n) => at.get(n) }, effort);
        return like && isMatrix(like) && chance !== undefined && !isMatrix(chance)
          ? masksLike(like, chance)
          : undefined;
      },
      areTied: this.context.areTied ?? false,
      gradients: (of) =>
        new Map((this.upstream.get(of) ?? []).flatMap((by) => pair(by, matrices.get(gradientName(of, by))))),
    };
    return { at, meaning };
  }

  private numbers(turn: number, effort: Effort): ReadonlyMap<string, Scalar> {
    const { names, indices, sizes, random } = this;
    const at = new Map<string, Scalar>();
    for (const name of names)
      at.set(name, name === "π" ? Math.PI : drawNumber(turn, this.areWhole, sizes.includes(name), random));
    if (this.context.mask) for (const [n, name] of sizes.entries()) at.set(name, whole(2 + ((turn >> n) % 2)));
    // Different indices are different numbers, and sums without bounds go over all of them.
    for (const [n, name] of indices.entries()) at.set(name, whole(1 + ((n + turn) % MOST_INDICES)));
    // What they count is at least as many, and not more than it takes.
    if (indices.length > 0 && this.areWhole)
      for (const [n, name] of names.entries())
        if (!indices.includes(name)) at.set(name, whole(MOST_INDICES + ((n + turn) % (this.hasPlaces ? 2 : 5))));
    for (const name of names)
      if (name.startsWith("#") && !sizes.includes(name)) at.set(name, whole(MOST_INDICES + (turn % 2)));
    for (const [name, shape] of this.bounds) {
      const rows = evaluateMath(shape.rows, { ...NO_MEANING, symbol: (n) => at.get(n) }, effort);
      if (rows !== undefined && !isMatrix(rows)) at.set(name, rows);
    }
    return at;
  }

  private drawn(turn: number, at: ReadonlyMap<string, Scalar>): ReadonlyMap<string, MathValue> {
    const found = new Map<string, MathValue>();
    const draw = (name: string, key = name): void => {
      const shape = this.shapes.get(name);
      const value = shape
        ? drawMatrix(name, shape, at, this.random, this.isCurved)
        : drawNumber(turn, false, false, this.random);
      if (value !== undefined) found.set(key, value);
    };
    for (const name of this.matrices) draw(name);
    for (const name of this.distributions.keys()) {
      const vector = found.get(name);
      if (vector !== undefined && isMatrix(vector)) found.set(name, sharesLike(vector));
    }
    for (const { of, by } of this.given) draw(by, gradientName(of, by));
    return found;
  }
}

const isOutside = (args: readonly MathValue[], extent: readonly [number, number] | undefined): boolean =>
  extent !== undefined && args.some((x) => !isMatrix(x) && (toFloat(x) < extent[0] || toFloat(x) > extent[1]));

const gradientName = (of: string, by: string): string => `∂${of}/∂${by}`;

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
      const entry = splitIndex(e.by);
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
      const by = e.kind === "derivative" ? splitIndex(e.by) : undefined;
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
