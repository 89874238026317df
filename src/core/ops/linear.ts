import { productOf } from "../dims/product.js";
import type { Op, Rule, Shape, Size } from "../layer/op.js";

/** How many vectors a sample has: one, or as many as stand between the batch and the features. */
export const rowsOf = (input: Shape | undefined): Size => (input ? productOf(input.slice(1, -1)) : 1);

/** The input has as many features as the layer is made for. */
export const inFeatures: Rule = {
  code: "in-features",
  when: "features != C",
  say: "in_features is {C}, the input has {features}.",
  advise: "Set in_features to {features}.",
  argument: "in_features",
  fix: "features",
};

/** nn.Linear: the fully connected layer. */
export const linear: readonly Op[] = [
  {
    name: "Linear",
    summary: "Multiplies the last dimension by a matrix of weights and adds a bias; every output sees every input.",
    torch: "nn.Linear(in_features, out_features, bias=True)",
    axes: 0,
    letters: { C: "in_features", F: "out_features" },
    quiet: ["bias", "rows"],
    input: ["*", "features"],
    output: ["*", "F"],
    inOrder: true,
    params: "F*(C + bias)",
    derived: (_, input) => ({ rows: rowsOf(input), N: input?.[0] }),
    macs: "rows*F*C",
    rules: [inFeatures],
    mistakes: [
      { code: "M6", say: "the batch mixed into the weights: all samples share them", params: "N*F*(C + 1)" },
      { code: "M2", say: "bias forgotten", params: "F*C" },
      { code: "M2", say: "one bias for the whole layer; there is one for each output", params: "F*C + 1" },
      { code: "M2", say: "one bias for each input; there is one for each output", params: "C*(F + 1)" },
    ],
    examples: [{ args: { in_features: 490, out_features: 3 }, input: [1, 490], output: [1, 3], params: 1473 }],
  },
];
