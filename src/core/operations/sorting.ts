import { axisOf, counted, givenOr, kindOf, tensorShape, unknownSizes } from "./operands.js";
import {
  type NumberKind,
  type Operands,
  type Operation,
  type Result,
  refuse,
  tensor,
  tuple,
  UNKNOWN,
} from "./operation.js";
import { asBoth } from "./signatures.js";

const summaries: Readonly<Record<string, string>> = {
  cumsum: "Gives running sums along a dimension; the shape stays.",
  cumprod: "Gives running products along a dimension; the shape stays.",
  logcumsumexp: "Gives running log-sums of exponentials along a dimension; the shape stays.",
  argsort: "Gives the indices that put a dimension in order; the shape stays.",
  sort: "Puts the numbers along a dimension in order, with the indices where they stood.",
  cummax: "Gives the largest number so far along a dimension, with its index.",
  cummin: "Gives the smallest number so far along a dimension, with its index.",
};

const sorted = (name: string, call: string, isPair: boolean, kind?: NumberKind): Operation => ({
  name,
  summary: summaries[name] ?? "",
  calls: asBoth(call),
  infer: ({ input, dim }): Result => {
    const shape = tensorShape(input);
    // A single number is its own running maximum, whatever the dimension.
    if (shape && (shape.length > 0 || !/^cumm/.test(name))) axisOf(dim, shape.length, `${name}/dim`);
    const values = tensor(shape, kind ?? kindOf(input));
    return isPair ? tuple([values, tensor(shape, "int")], ["values", "indices"]) : values;
  },
  examples: [
    {
      call: `torch.${name}(x, dim=1)`,
      given: { input: tensor([2, 3]), dim: 1 },
      gives: isPair
        ? [
            [2, 3],
            [2, 3],
          ]
        : [2, 3],
    },
  ],
});

/** Values that occur, of which nobody knows how many there are; beside them, where asked for, what belongs to each. */
function distinct(given: Operands): Result {
  const { input } = given;
  const [inverse, counts] = [givenOr(given, "return_inverse", false), givenOr(given, "return_counts", false)];
  const dim = givenOr(given, "dim", null);
  const shape = tensorShape(input);
  const along =
    dim === null
      ? unknownSizes(1)
      : shape && typeof dim === "number" && axisOf(dim, shape.length, "unique/dim") !== undefined
        ? shape.map((d, i) => (i === (dim < 0 ? dim + shape.length : dim) ? undefined : d))
        : undefined;
  const values = tensor(along, kindOf(input));
  if (inverse === false && counts === false) return values;
  if (typeof inverse !== "boolean" || typeof counts !== "boolean") return UNKNOWN;
  const back = tensor(dim === null ? shape : unknownSizes(1), "int");
  return tuple([values, ...(inverse ? [back] : []), ...(counts ? [tensor(unknownSizes(1), "int")] : [])]);
}

/** Numbers in order, running sums, and the values that occur. */
export const sorting: readonly Operation[] = [
  sorted("cumsum", "cumsum(input, dim)", false),
  sorted("cumprod", "cumprod(input, dim)", false),
  sorted("logcumsumexp", "logcumsumexp(input, dim)", false),
  sorted("cummax", "cummax(input, dim)", true),
  sorted("cummin", "cummin(input, dim)", true),
  sorted("sort", "sort(input, dim=-1, descending=False, stable=False)", true),
  sorted("argsort", "argsort(input, dim=-1, descending=False, stable=False)", false, "int"),
  {
    name: "msort",
    summary: "Puts the numbers along the first dimension in order; the shape stays.",
    calls: asBoth("msort(input)"),
    infer: ({ input }) => tensor(tensorShape(input), kindOf(input)),
    examples: [{ call: "torch.msort(x)", given: { input: tensor([2, 3]) }, gives: [2, 3] }],
  },
  {
    name: "unique",
    summary: "Gives the different values; how many there are depends on the numbers.",
    calls: [
      ...asBoth("unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)"),
      ...asBoth("unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)"),
    ],
    infer: distinct,
    examples: [],
  },
  {
    name: "bucketize",
    summary: "Gives the number of the interval in which each number lies; the shape stays.",
    calls: ["torch.bucketize(input, boundaries, out_int32=False, right=False)"],
    infer: ({ input, boundaries }) => {
      const edges = tensorShape(boundaries);
      if (edges && edges.length !== 1)
        refuse(
          "bucketize/boundaries",
          `boundaries has ${counted(edges.length, "dimension")}.`,
          "Give it a row of numbers.",
          {
            argument: "boundaries",
          },
        );
      return tensor(tensorShape(input), "int");
    },
    examples: [
      { call: "torch.bucketize(x, edges)", given: { input: tensor([2, 3]), boundaries: tensor([4]) }, gives: [2, 3] },
    ],
  },
  {
    name: "bincount",
    summary: "Counts each whole number; how many counts there are depends on the largest.",
    calls: asBoth("bincount(input, weights=None, minlength=0)"),
    infer: () => tensor(unknownSizes(1)),
    examples: [],
  },
  {
    name: "histc",
    summary: "Counts the numbers in each of so many intervals.",
    calls: asBoth("histc(input, bins=100, min=0, max=0)"),
    infer: ({ bins }) => tensor([typeof bins === "number" ? bins : undefined]),
    examples: [{ call: "torch.histc(x)", given: { input: tensor([2, 3]), bins: 100 }, gives: [100] }],
  },
];
