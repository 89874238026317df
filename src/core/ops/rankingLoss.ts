import type { Bindings } from "../expr/evaluate.js";
import type { Op, Others, Shape } from "../layer/op.js";
import { broadcastTogether, type Elements, loss, OLD_REDUCTION, sizesRule } from "./lossRules.js";

/** Two scores and which of them should be larger. */
function ranked(first: Shape, _: Bindings, [second, target]: Others): Elements {
  for (const other of [second, target])
    if (other && other.length !== first.length)
      return sizesRule(
        first,
        other,
        "Give all three the same number of dimensions.",
        other === second ? "input2" : "target",
      );
  return broadcastTogether([first, second, target], ["input1", "input2", "target"]);
}

/** Whether two vectors should point the same way. */
function embedded(first: Shape, _: Bindings, [second, target]: Others): Elements {
  if (!target) return undefined;
  const wanted = "Give inputs of the form (N, D) and a target of the form (N).";
  if (target.length > 1 || first.length !== target.length + 1) return sizesRule(first, target, wanted);
  if (second && second.length < first.length && target.length > 0)
    return sizesRule(first, second, wanted, "input2", "input1");
  const both = broadcastTogether([first, second], ["input1", "input2"]);
  if (!both || !Array.isArray(both)) return both;
  return broadcastTogether([both.filter((_, i) => i !== target.length), target], ["the inputs", "target"]);
}

/** An anchor, one that should be near and one that should be far. */
function triplet(anchor: Shape, _: Bindings, [positive, negative]: Others): Elements {
  for (const [other, name] of [[positive, "positive"] as const, [negative, "negative"] as const])
    if (other && other.length !== anchor.length)
      return sizesRule(anchor, other, "Give all three the same number of dimensions.", name, "anchor");
  const near = broadcastTogether([anchor, positive], ["anchor", "positive"]);
  const far = broadcastTogether([anchor, negative], ["anchor", "negative"]);
  if (!near || !Array.isArray(near)) return near;
  if (!far || !Array.isArray(far)) return far;
  return broadcastTogether([near.slice(0, -1), far.slice(0, -1)], ["the distances", "the distances"]);
}

const ranking = (
  name: string,
  what: string,
  functional: string,
  forward: string,
  settings: string,
  elements: Parameters<typeof loss>[2],
  example: Pick<Op["examples"][number], "input" | "others">,
): Op =>
  loss(
    {
      name,
      summary: `${what}, averaged unless reduction says otherwise; it has nothing to learn.`,
      torch: `nn.${name}(${settings})`,
      functional: `F.${functional}(${forward}, ${settings})`,
      examples: [{ args: {}, ...example, output: [], params: 0 }],
    },
    forward,
    elements,
  );

const three = {
  input: [4, 8],
  others: [
    [4, 8],
    [4, 8],
  ],
};

/** The losses that compare inputs with each other. */
export const rankingLoss: readonly Op[] = [
  ranking(
    "MarginRankingLoss",
    "How far the wrong one of two scores is ahead",
    "margin_ranking_loss",
    "input1, input2, target",
    `margin=0, ${OLD_REDUCTION}, reduction='mean'`,
    ranked,
    three,
  ),
  ranking(
    "CosineEmbeddingLoss",
    "1 − cos where two vectors should agree, max(0, cos − margin) where they should not",
    "cosine_embedding_loss",
    "input1, input2, target",
    `margin=0, ${OLD_REDUCTION}, reduction='mean'`,
    embedded,
    { input: [4, 8], others: [[4, 8], [4]] },
  ),
  ranking(
    "TripletMarginLoss",
    "How much farther the near one is than the far one, and a margin",
    "triplet_margin_loss",
    "anchor, positive, negative",
    `margin=1, p=2, eps=0.000001, swap=False, ${OLD_REDUCTION}, reduction='mean'`,
    triplet,
    three,
  ),
  ranking(
    "TripletMarginWithDistanceLoss",
    "How much farther the near one is than the far one, and a margin, by a distance of one's own",
    "triplet_margin_with_distance_loss",
    "anchor, positive, negative",
    "*, distance_function=None, margin=1, swap=False, reduction='mean'",
    // What another distance makes of its vectors is its own matter.
    (anchor, args, others) => (args.distance_function === null ? triplet(anchor, args, others) : undefined),
    three,
  ),
];
