import { fitting, flag, real } from "../../core/tensor/arguments.js";
import { batchNorm } from "../../core/tensor/batchNorm.js";
import type { Numbers } from "../../core/tensor/computation.js";
import { elements, type Tensor, tensorBy } from "../../core/tensor/tensor.js";
import type { Heading, NormChannel, NormPicture, Picture, Planes } from "../../protocol.js";
import { cardPicture } from "./cardPicture.js";
import { pick } from "./exampleNumbers.js";
import { fractionText, wholeText } from "./fractionText.js";
import type { Drawable } from "./layerCall.js";

/** Numbers of a batch norm: input [N, C, …], weight and bias [C], in evaluation the running mean and variance [C], all of them integers. */
export interface NormNumbers {
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly gradOutput: Tensor;
  readonly runningMean?: Tensor;
  readonly runningVar?: Tensor;
}

/** A small batch through a batch norm. */
export function normPicture(call: Drawable, heading: Heading): Picture {
  const { name, args, input } = call;
  const said = fitting(() => ({
    eps: real(args, "eps", 1e-5),
    isAffine: flag(args, "affine", true),
    isTracked: flag(args, "track_running_stats", true),
  }));
  if (typeof said === "string") return cardPicture(call, heading, said);
  const hasPlaces = input.length > 2;
  const all = args.num_features;
  const channels = Math.min(typeof all === "number" && all > 0 ? all : 2, 2);
  const places = name === "BatchNorm1d" ? [4] : [2, 2];
  const shape = hasPlaces ? [2, channels, ...places] : [4, channels];
  const example = {
    input: tensorBy(shape, (at) => pick("digits", 1, at)),
    weight: tensorBy([channels], (at) => at + 1),
    bias: tensorBy([channels], (at) => pick("biases", 4, at)),
    gradOutput: tensorBy(shape, (at) => pick("upstream", 3, at)),
  };
  const over = hasPlaces ? "over the batch and all positions" : "over the batch";
  const less = typeof all === "number" && all > channels ? `${channels} of ${all} channels and ` : "";
  const counted = all === 1 ? "one" : typeof all === "number" ? `${all}` : "as many as there are channels";
  const own = input.slice(2);
  const instead =
    own.length === places.length && own.join() !== places.join()
      ? `${places.join("×")} in place of ${own.join("×")}, `
      : "";
  const { eps, isAffine, isTracked } = said;
  const drawn = (own: NormNumbers) => drawnNorm(own, eps, isAffine);
  const [runningMean, runningVar] = [tensorBy([channels], (at) => at + 4), tensorBy([channels], (at) => (at + 2) ** 2)];
  return {
    ...drawn(example),
    ...(isTracked && { evaluated: drawn({ ...example, runningMean, runningVar }).channels }),
    heading,
    sample: `A batch of ${shape[0]}, ${instead}with ${less}example numbers.`,
    notes: [
      `Mean and variance are taken ${over}, of each channel by itself: ${counted} of each.`,
      isTracked
        ? "In training they are the batch's own, the variance divided by the count; in evaluation the running ones stand in."
        : "track_running_stats=False: in evaluation, too, they are the batch's own.",
    ],
  };
}

/** Every number of a batch norm, forward and backward: in evaluation if it has a running mean and variance, else in training. */
export function drawnNorm(
  numbers: NormNumbers,
  epsilon: number,
  isAffine: boolean,
): Omit<NormPicture, "heading" | "sample" | "notes"> {
  const { input, gradOutput, weight, bias, ...running } = numbers;
  const [samples = 1, count = 1] = input.shape;
  const size = elements(input.shape.slice(2));
  const { runningMean, runningVar } = running;
  const bare: Numbers = { input, ...running, training: !runningMean };
  const parameters: Numbers = isAffine ? { ...bare, weight, bias } : bare;
  const rank = Math.max(1, input.shape.length - 2);
  const computed = (of: Numbers) =>
    batchNorm(`BatchNorm${rank}d`, { num_features: count, eps: epsilon, affine: isAffine }, of);
  const layer = computed(parameters);
  const [plain, output] = [layer?.forward(bare), layer?.forward(parameters)];
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
      weight: wholeText(isAffine ? (weight.data[channel] as number) : 1),
      bias: wholeText(isAffine ? (bias.data[channel] as number) : 0),
      input: planes(input, wholeText),
      output: planes(output, rounded),
      gradOutput: planes(gradOutput, wholeText),
      gradInput: planes(gradients?.input, rounded),
      mean: runningMean ? wholeText(runningMean.data[channel] as number) : fractionText(total, m),
      // E[x²] − μ², over one denominator.
      variance: runningVar
        ? wholeText(runningVar.data[channel] as number)
        : fractionText(m * squares - total * total, m * m),
      normalized: planes(plain, rounded),
      gradWeight: rounded(along),
      gradBias: wholeText(sum(number(gradOutput))),
      meanGrad: fractionText(sum(number(gradOutput)), m),
      meanAlong: rounded(along / m),
    };
  });
  const [columns = 1, rows = 1] = input.shape.slice(2).reverse();
  return { kind: "norm", rows: rows * (size / (rows * columns)), columns, samples, epsilon: String(epsilon), channels };
}

/** Four digits behind the point, as many as there are. */
const rounded = (value: number): string => {
  const text = String(Number(value.toFixed(4)));
  return (text === "-0" ? "0" : text).replace("-", "−");
};
