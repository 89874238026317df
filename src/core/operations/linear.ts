import { printSizes } from "../ops/explain.js";
import type { Shape, Size } from "../ops/op.js";
import { biasFits } from "./convolution.js";
import { throughLayer } from "./layerForms.js";
import { counted, differ, flagOf, isTensor, kindOf, tensorShape } from "./operands.js";
import { type Operation, refuse, tensor } from "./operation.js";

const one = (size: Size): string => printSizes([size]).slice(1, -1);

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
  if (!weight) return input && [...input.slice(0, -1), undefined];
  if (weight.length === 0 || weight.length > 2)
    refuse(
      "linear/weight-rank",
      `The weight of linear is ${printSizes(weight)}.`,
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
        `The weight ${printSizes(weight)} takes ${one(features)} features, the input has ${one(input?.at(-1))}.`,
        "Make the weight's last size the input's.",
      ],
    },
  );
  return weight.length === 1 ? made?.slice(0, -1) : made;
}

/** Products with a weight that is given, and rows looked up in one. */
export const linears: readonly Operation[] = [
  {
    name: "linear",
    summary: "Multiplies the last dimension by a weight's rows and adds a bias.",
    calls: ["F.linear(input, weight, bias=None)"],
    infer: ({ input, weight, bias }) => {
      const shape = tensorShape(weight);
      if (shape?.length === 2 && isTensor(bias))
        biasFits("linear", isTensor(bias) && bias.shape?.length === 1 && bias.shape[0] !== 1 ? bias : null, shape[0]);
      return tensor(linear(tensorShape(input), shape));
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
      if (!a || !b) return tensor((a ?? b) && [...((a ?? b)?.slice(0, -1) ?? []), w?.[0]]);
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
            `The weight ${printSizes(w ?? [])} takes ${one(w?.[i + 1])} features of input ${i + 1}, which has ${one(shape.at(-1))}.`,
            "Make the two the same.",
            { argument: "weight" },
          );
      if (isTensor(bias)) biasFits("bilinear", bias, w?.[0]);
      return tensor([...a.slice(0, -1), w?.[0]]);
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
      const [shape, table, starts] = [
        tensorShape(input),
        rows("embedding_bag", tensorShape(weight)),
        tensorShape(offsets),
      ];
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
        refuse("embedding_bag/offsets", `offsets is ${printSizes(starts)}.`, "Give it a row: one start for each bag.", {
          argument: "offsets",
        });
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
