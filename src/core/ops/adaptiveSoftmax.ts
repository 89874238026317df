import { add, type Dim, floor, multiply } from "../dims/dim.js";
import { type Bindings, isDim, truth } from "../expr/evaluate.js";
import { printSizes } from "../layer/explain.js";
import type { Op, Others, Shape, Size } from "../layer/op.js";
import { inFeatures } from "./linear.js";
import { differ, type Elements } from "./lossRules.js";

/** The head sees the frequent classes and one place for each cluster; a cluster's own layer is narrower the rarer its classes are. */
function countOf(args: Bindings): Size {
  const { in_features: width, n_classes: classes, cutoffs, div_value: divisor } = args;
  const bias = truth(args.head_bias);
  if (!isDim(width) || !isDim(classes) || !Array.isArray(cutoffs) || typeof divisor !== "number" || bias === undefined)
    return undefined;
  const ends = [...cutoffs, classes];
  const head = add(ends[0] as Dim, cutoffs.length);
  let count = add(multiply(width, head), bias ? head : 0);
  for (const [i, end] of ends.slice(1).entries()) {
    const start = ends[i];
    if (!isDim(start) || !isDim(end) || typeof width !== "number") return undefined;
    const narrow = Math.floor(width / divisor ** (i + 1));
    count = add(count, multiply(narrow, add(add(end, multiply(start, -1)), width)));
  }
  return floor(count);
}

const single = (input: Shape, _: Bindings, [target]: Others): Elements => {
  const samples = input.slice(0, -1);
  if (!target || !differ(samples, target)) return samples;
  return {
    code: "target-sizes",
    when: "false",
    say: `The input is ${printSizes(input)}, the target ${printSizes(target)}.`,
    advise: "Give the target one class for each row of the input: (N, in_features) and (N).",
  };
};

/** nn.AdaptiveLogSoftmaxWithLoss. */
export const adaptiveSoftmax: readonly Op[] = [
  {
    name: "AdaptiveLogSoftmaxWithLoss",
    summary:
      "A softmax over very many classes that spends little on the rare ones; it returns the loss beside the scores.",
    torch: "nn.AdaptiveLogSoftmaxWithLoss(in_features, n_classes, cutoffs, div_value=4, head_bias=False)",
    forward: "forward(input_, target_)",
    axes: 0,
    letters: { C: "in_features" },
    input: ["N?", "features"],
    output: single,
    outputs: (output) => [output, []],
    derived: (args) => ({ count: countOf(args) }),
    params: "count",
    rules: [inFeatures],
    examples: [
      {
        args: { in_features: 16, n_classes: 100, cutoffs: [10, 50] },
        input: [4, 16],
        others: [[4]],
        output: [4],
        params: 16 * 12 + 4 * (16 + 40) + 1 * (16 + 50),
      },
    ],
  },
];
