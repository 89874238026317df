import {
  type Arguments,
  fitting,
  flag,
  groupedChannels,
  paddingMode,
  perAxis,
  poolingStride,
  Unfit,
  whole,
} from "./arguments.js";
import { type Axis, adaptiveAxis, type Slide, slidingAxis } from "./axis.js";
import type { Divisor } from "./pooling.js";

/** A layer that reads its input through windows, with every argument resolved per axis. */
export interface WindowLayer {
  readonly operation: "convolution" | "max" | "average";
  readonly rank: 1 | 2 | 3;
  readonly slides: readonly Omit<Slide, "size">[];
  /** Output lengths of adaptive pooling (null keeps the input's); its windows follow from them and `slides` is empty. */
  readonly lengths?: readonly (number | null)[] | undefined;
  readonly divisor: Divisor;
  readonly channels?: number;
  readonly filters?: number;
  readonly groups: number;
  readonly bias: boolean;
}

const names = /^(Conv|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool|GlobalAvgPool|GlobalMaxPool)([123])d$/;

/** Whether a layer of this name reads windows. */
export function isWindowLayer(name: string): boolean {
  return names.test(name);
}

/** The window layer that a PyTorch call makes, or the sentence that says which argument does not fit. */
export function windowLayer(name: string, args: Arguments): WindowLayer | string {
  const match = names.exec(name);
  if (!match) return `${name} reads no windows.`;
  const rank = Number(match[2]) as 1 | 2 | 3;
  return fitting(() => {
    if (match[1] === "Conv") return convolution(rank, args);
    if (match[1]?.startsWith("Global")) return adaptive(rank, match[1], { output_size: 1 });
    if (match[1]?.startsWith("Adaptive")) return adaptive(rank, match[1], args);
    return pooling(rank, match[1] === "MaxPool" ? "max" : "average", args);
  });
}

/** The axes of a layer over an input of these sizes. */
export function axesOf(layer: Pick<WindowLayer, "slides" | "lengths">, sizes: readonly number[]): Axis[] {
  return sizes.map((size, index) => {
    const slide = layer.slides[index];
    return slide ? slidingAxis({ ...slide, size }) : adaptiveAxis(size, layer.lengths?.[index] ?? size);
  });
}

function convolution(rank: 1 | 2 | 3, args: Arguments): WindowLayer {
  const { channels, filters, groups } = groupedChannels(args);
  const kernel = perAxis(args, "kernel_size", rank, 1);
  const stride = perAxis(args, "stride", rank, 1, 1);
  const dilation = perAxis(args, "dilation", rank, 1, 1);
  const mode = paddingMode(args);
  const padding = args.padding === "same" ? "same" : args.padding === "valid" ? 0 : undefined;
  if (padding === "same" && stride.some((s) => s !== 1)) {
    throw new Unfit(`padding="same" works with stride 1 only; this stride is ${stride.join("×")}. Give a number.`);
  }
  const sides = padding === 0 ? kernel.map(() => 0) : padding ? [] : perAxis(args, "padding", rank, 0, 0);
  const slides = kernel.map((k, axis) => {
    const total = (dilation[axis] as number) * (k - 1);
    const before = sides[axis] ?? Math.floor(total / 2);
    const after = sides[axis] ?? total - before;
    return {
      kernel: k,
      stride: stride[axis] as number,
      dilation: dilation[axis] as number,
      before,
      after,
      mode,
      ceil: false,
    };
  });
  const bias = flag(args, "bias", true);
  return { operation: "convolution", rank, slides, divisor: 1, channels, filters, groups, bias };
}

function pooling(rank: 1 | 2 | 3, operation: "max" | "average", args: Arguments): WindowLayer {
  const kernel = perAxis(args, "kernel_size", rank, 1);
  const stride = poolingStride(args, rank, kernel);
  const padding = perAxis(args, "padding", rank, 0, 0);
  const dilation = operation === "max" ? perAxis(args, "dilation", rank, 1, 1) : kernel.map(() => 1);
  const slides = kernel.map((k, axis) => {
    const [before, step, gap] = [padding[axis] as number, stride[axis] as number, dilation[axis] as number];
    if (2 * before > k) {
      throw new Unfit(`padding ${before} is more than half of the window ${k}; use at most ${Math.floor(k / 2)}.`);
    }
    const ceil = flag(args, "ceil_mode", false);
    return { kernel: k, stride: step, dilation: gap, before, after: before, mode: "zeros" as const, ceil };
  });
  const fixed = args.divisor_override ?? undefined;
  const counted = flag(args, "count_include_pad", true) ? "padded" : "inside";
  const divisor = fixed === undefined ? counted : whole(args, "divisor_override", Number.NEGATIVE_INFINITY);
  if (divisor === 0) throw new Unfit("divisor_override is 0, and nothing can be divided by 0; use another number.");
  return { operation, rank, slides, divisor, groups: 1, bias: false };
}

function adaptive(rank: 1 | 2 | 3, kind: string, args: Arguments): WindowLayer {
  const given = args.output_size;
  if (given === null) throw new Unfit("output_size is None; give a number, or a list with None for an axis to keep.");
  const list = Array.isArray(given) ? given : Array<unknown>(rank).fill(given);
  if (list.length !== rank) throw new Unfit(`output_size has ${list.length} numbers; this layer has ${rank} axes.`);
  const lengths = list.map((size) =>
    size === null && rank > 1 ? null : whole({ output_size: size }, "output_size", 1),
  );
  const operation = kind.endsWith("MaxPool") ? "max" : "average";
  return { operation, rank, slides: [], lengths, divisor: "inside", groups: 1, bias: false };
}
