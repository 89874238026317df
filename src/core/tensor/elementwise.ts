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
  Sigmoid: () => ({ value: (x) => 1 / (1 + Math.exp(-x)), slope: (_, y) => y * (1 - y) }),
  Tanh: () => ({ value: Math.tanh, slope: (_, y) => 1 - y * y }),
};

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
