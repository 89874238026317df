import { together } from "./arithmetic.js";
import { broadcast } from "./broadcast.js";
import { kindOf, shapeOf, tensorShape, unknownSizes } from "./operands.js";
import { type Operation, tensor, tuple } from "./operation.js";
import { asBoth } from "./signatures.js";

const three = (call: string, names: readonly string[], summary: string): Operation => {
  const name = call.split("(")[0] ?? "";
  return {
    name,
    summary,
    calls: asBoth(call),
    infer: (given) => {
      const operands = names.map((n) => given[n]).filter((v) => v !== null);
      return together(operands, kindOf(given.input));
    },
    examples: [
      {
        call: `torch.${name}(a, b, c)`,
        given: { ...Object.fromEntries(names.map((n) => [n, tensor([3])])), input: tensor([2, 3]) },
        gives: [2, 3],
      },
    ],
  };
};

const CUT = "Cuts each number off below and above; the limits may be tensors.";

/** Operations that take three tensors number by number, and those that bring tensors to one shape. */
export const several: readonly Operation[] = [
  three("clamp(input, min=None, max=None)", ["input", "min", "max"], CUT),
  three("clip(input, min=None, max=None)", ["input", "min", "max"], CUT),
  three("clamp_min(input, min)", ["input", "min"], CUT),
  three("clamp_max(input, max)", ["input", "max"], CUT),
  three("lerp(input, end, weight)", ["input", "end", "weight"], "Goes from one tensor towards another by a weight."),
  three(
    "addcmul(input, tensor1, tensor2, value=1)",
    ["input", "tensor1", "tensor2"],
    "Adds a product number by number.",
  ),
  three(
    "addcdiv(input, tensor1, tensor2, value=1)",
    ["input", "tensor1", "tensor2"],
    "Adds a quotient number by number.",
  ),
  {
    name: "where",
    summary: "Takes each number from one tensor or another as a mask says; sizes of 1 are stretched to fit.",
    calls: ["torch.where(condition, input, other)", "torch.where(condition)", "Tensor.where(condition, other)"],
    infer: (given) => {
      const { condition, input, other } = given;
      if (Object.hasOwn(given, "other")) return tensor(broadcast([shapeOf(condition), shapeOf(input), shapeOf(other)]));
      const shape = tensorShape(condition);
      return tuple(shape && Array.from({ length: Math.max(shape.length, 1) }, () => tensor(unknownSizes(1), "int")));
    },
    examples: [
      {
        call: "torch.where(mask, a, b)",
        given: { condition: tensor([2, 3]), input: tensor([3]), other: 0 },
        gives: [2, 3],
      },
    ],
  },
  {
    name: "broadcast_tensors",
    summary: "Brings tensors to one shape, as arithmetic would.",
    calls: ["torch.broadcast_tensors(*tensors)"],
    infer: ({ tensors }) => {
      if (!Array.isArray(tensors)) return tuple(undefined);
      const shape = broadcast(tensors.map(tensorShape));
      return tuple(tensors.map(() => tensor(shape)));
    },
    examples: [
      {
        call: "torch.broadcast_tensors(a, b)",
        given: { tensors: [tensor([2, 1]), tensor([3])] },
        gives: [
          [2, 3],
          [2, 3],
        ],
      },
    ],
  },
];
