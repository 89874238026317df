import { type Axis, adaptiveAxis, type PaddingMode, type Slide, slidingAxis } from "./axis.js";
import type { Divisor } from "./pooling.js";

/** A layer that reads its input through windows, with every argument resolved per axis. */
export interface WindowLayer {
  readonly operation: "convolution" | "max" | "average";
  readonly rank: 1 | 2 | 3;
  readonly slides: readonly Omit<Slide, "size">[];
  /** Output lengths of adaptive pooling (null keeps the input's); its windows follow from them and `slides` is empty. */
  readonly lengths?: readonly (number | null)[];
  readonly divisor: Divisor;
  readonly channels?: number;
  readonly filters?: number;
  readonly groups: number;
  readonly bias: boolean;
}

/** PyTorch's keyword arguments, as far as they are known. */
export type Arguments = Readonly<Record<string, unknown>>;

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
  try {
    if (match[1] === "Conv") return convolution(rank, args);
    if (match[1]?.startsWith("Global")) return adaptive(rank, match[1], { output_size: 1 });
    if (match[1]?.startsWith("Adaptive")) return adaptive(rank, match[1], args);
    return pooling(rank, match[1] === "MaxPool" ? "max" : "average", args);
  } catch (unfit) {
    if (unfit instanceof Unfit) return unfit.message;
    throw unfit;
  }
}

/** The axes of a layer over an input of these sizes. */
export function axesOf(layer: WindowLayer, sizes: readonly number[]): Axis[] {
  return sizes.map((size, index) => {
    const slide = layer.slides[index];
    return slide ? slidingAxis({ ...slide, size }) : adaptiveAxis(size, layer.lengths?.[index] ?? size);
  });
}

class Unfit extends Error {}

function convolution(rank: 1 | 2 | 3, args: Arguments): WindowLayer {
  const [channels, filters] = [whole(args, "in_channels", 1), whole(args, "out_channels", 1)];
  const groups = whole(args, "groups", 1, 1);
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw new Unfit(
      `groups=${groups} must divide in_channels=${channels} and out_channels=${filters}; choose a number that divides both.`,
    );
  }
  const kernel = perAxis(args, "kernel_size", rank, 1);
  const stride = perAxis(args, "stride", rank, 1, 1);
  const dilation = perAxis(args, "dilation", rank, 1, 1);
  const mode = paddingMode(args.padding_mode ?? "zeros");
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
  const bias = args.bias !== false;
  return { operation: "convolution", rank, slides, divisor: 1, channels, filters, groups, bias };
}

function pooling(rank: 1 | 2 | 3, operation: "max" | "average", args: Arguments): WindowLayer {
  const kernel = perAxis(args, "kernel_size", rank, 1);
  const strided =
    args.stride !== undefined && args.stride !== null && !(Array.isArray(args.stride) && !args.stride.length);
  const stride = strided ? perAxis(args, "stride", rank, 1) : kernel;
  const padding = perAxis(args, "padding", rank, 0, 0);
  const dilation = operation === "max" ? perAxis(args, "dilation", rank, 1, 1) : kernel.map(() => 1);
  const slides = kernel.map((k, axis) => {
    const [before, step, gap] = [padding[axis] as number, stride[axis] as number, dilation[axis] as number];
    if (2 * before > k) {
      throw new Unfit(`padding ${before} is more than half of the window ${k}; use at most ${Math.floor(k / 2)}.`);
    }
    const ceil = args.ceil_mode === true;
    return { kernel: k, stride: step, dilation: gap, before, after: before, mode: "zeros" as const, ceil };
  });
  const fixed = args.divisor_override ?? undefined;
  const divisor =
    fixed === undefined ? (args.count_include_pad === false ? "inside" : "padded") : whole(args, "divisor_override", 1);
  return { operation, rank, slides, divisor, groups: 1, bias: false };
}

function adaptive(rank: 1 | 2 | 3, kind: string, args: Arguments): WindowLayer {
  const given = args.output_size;
  const list =
    Array.isArray(given) && given.length > 1
      ? given
      : Array<unknown>(rank).fill(Array.isArray(given) ? given[0] : given);
  if (list.length !== rank) throw new Unfit(`output_size has ${list.length} numbers; this layer has ${rank} axes.`);
  const lengths = list.map((size) => (size === null ? null : whole({ output_size: size }, "output_size", 1)));
  const operation = kind.endsWith("MaxPool") ? "max" : "average";
  return { operation, rank, slides: [], lengths, divisor: "inside", groups: 1, bias: false };
}

function perAxis(args: Arguments, name: string, rank: number, low: number, preset?: number): number[] {
  const given = args[name];
  if (!Array.isArray(given)) return Array<number>(rank).fill(whole(args, name, low, preset));
  const list = given.length === 1 ? Array<unknown>(rank).fill(given[0]) : given;
  if (list.length !== rank)
    throw new Unfit(`${name} has ${list.length} numbers; this layer has ${rank} axes. Give ${rank}.`);
  return list.map((value) => whole({ [name]: value }, name, low));
}

function whole(args: Arguments, name: string, low: number, preset?: number): number {
  const value = args[name] ?? preset;
  if (value === undefined) throw new Unfit(`${name} is not known here; with a number the layer can be drawn.`);
  if (typeof value === "string") throw new Unfit(`${name} is ${value} here; with a number the layer can be drawn.`);
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new Unfit(`${name} must be a whole number.`);
  if (value < low) throw new Unfit(`${name} is ${value}; it must be at least ${low}.`);
  return value;
}

function paddingMode(value: unknown): PaddingMode {
  if (value === "zeros" || value === "reflect" || value === "replicate" || value === "circular") return value;
  throw new Unfit(`padding_mode is ${String(value)}; it must be zeros, reflect, replicate or circular.`);
}
