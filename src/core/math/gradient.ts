import type { Rational } from "../dims/rational.js";
import { symbolAt } from "./compound.js";
import { ofOneNumber, outerDerivative } from "./differentiate.js";
import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import { allWithin, type MathExpr } from "./expression.js";
import { isZero, minus, over, plus, raised, type Scalar, times, toFloat, whole } from "./scalar.js";
import { correlated } from "./slide.js";
import {
  areColumns,
  entrywise,
  filledLike,
  isMatrix,
  isSameValue,
  type MathValue,
  negated,
  productOf,
  sumOf,
  transposed,
} from "./value.js";

/** Something has no gradient that is known here. */
class NoGradient extends Error {}

/** How deep expressions and what their letters stand for may be. */
const MAX_DEPTH = 200;

/** Terms of a sum that are gone through. */
const MAX_TERMS = 200n;

/**
 * The gradient of a number by a letter, in the letter's own shape, at the values that `meaning` gives; undefined where the expression is no
 * number or something on the way has no derivative that is known. What letters stand for is gone through, at the letters' own values.
 */
export function gradientOf(e: MathExpr, by: string, meaning: Meaning, effort: Effort): MathValue | undefined {
  const value = evaluateMath(e, meaning, effort);
  if (value === undefined || isMatrix(value)) return undefined;
  return pulledBack([[e, whole(1)]], by, meaning, effort);
}

/** The sum of what the gradients by several expressions make, by the chain rule, of the gradient by one letter. */
export function pulledBack(
  upstream: readonly (readonly [of: MathExpr, gradient: MathValue])[],
  by: string,
  meaning: Meaning,
  effort: Effort,
): MathValue | undefined {
  const at = evaluateMath(symbolAt(by, { from: 0, to: 0 }), meaning, effort);
  if (at === undefined) return undefined;
  const pass = new BackwardPass(by, at, effort, meaning.slopeAtKink);
  try {
    for (const [of, gradient] of upstream) pass.pull(of, gradient, meaning, 0);
  } catch (problem) {
    if (problem instanceof NoGradient) return undefined;
    throw problem;
  }
  // What no path leads to stands for something that nobody has said.
  return pass.isReached ? pass.total : undefined;
}

/** The derivative of a number by one entry of a sequence: `∂p_i/∂z_j`. */
export function entryGradient(
  e: MathExpr,
  by: string,
  index: readonly MathValue[],
  meaning: Meaning,
  effort: Effort,
): MathValue | undefined {
  const pass = new BackwardPass(by, whole(0), effort, meaning.slopeAtKink, index);
  try {
    pass.pull(e, whole(1), meaning, 0);
  } catch (problem) {
    if (problem instanceof NoGradient) return undefined;
    throw problem;
  }
  return pass.isMet ? pass.total : undefined;
}

/** Goes from the value back to the letter, and adds up what arrives there. */
class BackwardPass {
  total: MathValue;
  isReached = false;
  /** Whether any entry of the sequence was met. */
  isMet = false;

  constructor(
    private readonly by: string,
    at: MathValue,
    private readonly effort: Effort,
    private readonly slopeAtKink: Scalar | undefined,
    private readonly index?: readonly MathValue[],
  ) {
    this.total = filledLike(at, whole(0));
  }

  pull(e: MathExpr, g: MathValue, meaning: Meaning, depth: number): void {
    if (--this.effort.left < 0 || depth > MAX_DEPTH) throw new NoGradient();
    const value = (x: MathExpr): MathValue => known(evaluateMath(x, meaning, this.effort));
    switch (e.kind) {
      case "number":
        return;
      case "symbol": {
        const made = e.name === this.by ? undefined : meaning.made?.(e.name);
        if (e.name === this.by) this.add(g);
        else if (made) this.pull(made, g, meaning, depth + 1);
        return;
      }
      case "indexed": {
        const made = e.name === this.by ? undefined : meaning.made?.(e.name);
        const vector = made && value(made);
        if (made && vector !== undefined) {
          this.pull(made, known(oneEntry(vector, e.indices.map(value), g)), meaning, depth + 1);
          return;
        }
        const indices = e.name === this.by ? e.indices.map(value) : undefined;
        if (!indices) return;
        this.isMet = true;
        if (this.index !== undefined) {
          const isSame = (at: MathValue, n: number): boolean => isSameValue(at, indices[n] ?? Number.NaN);
          if (indices.length === this.index.length && this.index.every(isSame)) this.add(g);
        } else this.add(known(oneEntry(this.total, indices, g)));
        return;
      }
      case "series": {
        const [first, last] = [value(e.first), value(e.last)];
        if (e.what !== "sum" || !isWhole(first) || !isWhole(last) || last.n - first.n > MAX_TERMS)
          throw new NoGradient();
        for (let i = first.n; i <= last.n; i++) {
          const symbol = (name: string): MathValue | undefined => (name === e.index ? whole(i) : meaning.symbol(name));
          this.pull(e.body, g, { ...meaning, symbol }, depth + 1);
        }
        return;
      }
      default:
        for (const [part, upstream] of this.sharesOf(e, g, value, meaning))
          if (upstream !== undefined) this.pull(part, upstream, meaning, depth + 1);
          else if (reaches(part, this.by, meaning)) throw new NoGradient();
    }
  }

  /** The parts of an expression, each with the gradient that it gets; none where it does not depend on the letter. */
  private sharesOf(e: MathExpr, g: MathValue, value: (x: MathExpr) => MathValue, meaning: Meaning): Shares {
    try {
      return this.shares(e, g, value);
    } catch (problem) {
      if (problem instanceof NoGradient && !reaches(e, this.by, meaning)) return [];
      throw problem;
    }
  }

  private add(g: MathValue): void {
    this.isReached = true;
    this.total = known(sumOf(this.total, g));
  }

  /** The parts of an expression, each with the gradient that it gets. */
  private shares(e: MathExpr, g: MathValue, value: (x: MathExpr) => MathValue): Shares {
    switch (e.kind) {
      case "negate":
        return [[e.of, negated(g)]];
      case "transpose":
        return [[e.of, transposed(g)]];
      case "binary": {
        const inside = squaredNorm(e);
        return inside ? [[inside, productOf(times(whole(2), scalarOf(g)), value(inside))]] : ofBinary(e, g, value);
      }
      case "matrix":
        return e.rows.flatMap((row, i) =>
          row.map((cell, j) => {
            if (isMatrix(value(cell))) throw new NoGradient();
            return [cell, isMatrix(g) ? g.rows[i]?.[j] : g] as const;
          }),
        );
      case "call": {
        const plain = ofOneNumber(e);
        const [x, ...more] = plain.args;
        if (!x || more.length > 0) throw new NoGradient();
        return [[x, this.throughFunction(plain, value(x), g, value)]];
      }
      default:
        throw new NoGradient();
    }
  }

  private throughFunction(
    e: Extract<MathExpr, { kind: "call" }>,
    at: MathValue,
    g: MathValue,
    value: (x: MathExpr) => MathValue,
  ): MathValue | undefined {
    const { name } = e;
    if (name === "norm") return productOf(known(over(scalarOf(g), scalarOf(value(e)))), at);
    if (name === "sum") return filledLike(at, scalarOf(g));
    if (name === "softmax") {
      const s = value(e);
      return entrywise(s, known(sumOf(g, filledLike(g, minus(inner(g, s))))), times);
    }
    if (name === "tr" && isMatrix(at) && !isMatrix(g))
      return { rows: at.rows.map((row, i) => row.map((_, j) => (i === j ? g : whole(0)))) };
    const outer = outerDerivative(name, symbolAt("·", e));
    if (!outer) throw new NoGradient();
    const slope = (t: Scalar): Scalar =>
      name === "relu" && isZero(t)
        ? known(this.slopeAtKink)
        : scalarOf(evaluateMath(outer, { symbol: () => t, applied: () => undefined }, this.effort));
    if (!isMatrix(at)) return productOf(g, slope(at));
    // Where nothing comes back, nobody asks for the slope.
    return entrywise(g, at, (x, t) => (isZero(x) ? x : times(x, slope(t))));
  }
}

/** Whether an expression depends on a letter, directly or through what its letters stand for. */
function reaches(e: MathExpr, by: string, meaning: Meaning, seen = new Set<string>()): boolean {
  for (const part of allWithin(e)) {
    if (part.kind !== "symbol" && part.kind !== "indexed") continue;
    if (part.name === by) return true;
    const made = seen.has(part.name) ? undefined : meaning.made?.(part.name);
    seen.add(part.name);
    if (made && reaches(made, by, meaning, seen)) return true;
  }
  return false;
}

/** What stands in `‖…‖²`, which has a gradient also where the norm has none: at 0. */
const squaredNorm = ({ op, left, right }: Extract<MathExpr, { kind: "binary" }>): MathExpr | undefined =>
  op === "^" && right.kind === "number" && right.text === "2" && left.kind === "call" && /^norm[F2]?$/.test(left.name)
    ? left.args[0]
    : undefined;

type Shares = readonly (readonly [part: MathExpr, gradient: MathValue | undefined])[];

function ofBinary(
  { op, left, right }: Extract<MathExpr, { kind: "binary" }>,
  g: MathValue,
  value: (x: MathExpr) => MathValue,
): Shares {
  const shares = (a: MathValue | undefined, b: MathValue | undefined): Shares => [
    [left, a],
    [right, b],
  ];
  if (op === "+") return shares(g, g);
  if (op === "-") return shares(g, negated(g));
  const [a, b] = [value(left), value(right)];
  if (op === "⊙") return shares(entrywise(g, b, times), entrywise(g, a, times));
  if (op === "⋆" && isMatrix(b)) return shares(correlated(g, b, b.rows.length - 1, true), correlated(a, g));
  if (op === "*" && isMatrix(a) && isMatrix(b)) {
    if (!isMatrix(g) && areColumns(a, b)) return shares(byFactor(g, b), byFactor(g, a));
    // Where a row meets a column, what comes back is a number.
    const upstream = isMatrix(g) ? g : { rows: [[g]] };
    return shares(productOf(upstream, transposed(b)), productOf(transposed(a), upstream));
  }
  if (op === "*") return shares(byFactor(g, b), byFactor(g, a));
  if (op === "/" && !isMatrix(b)) {
    const ofDivisor = over(scalarOf(byFactor(g, a)), times(b, b));
    return shares(productOf(g, known(over(whole(1), b))), ofDivisor === undefined ? undefined : minus(ofDivisor));
  }
  if (op === "^" && !isMatrix(a) && !isMatrix(b) && !isMatrix(g)) {
    const ofBase: MathValue = times(g, times(b, known(raised(a, plus(b, whole(-1))))));
    if (right.kind === "number") return [[left, ofBase]];
    const log = toFloat(a) > 0 ? Math.log(toFloat(a)) : undefined;
    return shares(ofBase, times(g, times(scalarOf(raised(a, b)), known(log))));
  }
  throw new NoGradient();
}

/** What comes back through a product with a number, or to the number. */
const byFactor = (g: MathValue, other: MathValue): MathValue | undefined =>
  isMatrix(other) ? (isMatrix(g) ? inner(g, other) : productOf(g, other)) : productOf(g, other);

const isWhole = (v: MathValue): v is Rational => !isMatrix(v) && typeof v !== "number" && v.d === 1n;

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new NoGradient();
  return value;
}

function scalarOf(value: MathValue | undefined): Scalar {
  if (value === undefined || isMatrix(value)) throw new NoGradient();
  return value;
}

/** The sum of the products of all pairs of entries. */
function inner(a: MathValue, b: MathValue): Scalar {
  const all = known(entrywise(a, b, times));
  return isMatrix(all) ? all.rows.flat().reduce(plus, whole(0)) : all;
}

/** As large as another matrix, with one entry that is not 0; the indices count from 1. */
function oneEntry(like: MathValue, indices: readonly MathValue[], g: MathValue): MathValue | undefined {
  if (!isMatrix(like) || isMatrix(g)) return undefined;
  const [i = 0, j = 1] = indices.map((v) => (isMatrix(v) || typeof v === "number" ? 0 : Number(v.n)));
  if (i < 1 || j < 1 || i > like.rows.length || j > (like.rows[0]?.length ?? 0)) return undefined;
  return { rows: like.rows.map((row, r) => row.map((_, c) => (r === i - 1 && c === j - 1 ? g : whole(0)))) };
}
