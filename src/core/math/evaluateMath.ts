import { symbolAt } from "./compound.js";
import { differentiate } from "./differentiate.js";
import { freeSymbols, type MathExpr } from "./expression.js";
import { splitIndex } from "./families.js";
import { callFunction } from "./functions.js";
import { entryGradient, gradientOf, pulledBack } from "./gradient.js";
import { isMoment, meanOver, type Outcomes } from "./moments.js";
import { isZero, over, plus, raised, readDecimal, type Scalar, times, toFloat, whole } from "./scalar.js";
import { correlated } from "./slide.js";
import { inverseOf } from "./solve.js";
import {
  areColumns,
  asNumber,
  entryOf,
  entrywise,
  isMatrix,
  isSameValue,
  type MathValue,
  type MatrixOfNumbers,
  negated,
  productOf,
  sumOf,
  transposed,
} from "./value.js";

/** What letters, functions and indexed letters stand for; undefined is not known. */
export interface Meaning {
  readonly symbol: (name: string) => MathValue | undefined;
  readonly applied: (name: string, args: readonly MathValue[]) => MathValue | undefined;
  /** The formula that a letter stands for, through which gradients go. */
  readonly made?: (name: string) => MathExpr | undefined;
  /** The slope of ReLU at 0, where it has none. */
  readonly slopeAtKink?: Scalar;
  /** The values of the letters that are random. */
  readonly outcomes?: (name: string) => Outcomes | undefined;
  /** Whether random letters depend on each other. */
  readonly areTied?: boolean;
  /** The gradients, by letters, of a number of which no formula is known. */
  readonly gradients?: (of: string) => ReadonlyMap<string, MathValue>;
}

/** Nothing is known. */
export const NO_MEANING: Meaning = { symbol: () => undefined, applied: () => undefined };

/** The work that evaluating may take, in operations; it is used up. */
export interface Effort {
  left: number;
}

/** Terms of a series that are added up. */
const MAX_TERMS = 2000;

/** What an expression comes to; undefined where something in it is not known, has no value, or takes too long. */
export function evaluateMath(e: MathExpr, meaning: Meaning, effort: Effort): MathValue | undefined {
  if (--effort.left < 0) return undefined;
  const value = (x: MathExpr): MathValue | undefined => evaluateMath(x, meaning, effort);
  const values = (all: readonly MathExpr[]): readonly MathValue[] | undefined => {
    const found = all.map(value);
    return found.every((v) => v !== undefined) ? found : undefined;
  };
  switch (e.kind) {
    case "number":
      return readDecimal(e.text);
    case "symbol": {
      const made = meaning.made?.(e.name);
      return meaning.symbol(e.name) ?? (made && value(made));
    }
    case "indexed": {
      const indices = values(e.indices);
      if (indices && e.name === "δ") return kronecker(indices);
      const made = meaning.made?.(e.name);
      const vector = made && value(made);
      if (vector !== undefined && indices && isMatrix(vector) && !indices.some(isMatrix))
        return entryOf(vector, indices as readonly Scalar[]);
      return indices && meaning.applied(e.name, indices);
    }
    case "apply": {
      const args = values(e.args);
      return args && meaning.applied(e.name, args);
    }
    case "negate": {
      const of = value(e.of);
      return of === undefined ? undefined : negated(of);
    }
    case "derivative":
      return derivativeAt(e, meaning, effort);
    case "transpose": {
      const of = value(e.of);
      return of === undefined ? undefined : transposed(of);
    }
    case "binary": {
      const [left, right] = [value(e.left), value(e.right)];
      if (left === undefined || right === undefined) return undefined;
      if (isMatrix(left)) effort.left -= left.rows.length * (left.rows[0]?.length ?? 0);
      return combined(e.op, left, right);
    }
    case "call": {
      if (isMoment(e.name)) return momentAt(e.name, e.args[0], meaning, effort);
      const args = values(e.args);
      return args && callFunction(e.name, args);
    }
    case "matrix": {
      const rows = e.rows.map((row) => values(row));
      const columns = rows.map((row) => (row?.length === 1 ? columnOf(row[0]) : undefined));
      // A column in a column is one column.
      if (columns.every((c) => c !== undefined)) return asNumber({ rows: columns.flat() });
      const isNumbers = (row: readonly MathValue[] | undefined): row is readonly Scalar[] =>
        row?.every((x) => !isMatrix(x)) ?? false;
      const isFull = rows.every((row) => isNumbers(row) && row.length === rows[0]?.length);
      return isFull ? asNumber({ rows: rows as readonly (readonly Scalar[])[] }) : undefined;
    }
    case "series":
      return seriesOf(e, meaning, effort);
  }
}

const columnOf = (v: MathValue | undefined): MatrixOfNumbers["rows"] | undefined =>
  v === undefined ? undefined : !isMatrix(v) ? [[v]] : v.rows.every((row) => row.length === 1) ? v.rows : undefined;

/** The mean or the variance of an expression with random letters that are independent. */
function momentAt(name: string, of: MathExpr | undefined, meaning: Meaning, effort: Effort): MathValue | undefined {
  if (!of) return undefined;
  const random = [...freeSymbols(of)].flatMap((x) => {
    const outcomes = meaning.outcomes?.(x);
    return outcomes ? [[x, outcomes] as const] : [];
  });
  if (random.length === 0 || random.length > 4) return undefined;
  const mean = (square: boolean): MathValue | undefined =>
    meanOver(
      random,
      (at) => {
        const value = evaluateMath(of, { ...meaning, symbol: (x) => at.get(x) ?? meaning.symbol(x) }, effort);
        return value === undefined || isMatrix(value) || !square ? value : times(value, value);
      },
      meaning.areTied,
    );
  const first = mean(false);
  if (name === "E" || first === undefined || isMatrix(first)) return name === "E" ? first : undefined;
  const second = mean(true);
  return second === undefined || isMatrix(second) ? undefined : plus(second, times(whole(-1), times(first, first)));
}

function derivativeAt(
  { of, by }: Extract<MathExpr, { kind: "derivative" }>,
  meaning: Meaning,
  effort: Effort,
): MathValue | undefined {
  const upstream =
    of.kind === "symbol" && of.name !== by && !meaning.made?.(of.name) ? meaning.gradients?.(of.name) : undefined;
  if (upstream) {
    const given = upstream.get(by);
    return (
      given ??
      pulledBack(
        [...upstream].map(([name, g]) => [symbolAt(name, of), g]),
        by,
        meaning,
        effort,
      )
    );
  }
  const at = evaluateMath(symbolAt(by, of), meaning, effort);
  const entry = at === undefined ? splitIndex(by) : undefined;
  const indices = entry?.indices.map((name) => meaning.symbol(name));
  if (entry && indices?.every((i) => i !== undefined)) return entryGradient(of, entry.base, indices, meaning, effort);
  const letters = freeSymbols(of);
  const isMade = [...letters].some((name) => name !== by && meaning.made?.(name));
  // What does not show the letter may stand for something that depends on it.
  if (!isMade && !letters.has(by)) return undefined;
  const formula = isMade || (at !== undefined && isMatrix(at)) ? undefined : differentiate(of, by);
  const value = formula && evaluateMath(formula, meaning, effort);
  const column = value === undefined ? evaluateMath(of, meaning, effort) : undefined;
  if (column !== undefined && isMatrix(column)) return jacobianAt(of, by, column, meaning, effort);
  return value ?? gradientOf(of, by, meaning, effort);
}

/** The derivative of a column by a column: a row for each entry. */
function jacobianAt(
  of: MathExpr,
  by: string,
  column: MatrixOfNumbers,
  meaning: Meaning,
  effort: Effort,
): MathValue | undefined {
  const rows = column.rows.map((_, i) => {
    const unit = { rows: column.rows.map((_row, j) => [whole(i === j ? 1 : 0)]) };
    const row = column.rows[0]?.length === 1 ? pulledBack([[of, unit]], by, meaning, effort) : undefined;
    return row !== undefined && isMatrix(row) && row.rows[0]?.length === 1 ? row.rows.flat() : undefined;
  });
  return rows.every((row) => row !== undefined) ? { rows } : undefined;
}

/** Whether two numbers are one, as a number. */
const kronecker = (args: readonly MathValue[]): MathValue | undefined => {
  const [i, j] = args;
  return i !== undefined && j !== undefined && args.length === 2 ? whole(isSameValue(i, j) ? 1 : 0) : undefined;
};

function combined(op: string, a: MathValue, b: MathValue): MathValue | undefined {
  switch (op) {
    case "+":
      return sumOf(a, b);
    case "-": {
      const other = negated(b);
      return other === undefined ? undefined : sumOf(a, other);
    }
    case "*":
      // Of two lists of numbers, which are columns, one is meant as a row.
      return productOf(a, b) ?? (areColumns(a, b) ? productOf(transposed(a), b) : undefined);
    case "⊙":
      return entrywise(a, b, times);
    case "⋆":
      return correlated(a, b);
    case "/": {
      const inverse = isMatrix(b) ? undefined : over(whole(1), b);
      return inverse === undefined ? undefined : productOf(a, inverse);
    }
    case "^":
      return powerOf(a, b);
    default:
      return undefined;
  }
}

function powerOf(a: MathValue, b: MathValue): MathValue | undefined {
  if (isMatrix(b)) return undefined;
  if (!isMatrix(a)) return raised(a, b);
  const isDiagonal = a.rows.every((row, i) => row.every((x, j) => (i === j) !== isZero(x) || isZero(x)));
  if (isDiagonal && a.rows.length === a.rows[0]?.length && toFloat(b) > 0)
    return entrywise(a, a, (x) => (isZero(x) ? x : raised(x, b)));
  const exponent = typeof b === "number" || b.d !== 1n ? 0 : Number(b.n);
  if (exponent === -1) return inverseOf(a);
  if (exponent < 1 || exponent > 64) return undefined;
  // A column cannot be multiplied with itself: its power is that of its entries.
  if (a.rows[0]?.length === 1) return entrywise(a, a, (x) => raised(x, b));
  let power: MathValue | undefined = a;
  for (let i = 1; i < exponent && power !== undefined; i++) power = productOf(power, a);
  return power;
}

function seriesOf(e: Extract<MathExpr, { kind: "series" }>, meaning: Meaning, effort: Effort): MathValue | undefined {
  const [first, last] = [evaluateMath(e.first, meaning, effort), evaluateMath(e.last, meaning, effort)];
  if (first === undefined || last === undefined || isMatrix(first) || isMatrix(last)) return undefined;
  if (typeof first === "number" || typeof last === "number" || first.d !== 1n || last.d !== 1n) return undefined;
  if (last.n - first.n > MAX_TERMS) return undefined;
  let all: MathValue | undefined = whole(e.what === "sum" ? 0 : 1);
  for (let i = first.n; i <= last.n && all !== undefined; i++) {
    const at: MathValue = whole(i);
    const inner: Meaning = { ...meaning, symbol: (name) => (name === e.index ? at : meaning.symbol(name)) };
    const term = evaluateMath(e.body, inner, effort);
    if (term === undefined) return undefined;
    // An empty sum of matrices is not known to be one; the first term says what is added up.
    all = i === first.n ? term : e.what === "sum" ? sumOf(all, term) : productOf(all, term);
  }
  return all;
}
