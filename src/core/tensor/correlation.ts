import type { Axis } from "./axis.js";
import { allReads, type Reads } from "./reads.js";
import { elements } from "./tensor.js";

/**
 * Which numbers of a convolution meet. Its three tensors are the cells of the windows [F, …] (a convolution's output), the
 * weight [F, C/G, …kernel] and the cells that the windows look at [C, …] (a convolution's input); each is a sum of products of
 * the other two. A transposed convolution is the same with output and input exchanged.
 */
export interface Correlation {
  readonly filters: number;
  /** Channels that one filter looks at, C/G. */
  readonly depth: number;
  readonly groups: number;
  /** Places of one kernel. */
  readonly taps: number;
  /** Cells of one channel of what is looked at. */
  readonly cells: number;
  readonly reads: Reads;
  /** Inputs that are treated alike, one after the other. */
  readonly rows: number;
}

/** The numbers of the three tensors. */
export interface Sides {
  readonly windows: Float64Array;
  readonly weight: Float64Array;
  readonly seen: Float64Array;
}

/** One product: where its numbers stand in the three tensors, in row-major order. */
export type Meeting = Readonly<Record<keyof Sides, number>>;

/** The correlation of a weight [F, C/G, …] over axes. */
export function correlationOf(weight: readonly number[], groups: number, axes: readonly Axis[], rows = 1): Correlation {
  const [filters, depth] = weight as [number, number];
  const cells = elements(axes.map((axis) => axis.size));
  return { filters, depth, groups, taps: elements(weight.slice(2)), cells, reads: allReads(axes), rows };
}

/** The number of products. */
export function countProducts({ filters, depth, rows, reads }: Correlation): number {
  return filters * depth * rows * reads.tap.length;
}

/** Adds to every number of one tensor the products of the other two, in the order of `meetings`. */
export function correlate(correlation: Correlation, { windows, weight, seen }: Sides, sum: keyof Sides): void {
  const { length, starts, tap, from } = correlation.reads;
  eachPair(correlation, (firstWindow, firstTap, firstSeen) => {
    for (let out = 0; out < length; out++) {
      const end = starts[out + 1] as number;
      let read = starts[out] as number;
      let own = windows[firstWindow + out] as number;
      if (sum === "windows") {
        for (; read < end; read++)
          own +=
            (weight[firstTap + (tap[read] as number)] as number) * (seen[firstSeen + (from[read] as number)] as number);
        windows[firstWindow + out] = own;
      } else if (sum === "seen") {
        for (; read < end; read++)
          seen[firstSeen + (from[read] as number)]! += own * (weight[firstTap + (tap[read] as number)] as number);
      } else {
        for (; read < end; read++)
          weight[firstTap + (tap[read] as number)]! += own * (seen[firstSeen + (from[read] as number)] as number);
      }
    }
  });
}

/** The products that make up one number of one tensor, in the order in which they are added. */
export function meetings(correlation: Correlation, sum: keyof Sides, entry: number): Meeting[] {
  const { length, starts, tap, from } = correlation.reads;
  const range = { windows: length, weight: correlation.taps, seen: correlation.cells }[sum];
  // All channels have the same reads: those of the entry's place are looked for once.
  const place = entry % range;
  const places = sum === "weight" ? tap : from;
  const [outs, reads]: [number[], number[]] = [[], []];
  for (let out = sum === "windows" ? place : 0; out < (sum === "windows" ? place + 1 : length); out++)
    for (let read = starts[out] as number; read < (starts[out + 1] as number); read++)
      if (sum === "windows" || places[read] === place) {
        outs.push(out);
        reads.push(read);
      }
  const products: Meeting[] = [];
  eachPair(correlation, (windows, weight, seen) => {
    if ({ windows, weight, seen }[sum] !== entry - place) return;
    reads.forEach((read, at) => {
      const [t, f] = [tap[read] as number, from[read] as number];
      products.push({ windows: windows + (outs[at] as number), weight: weight + t, seen: seen + f });
    });
  });
  return products;
}

/** Every product of a correlation, without a record for each. */
export function eachMeeting(
  correlation: Correlation,
  visit: (windows: number, weight: number, seen: number) => void,
): void {
  const { length, starts, tap, from } = correlation.reads;
  eachPair(correlation, (firstWindow, firstTap, firstSeen) => {
    for (let out = 0; out < length; out++)
      for (let read = starts[out] as number; read < (starts[out + 1] as number); read++)
        visit(firstWindow + out, firstTap + (tap[read] as number), firstSeen + (from[read] as number));
  });
}

/** Each filter with each channel that it looks at, as the places where their numbers begin in the three tensors. */
export function eachPair(
  { filters, depth, groups, taps, cells, reads, rows }: Correlation,
  visit: (firstWindow: number, firstTap: number, firstSeen: number) => void,
): void {
  for (let pair = 0; pair < rows * filters; pair++) {
    const [row, filter] = [Math.floor(pair / filters), pair % filters];
    const first = (row * groups + Math.floor((filter * groups) / filters)) * depth;
    for (let channel = 0; channel < depth; channel++) {
      visit(pair * reads.length, (filter * depth + channel) * taps, (first + channel) * cells);
    }
  }
}
