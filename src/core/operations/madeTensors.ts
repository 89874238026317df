import { multiply, subtract } from "../dims/dim.js";
import { printDim } from "../dims/print.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { listSizes, possible } from "./creation.js";
import {
  counted,
  differ,
  isBelow,
  isList,
  isTensor,
  itemsOf,
  kindOf,
  sizeOf,
  sum,
  tensorShape,
  wholeOf,
} from "./operands.js";

import { inOrder, type NumberKind, type Operand, type Operation, refuse, tensor } from "./operation.js";
import { sizesFrom } from "./reshape.js";
import { asBoth } from "./signatures.js";

/** The classes of tensors that make some: `torch.FloatTensor`. */
const CLASSES: Readonly<Record<string, NumberKind | undefined>> = {
  Tensor: "float",
  FloatTensor: "float",
  DoubleTensor: "float",
  HalfTensor: "float",
  BFloat16Tensor: "float",
  LongTensor: "int",
  IntTensor: "int",
  ShortTensor: "int",
  CharTensor: "int",
  BoolTensor: "bool",
  ByteTensor: undefined,
};

/** Sizes make a tensor of these, a list makes one of its numbers, a tensor one like it. */
function shapeFrom(name: string, data: Operand, more: Operand): Shape | undefined {
  if (!isList(more)) return undefined;
  // One thing that is not known may be a size, or numbers in any shape.
  if (data === undefined && more.length === 0) return undefined;
  if (data === null) return [0];
  if (data === undefined && more.length === 0) return undefined;
  if (more.length === 0 && (isTensor(data) || isList(data))) return listSizes(data);
  return possible(name, sizesFrom([data, ...more]));
}

const atLeast = (rank: 1 | 2 | 3, shape: Shape): Shape => {
  if (shape.length >= rank) return shape;
  const [a, b] = shape;
  if (rank === 1) return [1];
  if (shape.length === 0) return rank === 2 ? [1, 1] : [1, 1, 1];
  return rank === 2 ? [1, a] : shape.length === 1 ? [1, a, 1] : [a, b, 1];
};

/** How many places a triangle of so many rows and columns has. */
function triangle(name: string, row: Operand, col: Operand, offset: Operand): Size {
  possible(`${name}_indices`, [sizeOf(row), sizeOf(col)]);
  const [rows, columns, by] = [wholeOf(row), wholeOf(col), wholeOf(offset)];
  if (rows === undefined || columns === undefined || by === undefined || rows > 4096) return undefined;
  const below = Array.from({ length: rows }, (_, i) =>
    Math.min(Math.max(i + by + (name === "tril" ? 1 : 0), 0), columns),
  );
  const total = below.reduce((a, b) => a + b, 0);
  return name === "tril" ? total : rows * columns - total;
}

const product = (a: Size, b: Size): Size => (a === undefined || b === undefined ? undefined : multiply(a, b));

/** Tensors made of sizes, of numbers and of each other. */
export const madeTensors: readonly Operation[] = [
  ...Object.entries(CLASSES).map(
    ([name, kind]): Operation => ({
      name,
      summary: "Makes a tensor of the sizes given, or of the numbers in a list.",
      calls: [`torch.${name}(data=None, *more)`, `torch.cuda.${name}(data=None, *more)`],
      infer: ({ data, more }) => inOrder(shapeFrom(name, data, more), kind),
      examples: [{ call: `torch.${name}(2, 3)`, given: { data: 2, more: [3] }, gives: [2, 3] }],
    }),
  ),
  {
    name: "new",
    summary: "Makes a tensor of the sizes given, or of the numbers in a list, of the same kind of numbers.",
    calls: ["Tensor.new(data=None, *more)"],
    infer: ({ input, data, more }) => inOrder(shapeFrom("new", data, more), kindOf(input)),
    examples: [{ call: "x.new(2, 3)", given: { input: tensor([4]), data: 2, more: [3] }, gives: [2, 3] }],
  },
  ...(["tril", "triu"] as const).map(
    (name): Operation => ({
      name: `${name}_indices`,
      summary: `Gives the rows and columns of the ${name === "tril" ? "lower" : "upper"} triangle of a matrix.`,
      calls: [`torch.${name}_indices(row, col, offset=0)`],
      infer: ({ row, col, offset }) => tensor([2, triangle(name, row, col, offset)], "int"),
      examples: [{ call: `torch.${name}_indices(3, 3)`, given: { row: 3, col: 3, offset: 0 }, gives: [2, 6] }],
    }),
  ),
  ...([1, 2, 3] as const).map(
    (rank): Operation => ({
      name: `atleast_${rank}d`,
      summary: `Gives a tensor at least ${rank} dimension${rank === 1 ? "" : "s"}.`,
      calls: [`torch.atleast_${rank}d(input)`],
      infer: ({ input }) => {
        const shape = tensorShape(input);
        return tensor(shape && atLeast(rank, shape), kindOf(input));
      },
      examples: [{ call: `torch.atleast_${rank}d(x)`, given: { input: tensor([]) }, gives: Array(rank).fill(1) }],
    }),
  ),
  {
    name: "block_diag",
    summary: "Puts matrices on the diagonal of a larger one.",
    calls: ["torch.block_diag(*tensors)"],
    infer: ({ tensors }) => {
      const parts = itemsOf(tensors)?.map((t) => tensorShape(t));
      if (!parts || parts.includes(undefined)) return tensor([undefined, undefined]);
      const blocks = parts.map((shape) => atLeast(2, shape as Shape));
      const large = parts.find((shape) => shape && shape.length > 2);
      if (large)
        refuse(
          "block_diag/rank",
          `block_diag takes matrices, ${printSizes(large)} has ${counted(large.length, "dimension")}.`,
          "Give it tensors of at most 2 dimensions.",
        );
      const total = (at: 0 | 1): Size => blocks.reduce<Size>((n, shape) => sum(n, shape[at]), 0);
      // Of nothing PyTorch makes one row without columns.
      return tensor([parts.length === 0 ? 1 : total(0), total(1)]);
    },
    examples: [{ call: "torch.block_diag(a, b)", given: { tensors: [tensor([2, 3]), tensor([1, 4])] }, gives: [3, 7] }],
  },
  {
    name: "diagflat",
    summary: "Puts all numbers on the diagonal of a matrix.",
    calls: asBoth("diagflat(input, offset=0)"),
    infer: ({ input, offset }) => {
      const by = wholeOf(offset);
      const count = tensorShape(input)?.reduce<Size>(product, 1);
      const side = by === undefined ? undefined : sum(count, Math.abs(by));
      return tensor([side, side], kindOf(input));
    },
    examples: [{ call: "torch.diagflat(x)", given: { input: tensor([2, 3]), offset: 0 }, gives: [6, 6] }],
  },
  {
    name: "sparse_coo_tensor",
    summary: "Makes a sparse tensor of its numbers and their places.",
    calls: [
      "torch.sparse_coo_tensor(indices, values, size=None)",
      "torch.sparse.FloatTensor(indices, values, size=None)",
    ],
    infer: ({ size }) => tensor(size === null ? undefined : sizesFrom(size)),
    examples: [
      {
        call: "torch.sparse_coo_tensor(i, v, (3, 4))",
        given: { indices: tensor([2, 5]), values: tensor([5]), size: [3, 4] },
        gives: [3, 4],
      },
    ],
  },
  ...["to_sparse", "to_dense", "coalesce", "pin_memory", "share_memory_"].map(
    (name): Operation => ({
      name,
      summary: "Hands the same numbers on; the shape stays.",
      calls: [`Tensor.${name}(*args)`],
      infer: ({ input }) => tensor(tensorShape(input), kindOf(input)),
      examples: [{ call: `x.${name}()`, given: { input: tensor([2, 3]), args: [] }, gives: [2, 3] }],
    }),
  ),
  {
    name: "scalar_tensor",
    summary: "Makes a tensor of one number.",
    calls: ["torch.scalar_tensor(s)"],
    infer: () => tensor([], "float"),
    examples: [{ call: "torch.scalar_tensor(2.0)", given: { s: 2 }, gives: [] }],
  },
  {
    name: "as_strided",
    summary: "Shows a tensor's memory under other sizes.",
    calls: asBoth("as_strided(input, size, stride, storage_offset=None)"),
    infer: ({ input, size, stride }) => {
      const [sizes, steps] = [sizesFrom(size), itemsOf(stride)];
      if (sizes && steps && sizes.length !== steps.length)
        refuse(
          "as_strided/stride",
          `as_strided gets ${sizes.length} sizes and ${steps.length} strides.`,
          "Give each size its stride.",
          { argument: "stride" },
        );
      const back = steps?.map(wholeOf).find((step) => step !== undefined && step < 0);
      if (back !== undefined)
        refuse("as_strided/stride", `A stride of as_strided is ${printDim(back)}.`, "Use strides of 0 or more.", {
          argument: "stride",
        });
      return tensor(sizes, kindOf(input));
    },
    examples: [
      {
        call: "x.as_strided((2, 3), (1, 2))",
        given: { input: tensor([8]), size: [2, 3], stride: [1, 2] },
        gives: [2, 3],
      },
    ],
  },
  {
    name: "searchsorted",
    summary: "Finds the places of values in sorted rows: the shape is that of the values.",
    calls: ["torch.searchsorted(sorted_sequence, input, *, out_int32=False, right=False)"],
    infer: ({ sorted_sequence: rows, input }) => {
      const [sequence, values] = [
        tensorShape(rows),
        isTensor(input) ? input.shape : sizeOf(input) === undefined ? undefined : [],
      ];
      const isMany = sequence !== undefined && sequence.length > 1;
      const isOther = isMany && values?.slice(0, -1).some((size, i) => differ(size, sequence[i]));
      if (sequence?.length === 0 || isOther || (isMany && values && values.length !== sequence.length))
        refuse(
          "searchsorted/rank",
          `searchsorted looks into ${printSizes(sequence ?? [])} for ${printSizes(values ?? [])}.`,
          "Give the values the same dimensions but the last, or look into one row.",
        );
      return tensor(values, "int");
    },
    examples: [
      {
        call: "torch.searchsorted(rows, x)",
        given: { sorted_sequence: tensor([5]), input: tensor([2, 3]) },
        gives: [2, 3],
      },
    ],
  },
  {
    name: "range",
    summary: "Counts from a number up to another, which is included.",
    calls: ["torch.range(start, end, step=1)"],
    infer: ({ start, end, step }) => {
      const [a, b, by] = [sizeOf(start), sizeOf(end), wholeOf(step)];
      if (by !== undefined && by > 0 && a !== undefined && b !== undefined && isBelow(b, a))
        refuse(
          "range/bounds",
          `range goes from ${printSize(a)} to ${printSize(b)} in steps of ${by}.`,
          "Swap the bounds, or change the step's sign.",
          { argument: "end" },
        );
      return tensor([a === undefined || b === undefined || by !== 1 ? undefined : sum(subtract(b, a), 1)], "float");
    },
    examples: [{ call: "torch.range(1, 5)", given: { start: 1, end: 5, step: 1 }, gives: [5] }],
  },
];
