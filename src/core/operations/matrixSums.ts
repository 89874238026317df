import { printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { stretchesTo } from "./broadcast.js";
import { meetInside, ofRank } from "./matmul.js";
import { axisOf, counted, differ, isNotOne, isTensor, shapeOf, sizeOf } from "./operands.js";
import { type Operand, type Operands, type Operation, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** What is added must be stretched to the product's shape; it cannot stretch it. */
function addedTo(name: string, added: Operand, made: Shape): Shape {
  const shape = shapeOf(added);
  if (!shape) return made;
  if (!stretchesTo(shape, made))
    refuse(
      `${name}/input`,
      `${name} adds ${printSizes(shape)} to a product of ${printSizes(made)}.`,
      "Give the first tensor the product's sizes, or 1.",
      { argument: "input" },
    );
  return made;
}

const PRODUCTS: Readonly<
  Record<
    string,
    {
      readonly ranks: readonly [number, number];
      readonly names: readonly [string, string];
      readonly made: (a: Shape, b: Shape) => Shape;
    }
  >
> = {
  addmm: { ranks: [2, 2], names: ["mat1", "mat2"], made: (a, b) => [a[0], b[1]] },
  addmv: { ranks: [2, 1], names: ["mat", "vec"], made: (a) => [a[0]] },
  addr: { ranks: [1, 1], names: ["vec1", "vec2"], made: (a, b) => [a[0], b[0]] },
  baddbmm: { ranks: [3, 3], names: ["batch1", "batch2"], made: (a, b) => [a[0], a[1], b[2]] },
  addbmm: { ranks: [3, 3], names: ["batch1", "batch2"], made: (a, b) => [a[1], b[2]] },
};

function inferSum(name: string, given: Operands): Shape | undefined {
  const { ranks, names, made } = PRODUCTS[name] as (typeof PRODUCTS)[string];
  const [a, b] = names.map((n, i) => ofRank(name, given[n], ranks[i] as number, n));
  if (!a || !b) return undefined;
  if (name !== "addr") meetInside(name, a, a.at(-1), b, b[ranks[1] - 1 > 0 ? ranks[1] - 2 : 0]);
  if (ranks[0] === 3 && differ(a[0], b[0]))
    refuse(
      `${name}/sizes`,
      `In ${name} of ${printSizes(a)} and ${printSizes(b)} the batches are not of one size.`,
      "Give both as many matrices.",
    );
  return addedTo(name, given.input, made(a, b));
}

const EXAMPLES: Readonly<Record<string, readonly [readonly number[], readonly number[], readonly number[]]>> = {
  addmm: [
    [2, 3],
    [3, 4],
    [2, 4],
  ],
  addmv: [[2, 3], [3], [2]],
  addr: [[2], [3], [2, 3]],
  baddbmm: [
    [5, 2, 3],
    [5, 3, 4],
    [5, 2, 4],
  ],
  addbmm: [
    [5, 2, 3],
    [5, 3, 4],
    [2, 4],
  ],
};

const noDimension = (): never =>
  refuse("tensordot/dims", "dims names a dimension, the tensor has 0.", "Give it a tensor with dimensions.", {
    argument: "dims",
  });

/** The dimensions of a tensor over which tensordot sums. */
function contracted(shape: Shape, dims: Operand, isFirst: boolean): readonly number[] | undefined {
  const count = sizeOf(dims);
  if (typeof count === "number") {
    if (count < 0 || count > shape.length)
      refuse(
        "tensordot/dims",
        `tensordot sums over ${counted(count, "dimension")}, ${printSizes(shape)} has ${shape.length}.`,
        "Use fewer.",
        { argument: "dims" },
      );
    return Array.from({ length: count }, (_, i) => (isFirst ? shape.length - count + i : i));
  }
  const list = Array.isArray(dims) ? dims[isFirst ? 0 : 1] : undefined;
  const items: readonly Operand[] | undefined = Array.isArray(list)
    ? list
    : typeof list === "number"
      ? [list]
      : undefined;
  const places = items?.map((i) =>
    shape.length === 0 ? noDimension() : axisOf(i, shape.length, "tensordot/dims", "dims"),
  );
  return places?.includes(undefined) ? undefined : (places as readonly number[] | undefined);
}

function tensordot(a: Shape, b: Shape, dims: Operand): Shape | undefined {
  const [one, other] = [contracted(a, dims, true), contracted(b, dims, false)];
  if (!one || !other || one.length !== other.length) return undefined;
  for (const [k, i] of one.entries()) {
    const [x, y] = [a[i], b[other[k] as number]];
    // PyTorch sums a size of 1 away whatever it meets.
    if (isNotOne(x) && isNotOne(y) && differ(x, y))
      meetInside("tensordot", a, x, b, y, "Sum over dimensions of the same size.");
  }
  return [...a.filter((_, i) => !one.includes(i)), ...b.filter((_, i) => !other.includes(i))];
}

/** Products with something added, and sums of products over several dimensions. */
export const matrixSums: readonly Operation[] = [
  ...Object.entries(PRODUCTS).map(
    ([name, { names }]): Operation => ({
      name,
      summary: "Multiplies matrices and adds a tensor to the product.",
      calls: asBoth(`${name}(input, ${names.join(", ")}, *, beta=1, alpha=1)`),
      infer: (given) => tensor(inferSum(name, given)),
      examples: [
        {
          call: `torch.${name}(c, a, b)`,
          given: {
            input: tensor(EXAMPLES[name]?.[2]),
            [names[0]]: tensor(EXAMPLES[name]?.[0]),
            [names[1]]: tensor(EXAMPLES[name]?.[1]),
          },
          gives: EXAMPLES[name]?.[2] ?? [],
        },
      ],
    }),
  ),
  {
    name: "tensordot",
    summary: "Sums products over the last dimensions of one tensor and the first of another, or over those listed.",
    calls: ["torch.tensordot(a, b, dims=2)"],
    infer: ({ a, b, dims }) =>
      tensor(isTensor(a) && isTensor(b) && a.shape && b.shape ? tensordot(a.shape, b.shape, dims) : undefined),
    examples: [
      {
        call: "torch.tensordot(a, b, dims=1)",
        given: { a: tensor([2, 3]), b: tensor([3, 4]), dims: 1 },
        gives: [2, 4],
      },
    ],
  },
];
