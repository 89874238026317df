import { type Arguments, real } from "./arguments.js";
import { type Computation, summand } from "./computation.js";
import { elements, type Tensor, tensorBy } from "./tensor.js";

/** A function of one number, and its derivative by the number x and the value y. */
export interface Activation {
  readonly value: (x: number) => number;
  readonly slope: (x: number, y: number) => number;
}

/** The activations that are computed, by name. */
export const activations: Readonly<Record<string, (args: Arguments) => Activation>> = {
  Identity: () => ({ value: (x) => x, slope: () => 1 }),
  Flatten: () => ({ value: (x) => x, slope: () => 1 }),
  ReLU: () => ({ value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) }),
  LeakyReLU: (args) => {
    const below = real(args, "negative_slope", 0.01);
    return { value: (x) => (x > 0 ? x : below * x), slope: (x) => (x > 0 ? 1 : below) };
  },
  ReLU6: () => cut(0, 6),
  Hardtanh: (args) => cut(real(args, "min_val", -1), real(args, "max_val", 1)),
  ELU: (args) => exponential(1, real(args, "alpha", 1)),
  // The constants of Klambauer et al., Self-Normalizing Neural Networks, 2017.
  SELU: () => exponential(1.0507009873554805, 1.6732632423543772),
  GELU: (args) => (args.approximate === "tanh" ? nearlyGaussian : gaussian),
  Sigmoid: () => ({ value: logistic, slope: (_, y) => y * (1 - y) }),
  SiLU: () => ({ value: (x) => x * logistic(x), slope: (x, y) => logistic(x) * (1 + x - y) }),
  Softplus: (args) => {
    const [beta, most] = [real(args, "beta", 1), real(args, "threshold", 20)];
    const isStraight = (x: number): boolean => x * beta > most;
    return {
      value: (x) => (isStraight(x) ? x : Math.log1p(Math.exp(x * beta)) / beta),
      slope: (x) => (isStraight(x) ? 1 : logistic(x * beta)),
    };
  },
  Tanh: () => ({ value: Math.tanh, slope: (_, y) => 1 - y * y }),
};

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** The number itself between two, which are the least and the most. */
const cut = (least: number, most: number): Activation => ({
  value: (x) => Math.min(Math.max(x, least), most),
  slope: (x) => (x > least && x < most ? 1 : 0),
});

const exponential = (scale: number, alpha: number): Activation => ({
  value: (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)),
  slope: (x) => scale * (x > 0 ? 1 : alpha * Math.exp(x)),
});

/** x·Φ(x). */
const gaussian: Activation = {
  value: (x) => x * normalShare(x),
  slope: (x) => normalShare(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
};

/** What x·Φ(x) is nearly: ½x(1 + tanh(√(2/π)(x + 0.044715x³))), of Hendrycks and Gimpel, 2016. */
const nearlyGaussian: Activation = {
  value: (x) => (x / 2) * (1 + Math.tanh(bent(x))),
  slope: (x) => {
    const t = Math.tanh(bent(x));
    return (1 + t) / 2 + (x / 2) * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  },
};

const bent = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

/** Distances from the mean beyond which nothing of a normal distribution is left in a double. */
const MOST_DEVIATIONS = 9;

/** Φ(x), the share of a normal distribution below x, by the series of its integral (Abramowitz and Stegun, 26.2.11). */
function normalShare(x: number): number {
  if (Math.abs(x) > MOST_DEVIATIONS) return x > 0 ? 1 : 0;
  let [term, sum] = [x, x];
  for (let n = 3; sum + term !== sum; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The computation of a layer that changes each number by itself, or the shape alone; undefined for another name. */
export function elementwise(name: string, args: Arguments, outputShape: readonly number[]): Computation | undefined {
  const activation = Object.hasOwn(activations, name) ? activations[name]?.(args) : undefined;
  if (!activation) return undefined;
  const { value, slope } = activation;
  const slopeAt = ({ data }: Tensor, index: number): number => {
    const x = data[index] as number;
    return slope(x, value(x));
  };
  return {
    outputShape,
    work: elements(outputShape),
    forward: ({ input }) => tensorBy(outputShape, (index) => value(input.data[index] as number)),
    backward: ({ input }, { data }) => ({
      input: tensorBy(input.shape, (index) => (data[index] as number) * slopeAt(input, index)),
    }),
    contributions: ({ input }, { data }, _part, entry) => [
      summand(entry, entry, undefined, slopeAt(input, entry), 1, data[entry] as number),
    ],
  };
}
