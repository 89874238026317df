import type { Heading } from "./heading.js";

/** A multilayer perceptron on one example: every number forward, and backward from each loss. Those that are rounded begin with `≈`. */
export interface MlpPicture {
  readonly kind: "mlp";
  readonly heading: Heading;
  readonly sample: string;
  readonly notes: readonly string[];
  readonly input: readonly string[];
  /** What each output should be: 1 for the right one of several classes, and 0 for the others. */
  readonly target: readonly string[];
  readonly isClass: boolean;
  /** How large a number may be that a reader puts in. */
  readonly largest: number;
  readonly layers: readonly DenseLayer[];
  readonly losses: readonly LossPicture[];
}

/** A linear layer with the activation behind it; numbers by neuron. */
export interface DenseLayer {
  readonly name: string;
  /** How many neurons of how many are drawn; empty where all are. */
  readonly count: string;
  /** `ReLU` and the like; empty where there is none. */
  readonly activation: string;
  /** How it makes an output of a sum, with the numbers, by neuron. */
  readonly bends: readonly string[];
  /** By neuron and input. */
  readonly weight: readonly (readonly string[])[];
  /** Empty for a layer without. */
  readonly bias: readonly string[];
  readonly sums: readonly string[];
  readonly outputs: readonly string[];
  /** The activation's slope at each sum. */
  readonly slopes: readonly string[];
}

/** A loss of the network's outputs, and what goes back from it. */
export interface LossPicture {
  readonly kind: "squared" | "softmax" | "sigmoid";
  readonly value: string;
  /** What a softmax makes of the outputs. */
  readonly shares: readonly string[];
  readonly layers: readonly DenseGradients[];
  /** By input. */
  readonly input: readonly string[];
}

/** The derivatives of a loss by a layer's outputs, its sums, its weights; by a bias it is that by the sum. */
export interface DenseGradients {
  readonly outputs: readonly string[];
  readonly sums: readonly string[];
  readonly weight: readonly (readonly string[])[];
}
