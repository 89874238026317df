import { equal } from "../dims/compare.js";
import { divide } from "../dims/dim.js";
import { constantValue } from "../dims/poly.js";
import { printDim } from "../dims/print.js";
import { productOf } from "../dims/product.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  axisOf,
  counted,
  differ,
  isBelow,
  isSomeNumber,
  isTensor,
  itemsOf,
  kindOf,
  sizeOf,
  tensorShape,
} from "./operands.js";
import { inOrder, isInOrder, type Operand, type Operation, refuse, type Tensor, tensor } from "./operation.js";
import { canView } from "./strides.js";

/** The sizes that arguments say, one by one or in one list; unknown where their number is. */
export function sizesFrom(v: Operand): Shape | undefined {
  const items = itemsOf(v);
  // What is no whole number is no size: a type, or a list among several numbers.
  const isSize = (i: Operand): boolean => i === undefined || sizeOf(i) !== undefined || isSomeNumber(i);
  return items?.every(isSize) ? items.map(sizeOf) : undefined;
}

/** The same numbers under other sizes, where one −1 is worked out. */
export function reshaped(name: string, shape: Shape | undefined, sizes: Shape): Shape {
  const below = sizes.findIndex((s) => typeof s === "number" && s < -1);
  if (below >= 0)
    refuse(
      `${name}/negative-size`,
      `A size of ${name} is ${printDim(sizes[below] as number)}.`,
      "Only −1 may stand for a size that is worked out.",
      { argument: "size", item: below },
    );
  const open = sizes.indexOf(-1);
  const second = sizes.indexOf(-1, open + 1);
  if (open >= 0 && second >= 0)
    refuse(
      `${name}/two-open-sizes`,
      `Both size ${open} and size ${second} of ${name} are −1.`,
      "Only one size can be worked out.",
      { argument: "size", item: second },
    );
  const worked = (found: Size): Shape => sizes.map((s, i) => (i === open ? found : s));
  const total = shape && productOf(shape);
  const rest = productOf(sizes.filter((_, i) => i !== open));
  if (!shape || total === undefined || rest === undefined) return worked(undefined);
  if (open < 0) {
    if (equal(total, rest) === false) wrongCount(name, shape, counted(rest, "number"), sizes);
    return sizes;
  }
  if (rest === 0) {
    if (isBelow(0, total)) wrongCount(name, shape, "0 numbers", sizes);
    return worked(undefined);
  }
  const found = divide(total, rest);
  const isFraction =
    found !== undefined &&
    typeof found !== "number" &&
    constantValue(found)?.d !== undefined &&
    constantValue(found)?.d !== 1n;
  if (isFraction) wrongCount(name, shape, `rows of ${printDim(rest)}`, sizes);
  return worked(found);
}

function wrongCount(name: string, shape: Shape, asked: string, sizes: Shape): never {
  const total = productOf(shape);
  refuse(
    `${name}/size`,
    asked.startsWith("rows")
      ? `${name} asks for ${asked}, which do not divide the ${counted(total, "number")} of ${printSizes(shape)}.`
      : `${name} asks for ${asked}, ${printSizes(shape)} has ${total === undefined ? "" : printDim(total)}.`,
    "Make the sizes multiply up to the same count.",
    { argument: "size", item: sizes.length - 1 },
  );
}

/** The same numbers under other sizes: `view` leaves them where they lie, and refuses sizes that they do not lie in order for. */
function laidOver(name: string, input: Operand, made: Shape | undefined): Tensor {
  const [shape, strides] = [tensorShape(input), isTensor(input) ? input.strides : undefined];
  const fits = made && shape && canView(shape, strides, made);
  if (name === "view" && fits === false)
    refuse(
      "view/order",
      `view keeps numbers where they lie in memory, and those of ${printSizes(shape ?? [])} do not lie in the order that ${printSizes(made ?? [])} needs: its dimensions were swapped.`,
      "Use reshape, or contiguous() before it.",
    );
  return isInOrder(input) || fits === false ? inOrder(made, kindOf(input)) : tensor(made, kindOf(input));
}

const SUMMARY = "Puts the same numbers, in the same order, under other sizes; one −1 is worked out.";

/** Other sizes for the same numbers. */
export const reshape: readonly Operation[] = [
  ...["view", "reshape"].map(
    (name): Operation => ({
      name,
      summary: SUMMARY,
      calls: [
        `Tensor.${name}(*size)`,
        ...(name === "reshape"
          ? ["Tensor.reshape(*shape)", "torch.reshape(input, size)", "torch.reshape(input, shape)"]
          : []),
      ],
      infer: ({ input, size, shape }) => {
        const sizes = sizesFrom(size ?? shape);
        return laidOver(name, input, sizes && reshaped(name, tensorShape(input), sizes));
      },
      met: ({ input }) => {
        const total = productOf(tensorShape(input) ?? [undefined]);
        return total === undefined ? undefined : `All ${printDim(total)} numbers stay.`;
      },
      examples: [{ call: `x.${name}(2, -1)`, given: { input: tensor([2, 3, 4]), size: [2, -1] }, gives: [2, 12] }],
    }),
  ),
  ...["view_as", "reshape_as"].map(
    (name): Operation => ({
      name,
      summary: "Puts the same numbers under the sizes of another tensor.",
      calls: [`Tensor.${name}(other)`],
      infer: ({ input, other }) => {
        const sizes = tensorShape(other);
        return tensor(sizes && reshaped(name, tensorShape(input), sizes), kindOf(input));
      },
      examples: [{ call: `x.${name}(y)`, given: { input: tensor([2, 6]), other: tensor([3, 4]) }, gives: [3, 4] }],
    }),
  ),
  {
    name: "ravel",
    summary: "Lays all numbers out in one row.",
    calls: ["torch.ravel(input)", "Tensor.ravel()"],
    infer: ({ input }) => {
      const shape = tensorShape(input);
      return tensor([shape && productOf(shape)], kindOf(input));
    },
    examples: [{ call: "x.ravel()", given: { input: tensor([2, 3]) }, gives: [6] }],
  },
  {
    name: "unflatten",
    summary: "Splits one dimension into several; one −1 is worked out.",
    calls: ["Tensor.unflatten(dim, sizes)", "torch.unflatten(input, dim, sizes)", "Tensor.unflatten(dim, *sizes)"],
    infer: ({ input, dim, sizes }) => {
      const shape = tensorShape(input);
      const parts = sizesFrom(sizes);
      if (shape?.length === 0)
        refuse(
          "unflatten/rank",
          "unflatten splits a dimension, the tensor has 0.",
          "Give it a tensor with dimensions.",
        );
      const axis = shape && axisOf(dim, shape.length, "unflatten/dim");
      if (!shape || axis === undefined || !parts) return tensor(undefined, kindOf(input));
      const open = parts.indexOf(-1);
      if (open >= 0 && parts.indexOf(-1, open + 1) >= 0)
        refuse(
          "unflatten/two-open-sizes",
          `${printSizes(parts)} has more than one −1.`,
          "Only one size can be worked out.",
          { argument: "sizes" },
        );
      const total = shape[axis];
      const rest = productOf(parts.filter((_, i) => i !== open));
      const found = open >= 0 && total !== undefined && rest !== undefined ? divide(total, rest) : undefined;
      const isFraction = found !== undefined && typeof found !== "number" && (constantValue(found)?.d ?? 1n) !== 1n;
      if (isFraction || ((open < 0 || rest === 0) && differ(total, rest)))
        refuse(
          "unflatten/size",
          `unflatten asks for ${printSizes(parts)} in place of dimension ${axis}, which has ${printSize(total)}.`,
          "Make the sizes multiply up to the same count.",
          { argument: "sizes" },
        );
      return tensor(
        [...shape.slice(0, axis), ...parts.map((p, i) => (i === open ? found : p)), ...shape.slice(axis + 1)],
        kindOf(input),
      );
    },
    examples: [
      { call: "x.unflatten(1, (2, -1))", given: { input: tensor([2, 6]), dim: 1, sizes: [2, -1] }, gives: [2, 2, 3] },
    ],
  },
];
