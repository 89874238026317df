import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import { allWithin, type MathExpr } from "./expression.js";
import { type Context, PointSampler } from "./pointSampler.js";
import { isBelow, type Scalar, toFloat, whole } from "./scalar.js";
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

/** Compares two expressions at points of their symbols' domain, the known values first; one difference decides, agreement at enough points does, too. */
export function compareExpressions(left: MathExpr, right: MathExpr, context: Context = {}): IdentityAnswer {
  const sampler = PointSampler.of(left, right, context);
  if (!sampler) return { isIdentity: undefined };
  const effort: Effort = { left: sampler.hasPlaces ? 8 * EFFORT : EFFORT };
  const enough = sampler.isOnePoint ? 1 : ENOUGH;
  let agreed = 0;
  for (let turn = 0; turn < TRIED && agreed < enough; turn++) {
    const { at, meaning } = sampler.point(turn, effort);
    const [a, b] = [evaluateMath(left, meaning, effort), evaluateMath(right, meaning, effort)];
    if (effort.left < 0) return { isIdentity: undefined };
    if (a === undefined || b === undefined || (context.isCount && !isMatrix(a) && toFloat(a) <= 0)) continue;
    if (isSameValue(a, b)) agreed++;
    else if (isClearlyOther(a, b) && [left, right].some((e) => isOfSizes(e, meaning, effort)))
      return { isIdentity: false, counterexample: { at, left: a, right: b } };
  }
  return { isIdentity: agreed >= enough ? true : undefined };
}

/** Whether nothing that is rounded is below 0, as it is for a kernel that is larger than its input. */
function isOfSizes(e: MathExpr, meaning: Meaning, effort: Effort): boolean {
  for (const x of allWithin(e)) {
    const [of] = x.kind === "call" && /^(?:floor|ceil)$/.test(x.name) ? x.args : [];
    const value = of && evaluateMath(of, meaning, effort);
    if (value !== undefined && !isMatrix(value) && isBelow(value, whole(0))) return false;
  }
  return true;
}

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
