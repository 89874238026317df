import { binary, numberAt } from "../../core/math/compound.js";
import { type Effort, evaluateMath, type Meaning } from "../../core/math/evaluateMath.js";
import { freeSymbols, type MathExpr, replaced } from "../../core/math/expression.js";
import { compareExpressions } from "../../core/math/identity.js";
import { type Scalar, toFloat, whole } from "../../core/math/scalar.js";
import { isMatrix } from "../../core/math/value.js";
import { type StepAnswer, UNCLEAR } from "./stepAnswer.js";

/** The numbers at which growth is looked at. */
const FAR: readonly [number, number] = [1_000_000, 1_000_000_000];

/** `Θ(n²)`, `O(n)`: the sign and what stands in it. */
export function growthIn(e: MathExpr): { readonly sign: "Θ" | "O"; readonly of: MathExpr } | undefined {
  const [of] = e.kind === "apply" ? e.args : [];
  return e.kind === "apply" && of && (e.name === "Θ" || e.name === "O") ? { sign: e.name, of } : undefined;
}

/** Whether a formula grows as another one of a single letter; all other letters stay as they are. */
export function decideGrowth(formula: MathExpr, sign: "Θ" | "O", of: MathExpr): StepAnswer {
  const [letter, ...more] = freeSymbols(of);
  if (letter === undefined || more.length > 0 || !freeSymbols(formula).has(letter)) return UNCLEAR;
  const ratio = (n: number): number | undefined => {
    const effort: Effort = { left: 5000 };
    const meaning: Meaning = {
      symbol: (name): Scalar => whole(name === letter ? n : 3),
      applied: () => undefined,
    };
    const [a, b] = [evaluateMath(formula, meaning, effort), evaluateMath(of, meaning, effort)];
    if (a === undefined || b === undefined || isMatrix(a) || isMatrix(b)) return undefined;
    const value = Math.abs(toFloat(a) / toFloat(b));
    return Number.isFinite(value) ? value : undefined;
  };
  const [near, far] = FAR.map(ratio);
  if (near === undefined || far === undefined || near === 0) return UNCLEAR;
  const growth = far / near;
  // A logarithm makes less of a difference than that.
  if (growth > 10) return { verdict: "wrong", how: "growth" };
  if (growth < 0.1) return sign === "O" ? { verdict: "right", how: "growth" } : { verdict: "wrong", how: "growth" };
  return growth > 0.8 && growth < 1.25 ? { verdict: "right", how: "growth" } : UNCLEAR;
}

/** Whether a formula is a constant times another one, as far as the letters of that one go; wrong only where it grows otherwise. */
export function decideProportion(formula: MathExpr, to: MathExpr): StepAnswer {
  const letters = [...freeSymbols(to)];
  const own = freeSymbols(formula);
  if (letters.length === 0 || !letters.every((name) => own.has(name))) return UNCLEAR;
  const ratio = binary("/", formula, to);
  const isFixed = (name: string): boolean => {
    const other = replaced(ratio, (e) =>
      e.kind === "symbol" && e.name === name ? binary("+", e, numberAt("1", e)) : undefined,
    );
    return compareExpressions(ratio, other).isIdentity === true;
  };
  if (letters.every(isFixed)) return { verdict: "right", how: "growth" };
  const grown = decideGrowth(formula, "Θ", to);
  return grown.verdict === "wrong" ? grown : UNCLEAR;
}
