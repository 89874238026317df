import type { Tensor } from "./tensor.js";

/** A layer's numbers: input [C, …], or [N, C, …], and the parameters that it has. */
export interface Numbers {
  readonly input: Tensor;
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
  /** For batch norm: false normalizes with the running statistics, which are 0 and 1 in a new layer. */
  readonly training?: boolean | undefined;
  readonly runningMean?: Tensor | undefined;
  readonly runningVar?: Tensor | undefined;
}

/** The derivatives of a loss by a layer's input and by its parameters. */
export interface Gradients {
  readonly input: Tensor;
  readonly weight?: Tensor;
  readonly bias?: Tensor;
}

/** One summand of an entry of a gradient: product = upstream · factor / divisor. Its cells are flat indices in row-major order. */
export interface Contribution {
  /** The output cell through which the loss depends on the entry. */
  readonly output: number;
  /** The input cell and the place in the weight that meet there, where the layer has them. */
  readonly input: number | undefined;
  readonly weight: number | undefined;
  /** The number that the upstream value is multiplied by: a weight, an input, a slope. */
  readonly factor: number;
  readonly divisor: number;
  readonly upstream: number;
  readonly product: number;
}

/** A layer with everything settled but its numbers, whose shapes were checked. */
export interface Computation {
  readonly outputShape: readonly number[];
  /** The multiplications of one forward pass, about. */
  readonly work: number;
  readonly forward: (numbers: Numbers) => Tensor;
  readonly backward: (numbers: Numbers, gradOutput: Tensor) => Gradients;
  /** An output of this value passes no gradient on, by PyTorch's choice, whatever its slope. */
  readonly flatAt?: number;
  /** What one entry of a gradient is the sum of, in the order of `backward`, so that the sum is the entry to the last bit;
   * absent where the entries are no such sums. */
  readonly contributions?: (
    numbers: Numbers,
    gradOutput: Tensor,
    part: keyof Gradients,
    entry: number,
  ) => readonly Contribution[];
}

/** A summand with its product; a layer without weights has no place in them. */
export function summand(
  output: number,
  input: number | undefined,
  weight: number | undefined,
  factor: number,
  divisor: number,
  upstream: number,
): Contribution {
  return { output, input, weight, factor, divisor, upstream, product: (upstream * factor) / divisor };
}
