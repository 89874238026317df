import { ceil, divide } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  axisOf,
  counted,
  differ,
  isBelow,
  isList,
  isNumber,
  kindOf,
  sizeOf,
  sum,
  tensorShape,
  wholeOf,
} from "./operands.js";
import { type Operand, type Operation, type Result, refuse, tensor, tuple } from "./operation.js";
import { asBoth } from "./signatures.js";

/** Pieces that are made one by one; more of them are not listed. */
const MAX_PIECES = 1024;

/** The pieces of a tensor whose sizes along a dimension are known. */
const pieces = (input: Operand, shape: Shape, axis: number, sizes: readonly Size[] | undefined): Result =>
  tuple(sizes && sizes.length <= MAX_PIECES ? sizes.map((s) => tensor(shape.with(axis, s), kindOf(input))) : undefined);

/** A size in steps of another, the last one smaller; undefined where their number is not known. */
function inSteps(size: Size, step: number): readonly Size[] | undefined {
  if (typeof size !== "number" || size / step > MAX_PIECES) return undefined;
  if (size === 0) return [0];
  return Array.from({ length: Math.ceil(size / step) }, (_, i) => Math.min(step, size - i * step));
}

function split(input: Operand, by: Operand, dim: Operand): Result {
  const shape = tensorShape(input);
  const axis = shape && axisOf(dim, shape.length, "split/dim");
  const count = isList(by) ? by.length : undefined;
  if (!shape || axis === undefined)
    return tuple(
      count === undefined ? undefined : Array.from({ length: count }, () => tensor(undefined, kindOf(input))),
    );
  if (shape.length === 0)
    refuse("split/rank", "split cuts along a dimension, the tensor has 0.", "Give it a tensor with dimensions.");
  const size = shape[axis];
  if (isList(by)) {
    const sizes = by.map(sizeOf);
    const total = sizes.reduce<Size>(sum, 0);
    if (differ(total, size))
      refuse(
        "split/sizes",
        `The sizes ${printSizes(sizes)} add up to ${printSize(total)}, dimension ${axis} of ${printSizes(shape)} is ${printSize(size)}.`,
        `Make them add up to ${printSize(size)}.`,
        { argument: "split_size" },
      );
    return pieces(input, shape, axis, sizes);
  }
  const step = wholeOf(by);
  if (step !== undefined && (step < 0 || (step === 0 && isBelow(0, size))))
    refuse("split/sizes", `The size of a piece is ${printSize(step)}.`, "Use 1 or more.", { argument: "split_size" });
  return step === undefined || step === 0 ? tuple(undefined) : pieces(input, shape, axis, inSteps(size, step));
}

function chunk(input: Operand, chunks: Operand, dim: Operand): Result {
  const shape = tensorShape(input);
  const axis = shape && axisOf(dim, shape.length, "chunk/dim");
  const count = wholeOf(chunks);
  if (count !== undefined && count <= 0)
    refuse("chunk/chunks", `chunk is to make ${counted(count, "piece")}.`, "Use 1 or more.", { argument: "chunks" });
  if (!shape || axis === undefined || count === undefined) return tuple(undefined);
  if (shape.length === 0)
    refuse("chunk/rank", "chunk cuts along a dimension, the tensor has 0.", "Give it a tensor with dimensions.");
  const size = shape[axis];
  if (typeof size === "number") {
    if (size === 0)
      return pieces(
        input,
        shape,
        axis,
        Array.from({ length: Math.min(count, MAX_PIECES + 1) }, () => 0),
      );
    return pieces(input, shape, axis, inSteps(size, Math.ceil(size / count)));
  }
  const each = size === undefined ? undefined : divide(size, count);
  // A size that the number divides makes as many pieces; of another symbolic size the last may be missing.
  const isWhole = each !== undefined && !differ(each, ceil(each)) && ceil(each) === each;
  const divides = each !== undefined && (isWhole || sameKey(each, ceil(each)));
  return divides
    ? pieces(input, shape, axis, count > MAX_PIECES ? undefined : Array.from({ length: count }, () => each))
    : tuple(undefined);
}

const sameKey = (a: Size, b: Size): boolean => typeof a === "object" && typeof b === "object" && a.key === b.key;

/** Cuts at places, or into so many pieces of which the first are one longer. */
function tensorSplit(name: string, input: Operand, by: Operand, dim: Operand): Result {
  const shape = tensorShape(input);
  const axis = shape && axisOf(dim, shape.length, `${name}/dim`);
  if (!shape || axis === undefined) return tuple(undefined);
  if (shape.length === 0)
    refuse(`${name}/rank`, `${name} cuts along a dimension, the tensor has 0.`, "Give it a tensor with dimensions.");
  const size = shape[axis];
  if (isList(by)) {
    const at = by.map(wholeOf);
    if (typeof size !== "number" || at.includes(undefined))
      return tuple(at.length < MAX_PIECES ? [...at, 0].map(() => tensor(shape.with(axis, undefined))) : undefined);
    const cut = (at as number[]).map((a) => Math.min(Math.max(a < 0 ? a + size : a, 0), size));
    return pieces(
      input,
      shape,
      axis,
      [...cut, size].map((end, i) => Math.max(end - (cut[i - 1] ?? 0), 0)),
    );
  }
  const count = wholeOf(by);
  if (count !== undefined && count <= 0)
    refuse(`${name}/sections`, `${name} is to make ${counted(count, "piece")}.`, "Use 1 or more.");
  if (count === undefined || count > MAX_PIECES) return tuple(undefined);
  const known = typeof size === "number" ? size : undefined;
  return pieces(
    input,
    shape,
    axis,
    Array.from({ length: count }, (_, i) =>
      known === undefined ? undefined : Math.floor(known / count) + (i < known % count ? 1 : 0),
    ),
  );
}

/** One tensor cut into several. */
export const splitting: readonly Operation[] = [
  {
    name: "split",
    summary: "Cuts a tensor into pieces of a size, or of the sizes listed, along a dimension.",
    calls: [
      "torch.split(input, split_size_or_sections, dim=0)",
      "torch.split(tensor, split_size_or_sections, dim=0)",
      "Tensor.split(split_size, dim=0)",
      "Tensor.split(split_size_or_sections, dim=0)",
      "Tensor.split_with_sizes(split_sizes, dim=0)",
      "torch.split_with_sizes(input, split_sizes, dim=0)",
    ],
    infer: (given) =>
      split(
        given.input ?? given.tensor,
        given.split_size ?? given.split_size_or_sections ?? given.split_sizes,
        given.dim,
      ),
    examples: [
      {
        call: "x.split(2)",
        given: { input: tensor([5, 3]), split_size: 2, dim: 0 },
        gives: [
          [2, 3],
          [2, 3],
          [1, 3],
        ],
      },
    ],
  },
  {
    name: "chunk",
    summary: "Cuts a tensor into so many pieces along a dimension; the last may be smaller, or missing.",
    calls: asBoth("chunk(input, chunks, dim=0)"),
    infer: ({ input, chunks, dim }) => chunk(input, chunks, dim),
    examples: [
      {
        call: "x.chunk(3, dim=1)",
        given: { input: tensor([2, 6]), chunks: 3, dim: 1 },
        gives: [
          [2, 2],
          [2, 2],
          [2, 2],
        ],
      },
    ],
  },
  {
    name: "tensor_split",
    summary: "Cuts a tensor into so many pieces, or at the places listed, along a dimension.",
    calls: [
      ...asBoth("tensor_split(input, indices_or_sections, dim=0)"),
      ...asBoth("tensor_split(input, sections, dim=0)"),
      ...asBoth("tensor_split(input, indices, dim=0)"),
    ],
    infer: ({ input, indices_or_sections: by, sections, indices, dim }) => {
      const where = by ?? sections ?? indices;
      return isList(where) || isNumber(where) ? tensorSplit("tensor_split", input, where, dim) : tuple(undefined);
    },
    examples: [{ call: "x.tensor_split(2)", given: { input: tensor([5]), sections: 2, dim: 0 }, gives: [[3], [2]] }],
  },
  {
    name: "unbind",
    summary: "Takes a dimension apart: one tensor for each place along it.",
    calls: asBoth("unbind(input, dim=0)"),
    infer: ({ input, dim }) => {
      const shape = tensorShape(input);
      const axis = shape && axisOf(dim, shape.length, "unbind/dim");
      if (!shape || axis === undefined) return tuple(undefined);
      if (shape.length === 0)
        refuse("unbind/rank", "unbind takes a dimension apart, the tensor has 0.", "Give it a tensor with dimensions.");
      const count = shape[axis];
      const each = tensor(shape.toSpliced(axis, 1), kindOf(input));
      return tuple(
        typeof count === "number" && count <= MAX_PIECES ? Array.from({ length: count }, () => each) : undefined,
      );
    },
    examples: [{ call: "x.unbind(0)", given: { input: tensor([2, 3]), dim: 0 }, gives: [[3], [3]] }],
  },
];
