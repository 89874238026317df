import { convolve } from "./convolution.js";
import { linear } from "./linear.js";
import { averagePool, maxPool } from "./pooling.js";
import type { Tensor } from "./tensor.js";
import { type Arguments, axesOf, windowLayer } from "./windowLayer.js";

/** A layer's numbers: input [C, …] without a batch, and the parameters that it has. */
export interface Numbers {
  readonly input: Tensor;
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
}

/** The output of a PyTorch layer, or the sentence that says why there is none. */
export function forward(name: string, args: Arguments, { input, weight, bias }: Numbers): Tensor | string {
  if (name === "Linear") return weight ? linear(input, weight, bias) : "Linear needs its weight.";
  const layer = windowLayer(name, args);
  if (typeof layer === "string") return layer;
  const axes = axesOf(layer, input.shape.slice(1));
  if (layer.operation === "max") return maxPool(input, axes).output;
  if (layer.operation === "average") return averagePool(input, axes, layer.divisor);
  return weight ? convolve(input, { weight, bias, groups: layer.groups }, axes) : `${name} needs its weight.`;
}
