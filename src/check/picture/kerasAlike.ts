import type { Alike, Argument, Pads } from "./layerCall.js";

/** A layer of Keras. */
interface KerasLayer {
  /** Its name in keras.layers. */
  readonly name: string;
  /** All of its arguments; those that are not known are left out. */
  readonly args: Readonly<Record<string, Argument>>;
  /** Whether an argument is something else than it would be if nothing were said. */
  readonly isTold: boolean;
  /** The input's shape with its channels in front of the axes: [N, C, …]. */
  readonly input: Alike["input"];
}

/** The PyTorch layer that does the same as a layer of Keras, undefined where there is none. */
export function kerasAlike(layer: KerasLayer): Alike | undefined {
  const { name, args, input } = layer;
  if (name === "Dense") return dense(layer);
  if (name === "BatchNormalization") return batchNorm(layer);
  if (name === "Dropout") return alike(layer, "Dropout", { p: args.rate });
  if (name === "Flatten") return { name, args: {}, input, notes: [], isLast: args.data_format !== "channels_first" };
  if (name === "ReLU" && !layer.isTold) return alike(layer, name, {});
  if (name === "Activation" && args.activation === "relu") return { name: "ReLU", args: {}, input, notes: [] };
  const [, kind = "", axes = "", isBack] = /^([A-Za-z]+)([123])D(Transpose)?$/.exec(name) ?? [];
  const torch = windowed(kind);
  if (!torch) return undefined;
  if (kind.startsWith("Global")) return alike(layer, `${torch}${axes}d`, {}, kind === "GlobalMaxPooling" ? [TIES] : []);
  const { padding } = args;
  if (!isPads(padding) || (isBack && args.output_padding !== null)) return undefined;
  const own = torch === "Conv" ? convolution(layer, kind, Number(axes), isBack) : pooling(layer, `${torch}${axes}d`);
  return own && { ...own, pads: padding };
}

const isPads = (word: Argument | undefined): word is Pads | "?" =>
  typeof word === "string" && /^(?:valid|same|causal|\?)$/.test(word);

/** The PyTorch name of a kind of layer that reads windows; undefined for another one. */
const windowed = (kind: string): string | undefined =>
  /^(Depthwise)?Conv$|^(Global)?(Max|Average)Pooling$/.test(kind)
    ? kind.replace("Depthwise", "").replace("Average", "Avg").replace("ing", "")
    : undefined;

const TIES =
  "Where the largest number comes more than once, Keras shares its gradient among them; here the first takes it, as in PyTorch.";

function alike(
  { args, input }: KerasLayer,
  name: string,
  own: Readonly<Record<string, Argument | undefined>>,
  notes: readonly string[] = [],
): Alike {
  const { activation } = args;
  const isActivated = typeof activation === "string" && activation !== "linear";
  return {
    name,
    args: Object.fromEntries(Object.entries(own).filter((e): e is [string, Argument] => e[1] !== undefined)),
    input,
    notes: isActivated ? [`Shown without its activation: ${activation} comes after these numbers.`, ...notes] : notes,
  };
}

function dense(layer: KerasLayer): Alike {
  const { args, input } = layer;
  return alike(layer, "Linear", { in_features: input.at(-1), out_features: args.units, bias: args.use_bias }, [
    "Each row belongs to an output; Keras itself keeps the weights as kernel[input, output].",
  ]);
}

function convolution(layer: KerasLayer, kind: string, axes: number, isBack: string | undefined): Alike | undefined {
  const { args, input } = layer;
  const [, channels] = input;
  const isDepthwise = kind !== "Conv";
  const multiple = args.depth_multiplier;
  if (isDepthwise && (typeof channels !== "number" || typeof multiple !== "number")) return undefined;
  const own = {
    in_channels: channels,
    out_channels: isDepthwise ? Number(channels) * Number(multiple) : args.filters,
    kernel_size: args.kernel_size,
    stride: args.strides,
    dilation: args.dilation_rate,
    groups: isDepthwise ? channels : isBack ? 1 : args.groups,
    bias: args.use_bias,
  };
  const places = ["slice", "row", "column"].slice(-axes);
  const order = isDepthwise ? ["channel", "multiple"] : isBack ? ["filter", "channel"] : ["channel", "filter"];
  return alike(layer, `Conv${isBack ?? ""}${axes}d`, own, [
    `Channel by channel; Keras itself keeps the weights as kernel[${[...places, ...order].join(", ")}].`,
  ]);
}

function pooling(layer: KerasLayer, name: string): Alike {
  const { pool_size: kernel_size, strides: stride } = layer.args;
  return alike(layer, name, { kernel_size, stride, ...(name.startsWith("Avg") && { count_include_pad: false }) });
}

/** Statistics of one axis; it is scaled and shifted, or neither. */
function batchNorm(layer: KerasLayer): Alike | undefined {
  const { args, input } = layer;
  const { axis, center: affine, scale, epsilon: eps } = args;
  if (typeof axis !== "number" || typeof affine !== "boolean" || affine !== scale) return undefined;
  const at = axis < 0 ? axis + input.length : axis;
  const size = input[at];
  const others = input.filter((_, other) => other !== 0 && other !== at);
  if (size === undefined || at === 0 || others.length > 3) return undefined;
  const made = alike(layer, `BatchNorm${Math.max(1, others.length)}d`, { num_features: size, eps, affine });
  return { ...made, input: [input[0] ?? "N", size, ...others] };
}
