import type { Axis } from "./axis.js";
import { allReads, outputSizes, type Reads } from "./reads.js";
import { elements, type Tensor, tensorBy, zeros } from "./tensor.js";

/** Largest numbers and, for each, the flat index in its channel of the input that it came from (−1: only padding). */
export interface Maxima {
  readonly output: Tensor;
  readonly chosen: Int32Array;
}

/** Max pooling of [C, …]; among equals the first in row-major order is chosen, as PyTorch does. */
export function maxPool(input: Tensor, axes: readonly Axis[], reads = allReads(axes)): Maxima {
  const output = pooledZeros(input, axes);
  output.data.fill(Number.NEGATIVE_INFINITY);
  const chosen = new Int32Array(output.data.length).fill(-1);
  eachRead(reads, output, input, (index, from, x) => {
    if (x > (output.data[index] as number) || (chosen[index] as number) < 0) {
      output.data[index] = x;
      chosen[index] = from;
    }
  });
  return { output, chosen };
}

/** What an average divides by: every place under the window inside the padded input, only those inside the input, or
 * a fixed number. */
export type Divisor = "padded" | "inside" | number;

/** The divisors of all output cells. */
export function divisors(axes: readonly Axis[], divisor: Divisor): Float64Array {
  if (typeof divisor === "number") return new Float64Array(elements(outputSizes(axes))).fill(divisor);
  return axes.reduce<Float64Array>((outer, axis) => {
    const inner = axis.windows.map((_, out) => placesUnder(axis, out, divisor));
    return tensorBy([outer.length, inner.length], (index) => {
      return (outer[Math.floor(index / inner.length)] as number) * (inner[index % inner.length] as number);
    }).data;
  }, Float64Array.of(1));
}

function placesUnder({ windows }: Axis, out: number, divisor: "padded" | "inside"): number {
  const taps = windows[out] ?? [];
  return divisor === "padded" ? taps.length : taps.filter((tap) => tap.from >= 0).length;
}

/** The sums under the windows of [C, …]; padding adds nothing. */
export function sumPool(input: Tensor, axes: readonly Axis[], reads = allReads(axes)): Tensor {
  const output = pooledZeros(input, axes);
  eachRead(reads, output, input, (index, _, x) => {
    output.data[index] = (output.data[index] as number) + x;
  });
  return output;
}

/** Average pooling of [C, …]; a window that sees nothing gives 0. */
export function averagePool(input: Tensor, axes: readonly Axis[], divisor: Divisor, reads?: Reads): Tensor {
  const sums = sumPool(input, axes, reads);
  const by = divisors(axes, divisor);
  return tensorBy(sums.shape, (index) => (sums.data[index] as number) / ((by[index % by.length] as number) || 1));
}

/** The output of a pooling layer before it is filled: the input's leading axes, and the windows of the others. */
function pooledZeros(input: Tensor, axes: readonly Axis[]): Tensor {
  return zeros([...input.shape.slice(0, input.shape.length - axes.length), ...outputSizes(axes)]);
}

/** Every read with its flat place in the output, its place in a channel of the input, and the number that is read. */
function eachRead(
  { length, starts, from }: Reads,
  output: Tensor,
  input: Tensor,
  visit: (index: number, from: number, x: number) => void,
): void {
  const cells = input.data.length / (output.data.length / length);
  for (let index = 0; index < output.data.length; index++) {
    const cell = index % length;
    const first = ((index - cell) / length) * cells;
    for (let read = starts[cell] as number; read < (starts[cell + 1] as number); read++) {
      visit(index, from[read] as number, input.data[first + (from[read] as number)] as number);
    }
  }
}
