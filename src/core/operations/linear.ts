import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { broadcast, stretchesTo } from "./broadcast.js";
import { throughLayer } from "./layerForms.js";
import { counted, differ, flagOf, isTensor, kindOf, tensorShape } from "./operands.js";
import { inOrder, type Operand, type Operation, refuse, tensor } from "./operation.js";

const rows = (name: string, weight: Shape | undefined): Shape | undefined => {
  if (weight && weight.length !== 2)
    refuse(
      `${name}/weight-rank`,
      `The weight of ${name} is ${printSizes(weight)}.`,
      "Give it a matrix: one row for each entry.",
      { argument: "weight" },
    );
  return weight;
};

function linear(input: Shape | undefined, weight: Shape | undefined): Shape | undefined {
  if (!weight) return undefined;
  if (weight.length === 0 || weight.length > 2)
    refuse(
      "linear/weight-rank",
      `The weight of linear has ${counted(weight.length, "dimension")}.`,
      "Give it a matrix: one row for each output.",
      { argument: "weight" },
    );
  const features = weight.at(-1);
  const made = throughLayer(
    "linear",
    "Linear",
    { in_features: features, out_features: weight.length === 2 ? weight[0] : 1, bias: true },
    input,
    { in_features: "weight", out_features: "weight" },
    {
      "in-features": [
        `The weight ${printSizes(weight)} takes ${counted(features, "feature")}, the input has ${printSize(input?.at(-1))}.`,
        "Make the weight's last size the input's.",
      ],
    },
  );
  return weight.length === 1 ? made?.slice(0, -1) : made;
}

/** A product with a bias added, which has one number for each output. */
function withBias(made: Shape, bias: Operand, outputs: Size): Shape | undefined {
  const added = tensorShape(bias);
  if (!isTensor(bias)) return bias === null ? made : undefined;
  if (added && (added.length === 0 || differ(added[0], outputs)))
    refuse(
      "bilinear/bias",
      `The bias is ${printSizes(added)}, the weight makes ${counted(outputs, "output")}.`,
      "Give it one number for each output.",
      { argument: "bias" },
    );
  return broadcast([made, added], ["The product", "the bias"]);
}

/** Products with a weight that is given, and rows looked up in one. */
export const linears: readonly Operation[] = [
  {
    name: "linear",
    summary: "Multiplies the last dimension by a weight's rows and adds a bias.",
    calls: ["F.linear(input, weight, bias=None)"],
    infer: ({ input, weight, bias }) => {
      const shape = tensorShape(weight);
      const made = linear(tensorShape(input), shape);
      const added = tensorShape(bias);
      if (shape?.length === 1 && added && made && (made.length === 1 || made.length === 2))
        refuse(
          "linear/weight-rank",
          `A bias is given with a weight of ${counted(1, "dimension")}.`,
          "Give linear a matrix: one row for each output.",
          { argument: "weight" },
        );
      if (added && made && !stretchesTo(added, made))
        refuse(
          "linear/bias",
          `The bias is ${printSizes(added)}, the product ${printSizes(made)}.`,
          "Give it one number for each output.",
          { argument: "bias" },
        );
      return inOrder(made);
    },
    examples: [
      { call: "F.linear(x, w)", given: { input: tensor([2, 3]), weight: tensor([4, 3]), bias: null }, gives: [2, 4] },
    ],
  },
  {
    name: "bilinear",
    summary: "Combines two inputs by a weight for every pair of their features.",
    calls: ["F.bilinear(input1, input2, weight, bias=None)"],
    infer: ({ input1, input2, weight, bias }) => {
      const [a, b, w] = [tensorShape(input1), tensorShape(input2), tensorShape(weight)];
      if (w && w.length !== 3)
        refuse(
          "bilinear/weight-rank",
          `The weight of bilinear is ${printSizes(w)}.`,
          "Give it outputs, first and second features.",
          { argument: "weight" },
        );
      if (!a || !b) {
        const front = (a ?? b)?.slice(0, -1);
        return tensor(front && withBias([...front, w?.[0]], bias, w?.[0]));
      }
      if (a.length !== b.length || a.slice(0, -1).some((d, i) => differ(d, b[i])))
        refuse(
          "bilinear/batch",
          `bilinear gets ${printSizes(a)} and ${printSizes(b)}.`,
          "All dimensions but the last have to be the same.",
          { argument: "input2" },
        );
      for (const [i, shape] of [a, b].entries())
        if (differ(shape.at(-1), w?.[i + 1]))
          refuse(
            "bilinear/features",
            `The weight ${printSizes(w ?? [])} takes ${counted(w?.[i + 1], "feature")} of input ${i + 1}, which has ${printSize(shape.at(-1))}.`,
            "Make the two the same.",
            { argument: "weight" },
          );
      return tensor(withBias([...a.slice(0, -1), w?.[0]], bias, w?.[0]));
    },
    examples: [
      {
        call: "F.bilinear(a, b, w)",
        given: { input1: tensor([2, 3]), input2: tensor([2, 5]), weight: tensor([4, 3, 5]), bias: null },
        gives: [2, 4],
      },
    ],
  },
  {
    name: "embedding",
    summary: "Looks up a row of the weight for every index; the rows become a new last dimension.",
    calls: [
      "F.embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, sparse=False)",
      "torch.embedding(weight, input, padding_idx=None, scale_grad_by_freq=False, sparse=False)",
    ],
    infer: ({ input, weight }) => {
      const [shape, table] = [tensorShape(input), rows("embedding", tensorShape(weight))];
      return tensor(
        throughLayer("embedding", "Embedding", { num_embeddings: table?.[0], embedding_dim: table?.[1] }, shape),
        kindOf(weight),
      );
    },
    examples: [
      { call: "F.embedding(i, w)", given: { input: tensor([2, 7], "int"), weight: tensor([50, 8]) }, gives: [2, 7, 8] },
    ],
  },
  {
    name: "embedding_bag",
    summary: "Looks up rows of the weight and puts those of each bag into one.",
    calls: [
      "F.embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None)",
    ],
    infer: ({ input, weight, offsets, include_last_offset: last }) => {
      const [shape, table, starts] = [tensorShape(input), tensorShape(weight), tensorShape(offsets)];
      if (!shape) return tensor([undefined, table?.[1]], kindOf(weight));
      if (shape.length === 0 || shape.length > 2)
        refuse(
          "embedding_bag/rank",
          `embedding_bag takes 1 or 2 dimensions, ${printSizes(shape)} has ${shape.length}.`,
          "Give it bags as rows, or one row with offsets.",
          { argument: "input" },
        );
      if (shape.length === 2) {
        if (isTensor(offsets))
          refuse(
            "embedding_bag/offsets",
            `offsets are given to an input of ${counted(2, "dimension")}.`,
            "The rows are the bags already: leave offsets away.",
            { argument: "offsets" },
          );
        return tensor([shape[0], table?.[1]], kindOf(weight));
      }
      if (offsets === null)
        refuse(
          "embedding_bag/offsets",
          `The input has 1 dimension, and offsets are not given.`,
          "Say with offsets where each bag starts.",
          { argument: "offsets" },
        );
      if (starts && starts.length !== 1)
        refuse(
          "embedding_bag/offsets",
          `offsets has ${counted(starts.length, "dimension")}.`,
          "Give it a row: one start for each bag.",
          {
            argument: "offsets",
          },
        );
      const count = starts?.[0];
      return tensor(
        [
          flagOf(last) === false ? count : typeof count === "number" && last === true ? count - 1 : undefined,
          table?.[1],
        ],
        kindOf(weight),
      );
    },
    examples: [
      {
        call: "F.embedding_bag(i, w)",
        given: { input: tensor([4, 7], "int"), weight: tensor([50, 8]), offsets: null, include_last_offset: false },
        gives: [4, 8],
      },
    ],
  },
];
