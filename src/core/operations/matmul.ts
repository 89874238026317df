import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { broadcast } from "./broadcast.js";
import { agreed, counted, differ, isTensor, tensorShape } from "./operands.js";
import { inOrder, type Operand, type Operation, refuse, type Tensor, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** Refuses two sizes over which a product is summed where they differ. */
export function meetInside(name: string, a: Shape, x: Size, b: Shape, y: Size, advise = advice(a, b)): void {
  if (differ(x, y))
    refuse(
      `${name}/sizes`,
      `In ${name} of ${printSizes(a)} and ${printSizes(b)} the ${printSize(x)} on the left meets the ${printSize(y)} on the right.`,
      advise,
    );
}

function advice(a: Shape, b: Shape): string {
  if (b.length === 1) return "The last size of the first has to be the second's.";
  return a.length === 2 && b.length === 2
    ? "The first matrix needs as many columns as the second has rows."
    : "The last size of the first has to be the last but one of the second.";
}

/** The shape of a product of matrices, vectors and batches of matrices. */
export function product(name: string, a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  for (const [shape, place] of [
    [a, "first"],
    [b, "second"],
  ] as const)
    if (shape?.length === 0)
      refuse(`${name}/rank`, `The ${place} tensor of ${name} has 0 dimensions.`, "Use * to multiply by a number.");
  if (!a || !b) return undefined;
  const inner = b.length === 1 ? b[0] : b.at(-2);
  meetInside(name, a, a.at(-1), b, inner);
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)], ["the batch of the first", "the batch of the second"]);
  return batch && [...batch, ...(a.length > 1 ? [a.at(-2)] : []), ...(b.length > 1 ? [b.at(-1)] : [])];
}

/** A product lies in memory in order, but for a smaller tensor in front, which PyTorch may turn around. */
const made = (a: Shape | undefined, b: Shape | undefined, shape: Shape | undefined): Tensor =>
  a && b && a.length >= b.length ? inOrder(shape) : tensor(shape);

/** The size over which a product is summed, as a sentence. */
function summedOver(a: Shape | undefined, b: Shape | undefined): string | undefined {
  const [x, y] = [a?.at(-1), b?.length === 1 ? b[0] : b?.at(-2)];
  return x === undefined && y === undefined ? undefined : `It sums over the ${printSize(agreed(x, y))} that both have.`;
}

/** A tensor of exactly so many dimensions. */
export function ofRank(name: string, v: Operand, rank: number, argument: string): Shape | undefined {
  const shape = tensorShape(v);
  if (shape && shape.length !== rank)
    refuse(
      `${name}/rank`,
      `${name} takes ${["a number", "a vector", "a matrix", "a batch of matrices"][rank] ?? `${rank} dimensions`} as ${argument}; ${printSizes(shape)} has ${counted(shape.length, "dimension")}.`,
      name === "mm" || name === "bmm"
        ? "Use torch.matmul, which takes any number of dimensions."
        : "Give it a tensor of that form.",
      { argument },
    );
  return shape;
}

/** The product of two batches of as many matrices. */
function batches(name: string, a: Shape | undefined, b: Shape | undefined): Shape | undefined {
  if (!a || !b) return (a ?? b) && [(a ?? b)?.[0], a?.[1], b?.[2]];
  if (differ(a[0], b[0]))
    refuse(
      `${name}/sizes`,
      `In ${name} of ${printSizes(a)} and ${printSizes(b)} the batch of ${printSize(a[0])} on the left meets that of ${printSize(b[0])} on the right.`,
      "Give both as many matrices; torch.matmul broadcasts.",
    );
  meetInside(name, a, a[2], b, b[1]);
  return [agreed(a[0], b[0]), a[1], b[2]];
}

const pair = (
  name: string,
  ranks: readonly [number, number],
  names: readonly [string, string],
  summary: string,
  sizes: (a: Shape | undefined, b: Shape | undefined) => Shape | undefined,
  example: Operation["examples"],
): Operation => ({
  name,
  summary,
  calls: [
    ...asBoth(`${name}(input, ${names[1]})`),
    ...(name === "mm" ? ["torch.spmm(input, mat2)", "torch.sparse.mm(input, mat2)"] : []),
  ],
  ...(name === "bmm" ? { takesRows: () => true } : {}),
  infer: (given) => {
    const [a, b] = names.map((n, i) => ofRank(name, given[n], ranks[i] as number, n));
    return inOrder(sizes(a, b));
  },
  ...(name === "outer" || name === "ger"
    ? {}
    : { met: (given) => summedOver(tensorShape(given[names[0]]), tensorShape(given[names[1]])) }),
  examples: example,
});

/** Products of two tensors that sum over a dimension. */
export const matmul: readonly Operation[] = [
  {
    name: "matmul",
    summary:
      "Multiplies matrices: the last size of the first meets the last but one of the second; batches are broadcast.",
    calls: ["torch.matmul(input, other)", "Tensor.matmul(other)", "torch.linalg.matmul(input, other)"],
    infer: ({ input, other }) =>
      isTensor(input) && isTensor(other)
        ? made(input.shape, other.shape, product("matmul", input.shape, other.shape))
        : tensor(undefined),
    met: ({ input, other }) => summedOver(tensorShape(input), tensorShape(other)),
    examples: [
      { call: "a @ b", given: { input: tensor([2, 3]), other: tensor([3, 4]) }, gives: [2, 4] },
      { call: "a @ b", given: { input: tensor([8, 1, 2, 3]), other: tensor([5, 3, 4]) }, gives: [8, 5, 2, 4] },
      { call: "a @ v", given: { input: tensor([2, 3]), other: tensor([3]) }, gives: [2] },
    ],
  },
  pair(
    "mm",
    [2, 2],
    ["input", "mat2"],
    "Multiplies two matrices.",
    (a, b) => {
      if (a && b) meetInside("mm", a, a[1], b, b[0]);
      return [a?.[0], b?.[1]];
    },
    [{ call: "torch.mm(a, b)", given: { input: tensor([2, 3]), mat2: tensor([3, 4]) }, gives: [2, 4] }],
  ),
  pair(
    "bmm",
    [3, 3],
    ["input", "mat2"],
    "Multiplies the matrices of two batches, each with its partner.",
    (a, b) => batches("bmm", a, b) ?? [undefined, undefined, undefined],
    [{ call: "torch.bmm(a, b)", given: { input: tensor([5, 2, 3]), mat2: tensor([5, 3, 4]) }, gives: [5, 2, 4] }],
  ),
  pair(
    "mv",
    [2, 1],
    ["input", "vec"],
    "Multiplies a matrix with a vector.",
    (a, b) => {
      if (a && b) meetInside("mv", a, a[1], b, b[0]);
      return [a?.[0]];
    },
    [{ call: "torch.mv(a, v)", given: { input: tensor([2, 3]), vec: tensor([3]) }, gives: [2] }],
  ),
  ...(["dot", "vdot"] as const).map((name) =>
    pair(
      name,
      [1, 1],
      ["input", name === "dot" ? "tensor" : "other"],
      "Multiplies two vectors number by number and adds up.",
      (a, b) => {
        if (a && b) meetInside(name, a, a[0], b, b[0]);
        return [];
      },
      [
        {
          call: `torch.${name}(a, b)`,
          given: { input: tensor([3]), tensor: tensor([3]), other: tensor([3]) },
          gives: [],
        },
      ],
    ),
  ),
  ...["outer", "ger"].map((name) =>
    pair(
      name,
      [1, 1],
      ["input", "vec2"],
      "Multiplies every number of one vector with every number of another.",
      (a, b) => [a?.[0], b?.[0]],
      [{ call: `torch.${name}(a, b)`, given: { input: tensor([3]), vec2: tensor([4]) }, gives: [3, 4] }],
    ),
  ),
  {
    name: "inner",
    summary: "Sums products over the last dimension of both.",
    calls: asBoth("inner(input, other)"),
    infer: ({ input, other }) => {
      const [a, b] = [tensorShape(input), tensorShape(other)];
      if (!a || !b) return tensor(undefined);
      if (a.length === 0 || b.length === 0) return tensor([...a, ...b]);
      meetInside("inner", a, a.at(-1), b, b.at(-1), "The last sizes have to be the same.");
      return tensor([...a.slice(0, -1), ...b.slice(0, -1)]);
    },
    examples: [{ call: "torch.inner(a, b)", given: { input: tensor([2, 3]), other: tensor([4, 3]) }, gives: [2, 4] }],
  },
];
