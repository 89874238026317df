import { ceil, divide } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import { axisOf, counted, differ, isFraction, isTensor, kindOf, tensorShape, unknownSizes } from "./operands.js";
import { type Operand, type Operation, type Result, refuse, tensor } from "./operation.js";

/** Functional forms that keep the shape and take numbers beside the input. */
const KEEPING: readonly string[] = [
  "hardshrink(input, lambd=0.5)",
  "softshrink(input, lambd=0.5)",
  "tanhshrink(input)",
  "threshold(input, threshold, value)",
  "rrelu(input, lower=0.125, upper=0.3333, training=False)",
  "feature_alpha_dropout(input, p=0.5, training=False)",
];

const along = (name: string, calls: readonly string[], summary: string): Operation => ({
  name,
  summary,
  calls,
  infer: ({ input, logits, dim }): Result => {
    const of = input ?? logits;
    const shape = tensorShape(of);
    if (shape) axisOf(dim, shape.length, `${name}/dim`);
    return tensor(shape, kindOf(of));
  },
  examples: [{ call: `F.${name}(x, dim=1)`, given: { input: tensor([2, 3]), dim: 1 }, gives: [2, 3] }],
});

/** Half of a dimension, gated by the other half. */
function gated(input: Operand, dim: Operand): Result {
  const shape = tensorShape(input);
  if (!shape) return tensor(undefined, kindOf(input));
  if (shape.length === 0)
    refuse("glu/rank", "glu halves a dimension, the tensor has 0.", "Give it a tensor with dimensions.");
  const axis = axisOf(dim, shape.length, "glu/dim");
  if (axis === undefined) return tensor(unknownSizes(shape.length), kindOf(input));
  const size = shape[axis];
  const half = size === undefined ? undefined : divide(size, 2);
  if (isFraction(half))
    refuse(
      "glu/size",
      `glu halves dimension ${axis} of ${printSizes(shape)}, which is ${printSize(size)}.`,
      "Choose a dimension of even size.",
      { argument: "dim" },
    );
  // What is halved without a remainder is a whole number.
  return tensor(shape.with(axis, half === undefined ? undefined : ceil(half)), kindOf(input));
}

/** Activations of torch.nn.functional that no layer here has under the same arguments. */
export const functionalActivations: readonly Operation[] = [
  ...KEEPING.map((call): Operation => {
    const name = call.split("(")[0] ?? "";
    return {
      name,
      summary: `Applies ${name} to each number; the shape stays.`,
      calls: [`F.${call}`],
      infer: ({ input }) => tensor(tensorShape(input), kindOf(input)),
      examples: [{ call: `F.${name}(x)`, given: { input: tensor([2, 3]) }, gives: [2, 3] }],
    };
  }),
  along(
    "softmin",
    ["F.softmin(input, dim=None)"],
    "Turns the smallest numbers of a dimension into the largest shares; the shape stays.",
  ),
  along(
    "gumbel_softmax",
    ["F.gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)"],
    "Draws shares along a dimension at random; the shape stays.",
  ),
  {
    name: "glu",
    summary: "Multiplies one half of a dimension by the sigmoid of the other half.",
    calls: ["F.glu(input, dim=-1)"],
    infer: ({ input, dim }) => gated(input, dim),
    examples: [{ call: "F.glu(x)", given: { input: tensor([2, 6]), dim: -1 }, gives: [2, 3] }],
  },
  {
    name: "prelu",
    summary: "Keeps positive numbers and scales negative ones by a weight, one for all or one a channel.",
    calls: ["F.prelu(input, weight)", "torch.prelu(input, weight)", "Tensor.prelu(weight)"],
    infer: ({ input, weight }) => {
      const [shape, slopes] = [tensorShape(input), isTensor(weight) ? weight.shape : undefined];
      const channels = shape && (shape.length > 1 ? shape[1] : 1);
      const count = slopes?.length === 1 ? slopes[0] : undefined;
      if (slopes && slopes.length > 1)
        refuse(
          "prelu/weight",
          `The weight is ${printSizes(slopes)}.`,
          "Give it one number, or a row with one for each channel.",
          { argument: "weight" },
        );
      if (differ(count, 1) && differ(count, channels))
        refuse(
          "prelu/weight",
          `The weight has ${printSize(count)} numbers, the input has ${counted(typeof channels === "number" ? channels : 2, "channel").replace(/^\d+/, printSize(channels))}.`,
          "Give it 1, or one for each channel.",
          { argument: "weight" },
        );
      return tensor(shape, kindOf(input));
    },
    examples: [{ call: "F.prelu(x, w)", given: { input: tensor([2, 3]), weight: tensor([3]) }, gives: [2, 3] }],
  },
];
