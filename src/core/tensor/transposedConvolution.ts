import { type Arguments, fitting, flag, groupedChannels, paddingMode, perAxis, Unfit } from "./arguments.js";
import { type Axis, extent, type Slide, slidingAxis } from "./axis.js";

/** A transposed convolution with every argument resolved per axis. Its windows are those of the convolution that it goes back
 * through: one for each cell of its input, over its output. */
export interface TransposedConvolution {
  readonly rank: 1 | 2 | 3;
  readonly slides: readonly Omit<Slide, "size">[];
  /** How much longer the output is than the windows need. */
  readonly outputPadding: readonly number[];
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
  readonly bias: boolean;
}

/** The layer of a call of nn.ConvTranspose1d, 2d or 3d, the sentence that says which argument does not fit, or undefined for
 * another name. */
export function transposedConvolution(name: string, args: Arguments): TransposedConvolution | string | undefined {
  const rank = Number(/^ConvTranspose([123])d$/.exec(name)?.[1]) as 1 | 2 | 3;
  if (!rank) return undefined;
  return fitting(() => {
    const shares = groupedChannels(args);
    const mode = paddingMode(args);
    if (mode !== "zeros") throw new Unfit(`A transposed convolution cannot pad with ${mode}; leave padding_mode out.`);
    const kernel = perAxis(args, "kernel_size", rank, 1);
    const stride = perAxis(args, "stride", rank, 1, 1);
    const dilation = perAxis(args, "dilation", rank, 1, 1);
    const padding = perAxis(args, "padding", rank, 0, 0);
    const outputPadding = perAxis(args, "output_padding", rank, 0, 0);
    const slides = kernel.map((k, axis) => {
      const [step, gap, side] = [stride[axis] as number, dilation[axis] as number, padding[axis] as number];
      const more = outputPadding[axis] as number;
      if (more >= step && more >= gap)
        throw new Unfit(`output_padding is ${more}; it must be less than the stride ${step} or the dilation ${gap}.`);
      return { kernel: k, stride: step, dilation: gap, before: side, after: side, mode, ceil: false };
    });
    return { rank, slides, outputPadding, ...shares, bias: flag(args, "bias", true) };
  });
}

/** The output's length along each axis. */
export function transposedSizes({ slides, outputPadding }: TransposedConvolution, sizes: readonly number[]): number[] {
  return slides.map(({ kernel, stride, dilation, before, after }, axis) => {
    const reach = ((sizes[axis] as number) - 1) * stride + extent(kernel, dilation);
    return reach - before - after + (outputPadding[axis] as number);
  });
}

/** The axes of the convolution that goes back from the output to an input of these sizes. */
export function transposedAxes(layer: TransposedConvolution, sizes: readonly number[]): Axis[] {
  const seen = transposedSizes(layer, sizes);
  // An output padding of a stride or more leaves room for windows that no input cell has.
  return layer.slides.map((slide, axis) => slidingAxis({ ...slide, size: seen[axis] as number }, sizes[axis]));
}
