import { equal } from "../dims/compare.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Others, Rule, Shape } from "../layer/op.js";
import { counted } from "../operations/operands.js";
import { rowsOf } from "./linear.js";

function combined(input: Shape, args: Bindings, [second]: Others): Shape | Rule {
  const width = second?.at(-1);
  if (isDim(args.in2_features) && width !== undefined && equal(width, args.in2_features) === false)
    return {
      code: "in2-features",
      when: "false",
      say: `in2_features is {in2_features}, the second input has ${counted(width, "feature")}.`,
      advise: "Make the two the same.",
      argument: "in2_features",
    };
  return [...input.slice(0, -1), isDim(args.out_features) ? args.out_features : undefined];
}

/** nn.Bilinear. */
export const bilinear: readonly Op[] = [
  {
    name: "Bilinear",
    summary: "Combines two inputs: every output is a weighted sum of all products of their features, plus a bias.",
    torch: "nn.Bilinear(in1_features, in2_features, out_features, bias=True)",
    forward: "forward(input1, input2)",
    axes: 0,
    letters: { C: "in1_features", B: "in2_features", F: "out_features" },
    input: ["*", "features"],
    output: combined,
    params: "F*C*B + (bias ? F : 0)",
    derived: (_, input) => ({ rows: rowsOf(input) }),
    macs: "rows*(F*C*B + F*B)",
    rules: [
      {
        code: "in1-features",
        when: "features != C",
        say: "in1_features is {C}, the first input has {features}.",
        advise: "Set in1_features to {features}.",
        argument: "in1_features",
        fix: "features",
      },
    ],
    examples: [
      { args: { in1_features: 7, in2_features: 6, out_features: 10 }, input: [2, 7], output: [2, 10], params: 430 },
    ],
  },
];
