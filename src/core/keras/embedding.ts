import type { Op } from "../layer/op.js";
import { embedding as torchEmbedding } from "../ops/embedding.js";
import { positive } from "./windowRules.js";

const torch = torchEmbedding[0] as Op;

/** layers.Embedding. */
export const embedding: readonly Op[] = [
  {
    name: "Embedding",
    summary: torch.summary,
    keras:
      "layers.Embedding(input_dim, output_dim, embeddings_initializer='uniform', embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False, weights=None, lora_rank=None, lora_alpha=None, quantization_config=None)",
    axes: 0,
    letters: { V: "input_dim", E: "output_dim" },
    input: ["*"],
    output: ["*", "E"],
    params: "V*E",
    rules: [positive("input_dim", "V"), positive("output_dim", "E")],
    examples: [{ args: { input_dim: 50, output_dim: 8 }, input: [2, 7], output: [2, 7, 8], params: 400 }],
  },
];
