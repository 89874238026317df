import type { Arguments } from "./arguments.js";
import { activations } from "./elementwise.js";

/** A linear layer, weight [out, in] and bias [out] or none, and the activation behind it. */
export interface Dense {
  readonly weight: readonly (readonly number[])[];
  readonly bias: readonly number[];
  readonly activation: string;
  /** The activation's own arguments. */
  readonly args?: Arguments;
}

/** What a layer made of an example: its sums, what the activation made of them, and the activation's slope there. */
export interface DenseRun extends Dense {
  readonly sums: readonly number[];
  readonly outputs: readonly number[];
  readonly slopes: readonly number[];
}

/** The derivatives of a loss by a layer's outputs, sums and weights; by its bias it is that by its sums. */
export interface DenseBack {
  readonly outputs: readonly number[];
  readonly sums: readonly number[];
  readonly weight: readonly (readonly number[])[];
}

/** A loss of the outputs, its derivative by each of them, and what a softmax makes of them first. */
export interface Loss {
  readonly kind: "squared" | "softmax" | "sigmoid";
  readonly value: number;
  readonly start: readonly number[];
  readonly shares: readonly number[];
}

/** An example through a multilayer perceptron, with an activation of one number, or none, behind each layer. */
export function forwardThrough(input: readonly number[], layers: readonly Dense[]): DenseRun[] {
  let x = input;
  return layers.map((layer) => {
    const bend = activations[layer.activation]?.(layer.args ?? {});
    const sums = layer.weight.map((row, at) => dot(row, x) + (layer.bias[at] ?? 0));
    const outputs = sums.map((z) => bend?.value(z) ?? z);
    x = outputs;
    return { ...layer, sums, outputs, slopes: sums.map((z, at) => bend?.slope(z, outputs[at] as number) ?? 1) };
  });
}

/** A loss's derivatives, from the last layer back to the input: those of each layer, and those by the input. */
export function backThrough(
  input: readonly number[],
  runs: readonly DenseRun[],
  start: readonly number[],
): { readonly layers: readonly DenseBack[]; readonly input: readonly number[] } {
  let gradient = start;
  const layers = runs.toReversed().map(({ weight, slopes }, at): DenseBack => {
    const x = runs[runs.length - 2 - at]?.outputs ?? input;
    const outputs = gradient;
    const sums = outputs.map((g, neuron) => g * (slopes[neuron] as number));
    gradient = x.map((_, index) =>
      dot(
        weight.map((row) => row[index] as number),
        sums,
      ),
    );
    return { outputs, sums, weight: sums.map((delta) => x.map((value) => delta * value)) };
  });
  return { layers: layers.reverse(), input: gradient };
}

/**
 * Half the squared error; the cross entropy of a softmax, where there are several outputs; that of each output by itself where they are
 * sigmoids already. The target is 0 or 1 for each output, for a softmax 1 for one of them.
 */
export function lossesOf(outputs: readonly number[], target: readonly number[], activation: string): Loss[] {
  const apart = outputs.map((y, at) => y - (target[at] as number));
  const losses: Loss[] = [{ kind: "squared", value: dot(apart, apart) / 2, start: apart, shares: [] }];
  if (activation === "Sigmoid") {
    const wanted = outputs.map((y, at) => (target[at] === 1 ? y : 1 - y));
    const start = wanted.map((share, at) => (target[at] === 1 ? -1 : 1) / share);
    losses.push({ kind: "sigmoid", value: -sum(wanted.map(Math.log)), start, shares: [] });
  } else if (outputs.length > 1) {
    const top = Math.max(...outputs);
    const powers = outputs.map((y) => Math.exp(y - top));
    const shares = powers.map((power) => power / sum(powers));
    const start = shares.map((share, at) => share - (target[at] as number));
    // Not the logarithm of the share, which may be too small for a number.
    losses.push({ kind: "softmax", value: Math.log(sum(powers)) + top - dot(outputs, target), start, shares });
  }
  return losses;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((value, at) => value * (b[at] as number)));
