import { type Arguments, flag, real, Unfit, whole } from "./arguments.js";
import type { Computation, Numbers } from "./computation.js";
import { checkAxes, checkShape } from "./shapes.js";
import { elements, type Tensor, tensorBy, zeros } from "./tensor.js";

/** The computation of batch norm over [N, C, …]: each channel brought to mean 0 and variance 1, then scaled and shifted;
 * undefined for another name. */
export function batchNorm(name: string, args: Arguments, numbers: Numbers): Computation | undefined {
  const rank = Number(/^BatchNorm([123])d$/.exec(name)?.[1]);
  if (!rank) return undefined;
  const { shape } = numbers.input;
  check(name, rank, args, numbers);
  const [samples = 1, channels = 1] = shape;
  const cells = elements(shape.slice(2));
  const count = samples * cells;
  const epsilon = real(args, "eps", 1e-5);
  const isAffine = flag(args, "affine", true);
  const channelOf = (index: number): number => Math.floor(index / cells) % channels;

  /** For each channel the mean of a function of the place. */
  const means = (value: (index: number) => number): Float64Array => {
    const { data } = zeros([channels]);
    for (let index = 0; index < count * channels; index++) data[channelOf(index)]! += value(index);
    return data.map((sum) => sum / count);
  };

  /** For each channel what it is brought to mean 0 and variance 1 by, and the numbers after that. */
  const normalized = ({ input: { data }, training, runningMean, runningVar }: Numbers) => {
    const isFixed = usesRunning(args, training);
    const mean = isFixed ? (runningMean?.data ?? zeros([channels]).data) : means((index) => data[index] as number);
    const centred = (index: number): number => (data[index] as number) - (mean[channelOf(index)] as number);
    const variance = isFixed
      ? (runningVar?.data ?? new Float64Array(channels).fill(1))
      : means((index) => centred(index) ** 2);
    const scale = variance.map((v) => 1 / Math.sqrt(v + epsilon));
    const values = tensorBy(shape, (index) => centred(index) * (scale[channelOf(index)] as number)).data;
    return { isFixed, scale, values };
  };

  return {
    outputShape: shape,
    work: 4 * elements(shape),
    forward(numbers) {
      const { values } = normalized(numbers);
      return tensorBy(shape, (index) => {
        const channel = channelOf(index);
        return (values[index] as number) * (numbers.weight?.data[channel] ?? 1) + (numbers.bias?.data[channel] ?? 0);
      });
    },
    backward(numbers, { data: upstream }) {
      const { isFixed, scale, values } = normalized(numbers);
      const level = means((index) => upstream[index] as number);
      const along = means((index) => (upstream[index] as number) * (values[index] as number));
      const input: Tensor = tensorBy(shape, (index) => {
        const channel = channelOf(index);
        // The channel's mean and variance depend on every number, so only what is left of the gradient passes.
        const taken = isFixed ? 0 : (level[channel] as number) + (values[index] as number) * (along[channel] as number);
        const rate = (numbers.weight?.data[channel] ?? 1) * (scale[channel] as number);
        return rate * ((upstream[index] as number) - taken);
      });
      if (!isAffine) return { input };
      const sums = (of: Float64Array): Tensor => ({ shape: [channels], data: of.map((mean) => mean * count) });
      return { input, weight: sums(along), bias: sums(level) };
    },
  };
}

/** Whether the running statistics stand in for the batch's own. */
function usesRunning(args: Arguments, training: boolean | undefined): boolean {
  return flag(args, "track_running_stats", true) && training === false;
}

function check(name: string, rank: number, args: Arguments, numbers: Numbers): void {
  const { shape } = numbers.input;
  checkAxes(name, "N, C", rank, shape, shape.length === rank + 2 || (rank === 1 && shape.length === 2));
  const [isAffine, isTracked] = [flag(args, "affine", true), flag(args, "track_running_stats", true)];
  const channels = isAffine || isTracked ? whole(args, "num_features", 1) : (shape[1] as number);
  const given = shape[1];
  if (given !== channels) throw new Unfit(`num_features is ${channels}, the input has ${given}; set it to ${given}.`);
  if (numbers.training !== false && elements(shape) === channels) {
    throw new Unfit("Each channel has one value only, and so no variance; give a larger batch, or training=false.");
  }
  for (const key of ["weight", "bias", "runningMean", "runningVar"] as const) {
    const isParameter = key === "weight" || key === "bias";
    if (!numbers[key]) continue;
    if (isParameter && !isAffine) throw new Unfit(`affine=False leaves no ${key}; leave it out.`);
    checkShape(key, numbers[key], [channels]);
  }
}
