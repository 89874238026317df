import { allWithin, type MathExpr } from "../../core/math/expression.js";
import { printMath } from "../../core/math/printMath.js";
import { type Scalar, toFloat } from "../../core/math/scalar.js";
import { isMatrix, isSameValue, type MathValue } from "../../core/math/value.js";
import { type Chain, readPlainly } from "../../read/math/chains.js";
import type { Given } from "../quantities/given.js";
import { compareWritten, lastDigit } from "./compareWritten.js";
import type { Definitions } from "./definitions.js";
import { hasLayers, type Implied, layerFormulas, splitLayer } from "./layerFormulas.js";
import { leastSquares } from "./leastSquares.js";
import { numbersOf } from "./numbersOf.js";
import type { StepAnswer } from "./stepAnswer.js";
import type { KeptStep } from "./stepCache.js";

const entries = (v: MathValue): readonly Scalar[] => (isMatrix(v) ? v.rows.flat() : [v]);

/** The entries of a value, as many as are written: what goes back to the bias on top is left out. */
function entriesAs(v: MathValue | undefined, is: MathValue): readonly Scalar[] | undefined {
  if (v === undefined) return undefined;
  const [a, b] = [entries(v), entries(is)];
  if (a.length === b.length) return a;
  return isMatrix(v) && v.rows.length === b.length + 1 && a.length === b.length + 1 ? a.slice(1) : undefined;
}

/** Parts of the largest entry by which numbers are off that come from others, rounded before. */
const ROUNDED = 0.03;
const CLEAR = 0.1;

/** What is said of entries by what they should be: the place that is wrong, from 0, and nothing where it may come from rounding. */
function compared(
  own: readonly Scalar[],
  said: readonly Scalar[],
  digits: readonly number[] | undefined,
): "right" | "rounded" | number | undefined {
  if (own.every((x, i) => isSameValue(x, said[i] ?? Number.NaN))) return "right";
  const scale = Math.max(...own.map((x) => Math.abs(toFloat(x))));
  const off = own.map((x, i) => (Math.abs(toFloat(x) - toFloat(said[i] ?? 0)) - (digits?.[i] ?? 0)) / scale);
  if (digits && off.every((x) => x < ROUNDED)) return "rounded";
  const wrong = off.findIndex((x) => x > (digits ? CLEAR : 0));
  return wrong < 0 ? undefined : wrong;
}

/** What is said of a name's value, and the formula that gives it. */
export interface LayerStep {
  readonly step: KeptStep;
  readonly name: string;
  readonly found?: Implied;
}

const isPlain = (e: MathExpr): boolean => [...allWithin(e)].every((x) => /^(?:number|negate|matrix)$/.test(x.kind));

/**
 * What is said of a value that a document gives without a formula: for a least-squares solution, or for a name of a network, `x_1`, `δ_2` or
 * the gradient by `W_1`. That is right where it follows from the values before it, wrong only where another layer was seen to follow the
 * same convention.
 */
export function layerStep(chain: Chain, { values, implied }: Definitions, given: Given): LayerStep | undefined {
  const [left, right] = chain.links;
  // Numbers alone, which is seen without reading them.
  if (!right || right.tokens.some((t) => t.kind === "word" || t.kind === "text")) return undefined;
  const [of, written] = [left, right].map((link) => link && readPlainly(link, chain.isLatex));
  const is = written && isPlain(written) ? numbersOf(written, new Map()) : undefined;
  if (!left || !written || is === undefined || !/^[=≈]$/.test(chain.relations[0] ?? "")) return undefined;
  const name = of?.kind === "symbol" ? of.name : of?.kind === "derivative" ? `∂${of.by}` : "";
  const isGradient = of?.kind === "derivative";
  const kept = (answer: StepAnswer, found?: Implied): LayerStep => ({
    step: {
      answer: { ...answer, at: { from: right.from, to: right.to } },
      span: { from: left.from, to: right.to },
      plain: `${printMath(of ?? written)} = ${printMath(written)}`,
    },
    name,
    ...(found ? { found } : {}),
  });
  const solution = leastSquares(name, values, given);
  if (solution) {
    const comparison = compareWritten(solution.value, written, is, "=");
    const isKept = solution.isSure || comparison.verdict !== "wrong";
    return isKept
      ? kept({ ...comparison, how: "numbers", as: "least squares", values: [solution.value, is] })
      : undefined;
  }
  const names = [...values.keys()];
  const all = hasLayers(names) ? layerFormulas(isGradient ? of.by : name, isGradient, names, given.context) : [];
  // What is given anew may be of another input, or of other weights.
  const isOpen = values.has(name) || /bias\w*[^.\n]{0,20}\d/i.test(given.context);
  const seen = isOpen ? [] : [...implied].filter(([n]) => familyOf(n) === familyOf(name));
  const cells = written.kind === "matrix" ? written.rows.flat() : [written];
  const areWhole = [...values.values()].every((v) => entries(v).every((x) => typeof x !== "number" && x.d === 1n));
  const digits = areWhole ? undefined : cells.map((e) => toFloat(lastDigit(e) ?? 0));
  const fitting = all.flatMap((found) => {
    const own = entriesAs(numbersOf(found.e, values), is);
    return own ? [{ found, own }] : [];
  });
  const isOnly = fitting.every(({ own }) => own.every((x, i) => isSameValue(x, fitting[0]?.own[i] ?? Number.NaN)));
  let [rounded, wrong]: (LayerStep | undefined)[] = [];
  for (const { found, own } of fitting) {
    const verdict = compared(own, entries(is), digits);
    const quantity = { name: printMath(found.e), say: "with the values that are written before" };
    if (verdict === "right") return kept({ verdict, how: "quantity", quantity }, found);
    if (verdict === "rounded") rounded ??= kept({ verdict, how: "quantity", quantity }, found);
    if (typeof verdict !== "number" || !seen.some(([, key]) => key === found.key || isOnly)) continue;
    // x_1, x_2 may be no layers at all.
    if (found.key.startsWith("(")) continue;
    // A slip leaves most of a column as it should be.
    const same = own.filter((x, i) => compared([x], [entries(is)[i] ?? x], digits) !== 0).length;
    if (own.length > 1 ? same * 2 < own.length : implied.size < 2) continue;
    const column = (v: readonly Scalar[]): MathValue => ({ rows: v.map((x) => [x]) });
    const isOne = own.length === 1;
    wrong ??= kept({
      verdict: "wrong",
      how: "numbers",
      values: isOne ? [own[0] ?? is, is] : [column(own), column(entries(is))],
      ...(isOne ? {} : { entry: [verdict + 1, 1] }),
    });
  }
  return rounded ?? wrong;
}

const familyOf = (name: string): string => splitLayer(name)?.family ?? name.slice(0, 2);
