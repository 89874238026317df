import { type Correlation, countProducts, eachMeeting } from "./correlation.js";
import type { Tensor } from "./tensor.js";

/** The matrix A of a convolution, Y~ = A·X~ with both flattened in row-major order: which weight stands in which row and column.
 * Where padding copies the input, several weights can stand in one place, and their sum is the entry; elsewhere the entry is 0. */
export interface Toeplitz {
  /** Numbers of the output, and of the input. */
  readonly rows: number;
  readonly columns: number;
  /** For each weight that stands somewhere its row, its column, and its flat index in the weight; row by row. */
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly place: Int32Array;
}

/** The most entries that are listed. */
const MOST = 1e7;

/** The matrix of a convolution, whose transpose is that of the transposed convolution; undefined where it has too many entries
 * to be listed. */
export function toeplitz(correlation: Correlation): Toeplitz | undefined {
  const { filters, depth, groups, cells, rows, reads } = correlation;
  const count = countProducts(correlation);
  if (count > MOST) return undefined;
  const [row, column, place] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  // Where each row's entries begin; those of its first channel come first.
  const next = new Int32Array(rows * filters * reads.length);
  for (let at = 0; at < next.length; at++) {
    const out = at % reads.length;
    next[at] = (Math.floor(at / reads.length) * reads.tap.length + (reads.starts[out] as number)) * depth;
  }
  eachMeeting(correlation, (out, weight, seen) => {
    const at = next[out]!++;
    row[at] = out;
    column[at] = seen;
    place[at] = weight;
  });
  return { rows: next.length, columns: rows * groups * depth * cells, row, column, place };
}

/** The flat indices of the weights that stand in one entry; none where it is 0 for any weight. */
export function weightsIn(matrix: Toeplitz, row: number, column: number): number[] {
  const places: number[] = [];
  // The rows are in order: begin at the first entry of this one.
  let [at, end] = [0, matrix.row.length];
  while (at < end) {
    const middle = (at + end) >> 1;
    if ((matrix.row[middle] as number) < row) at = middle + 1;
    else end = middle;
  }
  for (; matrix.row[at] === row; at++) if (matrix.column[at] === column) places.push(matrix.place[at] as number);
  return places;
}

/** The entries' numbers, all rows one after the other; undefined where the matrix has too many. */
export function entriesOf(matrix: Toeplitz, weight: Tensor): Tensor | undefined {
  const { rows, columns, row, column, place } = matrix;
  if (rows * columns > MOST) return undefined;
  const data = new Float64Array(rows * columns);
  place.forEach((from, at) => {
    data[(row[at] as number) * columns + (column[at] as number)]! += weight.data[from] as number;
  });
  return { shape: [rows, columns], data };
}
