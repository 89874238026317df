import { printSize, printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { broadcast } from "./broadcast.js";
import { product } from "./matmul.js";
import { differ, isTensor, tensorShape } from "./operands.js";
import { type Operands, type Operation, refuse, tensor } from "./operation.js";

/** softmax(q kᵀ) v, as its matrix products have it. */
function attended({ query, key, value, attn_mask: mask }: Operands): Shape | undefined {
  const [q, k, v] = [query, key, value].map(tensorShape);
  for (const [name, shape] of [
    ["query", q],
    ["key", k],
    ["value", v],
  ] as const)
    if (shape && shape.length < 2)
      refuse(
        "scaled_dot_product_attention/rank",
        `${name} is ${printSizes(shape)}.`,
        "Give it places and features: at least 2 dimensions.",
        { argument: name },
      );
  if (q && k && differ(q.at(-1), k.at(-1)))
    refuse(
      "scaled_dot_product_attention/features",
      `query ${printSizes(q)} and key ${printSizes(k)} end in ${printSize(q.at(-1))} and ${printSize(k.at(-1))}.`,
      "Queries and keys are compared, so give both as many features.",
      { argument: "key" },
    );
  const scores = product("scaled_dot_product_attention", q, k && [...k.slice(0, -2), k.at(-1), k.at(-2)]);
  const masked = isTensor(mask) ? broadcast([scores, mask.shape], ["The scores", "attn_mask"]) : scores;
  return product("scaled_dot_product_attention", masked, v);
}

/** Attention as one function. */
export const attentions: readonly Operation[] = [
  {
    name: "scaled_dot_product_attention",
    summary: "Weighs values by how well their keys fit each query: softmax(q·kᵀ/√d)·v.",
    calls: [
      "F.scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None)",
    ],
    infer: (given) => tensor(attended(given)),
    examples: [
      {
        call: "F.scaled_dot_product_attention(q, k, v)",
        given: {
          query: tensor([2, 4, 7, 8]),
          key: tensor([2, 4, 9, 8]),
          value: tensor([2, 4, 9, 16]),
          attn_mask: null,
        },
        gives: [2, 4, 7, 16],
      },
    ],
  },
];
