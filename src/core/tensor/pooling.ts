import type { Axis } from "./axis.js";
import { allReads, cellAt, outputSizes } from "./reads.js";
import { elements, type Tensor, tensorBy } from "./tensor.js";

/** Largest numbers and, for each, the flat index in its channel of the input that it came from (−1: only padding). */
export interface Maxima {
  readonly output: Tensor;
  readonly chosen: Int32Array;
}

/** Max pooling of [C, …]; among equals the first in row-major order is chosen, as PyTorch does. */
export function maxPool(input: Tensor, axes: readonly Axis[]): Maxima {
  const reads = allReads(axes);
  const cells = elements(input.shape.slice(1));
  const chosen = new Int32Array((input.shape[0] as number) * reads.length).fill(-1);
  const output = tensorBy([input.shape[0] as number, ...outputSizes(axes)], (index) => {
    const start = Math.floor(index / reads.length) * cells;
    let largest = Number.NEGATIVE_INFINITY;
    for (const { from } of reads[index % reads.length] ?? []) {
      const x = from < 0 ? Number.NEGATIVE_INFINITY : (input.data[start + from] as number);
      if (x > largest) {
        largest = x;
        chosen[index] = from;
      }
    }
    return largest;
  });
  return { output, chosen };
}

/** What an average divides by: every place under the window inside the padded input, only those inside the input, or
 * a fixed number. */
export type Divisor = "padded" | "inside" | number;

/** The divisor of one output cell. */
export function divisorAt(axes: readonly Axis[], cell: readonly number[], divisor: Divisor): number {
  if (typeof divisor === "number") return divisor;
  return elements(
    axes.map((axis, index) => {
      const taps = axis.windows[cell[index] as number] ?? [];
      return divisor === "padded" ? taps.length : taps.filter((tap) => tap.from >= 0).length;
    }),
  );
}

/** The sums under the windows of [C, …]; padding adds nothing. */
export function sumPool(input: Tensor, axes: readonly Axis[]): Tensor {
  const reads = allReads(axes);
  const cells = elements(input.shape.slice(1));
  return tensorBy([input.shape[0] as number, ...outputSizes(axes)], (index) => {
    const start = Math.floor(index / reads.length) * cells;
    let sum = 0;
    for (const { from } of reads[index % reads.length] ?? []) if (from >= 0) sum += input.data[start + from] as number;
    return sum;
  });
}

/** Average pooling of [C, …]. */
export function averagePool(input: Tensor, axes: readonly Axis[], divisor: Divisor): Tensor {
  const sums = sumPool(input, axes);
  const sizes = outputSizes(axes);
  const count = elements(sizes);
  return tensorBy(sums.shape, (index) => {
    return (sums.data[index] as number) / divisorAt(axes, cellAt(sizes, index % count), divisor);
  });
}
