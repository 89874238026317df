import type { Axis } from "./axis.js";
import { correlate, correlationOf } from "./correlation.js";
import { outputSizes } from "./reads.js";
import { elements, reshaped, type Tensor, tensorBy } from "./tensor.js";

/** What a convolution layer holds: weight [F, C/G, …kernel] and, unless it is left out, bias [F]. */
export interface Kernel {
  readonly weight: Tensor;
  readonly bias?: Tensor | undefined;
  readonly groups: number;
}

/** The convolution layer of the frameworks, which is a cross-correlation: input [C, …], output [F, …]. */
export function convolve(input: Tensor, { weight, bias, groups }: Kernel, axes: readonly Axis[]): Tensor {
  const correlation = correlationOf(weight.shape, groups, axes);
  const { length } = correlation.reads;
  const shape = [weight.shape[0] as number, ...outputSizes(axes)];
  const output = tensorBy(shape, (index) => bias?.data[Math.floor(index / length)] ?? 0);
  correlate(correlation, { windows: output.data, weight: weight.data, seen: input.data }, "windows");
  return output;
}

/** The weight with every kernel reversed along each of its axes: correlation with it is the convolution of mathematics. */
export function turned(weight: Tensor): Tensor {
  const taps = elements(weight.shape.slice(2));
  const flat = reshaped(weight, [elements(weight.shape) / taps, taps]);
  return tensorBy(weight.shape, (index) => {
    const tap = index % taps;
    return flat.data[index - tap + (taps - 1 - tap)] as number;
  });
}
