import { printSize, printSizes } from "../layer/explain.js";
import type { Shape } from "../layer/op.js";
import { together } from "./arithmetic.js";
import { axisOf, givenOr, isAlongRows, isBelow, isTensor, kindOf, sizeOf, tensorShape } from "./operands.js";
import {
  type NumberKind,
  type Operand,
  type Operation,
  type Result,
  refuse,
  tensor,
  tuple,
  UNKNOWN,
} from "./operation.js";
import { reduced } from "./reduction.js";
import { asBoth } from "./signatures.js";

const NAMES = ["values", "indices"];

/** Values with the places where they stand. */
const withIndices = (shape: Shape | undefined, kind: NumberKind | undefined): Result =>
  tuple([tensor(shape, kind), tensor(shape, "int")], NAMES);

const extreme = (name: string, what: string): Operation => ({
  name,
  summary: `Gives the ${what} of all numbers, or along one dimension with its index; of two tensors, number by number.`,
  calls: [...asBoth(`${name}(input, dim=None, keepdim=False)`), ...asBoth(`${name}(input, other)`)],
  ...(name === "max" ? { takesRows: isAlongRows } : {}),
  infer: ({ input, dim, keepdim, other }) => {
    const second = isTensor(dim) ? dim : other;
    if (second !== undefined) return together([input, second]);
    const shape = tensorShape(input);
    if (dim === null) return tensor([], kindOf(input));
    // An argument that is not known may be another tensor.
    if (sizeOf(dim) === undefined) return UNKNOWN;
    return withIndices(reduced(shape, dim, keepdim), kindOf(input));
  },
  examples: [
    { call: `torch.${name}(x)`, given: { input: tensor([2, 3]), dim: null, keepdim: false }, gives: [] },
    { call: `torch.${name}(x, dim=1)`, given: { input: tensor([2, 3]), dim: 1, keepdim: false }, gives: [[2], [2]] },
  ],
});

const along = (name: string, call: string, summary: string): Operation => ({
  name,
  summary,
  calls: asBoth(call),
  infer: (given) => {
    const { input, dim } = given;
    const keepdim = givenOr(given, "keepdim", false);
    if (dim === null) return tensor([], kindOf(input));
    return sizeOf(dim) === undefined ? UNKNOWN : withIndices(reduced(tensorShape(input), dim, keepdim), kindOf(input));
  },
  examples: [
    {
      call: `torch.${name}(x, dim=1)`,
      given: { input: tensor([2, 3]), dim: 1, keepdim: false, k: 1 },
      gives: [[2], [2]],
    },
  ],
});

/** Refuses a number of items that a dimension does not have. */
function notEnough(code: string, k: Operand, shape: Shape | undefined, dim: Operand): void {
  const axis = shape && axisOf(dim, shape.length, code.replace(/\/.*/, "/dim"));
  const count = sizeOf(k);
  if (axis === undefined || !shape || count === undefined) return;
  const size = shape.length === 0 ? 1 : shape[axis];
  if (isBelow(size, count) || isBelow(count, code === "kthvalue/k" ? 1 : 0))
    refuse(
      code,
      `k is ${printSize(count)}, dimension ${axis} of ${printSizes(shape)} is ${printSize(size)} long.`,
      "Take no more than there are.",
      { argument: "k" },
    );
}

/** The largest, the middle, the k-th, and the order of numbers. */
export const extremes: readonly Operation[] = [
  extreme("max", "largest"),
  extreme("min", "smallest"),
  along(
    "median",
    "median(input, dim=None, keepdim=False)",
    "Gives the middle number of all, or along one dimension with its index.",
  ),
  along(
    "nanmedian",
    "nanmedian(input, dim=None, keepdim=False)",
    "Gives the middle number of all, or along one dimension with its index.",
  ),
  along("mode", "mode(input, dim=-1, keepdim=False)", "Gives the commonest number along a dimension, with its index."),
  {
    name: "aminmax",
    summary: "Gives the smallest and the largest number, of all or along one dimension.",
    calls: asBoth("aminmax(input, *, dim=None, keepdim=False)"),
    infer: ({ input, dim, keepdim }) => {
      const each = tensor(reduced(tensorShape(input), dim, keepdim));
      return tuple([each, each], ["min", "max"]);
    },
    examples: [
      { call: "torch.aminmax(x, dim=1)", given: { input: tensor([2, 3]), dim: 1, keepdim: false }, gives: [[2], [2]] },
    ],
  },
  {
    name: "kthvalue",
    summary: "Gives the k-th smallest number along a dimension, with its index.",
    calls: asBoth("kthvalue(input, k, dim=-1, keepdim=False)"),
    infer: ({ input, k, dim, keepdim }) => {
      const shape = tensorShape(input);
      notEnough("kthvalue/k", k, shape, dim);
      return sizeOf(dim) === undefined
        ? tuple(undefined, NAMES)
        : withIndices(reduced(shape, dim, keepdim), kindOf(input));
    },
    examples: [
      {
        call: "torch.kthvalue(x, 2)",
        given: { input: tensor([2, 3]), k: 2, dim: -1, keepdim: false },
        gives: [[2], [2]],
      },
    ],
  },
  {
    name: "topk",
    summary: "Gives the k largest numbers along a dimension, with their indices.",
    calls: asBoth("topk(input, k, dim=-1, largest=True, sorted=True)"),
    takesRows: isAlongRows,
    infer: ({ input, k, dim }) => {
      const shape = tensorShape(input);
      notEnough("topk/k", k, shape, dim);
      const axis = shape && axisOf(dim, shape.length, "topk/dim");
      if (!shape) return withIndices(undefined, kindOf(input));
      if (shape.length === 0) return withIndices([], kindOf(input));
      return withIndices(
        shape.map((d, i) => (axis === undefined ? undefined : i === axis ? sizeOf(k) : d)),
        kindOf(input),
      );
    },
    examples: [
      {
        call: "torch.topk(x, 2)",
        given: { input: tensor([2, 5]), k: 2, dim: -1 },
        gives: [
          [2, 2],
          [2, 2],
        ],
      },
    ],
  },
];
