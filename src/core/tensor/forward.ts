import type { Arguments } from "./arguments.js";
import type { Numbers } from "./computation.js";
import { computationOf } from "./computationOf.js";
import type { Tensor } from "./tensor.js";

export type { Numbers } from "./computation.js";

/** The output of a PyTorch layer, or the sentence that says why there is none. */
export function forward(name: string, args: Arguments, numbers: Numbers): Tensor | string {
  const computation = computationOf(name, args, numbers);
  return typeof computation === "string" ? computation : computation.forward(numbers);
}
