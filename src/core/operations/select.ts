import { negate } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { axisOf, isBelow, kindOf, sizeOf, sum, tensorShape, unknownSizes } from "./operands.js";
import { type Operand, type Operation, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** Refuses the number of a place that a dimension does not have. */
export function inRange(
  code: string,
  index: Size,
  shape: Shape,
  axis: number,
  at: { argument?: string; item?: number },
): void {
  const size = shape[axis];
  if (index === undefined || size === undefined) return;
  const isPast = isBelow(size, sum(index, 1));
  const isBefore = isBelow(sum(index, size), 0);
  if (isPast || isBefore)
    refuse(
      code,
      `The index is ${printSize(index)}, dimension ${axis} of ${printSizes(shape)} has ${printSize(size)}${size === 1 ? " place" : " places"}.`,
      size === 1 ? "Only 0 and −1 are there." : `Count from 0 to ${printSize(sum(size, -1))}, or from the end with −1.`,
      at,
    );
}

function narrowed(shape: Shape | undefined, dim: Operand, start: Operand, length: Operand): Shape | undefined {
  if (!shape) return undefined;
  if (shape.length === 0)
    refuse("narrow/rank", "narrow cuts along a dimension, the tensor has 0.", "Give it a tensor with dimensions.");
  const axis = axisOf(dim, shape.length, "narrow/dim");
  if (axis === undefined) return unknownSizes(shape.length);
  const [from, count, size] = [sizeOf(start), sizeOf(length), shape[axis]];
  if (isBelow(count, 0))
    refuse("narrow/length", `length is ${printSize(count)}.`, "Use 0 or more.", { argument: "length" });
  const isFromEnd = isBelow(from, 0);
  const end = isFromEnd ? sum(sum(from, size), count) : sum(from, count);
  if (from !== undefined && (isBelow(size, end) || isBelow(size, isFromEnd ? negate(from) : from)))
    refuse(
      "narrow/length",
      `narrow takes ${printSize(count)} places from ${printSize(from)} on, dimension ${axis} of ${printSizes(shape)} has ${printSize(size)}.`,
      "Start earlier or take fewer.",
      { argument: "length" },
    );
  return shape.with(axis, count);
}

/** A part of a tensor along one dimension. */
export const selecting: readonly Operation[] = [
  {
    name: "select",
    summary: "Takes one place of a dimension, which goes away.",
    calls: asBoth("select(input, dim, index)"),
    infer: ({ input, dim, index }) => {
      const shape = tensorShape(input);
      if (shape?.length === 0)
        refuse(
          "select/rank",
          "select takes a place of a dimension, the tensor has 0.",
          "Give it a tensor with dimensions.",
        );
      const axis = shape && axisOf(dim, shape.length, "select/dim");
      if (!shape) return tensor(undefined, kindOf(input));
      if (axis === undefined) return tensor(unknownSizes(shape.length - 1), kindOf(input));
      inRange("select/index", sizeOf(index), shape, axis, { argument: "index" });
      return tensor(shape.toSpliced(axis, 1), kindOf(input));
    },
    examples: [{ call: "x.select(1, 0)", given: { input: tensor([2, 3, 4]), dim: 1, index: 0 }, gives: [2, 4] }],
  },
  {
    name: "narrow",
    summary: "Takes so many places of a dimension from one on.",
    calls: asBoth("narrow(input, dim, start, length)"),
    infer: ({ input, dim, start, length }) => tensor(narrowed(tensorShape(input), dim, start, length), kindOf(input)),
    examples: [
      { call: "x.narrow(1, 0, 2)", given: { input: tensor([2, 3]), dim: 1, start: 0, length: 2 }, gives: [2, 2] },
    ],
  },
  {
    name: "index_select",
    summary: "Takes the places of a dimension that a row of indices names.",
    calls: asBoth("index_select(input, dim, index)"),
    infer: ({ input, dim, index }) => {
      const [shape, indices] = [tensorShape(input), tensorShape(index)];
      const axis = shape && axisOf(dim, shape.length, "index_select/dim");
      if (indices && indices.length > 1)
        refuse(
          "index_select/index",
          `index_select takes a row of indices, index is ${printSizes(indices)}.`,
          "Give it a tensor of 1 dimension.",
          { argument: "index" },
        );
      if (!shape || axis === undefined) return tensor(shape && unknownSizes(shape.length), kindOf(input));
      if (shape.length === 0) return tensor([], kindOf(input));
      return tensor(shape.with(axis, indices ? (indices.length === 0 ? 1 : indices[0]) : undefined), kindOf(input));
    },
    examples: [
      {
        call: "x.index_select(1, i)",
        given: { input: tensor([2, 3]), dim: 1, index: tensor([5], "int") },
        gives: [2, 5],
      },
    ],
  },
  {
    name: "take",
    summary: "Takes the numbers that indices name, counted through the whole tensor.",
    calls: asBoth("take(input, index)"),
    infer: ({ input, index }) => tensor(tensorShape(index), kindOf(input)),
    examples: [
      { call: "torch.take(x, i)", given: { input: tensor([2, 3]), index: tensor([4, 5], "int") }, gives: [4, 5] },
    ],
  },
  {
    name: "one_hot",
    summary: "Writes each class number as a row of zeros with one 1; the classes become a new last dimension.",
    calls: ["F.one_hot(tensor, num_classes=-1)"],
    infer: ({ tensor: classes, num_classes: count }) => {
      const shape = tensorShape(classes);
      const size = sizeOf(count);
      if (size === 0 || isBelow(size, -1))
        refuse(
          "one_hot/classes",
          `num_classes is ${printSize(size)}.`,
          "Use 1 or more; −1 takes the largest class number.",
          {
            argument: "num_classes",
          },
        );
      return tensor(shape && [...shape, isBelow(size, 0) ? undefined : size], "int");
    },
    examples: [{ call: "F.one_hot(y, 10)", given: { tensor: tensor([8], "int"), num_classes: 10 }, gives: [8, 10] }],
  },
];
