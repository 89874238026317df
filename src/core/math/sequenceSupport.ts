import type { Effort } from "./evaluateMath.js";
import { allWithin, type MathExpr } from "./expression.js";
import { isZero, type Scalar, toFloat, whole } from "./scalar.js";
import { IMPULSE, numberOf, SEQUENCE, type Sequences, STEP } from "./sequences.js";

/** The first and the last index at which something may be other than 0; without an end on a side, infinity. */
export type Support = readonly [first: number, last: number];

const EVERYWHERE: Support = [-Infinity, Infinity];
const NOWHERE: Support = [Infinity, -Infinity];

/** Indices behind the last step at which a sum must be 0 to be so from there on: more than its terms have parameters. */
const ZEROS = 24;

const both = ([a, b]: Support, [c, d]: Support): Support => [Math.max(a, c), Math.min(b, d)];
const either = ([a, b]: Support, [c, d]: Support): Support => [Math.min(a, c), Math.max(b, d)];

/** Where a sequence begins and ends at most; undefined where that is not known. */
export function supportOf(
  name: string,
  sequences: Sequences,
  at: ReadonlyMap<string, Scalar>,
  effort: Effort,
): Support | undefined {
  const pieces = sequences.get(name);
  if (!pieces) return undefined;
  let support = NOWHERE;
  for (const { index, body, first, last } of pieces) {
    const bound = (e: MathExpr | undefined, none: number): number => {
      const value = e ? numberOf(e, sequences, at, effort) : none;
      return value === undefined ? Number.NaN : toFloat(value);
    };
    const [low, high] = [bound(first, -Infinity), bound(last, Infinity)];
    if (Number.isNaN(low) || Number.isNaN(high)) return undefined;
    const own = both([Math.ceil(low), Math.floor(high)], bodySupport(body, { index, sequences, at, effort }));
    if (own[0] <= own[1]) support = either(support, own);
  }
  return support;
}

interface Within {
  readonly index: string;
  readonly sequences: Sequences;
  readonly at: ReadonlyMap<string, Scalar>;
  readonly effort: Effort;
}

function bodySupport(e: MathExpr, within: Within): Support {
  if (e.kind === "number") return Number(e.text) === 0 ? NOWHERE : EVERYWHERE;
  if (e.kind === "negate") return bodySupport(e.of, within);
  if (e.kind === "apply") return entrySupport(e, within);
  if (e.kind !== "binary") return EVERYWHERE;
  const { op, left, right } = e;
  if (op === "/") return bodySupport(left, within);
  if (op === "*") return both(bodySupport(left, within), bodySupport(right, within));
  if (op !== "+" && op !== "-") return EVERYWHERE;
  const all = either(bodySupport(left, within), bodySupport(right, within));
  return all[1] === Infinity ? [all[0], lastOf(e, within)] : all;
}

/** Where `u[n − a]`, `δ[n − a]` or an entry of another sequence may be other than 0. */
function entrySupport({ name, args: [arg] }: Extract<MathExpr, { kind: "apply" }>, within: Within): Support {
  const base = name.slice(0, -SEQUENCE.length);
  if (!arg || !name.endsWith(SEQUENCE)) return EVERYWHERE;
  const { sequences, at, effort } = within;
  const isKnown = sequences.has(base);
  const own = isKnown
    ? (supportOf(base, sequences, at, effort) ?? EVERYWHERE)
    : base === STEP
      ? ([0, Infinity] as const)
      : base === IMPULSE
        ? ([0, 0] as const)
        : EVERYWHERE;
  const [c, one] = [0, 1].map((n) => placeAt(arg, n, within));
  if (c === undefined || one === undefined) return EVERYWHERE;
  if (one - c === 1) return [own[0] - c, own[1] - c];
  return one - c === -1 ? [c - own[1], c - own[0]] : EVERYWHERE;
}

function placeAt(arg: MathExpr, n: number, { index, sequences, at, effort }: Within): number | undefined {
  const value = numberOf(arg, sequences, new Map(at).set(index, whole(n)), effort);
  return value === undefined ? undefined : toFloat(value);
}

/** The last index at which a sum of steps is not 0: behind the last step nothing changes any more but powers and the like. */
function lastOf(e: MathExpr, within: Within): number {
  const { index, sequences, at, effort } = within;
  let start = -Infinity;
  for (const part of allWithin(e)) {
    if (part.kind === "call" || part.kind === "series") return Infinity;
    if (part.kind !== "apply") continue;
    if (part.name !== STEP + SEQUENCE || sequences.has(STEP)) return Infinity;
    const [first, last] = entrySupport(part, within);
    if (last !== Infinity || !Number.isInteger(first)) return Infinity;
    start = Math.max(start, first);
  }
  if (!Number.isFinite(start)) return Infinity;
  for (let n = start; n < start + ZEROS; n++) {
    const value = numberOf(e, sequences, new Map(at).set(index, whole(n)), effort);
    if (value === undefined || !isZero(value)) return Infinity;
  }
  return start - 1;
}
