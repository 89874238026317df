import { add } from "../dims/dim.js";
import { type Bindings, isDim, truth } from "../expr/evaluate.js";
import type { Op, Others, Rule, Shape } from "../layer/op.js";

/** One row of numbers for each bag: a row of a table of indices, or what stands between two offsets of a list. */
function bagged(input: Shape, args: Bindings, [offsets]: Others): Shape | Rule | undefined {
  const width = isDim(args.embedding_dim) ? args.embedding_dim : undefined;
  if (input.length > 2 || input.length === 0)
    return {
      code: "rank",
      when: "false",
      say: "EmbeddingBag takes indices of 1 or 2 dimensions; its input has {rank}.",
      advise: "Give (B, L), or a list with offsets.",
    };
  const hasEnd = truth(args.include_last_offset);
  if (hasEnd === undefined) return undefined;
  const bags = input.length === 2 ? input[0] : offsets?.[0];
  return [bags === undefined ? undefined : hasEnd ? add(bags, -1) : bags, width];
}

/** nn.EmbeddingBag. */
export const embeddingBag: readonly Op[] = [
  {
    name: "EmbeddingBag",
    summary: "Looks up a row of learned numbers for every index and averages (or sums up) the rows of each bag.",
    torch:
      "nn.EmbeddingBag(num_embeddings, embedding_dim, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None)",
    forward: "forward(input, offsets=None, per_sample_weights=None)",
    axes: 0,
    letters: { V: "num_embeddings", E: "embedding_dim" },
    input: ["*"],
    output: bagged,
    params: "V*E",
    rules: [
      {
        code: "mode",
        when: "mode != 'mean' and mode != 'sum' and mode != 'max'",
        say: "mode is {mode}, out of 3 that there are.",
        advise: "Use 'mean', 'sum' or 'max'.",
        argument: "mode",
        late: true,
      },
    ],
    examples: [{ args: { num_embeddings: 50, embedding_dim: 8 }, input: [4, 7], output: [4, 8], params: 400 }],
  },
];
