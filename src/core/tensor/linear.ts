import { type Arguments, flag, Unfit, whole } from "./arguments.js";
import type { Computation, Numbers } from "./computation.js";
import { correlationOf } from "./correlation.js";
import { correlationLayer } from "./correlationLayer.js";
import { checkParameters } from "./shapes.js";
import { elements } from "./tensor.js";

/** The computation of nn.Linear, y = x Wᵀ + b along the last axis: a convolution over no axis, as each number has a weight of
 * its own. */
export function linear(args: Arguments, numbers: Numbers): Computation {
  const { shape } = numbers.input;
  const [inputs, outputs] = [whole(args, "in_features", 1), whole(args, "out_features", 1)];
  const given = shape.at(-1);
  if (given !== inputs) {
    throw new Unfit(`in_features is ${inputs}, the input has ${given ?? "no axis"}; they must be the same.`);
  }
  const bias = flag(args, "bias", true);
  checkParameters(numbers, [outputs, inputs], bias ? outputs : undefined);
  const leading = shape.slice(0, -1);
  const correlation = correlationOf([outputs, inputs], 1, [], elements(leading));
  return correlationLayer({ correlation, transposed: false, outputShape: [...leading, outputs], bias });
}
