import { equal } from "../dims/compare.js";
import type { Shape } from "../layer/op.js";
import { axesOf, kindOf, newAxisOf, tensorShape } from "./operands.js";
import { type Operand, type Operation, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** The shape without its dimensions of size 1: all of them, or those that are named. A size that is not known may be 1. */
function squeezed(shape: Shape | undefined, dim: Operand): Shape | undefined {
  if (!shape) return undefined;
  const axes = dim === null ? shape.map((_, i) => i) : axesOf(dim, shape.length, "squeeze/dim");
  if (!axes) return undefined;
  const isOne = (i: number): boolean | undefined => {
    const size = shape[i];
    return size === undefined ? undefined : equal(size, 1);
  };
  const inside = axes.filter((i) => i < shape.length);
  if (inside.some((i) => isOne(i) === undefined)) return undefined;
  return shape.filter((_, i) => !(inside.includes(i) && isOne(i)));
}

/** Dimensions of size 1, taken away and put in. */
export const squeeze: readonly Operation[] = [
  {
    name: "squeeze",
    summary: "Takes dimensions of size 1 away: all of them, or the one that is named.",
    calls: asBoth("squeeze(input, dim=None)"),
    infer: ({ input, dim }) => tensor(squeezed(tensorShape(input), dim), kindOf(input)),
    examples: [
      { call: "x.squeeze()", given: { input: tensor([2, 1, 3, 1]), dim: null }, gives: [2, 3] },
      { call: "x.squeeze(1)", given: { input: tensor([2, 1, 3, 1]), dim: 1 }, gives: [2, 3, 1] },
    ],
  },
  {
    name: "unsqueeze",
    summary: "Puts in a dimension of size 1.",
    calls: asBoth("unsqueeze(input, dim)"),
    infer: ({ input, dim }) => {
      const shape = tensorShape(input);
      const at = shape && newAxisOf(dim, shape.length, "unsqueeze/dim");
      return tensor(at === undefined ? undefined : shape?.toSpliced(at, 0, 1), kindOf(input));
    },
    examples: [{ call: "x.unsqueeze(-1)", given: { input: tensor([2, 3]), dim: -1 }, gives: [2, 3, 1] }],
  },
];
