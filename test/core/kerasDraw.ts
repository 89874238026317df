import { randomFrom } from "../random.js";

/** A layer of keras.layers with its arguments in Keras's names, and the shapes that it is called with. */
export interface Drawn {
  readonly layer: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (readonly number[])[];
}

type Args = Record<string, unknown>;

/** So many random configurations of the layers that TensorFlow.js has, right ones and wrong ones. */
export function drawLayers(count: number, seed: number): readonly Drawn[] {
  const random = randomFrom(seed);
  const int = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const one = <T>(of: readonly T[]): T => of[int(0, of.length - 1)] as T;
  const chance = (p: number): boolean => random() < p;
  const some = (args: Args, name: string, value: () => unknown, p = 0.4): Args =>
    chance(p) ? { ...args, [name]: value() } : args;
  const list = (n: number, low: number, high: number): number[] => Array.from({ length: n }, () => int(low, high));
  const perAxis = (axes: number, low: number, high: number): unknown =>
    chance(0.5) ? int(low, high) : list(chance(0.95) ? axes : axes + 1, low, high);
  const anything = (low = 2, high = 4): number[] => list(int(low, high), 1, 6);
  const image = (axes: number, isLast = true): number[] => {
    const sizes = list(chance(0.95) ? axes : axes + 1, 1, 11);
    const channels = int(1, 6);
    return isLast ? [int(1, 3), ...sizes, channels] : [int(1, 3), channels, ...sizes];
  };
  const single = (layer: string, args: Args, input: readonly number[]): Drawn => ({ layer, args, inputs: [input] });
  const laidOut = (layer: string, args: Args, axes: number): Drawn => {
    const isLast = chance(0.75);
    return single(layer, isLast ? args : { ...args, data_format: "channels_first" }, image(axes, isLast));
  };
  const word = (): unknown => one(["valid", "same", "same"]);
  const windowed = (axes: number, size: string): Args => {
    let args: Args = { [size]: perAxis(axes, 1, 4) };
    args = some(args, "strides", () => perAxis(axes, 1, 3));
    return some(args, "padding", word, 0.6);
  };

  const conv = (axes: number): Drawn => {
    let args: Args = { filters: int(1, 6), ...windowed(axes, "kernel_size") };
    if (!("strides" in args)) args = some(args, "dilation_rate", () => perAxis(axes, 1, 3), 0.3);
    return laidOut(
      `Conv${axes}D`,
      some(args, "use_bias", () => false, 0.3),
      axes,
    );
  };
  const transposed = (axes: number): Drawn =>
    laidOut(
      `Conv${axes}DTranspose`,
      some({ filters: int(1, 6), ...windowed(axes, "kernel_size") }, "use_bias", () => false),
      axes,
    );
  const depthwise = (): Drawn => {
    const args = some(windowed(2, "kernel_size"), "depth_multiplier", () => int(1, 3));
    return laidOut(
      "DepthwiseConv2D",
      some(args, "use_bias", () => false),
      2,
    );
  };
  const separable = (): Drawn => {
    const args = some({ filters: int(1, 6), ...windowed(2, "kernel_size") }, "depth_multiplier", () => int(1, 3));
    return laidOut(
      "SeparableConv2D",
      some(args, "use_bias", () => false),
      2,
    );
  };
  const pool = (axes: number): Drawn =>
    laidOut(`${one(["Max", "Average"])}Pooling${axes}D`, windowed(axes, "pool_size"), axes);
  const globalPool = (): Drawn => {
    const axes = int(1, 2);
    const name = `Global${one(["Max", "Average"])}Pooling${axes}D`;
    return axes === 1 ? single(name, {}, image(1)) : laidOut(name, {}, 2);
  };
  const reshape = (): Drawn => {
    const input = anything();
    const total = input.slice(1).reduce((a, b) => a * b, 1);
    const first = int(1, 6);
    const target = chance(0.5) ? [first, -1] : total % first === 0 ? [first, total / first] : list(int(1, 3), 1, 6);
    return single("Reshape", { target_shape: target }, input);
  };
  const permute = (): Drawn => {
    const input = anything();
    const dims = input.slice(1).map((_, i) => i + 1);
    if (chance(0.6)) dims.reverse();
    if (chance(0.1)) dims[0] = int(0, 4);
    return single("Permute", { dims }, input);
  };
  const recurrent = (): Drawn => {
    const name = one(["SimpleRNN", "LSTM", "GRU"]);
    let args: Args = some({ units: int(1, 7) }, "return_sequences", () => true);
    args = some(args, "use_bias", () => false, 0.3);
    // TensorFlow.js has no reset_after: https://js.tensorflow.org/api/latest/#layers.gru
    if (name === "GRU") args = { ...args, reset_after: false };
    return single(name, args, chance(0.95) ? list(3, 1, 7) : list(int(2, 4), 1, 7));
  };
  const wrapper = (): Drawn => {
    if (chance(0.5)) {
      const { layer, args, inputs } = recurrent();
      const own = some({ layer: { layer: `keras.layers.${layer}`, args } }, "merge_mode", () =>
        one(["sum", "mul", "ave", "concat"]),
      );
      return { layer: "Bidirectional", args: own, inputs };
    }
    const { layer, args, inputs } = one([dense, () => conv(2), () => pool(2)])();
    const steps = inputs.map((s) => [s[0] as number, int(1, 5), ...s.slice(1)]);
    return { layer: "TimeDistributed", args: { layer: { layer: `keras.layers.${layer}`, args } }, inputs: steps };
  };
  const dense = (): Drawn =>
    single(
      "Dense",
      some({ units: int(1, 9) }, "use_bias", () => false),
      anything(),
    );
  const batchNorm = (): Drawn => {
    const input = anything();
    let args: Args = some({}, "axis", () => one([-1, 1]));
    args = some(args, "center", () => false, 0.3);
    return single(
      "BatchNormalization",
      some(args, "scale", () => false, 0.3),
      input,
    );
  };
  const layerNorm = (): Drawn => {
    const input = anything();
    const args = some({}, "axis", () => one<unknown>([-1, 1, input.slice(1).map((_, i) => i + 1)]));
    return single(
      "LayerNormalization",
      some(args, "scale", () => false, 0.3),
      input,
    );
  };
  const prelu = (): Drawn =>
    single(
      "PReLU",
      some({}, "shared_axes", () => [1], 0.6),
      anything(),
    );
  const plain = (): Drawn => {
    const [layer, args] = one<readonly [string, Args]>([
      ["ReLU", {}],
      ["LeakyReLU", {}],
      ["ELU", {}],
      ["Softmax", {}],
      ["Activation", { activation: "relu" }],
      ["Dropout", { rate: 0.4 }],
      ["AlphaDropout", { rate: 0.4 }],
      ["GaussianDropout", { rate: 0.4 }],
      ["GaussianNoise", { stddev: 0.4 }],
      ["Rescaling", { scale: 2 }],
      ["Flatten", {}],
    ]);
    return single(layer, args, anything());
  };
  const merged = (): Drawn => {
    const shape = anything(2, 4);
    const inputs = [
      shape,
      ...Array.from({ length: int(1, 2) }, () => shape.map((d) => (chance(0.08) ? int(1, 6) : d))),
    ];
    return { layer: one(["Add", "Multiply", "Average", "Maximum", "Minimum"]), args: {}, inputs };
  };
  const concatenated = (): Drawn => {
    const shape = anything(2, 4);
    const axis = one([-1, 1]);
    const at = axis < 0 ? shape.length - 1 : 1;
    const inputs = Array.from({ length: int(2, 3) }, () =>
      shape.map((d, i) => (i === at || (i > 0 && chance(0.05)) ? int(1, 6) : d)),
    );
    return { layer: "Concatenate", args: { axis }, inputs };
  };
  const dotted = (): Drawn => {
    const [one_, other] = [list(int(2, 3), 2, 4), list(int(2, 3), 2, 4)].map((s) => [3, ...s.slice(1)]) as [
      number[],
      number[],
    ];
    const axes = [int(1, one_.length - 1), int(1, other.length - 1)] as const;
    if (chance(0.8)) other[axes[1]] = one_[axes[0]] as number;
    return { layer: "Dot", args: { axes: [...axes] }, inputs: [one_, other] };
  };
  const padded = (): Drawn =>
    laidOut("ZeroPadding2D", { padding: one<unknown>([int(0, 3), list(2, 0, 3), [list(2, 0, 3), list(2, 0, 3)]]) }, 2);
  const cropped = (): Drawn =>
    laidOut("Cropping2D", { cropping: one<unknown>([int(0, 3), list(2, 0, 3), [list(2, 0, 3), list(2, 0, 3)]]) }, 2);
  const enlarged = (): Drawn => laidOut("UpSampling2D", { size: list(2, 1, 3) }, 2);
  const embedded = (): Drawn => single("Embedding", { input_dim: int(1, 40), output_dim: int(1, 9) }, anything(1, 3));
  const repeated = (): Drawn => single("RepeatVector", { n: int(1, 5) }, anything(2, chance(0.9) ? 2 : 3));
  const convLstm = (): Drawn => {
    const args = some({ filters: int(1, 4), ...windowed(2, "kernel_size") }, "return_sequences", () => true);
    const {
      layer,
      inputs,
      args: all,
    } = laidOut(
      "ConvLSTM2D",
      some(args, "use_bias", () => false),
      2,
    );
    return { layer, args: all, inputs: inputs.map((s) => [s[0] as number, int(1, 3), ...s.slice(1)]) };
  };
  const resized = (): Drawn => single("Resizing", { height: int(1, 9), width: int(1, 9) }, image(2));

  const families = [
    () => conv(1),
    () => conv(2),
    () => conv(2),
    () => conv(3),
    () => transposed(2),
    () => transposed(3),
    depthwise,
    separable,
    () => pool(1),
    () => pool(2),
    () => pool(3),
    globalPool,
    reshape,
    permute,
    recurrent,
    recurrent,
    wrapper,
    wrapper,
    dense,
    batchNorm,
    layerNorm,
    prelu,
    plain,
    merged,
    concatenated,
    dotted,
    padded,
    cropped,
    enlarged,
    embedded,
    repeated,
    convLstm,
    resized,
  ];
  return Array.from({ length: count }, (_, i) => (families[i % families.length] as () => Drawn)());
}
