import type { Bindings } from "../expr/evaluate.js";
import { truth } from "../expr/evaluate.js";
import type { Op, Others, Rule, Shape } from "../layer/op.js";
import { broadcastTogether } from "./lossRules.js";

const PAIR = ["x1", "x2"];

/** Two tensors of one shape, without the dimension along which they are compared. */
function similar(input: Shape, args: Bindings, [second]: Others): Shape | Rule | undefined {
  const both = broadcastTogether([input, second], PAIR);
  if (!both || !Array.isArray(both)) return both;
  const { dim } = args;
  if (typeof dim !== "number") return undefined;
  const rank = Math.max(both.length, 1);
  if (dim >= rank || dim < -rank)
    return {
      code: "no-such-dimension",
      when: "false",
      say: `dim is {dim}, the inputs have ${both.length} dimension${both.length === 1 ? "" : "s"}.`,
      advise: "Count from 0, or from the end with −1.",
      argument: "dim",
    };
  return both.filter((_, i) => i !== (dim < 0 ? dim + rank : dim));
}

/** The distance along the last dimension. */
function apart(input: Shape, args: Bindings, [second]: Others): Shape | Rule | undefined {
  const both = broadcastTogether([input, second], PAIR);
  if (!both || !Array.isArray(both)) return both;
  const isKept = truth(args.keepdim);
  return isKept === undefined ? undefined : [...both.slice(0, -1), ...(isKept && both.length > 0 ? [1] : [])];
}

const compared = (name: string, what: string, settings: string, functional: string, output: Op["output"]): Op => ({
  name,
  summary: `${what}; it has nothing to learn.`,
  torch: `nn.${name}(${settings})`,
  functional: `F.${functional}(x1, x2, ${settings})`,
  forward: "forward(x1, x2)",
  axes: 0,
  letters: {},
  input: ["*"],
  output,
  rules: [],
  examples: [{ args: {}, input: [4, 8], others: [[4, 8]], output: [4], params: 0 }],
});

/** nn.CosineSimilarity and nn.PairwiseDistance. */
export const distance: readonly Op[] = [
  compared(
    "CosineSimilarity",
    "The cosine of the angle between two vectors",
    "dim=1, eps=0.00000001",
    "cosine_similarity",
    similar,
  ),
  compared(
    "PairwiseDistance",
    "The p-norm of the difference of two vectors",
    "p=2, eps=0.000001, keepdim=False",
    "pairwise_distance",
    apart,
  ),
];
