import type { Correlation } from "./correlation.js";

/** The matrix of windows: a column for each window, a row for each place under it, channel by channel, as nn.Unfold has them.
 * The weight as a matrix [F, C/G·taps] times a group's rows is the group's output. */
export interface Windows {
  readonly rows: number;
  readonly columns: number;
  /** Row by row the flat index in the input of what stands there, −1 for the zeros of the padding. */
  readonly source: Int32Array;
}

/** The most entries that are listed. */
const MOST = 1e7;

/** The windows of a convolution's input; undefined where there are too many to be listed. */
export function im2col({ depth, groups, taps, cells, reads }: Correlation): Windows | undefined {
  const [rows, columns] = [groups * depth * taps, reads.length];
  if (rows * columns > MOST) return undefined;
  const source = new Int32Array(rows * columns).fill(-1);
  for (let out = 0; out < columns; out++) {
    for (let read = reads.starts[out] as number; read < (reads.starts[out + 1] as number); read++) {
      for (let channel = 0; channel < groups * depth; channel++) {
        const row = channel * taps + (reads.tap[read] as number);
        source[row * columns + out] = channel * cells + (reads.from[read] as number);
      }
    }
  }
  return { rows, columns, source };
}
