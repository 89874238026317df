import { type Correlation, countProducts, eachMeeting, type Sides } from "../../core/tensor/correlation.js";
import type { Pass, PlanePart, Side } from "../../protocol.js";
import { fractionText } from "./fractionText.js";

/** The cells in one plane of each tensor: a channel, or a slice of one. */
export type PlaneSizes = Readonly<Record<Side, number>>;

/** What is summed up, and how. */
export interface Summation {
  readonly correlation: Correlation;
  readonly sizes: PlaneSizes;
  readonly kind: Pass["kind"];
  readonly sum: Side;
  /** Integers, all of them over one denominator. */
  readonly sides: Sides;
  /** What a pass has in place of weights: it takes numbers as they are. */
  readonly weightless: boolean;
  readonly per: number;
  /** What is added to each cell of what is summed up, over the same denominator. */
  readonly bias?: (cell: number) => number;
  /** Whether a meeting counts: backward, a maximum goes one way only. */
  readonly counts?: (windows: number, seen: number) => boolean;
  /** What a sum is divided by, forward through an average. */
  readonly divide?: (cell: number) => number;
  /** The divisor of a window's share, backward through an average. */
  readonly divisors?: Float64Array;
  /** The largest, or the last share, in place of the sum. */
  readonly isLargest?: boolean;
  readonly isLast?: boolean;
}

/** Meetings up to which the share of each window is kept. */
export const MOST_STAMPS = 30_000;

/** A tensor summed up from the other two: the exact text of every cell, and of what each pair of planes adds to it. */
export function drawnSum(summation: Summation): Pick<Pass, "parts"> & { readonly texts: string[][] } {
  const { correlation, sizes, sum, sides, weightless, per, bias, divide, counts, divisors, isLargest, isLast } =
    summation;
  const common = divisors ? [...new Set(divisors)].reduce(leastCommonMultiple, 1) : 1;
  const below = (weightless ? per : per * per) * common;
  const size = sizes[sum];
  const count = sides[sum].length / size;
  const found: Map<string, Adding>[] = Array.from({ length: count }, () => new Map());
  const empty = isLargest ? Number.NEGATIVE_INFINITY : 0;
  const isStamped = sum === "seen" && countProducts(correlation) <= MOST_STAMPS;
  let adding: Adding = { planes: { windows: -1, weight: -1, seen: -1 }, sums: new Float64Array(), shares: new Map() };
  const [inPlane, perWeight, perSeen] = [sizes.windows, sizes.weight, sizes.seen];
  eachMeeting(correlation, (windows, weight, seen) => {
    const p = adding.planes;
    const w = windows - p.windows * inPlane;
    const k = weight - p.weight * perWeight;
    const s = seen - p.seen * perSeen;
    const isSame = w >= 0 && w < inPlane && s >= 0 && s < perSeen && (weightless || (k >= 0 && k < perWeight));
    if (!isSame) {
      const planes = {
        windows: Math.floor(windows / inPlane),
        weight: weightless ? 0 : Math.floor(weight / perWeight),
        seen: Math.floor(seen / perSeen),
      };
      const own = found[planes[sum]] as Map<string, Adding>;
      const key = `${planes.windows} ${planes.weight} ${planes.seen}`;
      adding = own.get(key) ?? { planes, sums: new Float64Array(size).fill(empty), shares: new Map() };
      own.set(key, adding);
    }
    if (counts && !counts(windows, seen)) return;
    const at = sum === "windows" ? windows : sum === "weight" ? weight : seen;
    const cell = at - adding.planes[sum] * size;
    const value = sum === "windows" ? (sides.seen[seen] as number) : (sides.windows[windows] as number);
    const factor = weightless ? 1 : sum === "weight" ? (sides.seen[seen] as number) : (sides.weight[weight] as number);
    const term = (value * factor * common) / (divisors?.[windows % divisors.length] || 1);
    const before = isLast ? 0 : (adding.sums[cell] as number);
    adding.sums[cell] = isLargest ? Math.max(before, term) : before + term;
    if (!isStamped) return;
    const window = windows - adding.planes.windows * inPlane;
    const share = adding.shares.get(window) ?? new Map<number, number>();
    adding.shares.set(window, share);
    share.set(cell, adding.sums[cell] as number);
  });
  const text = (value: number): string => fractionText(value, below);
  const parts = found.map((own) =>
    [...own.values()].map(({ planes, sums, shares }): PlanePart => {
      const list = Array.from({ length: isStamped ? sizes.windows : 0 }, (_, window) =>
        [...(shares.get(window) ?? [])].map(([cell, total]) => [cell, text(total)] as const),
      );
      return { planes, sums: Array.from(sums, text), ...(isStamped && { stamps: list }) };
    }),
  );
  const texts = found.map((own, plane) =>
    Array.from({ length: size }, (_, cell) => {
      let value = empty;
      for (const { sums } of own.values())
        value = isLargest ? Math.max(value, sums[cell] as number) : value + (sums[cell] as number);
      const whole = value + (bias?.(plane * size + cell) ?? 0) * (below / per);
      return fractionText(whole, below * (divide?.(plane * size + cell) ?? 1));
    }),
  );
  return { parts, texts };
}

interface Adding {
  readonly planes: PlanePart["planes"];
  readonly sums: Float64Array;
  readonly shares: Map<number, Map<number, number>>;
}

function leastCommonMultiple(a: number, b: number): number {
  if (b < 1) return a;
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
