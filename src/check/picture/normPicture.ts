import { batchNorm } from "../../core/tensor/batchNorm.js";
import type { Numbers } from "../../core/tensor/computation.js";
import { elements, type Tensor, tensorBy } from "../../core/tensor/tensor.js";
import type { Heading, NormChannel, NormPicture, Planes } from "../../protocol.js";
import { pick } from "./exampleNumbers.js";
import { fractionText } from "./fractionText.js";
import type { LayerCall } from "./layerCall.js";

/** Numbers of a batch norm in training: input [N, C, …], weight and bias [C], all of them integers. */
export interface NormNumbers {
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly gradOutput: Tensor;
}

/** A small batch through a batch norm. */
export function normPicture({ name, args }: LayerCall, heading: Heading): NormPicture {
  const rank = Number(/(\d)d$/.exec(name)?.[1] ?? 2);
  const all = args.num_features;
  const channels = Math.min(typeof all === "number" && all > 0 ? all : 2, 2);
  const shape = rank === 1 ? [4, channels] : [2, channels, 2, 2];
  const example = {
    input: tensorBy(shape, (at) => pick("digits", 1, at)),
    weight: tensorBy([channels], (at) => at + 1),
    bias: tensorBy([channels], (at) => pick("biases", 4, at)),
    gradOutput: tensorBy(shape, (at) => pick("upstream", 3, at)),
  };
  const over = rank === 1 ? "over the batch" : "over the batch and all positions";
  const less = typeof all === "number" && all > channels ? `${channels} of ${all} channels and ` : "";
  return {
    ...drawnNorm(example, typeof args.eps === "number" ? args.eps : 1e-5, args.affine !== false),
    heading,
    sample: `A batch of ${shape[0]} in training, with ${less}example numbers.`,
    notes: [
      `Mean and variance are taken ${over}, of each channel by itself: ${channels === 1 ? "one" : channels} of each.`,
      "In training they are the batch's own, the variance divided by the count; in evaluation the running ones stand in.",
    ],
  };
}

/** Every number of a batch norm in training, forward and backward. */
export function drawnNorm(
  numbers: NormNumbers,
  epsilon: number,
  isAffine: boolean,
): Omit<NormPicture, "heading" | "sample" | "notes"> {
  const { input, gradOutput } = numbers;
  const [samples = 1, count = 1] = input.shape;
  const size = elements(input.shape.slice(2));
  const parameters: Numbers = isAffine ? { input, weight: numbers.weight, bias: numbers.bias } : { input };
  const rank = Math.max(1, input.shape.length - 2);
  const computed = (of: Numbers) =>
    batchNorm(`BatchNorm${rank}d`, { num_features: count, eps: epsilon, affine: isAffine }, of);
  const layer = computed(parameters);
  const [plain, output] = [layer?.forward({ input }), layer?.forward(parameters)];
  const gradients = layer?.backward(parameters, gradOutput);
  const channels = Array.from({ length: count }, (_, channel): NormChannel => {
    const places = Array.from({ length: samples }, (_, sample) =>
      Array.from({ length: size }, (_, cell) => (sample * count + channel) * size + cell),
    );
    const planes = (tensor: Tensor | undefined, text: (value: number) => string): Planes =>
      places.map((cells) => cells.map((at) => text(tensor?.data[at] ?? Number.NaN)));
    const sum = (value: (at: number) => number): number => places.flat().reduce((total, at) => total + value(at), 0);
    const number = (tensor: Tensor) => (at: number) => tensor.data[at] as number;
    const m = samples * size;
    const total = sum(number(input));
    const squares = sum((at) => number(input)(at) ** 2);
    const along = sum((at) => number(gradOutput)(at) * (plain?.data[at] ?? 0));
    return {
      weight: fractionText(isAffine ? (numbers.weight.data[channel] as number) : 1, 1),
      bias: fractionText(isAffine ? (numbers.bias.data[channel] as number) : 0, 1),
      input: planes(input, exact),
      output: planes(output, rounded),
      gradOutput: planes(gradOutput, exact),
      gradInput: planes(gradients?.input, rounded),
      mean: fractionText(total, m),
      // E[x²] − μ², over one denominator.
      variance: fractionText(m * squares - total * total, m * m),
      normalized: planes(plain, rounded),
      gradWeight: rounded(along),
      gradBias: fractionText(sum(number(gradOutput)), 1),
      meanGrad: fractionText(sum(number(gradOutput)), m),
      meanAlong: rounded(along / m),
    };
  });
  const [columns = 1, rows = 1] = input.shape.slice(2).reverse();
  return { kind: "norm", rows: rows * (size / (rows * columns)), columns, samples, epsilon: String(epsilon), channels };
}

const exact = (value: number): string => fractionText(value, 1);

/** Four digits behind the point, as many as there are. */
const rounded = (value: number): string => {
  const text = String(Number(value.toFixed(4)));
  return (text === "-0" ? "0" : text).replace("-", "−");
};
