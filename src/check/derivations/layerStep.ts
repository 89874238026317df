import { allWithin, type MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { isBelow, minus, plus, type Scalar, times, whole } from "../../core/math/scalar.js";
import { isMatrix, isSameValue, type MathValue } from "../../core/math/value.js";
import { type Chain, readLink } from "../../read/math/chains.js";
import { plainReading } from "../../read/math/tokenStream.js";
import { lastDigit } from "./compareWritten.js";
import { numbersOf } from "./decideStep.js";
import type { Definitions } from "./definitions.js";
import { type Implied, LayerFormulas, splitLayer } from "./layerFormulas.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

type Values = ReadonlyMap<string, MathValue>;

const entries = (v: MathValue): readonly Scalar[] => (isMatrix(v) ? v.rows.flat() : [v]);

/** The entries of a value, as many as are written: what goes back to the bias on top is left out. */
function entriesAs(v: MathValue | undefined, is: MathValue): readonly Scalar[] | undefined {
  if (v === undefined) return undefined;
  const [a, b] = [entries(v), entries(is)];
  if (a.length === b.length) return a;
  return isMatrix(v) && v.rows.length === b.length + 1 && a.length === b.length + 1 ? a.slice(1) : undefined;
}

/** Half of the last digit that a number is written with. */
function slack(x: Scalar): Scalar {
  for (let ten = 10n; typeof x !== "number" && x.d > 1n && ten < 10n ** 9n; ten *= 10n)
    if (ten % x.d === 0n) return { n: 1n, d: 2n * ten };
  return whole(0);
}

const moved = (v: MathValue, by: (x: Scalar) => Scalar): MathValue =>
  isMatrix(v) ? { rows: v.rows.map((row) => row.map((x) => plus(x, by(x)))) } : plus(v, by(v));

/** All that the entries of a formula may be, where each of the other names may have been rounded before. */
function* nearby(e: MathExpr, values: Values, is: MathValue): Generator<readonly Scalar[]> {
  for (const [name, v] of values) {
    if (/^[Wb]/.test(name) || !splitLayer(name)) continue;
    for (const by of [slack, (x: Scalar) => minus(slack(x))]) {
      const other = entriesAs(numbersOf(e, new Map(values).set(name, moved(v, by))), is);
      if (other) yield other;
    }
  }
}

/** What is said of a value by one formula: the entry that is wrong, from 0, where one is. */
function compared(
  e: MathExpr,
  written: MathExpr,
  is: MathValue,
  values: Values,
): "right" | "rounded" | number | undefined {
  const own = entriesAs(numbersOf(e, values), is);
  if (!own) return undefined;
  const said = entries(is);
  if (own.every((x, i) => isSameValue(x, said[i] ?? Number.NaN))) return "right";
  const cells = written.kind === "matrix" ? written.rows.flat() : [written];
  const all = [own, ...nearby(e, values, is)];
  const wrong = said.findIndex((y, i) => {
    const near = all.map((v) => v[i] ?? y);
    const [low, high] = [
      near.reduce((a, b) => (isBelow(b, a) ? b : a)),
      near.reduce((a, b) => (isBelow(a, b) ? b : a)),
    ];
    const digit = times(lastDigit(cells[i] ?? written) ?? whole(0), { n: 1n, d: 2n });
    return isBelow(y, plus(low, minus(digit))) || isBelow(plus(high, digit), y);
  });
  return wrong < 0 ? "rounded" : wrong;
}

/** What is said of a name's value, and the formula that gives it. */
export interface LayerStep {
  readonly step: KeptStep;
  readonly name: string;
  readonly found?: Implied;
}

const isPlain = (e: MathExpr): boolean => [...allWithin(e)].every((x) => /^(?:number|negate|matrix)$/.test(x.kind));

/**
 * What is said of a value that a document gives without a formula for a name of its network, `x_1`, `δ_2` or the gradient by `W_1`: right
 * where it follows from the values before it, wrong only where another layer was seen to follow the same convention.
 */
export function layerStep(chain: Chain, { values, implied }: Definitions, text: string): LayerStep | undefined {
  const [left, right] = chain.links;
  const [of, written] = [left, right].map((link) => link && readLink(link, plainReading(chain.isLatex)));
  const is = written && isPlain(written) ? numbersOf(written, new Map()) : undefined;
  if (!left || !right || !written || is === undefined || !/^[=≈]$/.test(chain.relations[0] ?? "")) return undefined;
  const name = of?.kind === "symbol" ? of.name : of?.kind === "derivative" ? `∂${of.by}` : "";
  const layers = new LayerFormulas([...values.keys()], text);
  const all = of?.kind === "derivative" ? layers.gradientBy(of.by) : layers.of(name);
  const kept = (answer: StepAnswer, found?: Implied): LayerStep => ({
    step: {
      answer,
      span: { from: left.from, to: right.to },
      plain: `${printMath(of ?? written)} = ${printMath(written)}`,
    },
    name,
    ...(found ? { found } : {}),
  });
  // What is given anew may be of another input, or of other weights.
  const seen = values.has(name) ? [] : [...implied].filter(([n]) => familyOf(n) === familyOf(name));
  const fitting = all.filter(({ e }) => entriesAs(numbersOf(e, values), is));
  let [rounded, wrong]: (LayerStep | undefined)[] = [];
  for (const found of fitting) {
    const verdict = compared(found.e, written, is, values);
    const quantity = { name: printMath(found.e), say: "with the values that are written before" };
    if (verdict === "right") return kept({ verdict, how: "quantity", quantity }, found);
    if (verdict === "rounded") rounded ??= kept({ verdict, how: "quantity", quantity }, found);
    if (typeof verdict !== "number" || !seen.some(([, key]) => key === found.key || fitting.length === 1)) continue;
    const [a, b] = [entriesAs(numbersOf(found.e, values), is), entries(is)].map((v = []): MathValue => {
      const [only, ...more] = v;
      return only !== undefined && more.length === 0 ? only : { rows: v.map((x) => [x]) };
    });
    wrong ??= kept({
      verdict: "wrong",
      how: "numbers",
      at: { from: right.from, to: right.to },
      ...(a !== undefined && b !== undefined ? { values: [a, b] } : {}),
      ...(a !== undefined && isMatrix(a) ? { entry: [verdict + 1, 1] } : {}),
    });
  }
  return rounded ?? wrong;
}

const familyOf = (name: string): string => splitLayer(name)?.family ?? name.slice(0, 2);
