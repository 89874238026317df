import type { Axis } from "./axis.js";
import { elements } from "./tensor.js";

/** One number that an output cell reads: flat place in the kernel, flat index in one channel of the input (−1: padding). */
export interface Read {
  readonly tap: number;
  readonly from: number;
}

/** The output's sizes. */
export function outputSizes(axes: readonly Axis[]): number[] {
  return axes.map((axis) => axis.windows.length);
}

/** The cell of a flat index, in row-major order. */
export function cellAt(sizes: readonly number[], flat: number): number[] {
  const cell: number[] = [];
  let rest = flat;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    const size = sizes[axis] as number;
    cell.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return cell;
}

/** Everything that one output cell reads, in the kernel's row-major order. */
export function readsAt(axes: readonly Axis[], cell: readonly number[]): Read[] {
  let reads: Read[] = [{ tap: 0, from: 0 }];
  axes.forEach((axis, index) => {
    const taps = axis.windows[cell[index] as number] ?? [];
    reads = reads.flatMap((read) =>
      taps.map(({ tap, from }) => ({
        tap: read.tap * axis.kernel + tap,
        from: read.from < 0 || from < 0 ? -1 : read.from * axis.size + from,
      })),
    );
  });
  return reads;
}

/** The reads of every output cell, computed once and shared by all channels. */
export function allReads(axes: readonly Axis[]): Read[][] {
  const sizes = outputSizes(axes);
  return Array.from({ length: elements(sizes) }, (_, flat) => readsAt(axes, cellAt(sizes, flat)));
}
