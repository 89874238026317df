import { multiply } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { broadcast } from "./broadcast.js";
import { axisOf, counted, differ, isNotOne, tensorShape } from "./operands.js";
import { type Operand, type Operation, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

function distances(a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  for (const shape of [a, b])
    if (shape && shape.length < 2)
      refuse(
        "cdist/rank",
        `cdist takes rows of vectors, ${printSizes(shape)} has ${counted(shape.length, "dimension")}.`,
        "Give it matrices.",
      );
  if (!a || !b) return undefined;
  if (differ(a.at(-1), b.at(-1)))
    refuse(
      "cdist/sizes",
      `cdist compares vectors of length ${printSize(a.at(-1))} with vectors of length ${printSize(b.at(-1))}.`,
      "Give both the same last size.",
    );
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)]);
  return batch && [...batch, a.at(-2), b.at(-2)];
}

/** The dimension along which vectors of 3 are multiplied: the one that is named, or else the first of size 3. */
function crossed(a: Shape | undefined, b: Shape | undefined, dim: Operand): Shape | undefined {
  const both = broadcast([a, b]);
  if (!a || !b || !both) return undefined;
  if (a.length !== b.length && dim !== null)
    refuse("cross/rank", `cross gets ${printSizes(a)} and ${printSizes(b)}.`, "Give both as many dimensions.", {
      argument: "other",
    });
  if (dim === null) {
    if (both.every((d) => d !== 3 && isNotOne(d) && differ(d, 3)))
      refuse(
        "cross/size",
        `cross multiplies vectors of 3 numbers, ${printSizes(both)} has no dimension of 3.`,
        "Give it vectors of 3 numbers.",
      );
    return both;
  }
  const axis = axisOf(dim, both.length, "cross/dim");
  for (const shape of [a, b])
    if (axis === undefined || !differ(shape[axis], 3)) continue;
    else
      refuse(
        "cross/size",
        `cross multiplies vectors of 3 numbers, dimension ${axis} of ${printSizes(shape)} has ${printSize(shape[axis])}.`,
        "Name the dimension of size 3.",
        { argument: "dim" },
      );
  return both;
}

/** Distances, angles and products of vectors. */
export const distance: readonly Operation[] = [
  {
    name: "cdist",
    summary: "Gives the distance of every vector of one tensor from every vector of another.",
    calls: ["torch.cdist(x1, x2, p=2, compute_mode=None)"],
    infer: ({ x1, x2 }) => tensor(distances(tensorShape(x1), tensorShape(x2)), "float"),
    examples: [{ call: "torch.cdist(a, b)", given: { x1: tensor([5, 3]), x2: tensor([4, 3]) }, gives: [5, 4] }],
  },
  {
    name: "dist",
    summary: "Gives the distance of two tensors as one number.",
    calls: asBoth("dist(input, other, p=2)"),
    infer: ({ input, other }) => {
      broadcast([tensorShape(input), tensorShape(other)]);
      return tensor([], "float");
    },
    examples: [{ call: "torch.dist(a, b)", given: { input: tensor([2, 3]), other: tensor([2, 3]) }, gives: [] }],
  },
  {
    name: "cross",
    summary: "Multiplies vectors of three numbers to vectors that stand upright on both.",
    calls: [...asBoth("cross(input, other, dim=None)"), "torch.linalg.cross(input, other, *, dim=-1)"],
    infer: ({ input, other, dim }) => tensor(crossed(tensorShape(input), tensorShape(other), dim)),
    examples: [
      { call: "torch.cross(a, b)", given: { input: tensor([4, 3]), other: tensor([4, 3]), dim: null }, gives: [4, 3] },
    ],
  },
  {
    name: "kron",
    summary: "Puts a multiple of one tensor in the place of each number of another: the sizes are multiplied.",
    calls: asBoth("kron(input, other)"),
    infer: ({ input, other }) => {
      const [a, b] = [tensorShape(input), tensorShape(other)];
      if (!a || !b) return tensor(undefined);
      const rank = Math.max(a.length, b.length);
      return tensor(
        Array.from({ length: rank }, (_, i) => {
          const x = i < rank - a.length ? 1 : a[i - rank + a.length];
          const y = i < rank - b.length ? 1 : b[i - rank + b.length];
          return x === undefined || y === undefined ? undefined : multiply(x, y);
        }),
      );
    },
    examples: [{ call: "torch.kron(a, b)", given: { input: tensor([2, 3]), other: tensor([4, 5]) }, gives: [8, 15] }],
  },
];
