import type { Arguments } from "./arguments.js";
import type { Computation, Gradients, Numbers } from "./computation.js";
import { computationOf } from "./computationOf.js";
import type { Tensor } from "./tensor.js";

/** The gradients of sum(gradOutput · output) by a PyTorch layer's input and parameters, or the sentence that says why there
 * are none. */
export function backward(name: string, args: Arguments, numbers: Numbers, gradOutput: Tensor): Gradients | string {
  const computation = computationOf(name, args, numbers);
  return typeof computation === "string" ? computation : gradients(computation, numbers, gradOutput);
}

/** The gradients of a layer that is ready to compute, or the sentence that says why the upstream values do not fit it. */
export function gradients(computation: Computation, numbers: Numbers, gradOutput: Tensor): Gradients | string {
  const [given, wanted] = [gradOutput.shape, computation.outputShape].map((shape) => `[${shape.join(", ")}]`);
  if (given !== wanted) return `gradOutput is ${given}, the output is ${wanted}; give it the output's shape.`;
  return computation.backward(numbers, gradOutput);
}
