import type { Op } from "../layer/op.js";

/** nn.Embedding. */
export const embedding: readonly Op[] = [
  {
    name: "Embedding",
    summary: "Looks up a row of learned numbers for every index; the rows become a new last dimension.",
    torch:
      "nn.Embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, sparse=False)",
    axes: 0,
    letters: { V: "num_embeddings", E: "embedding_dim" },
    input: ["*"],
    output: ["*", "E"],
    inOrder: true,
    params: "V*E",
    rules: [],
    mistakes: [{ code: "M2", say: "a bias counted; a table of rows has none", params: "V*E + E" }],
    examples: [{ args: { num_embeddings: 50, embedding_dim: 8 }, input: [2, 7], output: [2, 7, 8], params: 400 }],
  },
];
