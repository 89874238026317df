import { type Effort, evaluateMath, type Meaning } from "../../core/math/evaluateMath.js";
import type { MathExpr } from "../../core/math/expression.js";
import type { Scalar } from "../../core/math/scalar.js";
import type { Made } from "../../core/math/upstream.js";
import type { MathValue } from "../../core/math/value.js";

/** Operations that one side of a step may take. */
const EFFORT = 20_000;

/** A side's value where all its letters have one; `slopeAtKink` is the slope of ReLU at 0, which has none there. */
export function numbersOf(
  e: MathExpr,
  known: ReadonlyMap<string, MathValue>,
  made: Made = new Map(),
  slopeAtKink?: Scalar,
): MathValue | undefined {
  const effort: Effort = { left: EFFORT };
  const meaning: Meaning = {
    symbol: (name) => known.get(name) ?? (name === "π" ? Math.PI : undefined),
    applied: () => undefined,
    made: (name) => made.get(name),
    ...(slopeAtKink === undefined ? {} : { slopeAtKink }),
    gradients: () =>
      new Map([...known].flatMap(([name, v]) => (name.startsWith("∂") ? [[name.slice(1), v] as const] : []))),
  };
  return evaluateMath(e, meaning, effort);
}
