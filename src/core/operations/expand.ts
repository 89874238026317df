import { multiply } from "../dims/dim.js";
import { productOf } from "../dims/product.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  axisOf,
  counted,
  differ,
  isBelow,
  isNotOne,
  isTensor,
  kindOf,
  sizeOf,
  tensorShape,
  unknownSizes,
} from "./operands.js";
import { type Operand, type Operation, refuse, tensor } from "./operation.js";
import { sizesFrom } from "./reshape.js";

/** The shape with its sizes of 1 stretched to those that are asked for; −1 keeps a size. */
function expanded(name: string, shape: Shape | undefined, sizes: Shape | undefined): Shape | undefined {
  if (!sizes) return undefined;
  const added = shape ? sizes.length - shape.length : 0;
  if (added < 0)
    refuse(
      `${name}/sizes`,
      `${name} asks for ${counted(sizes.length, "dimension")}, ${printSizes(shape ?? [])} has ${shape?.length}.`,
      "Give a size for each dimension; −1 keeps it.",
      { argument: "sizes" },
    );
  if (!shape) return sizes.map((s) => (isBelow(s, 0) ? undefined : s));
  return sizes.map((asked, i): Size => {
    const own = shape[i - added];
    if (asked === -1) {
      if (i < added)
        refuse(
          `${name}/sizes`,
          `Size ${i} of ${name} is −1, and ${printSizes(shape)} has no dimension there to keep.`,
          "Write out the size of a new dimension.",
          { argument: "sizes", item: i },
        );
      return own;
    }
    if (isBelow(asked, 0))
      refuse(
        `${name}/sizes`,
        `A size of ${name} is ${printSize(asked)}.`,
        "Only −1 may stand for a size: it keeps the one that is there.",
        { argument: "sizes", item: i },
      );
    if (i < added) return asked;
    if (isNotOne(own)) {
      if (differ(own, asked))
        refuse(
          `${name}/sizes`,
          `${name} asks for ${printSize(asked)} where ${printSizes(shape)} has ${printSize(own)}.`,
          "Only a size of 1 can be stretched; −1 keeps a size.",
          { argument: "sizes", item: i },
        );
      return own;
    }
    return asked;
  });
}

/** The shape repeated so many times along each dimension. */
function repeated(shape: Shape | undefined, times: Shape | undefined, isTile: boolean): Shape | undefined {
  if (!times) return undefined;
  if (!shape) return isTile ? undefined : unknownSizes(times.length);
  if (!isTile && times.length < shape.length)
    refuse(
      "repeat/sizes",
      `repeat gets ${counted(times.length, "number")}, ${printSizes(shape)} has ${counted(shape.length, "dimension")}.`,
      "Say for each dimension how often; 1 leaves it as it is.",
      { argument: "repeats" },
    );
  const rank = Math.max(shape.length, times.length);
  return Array.from({ length: rank }, (_, i) => {
    const [own, by] = [i + shape.length - rank, i + times.length - rank].map((at, k) =>
      at < 0 ? 1 : [shape, times][k]?.[at],
    );
    if (isBelow(by, 0))
      refuse(`${isTile ? "tile" : "repeat"}/sizes`, `A number of repeats is ${printSize(by)}.`, "Use 0 or more.");
    return own === undefined || by === undefined ? undefined : multiply(own, by);
  });
}

function interleaved(shape: Shape | undefined, repeats: Operand, dim: Operand): Shape | undefined {
  const times = isTensor(repeats) ? undefined : sizeOf(repeats);
  if (isBelow(times, 0))
    refuse("repeat_interleave/repeats", `repeats is ${printSize(times)}.`, "Use 0 or more.", {
      argument: "repeats",
    });
  const grown = (size: Size): Size => (size === undefined || times === undefined ? undefined : multiply(size, times));
  if (dim === null) return [shape && grown(productOf(shape))];
  if (!shape) return undefined;
  if (shape.length === 0)
    refuse("repeat_interleave/dim", "dim names a dimension, the tensor has 0.", "Leave dim away.", { argument: "dim" });
  const axis = axisOf(dim, shape.length, "repeat_interleave/dim");
  return axis === undefined ? unknownSizes(shape.length) : shape.map((d, i) => (i === axis ? grown(d) : d));
}

/** Numbers repeated: without copies, or as often as is said. */
export const expand: readonly Operation[] = [
  {
    name: "expand",
    summary: "Stretches dimensions of size 1 without copying; −1 keeps a size.",
    calls: ["Tensor.expand(*sizes)", "Tensor.expand(*size)"],
    infer: ({ input, sizes, size }) =>
      tensor(expanded("expand", tensorShape(input), sizesFrom(sizes ?? size)), kindOf(input)),
    examples: [{ call: "x.expand(4, -1)", given: { input: tensor([1, 3]), sizes: [4, -1] }, gives: [4, 3] }],
  },
  {
    name: "broadcast_to",
    summary: "Stretches dimensions of size 1 without copying; −1 keeps a size.",
    calls: [
      "torch.broadcast_to(input, size)",
      "torch.broadcast_to(input, shape)",
      "Tensor.broadcast_to(size)",
      "Tensor.broadcast_to(shape)",
    ],
    infer: ({ input, size, shape }) =>
      tensor(expanded("broadcast_to", tensorShape(input), sizesFrom(size ?? shape)), kindOf(input)),
    examples: [{ call: "torch.broadcast_to(x, (4, 3))", given: { input: tensor([3]), size: [4, 3] }, gives: [4, 3] }],
  },
  {
    name: "expand_as",
    summary: "Stretches dimensions of size 1 to the sizes of another tensor.",
    calls: ["Tensor.expand_as(other)"],
    infer: ({ input, other }) => tensor(expanded("expand_as", tensorShape(input), tensorShape(other)), kindOf(input)),
    examples: [{ call: "x.expand_as(y)", given: { input: tensor([1, 3]), other: tensor([4, 3]) }, gives: [4, 3] }],
  },
  {
    name: "repeat",
    summary: "Repeats the tensor so many times along each dimension.",
    calls: ["Tensor.repeat(*repeats)", "Tensor.repeat(*sizes)"],
    infer: ({ input, repeats, sizes }) =>
      tensor(repeated(tensorShape(input), sizesFrom(repeats ?? sizes), false), kindOf(input)),
    examples: [{ call: "x.repeat(2, 1, 3)", given: { input: tensor([4, 5]), repeats: [2, 1, 3] }, gives: [2, 4, 15] }],
  },
  {
    name: "tile",
    summary: "Repeats the tensor so many times along each dimension, counted from the last.",
    calls: ["torch.tile(input, dims)", "Tensor.tile(*dims)"],
    infer: ({ input, dims }) => tensor(repeated(tensorShape(input), sizesFrom(dims), true), kindOf(input)),
    examples: [{ call: "x.tile(2)", given: { input: tensor([4, 5]), dims: [2] }, gives: [4, 10] }],
  },
  {
    name: "repeat_interleave",
    summary: "Repeats each item along a dimension, or of the tensor laid out in one row.",
    calls: [
      "torch.repeat_interleave(input, repeats, dim=None, *, output_size=None)",
      "Tensor.repeat_interleave(repeats, dim=None, *, output_size=None)",
    ],
    infer: ({ input, repeats, dim }) => tensor(interleaved(tensorShape(input), repeats, dim), kindOf(input)),
    examples: [
      { call: "x.repeat_interleave(2, dim=1)", given: { input: tensor([4, 5]), repeats: 2, dim: 1 }, gives: [4, 10] },
    ],
  },
];
