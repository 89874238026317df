import type { Dim } from "../dims/dim.js";
import { printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { axesOf, axisOf, counted, isTensor, itemsOf, kindOf, tensorShape, unknownSizes } from "./operands.js";
import { type Operand, type Operation, refuse, type Tensor, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** A tensor with its dimensions, and with them its strides, in another order. */
function reordered(input: Operand, order: (sizes: Shape | undefined) => Shape | undefined): Tensor {
  const made = tensor(order(tensorShape(input)), kindOf(input));
  const strides = isTensor(input) && input.strides ? order(input.strides) : undefined;
  return strides?.every((s) => s !== undefined) ? { ...made, strides: strides as readonly Dim[] } : made;
}

/** The dimensions in another order. */
function permuted(shape: Shape | undefined, dims: Operand): Shape | undefined {
  const items = itemsOf(dims);
  if (!shape) return items && unknownSizes(items.length);
  if (items && items.length !== shape.length)
    refuse(
      "permute/dims",
      `permute names ${counted(items.length, "dimension")}, ${printSizes(shape)} has ${shape.length}.`,
      "Name each dimension once.",
    );
  const order = axesOf(dims, shape.length, "permute/dims", "dims");
  return order ? order.map((i) => shape[i]) : unknownSizes(shape.length);
}

function swapped(name: string, shape: Shape | undefined, one: Operand, other: Operand): Shape | undefined {
  if (!shape) return undefined;
  const [i, j] = [axisOf(one, shape.length, `${name}/dim`, "dim0"), axisOf(other, shape.length, `${name}/dim`, "dim1")];
  if (i === undefined || j === undefined) return unknownSizes(shape.length);
  return shape.map((d, k) => (k === i ? shape[j] : k === j ? shape[i] : d));
}

/** Some dimensions taken to other places, the others in their old order. */
function moved(shape: Shape | undefined, source: Operand, destination: Operand): Shape | undefined {
  if (!shape) return undefined;
  const from = axesOf(source, shape.length, "movedim/dim", "source");
  const to = axesOf(destination, shape.length, "movedim/dim", "destination");
  if (!from || !to) return unknownSizes(shape.length);
  if (from.length !== to.length)
    refuse(
      "movedim/count",
      `movedim takes ${counted(from.length, "dimension")} to ${counted(to.length, "place")}.`,
      "Give each dimension one place.",
      { argument: "destination" },
    );
  const others = shape.map((_, i) => i).filter((i) => !from.includes(i));
  return shape.map((_, i) => shape[to.includes(i) ? (from[to.indexOf(i)] as number) : (others.shift() as number)]);
}

function transposedMatrix(shape: Shape | undefined): Shape | undefined {
  if (shape && shape.length > 2)
    refuse(
      "t/rank",
      `t turns a matrix around, ${printSizes(shape)} has ${counted(shape.length, "dimension")}.`,
      "Use transpose with the two dimensions to swap.",
    );
  return shape?.toReversed();
}

const turned = (name: string, summary: string, turn: (shape: Shape) => Shape): Operation => ({
  name,
  summary,
  calls: [`Tensor.${name}()`],
  infer: ({ input }) => reordered(input, (sizes) => sizes && turn(sizes)),
  examples: [{ call: `x.${name}`, given: { input: tensor([2, 3]) }, gives: [3, 2] }],
});

function lastTwo(name: string, shape: Shape): Shape {
  if (shape.length < 2)
    refuse(
      `${name}/rank`,
      `${name} swaps the last 2 dimensions, ${printSizes(shape)} has ${shape.length}.`,
      "Give it a matrix, or a batch of them.",
    );
  return [...shape.slice(0, -2), shape.at(-1), shape.at(-2)];
}

/** The dimensions in another order. */
export const permute: readonly Operation[] = [
  {
    name: "permute",
    summary: "Puts the dimensions into another order.",
    calls: ["torch.permute(input, dims)", "Tensor.permute(*dims)"],
    infer: ({ input, dims }) => reordered(input, (sizes) => permuted(sizes, dims)),
    examples: [{ call: "x.permute(2, 0, 1)", given: { input: tensor([2, 3, 4]), dims: [2, 0, 1] }, gives: [4, 2, 3] }],
  },
  ...["transpose", "swapaxes", "swapdims"].map(
    (name): Operation => ({
      name,
      summary: "Swaps two dimensions.",
      calls: [...asBoth(`${name}(input, dim0, dim1)`), ...asBoth(`${name}(input, axis0, axis1)`)],
      infer: ({ input, dim0, dim1, axis0, axis1 }) =>
        reordered(input, (sizes) => swapped(name, sizes, dim0 ?? axis0, dim1 ?? axis1)),
      examples: [{ call: `x.${name}(1, 2)`, given: { input: tensor([2, 3, 4]), dim0: 1, dim1: 2 }, gives: [2, 4, 3] }],
    }),
  ),
  ...["movedim", "moveaxis"].map(
    (name): Operation => ({
      name,
      summary: "Takes dimensions to other places; the others keep their order.",
      calls: asBoth(`${name}(input, source, destination)`),
      infer: ({ input, source, destination }) => reordered(input, (sizes) => moved(sizes, source, destination)),
      examples: [
        { call: `x.${name}(0, -1)`, given: { input: tensor([2, 3, 4]), source: 0, destination: -1 }, gives: [3, 4, 2] },
      ],
    }),
  ),
  {
    name: "t",
    summary: "Turns a matrix around: rows become columns.",
    calls: asBoth("t(input)"),
    infer: ({ input }) => reordered(input, transposedMatrix),
    examples: [{ call: "x.t()", given: { input: tensor([2, 3]) }, gives: [3, 2] }],
  },
  turned("T", "Turns a matrix around: rows become columns.", (shape) => shape.toReversed()),
  turned("H", "Turns a matrix around: rows become columns.", (shape) => shape.toReversed()),
  turned("mT", "Swaps the last two dimensions.", (shape) => lastTwo("mT", shape)),
  turned("mH", "Swaps the last two dimensions.", (shape) => lastTwo("mH", shape)),
  {
    name: "adjoint",
    summary: "Swaps the last two dimensions.",
    calls: asBoth("adjoint(input)"),
    infer: ({ input }) => reordered(input, (sizes) => sizes && lastTwo("adjoint", sizes)),
    examples: [{ call: "x.adjoint()", given: { input: tensor([5, 2, 3]) }, gives: [5, 3, 2] }],
  },
];
