import { type Arguments, fitting, flag, perAxis, poolingStride, real, Unfit } from "./arguments.js";
import type { Axis, Slide } from "./axis.js";
import { averagePool, divisors } from "./pooling.js";
import type { Reads } from "./reads.js";
import { elements, type Tensor, tensorBy } from "./tensor.js";

/** A p-norm under windows; `places` are those of the whole kernel, and what a window cut short sees counts for all of them. */
export interface Norm {
  readonly p: number;
  readonly places: number;
}

/** Pooling by a p-norm. */
export interface PowerPooling extends Norm {
  readonly rank: 1 | 2 | 3;
  readonly slides: readonly Omit<Slide, "size">[];
}

/** The layer of a call of nn.LPPool1d, 2d or 3d, the sentence that says which argument does not fit, or undefined for
 * another name. */
export function powerPooling(name: string, args: Arguments): PowerPooling | string | undefined {
  const rank = Number(/^LPPool([123])d$/.exec(name)?.[1]) as 1 | 2 | 3;
  if (!rank) return undefined;
  return fitting(() => {
    const p = real(args, "norm_type");
    if (p === 0) throw new Unfit("norm_type is 0, and there is no such root; use another number.");
    const { kernel_size: given } = args;
    if (Array.isArray(given) && given.length !== rank)
      throw new Unfit(`kernel_size has ${given.length} numbers; give one, or ${rank}.`);
    const kernel = perAxis(args, "kernel_size", rank, 1);
    const stride = poolingStride(args, rank, kernel);
    const ceil = flag(args, "ceil_mode", false);
    const slides = kernel.map((k, axis) => {
      const step = stride[axis] as number;
      return { kernel: k, stride: step, dilation: 1, before: 0, after: 0, mode: "zeros" as const, ceil };
    });
    return { rank, slides, p, places: elements(kernel) };
  });
}

/** The sums of the p-th powers under the windows of [C, …]. */
function powerSums(input: Tensor, axes: readonly Axis[], reads: Reads, { p, places }: Norm): Tensor {
  const means = averagePool(slopes(input, p + 1), axes, "padded", reads);
  return tensorBy(means.shape, (index) => (means.data[index] as number) * places);
}

/** The p-norms under the windows of [C, …]. */
export function powerPool(input: Tensor, axes: readonly Axis[], reads: Reads, layer: Norm): Tensor {
  const { shape, data } = powerSums(input, axes, reads, layer);
  return tensorBy(shape, (index) => (data[index] as number) ** (1 / layer.p));
}

/** x to the power p − 1, which the derivative of a p-norm by x is a multiple of. */
export function slopes(input: Tensor, p: number): Tensor {
  return tensorBy(input.shape, (index) => (input.data[index] as number) ** (p - 1));
}

/** The derivative of an output by each of the inputs that it reads; 0 where the sum is 0, as PyTorch has it. */
export function powerSlopes(
  input: Tensor,
  axes: readonly Axis[],
  reads: Reads,
  layer: Norm,
): (output: number, cell: number, input: number) => number {
  const { p, places } = layer;
  const sums = powerSums(input, axes, reads, layer).data;
  const own = slopes(input, p).data;
  const by = divisors(axes, "padded");
  return (output, cell, at) => {
    const sum = sums[output] as number;
    return sum === 0 ? 0 : ((sum ** (1 / p - 1) * places) / (by[cell] as number)) * (own[at] as number);
  };
}
