import { type Effort, evaluateMath, type Meaning } from "./evaluateMath.js";
import { freeSymbols, type MathExpr } from "./expression.js";
import { steps } from "./samplePoint.js";
import { floored, isBelow, isSameNumber, plus, type Scalar, whole } from "./scalar.js";
import { isMatrix } from "./value.js";

/** `a ≤ b`. */
export interface Inequality {
  readonly left: MathExpr;
  readonly relation: string;
  readonly right: MathExpr;
}

/** Values for which one inequality holds and the other does not. */
export interface Disagreement {
  readonly at: ReadonlyMap<string, Scalar>;
  /** Whether it is the first one that holds. */
  readonly isFirst: boolean;
}

const TRIED = 160;

/** Letters of probabilities and small factors. */
const SMALL = /^[pqαβγεηλδρ]/;

/** Whether an inequality holds; undefined where it has no value, or where it is too near to call. */
function holds({ left, relation, right }: Inequality, at: ReadonlyMap<string, Scalar>): boolean | undefined {
  const effort: Effort = { left: 2000 };
  const meaning: Meaning = { symbol: (name) => at.get(name), applied: () => undefined };
  const [a, b] = [evaluateMath(left, meaning, effort), evaluateMath(right, meaning, effort)];
  if (a === undefined || b === undefined || isMatrix(a) || isMatrix(b)) return undefined;
  const isFloat = typeof a === "number" || typeof b === "number";
  if (isSameNumber(a, b)) return isFloat ? undefined : /[≤≥]/.test(relation);
  return /[<≤]/.test(relation) ? isBelow(a, b) : isBelow(b, a);
}

/**
 * Whether two inequalities hold for the same positive values, or, one way, the second wherever the first does: undefined where too little of
 * that could be seen.
 */
export function areEquivalent(
  a: Inequality,
  b: Inequality,
  isOneWay = false,
): { readonly are: boolean; readonly not?: Disagreement } | undefined {
  const names = [...new Set([a.left, a.right, b.left, b.right].flatMap((e) => [...freeSymbols(e)]))].sort();
  const random = steps(names.length + 5);
  const seen = { true: 0, false: 0 };
  for (let i = 0; i < TRIED; i++) {
    const at = new Map<string, Scalar>();
    for (const name of names) {
      const pick = random.next().value;
      at.set(name, SMALL.test(name) ? { n: BigInt(1 + (pick % 18)), d: 19n } : whole(1 + (pick % (i % 2 ? 12 : 80))));
    }
    // Around the bound, where a mistake shows.
    const bound =
      b.left.kind === "symbol" && i % 2 === 0
        ? evaluateMath(b.right, { symbol: (n) => at.get(n), applied: () => undefined }, { left: 2000 })
        : undefined;
    const near = bound !== undefined && !isMatrix(bound) ? floored(bound) : undefined;
    if (b.left.kind === "symbol" && near !== undefined && isBelow(whole(2), near))
      at.set(b.left.name, plus(near, whole((i % 4) - 1)));
    const [x, y] = [holds(a, at), holds(b, at)];
    if (x === undefined || y === undefined) continue;
    if (isOneWay && !x && y) continue;
    if (x !== y) return { are: false, not: { at, isFirst: x } };
    seen[`${x}`]++;
  }
  return seen.true >= 5 && seen.false >= 5 ? { are: true } : undefined;
}
