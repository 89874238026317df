import { productOf } from "../dims/product.js";
import type { Value } from "../expr/evaluate.js";
import type { Op, Shape, Size } from "../layer/op.js";

/** One slope for each place of a sample, but one for all along the shared axes. */
function slopes(input: Shape, shared: Value | undefined): Size {
  if (shared === undefined) return undefined;
  const axes = Array.isArray(shared) ? shared : shared === null ? [] : [shared];
  if (axes.includes(undefined)) return undefined;
  return productOf(input.filter((_, i) => i > 0 && !axes.includes(i)));
}

/** layers.PReLU. */
export const prelu: readonly Op[] = [
  {
    name: "PReLU",
    summary:
      "Replaces each x by x where it is positive, else a·x; every place of a sample learns its own a, unless axes share it.",
    keras: "layers.PReLU(alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None)",
    axes: 0,
    letters: {},
    derived: ({ shared_axes }, input) => ({ slopes: input && slopes(input, shared_axes) }),
    input: ["N", "*"],
    output: ["N", "*"],
    params: "slopes",
    rules: [],
    examples: [{ args: { shared_axes: [1] }, input: [2, 3, 8], output: [2, 3, 8], params: 8 }],
  },
];
