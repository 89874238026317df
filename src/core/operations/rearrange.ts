import { productOf } from "../dims/product.js";
import { printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { axesOf, counted, isList, itemsOf, kindOf, tensorShape, unknownSizes, wholeOf } from "./operands.js";
import { type Operand, type Operation, refuse, tensor, tuple } from "./operation.js";
import { asBoth } from "./signatures.js";

function rolled(shape: Shape | undefined, shifts: Operand, dims: Operand): Shape | undefined {
  const [by, along] = [itemsOf(shifts), itemsOf(dims)];
  if (!by || !along) return shape;
  if (along.length === 0 && by.length === 1) return shape;
  if (along.length !== by.length)
    refuse(
      "roll/dims",
      `roll gets ${counted(by.length, "shift")} and ${counted(along.length, "dimension")}.`,
      "Give a dimension for each shift.",
      { argument: "dims" },
    );
  if (shape?.length === 0)
    refuse("roll/dims", "dims names a dimension, the tensor has 0.", "Leave dims away.", { argument: "dims" });
  // A dimension may be rolled twice.
  if (shape) for (const [i, dim] of along.entries()) axesOf(dim, shape.length, "roll/dim", "dims") ?? i;
  return shape;
}

function turned(shape: Shape | undefined, k: Operand, dims: Operand): Shape | undefined {
  const items = itemsOf(dims);
  if (!shape || !items) return shape && unknownSizes(shape.length);
  if (items.length !== 2 || shape.length < 2)
    refuse(
      "rot90/dims",
      `rot90 turns 2 dimensions, dims lists ${items.length} and ${printSizes(shape)} has ${shape.length}.`,
      "Name two dimensions.",
      { argument: "dims" },
    );
  const axes = axesOf(dims, shape.length, "rot90/dims", "dims");
  const times = wholeOf(k);
  if (!axes || times === undefined) return unknownSizes(shape.length);
  const [i, j] = axes as [number, number];
  return times % 2 === 0 ? shape : shape.map((d, at) => (at === i ? shape[j] : at === j ? shape[i] : d));
}

const mirrored = (name: string, least: number): Operation => ({
  name,
  summary: "Turns a dimension around; the shape stays.",
  calls: asBoth(`${name}(input)`),
  infer: ({ input }) => {
    const shape = tensorShape(input);
    if (shape && shape.length < least)
      refuse(
        `${name}/rank`,
        `${name} takes at least ${counted(least, "dimension")}, the tensor has ${shape.length}.`,
        "Use flip with the dimension to turn around.",
      );
    return tensor(shape, kindOf(input));
  },
  examples: [{ call: `x.${name}()`, given: { input: tensor([2, 3]) }, gives: [2, 3] }],
});

/** Grids from rows of coordinates. */
function meshes(tensors: Operand, indexing: Operand): ReturnType<Operation["infer"]> {
  const list = isList(tensors) ? tensors : undefined;
  const flat = list?.length === 1 && isList(list[0]) ? list[0] : list;
  const shapes = flat?.map(tensorShape);
  if (!shapes) return tuple(undefined);
  for (const shape of shapes)
    if (shape && shape.length > 1)
      refuse(
        "meshgrid/rank",
        `meshgrid takes rows of numbers, one of them is ${printSizes(shape)}.`,
        "Give it tensors of 1 dimension.",
        { argument: "tensors" },
      );
  const sizes = shapes.map((s) => (s ? (s.length === 0 ? 1 : s[0]) : undefined));
  const isSwapped = indexing === "xy" && sizes.length > 1;
  const grid =
    indexing === undefined ? unknownSizes(sizes.length) : isSwapped ? [sizes[1], sizes[0], ...sizes.slice(2)] : sizes;
  return tuple(flat?.map((t) => tensor(grid, kindOf(t))));
}

/** The same numbers at other places. */
export const rearranging: readonly Operation[] = [
  {
    name: "roll",
    summary: "Shifts the numbers along dimensions, round the end; the shape stays.",
    calls: [...asBoth("roll(input, shifts, dims=())")],
    infer: ({ input, shifts, dims }) => tensor(rolled(tensorShape(input), shifts, dims), kindOf(input)),
    examples: [{ call: "x.roll(1, 0)", given: { input: tensor([2, 3]), shifts: 1, dims: 0 }, gives: [2, 3] }],
  },
  {
    name: "flip",
    summary: "Turns dimensions around; the shape stays.",
    calls: ["torch.flip(input, dims)", "Tensor.flip(*dims)", "torch.flip(input, *dims)"],
    infer: ({ input, dims }) => {
      const shape = tensorShape(input);
      if (shape) axesOf(dims, shape.length, "flip/dims", "dims");
      return tensor(shape, kindOf(input));
    },
    examples: [{ call: "x.flip(0)", given: { input: tensor([2, 3]), dims: [0] }, gives: [2, 3] }],
  },
  mirrored("fliplr", 2),
  mirrored("flipud", 1),
  {
    name: "rot90",
    summary: "Turns two dimensions by quarter turns.",
    calls: asBoth("rot90(input, k=1, dims=(0,1))"),
    infer: ({ input, k, dims }) => tensor(turned(tensorShape(input), k, dims), kindOf(input)),
    examples: [{ call: "torch.rot90(x)", given: { input: tensor([2, 3]), k: 1, dims: [0, 1] }, gives: [3, 2] }],
  },
  {
    name: "meshgrid",
    summary: "Spans a grid by rows of coordinates: one tensor of the grid's shape for each.",
    calls: ["torch.meshgrid(*tensors, indexing='ij')"],
    infer: ({ tensors, indexing }) => meshes(tensors, indexing),
    examples: [
      {
        call: "torch.meshgrid(x, y)",
        given: { tensors: [tensor([2]), tensor([3])], indexing: "ij" },
        gives: [
          [2, 3],
          [2, 3],
        ],
      },
    ],
  },
  {
    name: "cartesian_prod",
    summary: "Gives every combination of the numbers of several rows.",
    calls: ["torch.cartesian_prod(*tensors)"],
    infer: ({ tensors }) => {
      const shapes = isList(tensors) ? tensors.map(tensorShape) : undefined;
      const other = shapes?.find((s) => s !== undefined && s.length !== 1);
      if (other)
        refuse(
          "cartesian_prod/rank",
          `cartesian_prod takes rows of numbers, one of them has ${counted(other.length, "dimension")}.`,
          "Give it tensors of 1 dimension.",
          { argument: "tensors" },
        );
      if (!shapes || shapes.includes(undefined))
        return tensor(shapes?.length === 1 ? unknownSizes(1) : shapes && [undefined, shapes.length]);
      const total = productOf(shapes.map((s) => s?.[0]));
      return tensor(shapes.length === 1 ? [total] : [total, shapes.length]);
    },
    examples: [{ call: "torch.cartesian_prod(x, y)", given: { tensors: [tensor([2]), tensor([3])] }, gives: [6, 2] }],
  },
];
