import type { Axis } from "./axis.js";
import { elements } from "./tensor.js";

/** What the windows see: the reads of output cell `o` are those from `starts[o]` up to `starts[o + 1]`, in the kernel's
 * row-major order. Places in the padding that have no number of their own are left out. */
export interface Reads {
  /** The number of output cells. */
  readonly length: number;
  readonly starts: Int32Array;
  /** For each read the flat place in the kernel. */
  readonly tap: Int32Array;
  /** For each read the flat index in one channel of the input. */
  readonly from: Int32Array;
}

/** The output's sizes. */
export function outputSizes(axes: readonly Axis[]): number[] {
  return axes.map((axis) => axis.windows.length);
}

/** The reads of every output cell, computed once and shared by all channels. */
export function allReads(axes: readonly Axis[]): Reads {
  return axes
    .map(readsAlong)
    .reduce(product, { length: 1, starts: Int32Array.of(0, 1), tap: one, from: one, kernel: 1, size: 1 });
}

/** The number of reads of all output cells together, known before they are listed. */
export function countReads(axes: readonly Axis[]): number {
  return elements(axes.map(({ windows }) => windows.reduce((sum, taps) => sum + taps.length, 0)));
}

const one = Int32Array.of(0);

interface ReadsOver extends Reads {
  readonly kernel: number;
  readonly size: number;
}

function readsAlong({ windows, kernel, size }: Axis): ReadsOver {
  const seen = windows.map((taps) => taps.filter(({ from }) => from >= 0));
  const starts = new Int32Array(windows.length + 1);
  seen.forEach((taps, out) => {
    starts[out + 1] = (starts[out] as number) + taps.length;
  });
  const flat = seen.flat();
  const [tap, from] = [Int32Array.from(flat, (read) => read.tap), Int32Array.from(flat, (read) => read.from)];
  return { length: windows.length, starts, tap, from, kernel, size };
}

/** The reads over two axes or more, the outer ones first. */
function product(outer: ReadsOver, inner: ReadsOver): ReadsOver {
  const length = outer.length * inner.length;
  const starts = new Int32Array(length + 1);
  const tap = new Int32Array(outer.tap.length * inner.tap.length);
  const from = new Int32Array(tap.length);
  let next = 0;
  for (let cell = 0; cell < length; cell++) {
    const [row, column] = [Math.floor(cell / inner.length), cell % inner.length];
    const last = inner.starts[column + 1] as number;
    for (let a = outer.starts[row] as number; a < (outer.starts[row + 1] as number); a++) {
      for (let b = inner.starts[column] as number; b < last; b++) {
        tap[next] = (outer.tap[a] as number) * inner.kernel + (inner.tap[b] as number);
        from[next++] = (outer.from[a] as number) * inner.size + (inner.from[b] as number);
      }
    }
    starts[cell + 1] = next;
  }
  return { length, starts, tap, from, kernel: outer.kernel * inner.kernel, size: outer.size * inner.size };
}
