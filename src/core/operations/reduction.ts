import type { Shape } from "../layer/op.js";
import {
  axesOf,
  flagOf,
  isAlongRows,
  isList,
  isTensor,
  kindOf,
  sizeOf,
  tensorShape,
  unknownSizes,
} from "./operands.js";
import { type NumberKind, type Operand, type Operation, type Result, tensor, tuple } from "./operation.js";
import { asBoth } from "./signatures.js";

/** The shape that is left when some dimensions, or all, are put into one number each. */
export function reduced(shape: Shape | undefined, dim: Operand, keepdim: Operand, argument = "dim"): Shape | undefined {
  const keep = flagOf(keepdim);
  const isAll = dim === null || (isList(dim) && dim.length === 0);
  if (isAll && keep === false) return [];
  if (!shape) return undefined;
  if (isAll) return keep === undefined ? undefined : shape.map(() => 1);
  const axes = axesOf(dim, shape.length, "reduce/dim", argument);
  if (keep === undefined) return undefined;
  if (shape.length === 0 && axes) return [];
  if (axes) return keep ? shape.map((d, i) => (axes.includes(i) ? 1 : d)) : shape.filter((_, i) => !axes.includes(i));
  // One number of which only the value is unknown takes one dimension away.
  return sizeOf(dim) === undefined ? undefined : unknownSizes(shape.length - (keep ? 0 : 1));
}

/** Reductions to one tensor: the names, the parameters between `dim` and `keepdim`, and the kind of numbers. */
const TABLE: readonly { readonly names: string; readonly call: string; readonly gives?: NumberKind }[] = [
  { names: "mean nanmean", call: "(input, dim=None, keepdim=False)", gives: "float" },
  { names: "sum nansum prod amax amin", call: "(input, dim=None, keepdim=False)" },
  { names: "argmax argmin count_nonzero", call: "(input, dim=None, keepdim=False)", gives: "int" },
  { names: "any all", call: "(input, dim=None, keepdim=False)", gives: "bool" },
  { names: "logsumexp", call: "(input, dim, keepdim=False)", gives: "float" },
];

const SPREADS = [
  "(input, dim=None, unbiased=True, keepdim=False)",
  "(input, dim=None, *, correction=1, keepdim=False)",
];

const NORMS: readonly string[] = [
  ...asBoth("norm(input, p='fro', dim=None, keepdim=False)"),
  "torch.linalg.norm(input, ord=None, dim=None, keepdim=False)",
  "torch.linalg.vector_norm(input, ord=2, dim=None, keepdim=False)",
];

/** `std(False)` says whether it is unbiased; any other first argument is the dimension. */
const dimOf = (dim: Operand, input: Operand): Operand =>
  typeof dim === "boolean" ? null : isTensor(input) ? dim : undefined;

const examplesOf = (name: string): Operation["examples"] => [
  { call: `torch.${name}(x, dim=1)`, given: { input: tensor([2, 3, 4]), dim: 1, keepdim: false }, gives: [2, 4] },
  {
    call: `torch.${name}(x, dim=-1, keepdim=True)`,
    given: { input: tensor([2, 3, 4]), dim: -1, keepdim: true },
    gives: [2, 3, 1],
  },
];

const reduction = (name: string, calls: readonly string[], gives: NumberKind | undefined): Operation => ({
  name,
  summary: `Puts the numbers along some dimensions, or all, into one: their ${name}.`,
  calls,
  ...(name === "argmax" ? { takesRows: isAlongRows } : {}),
  infer: ({ input, dim, keepdim }): Result => {
    // Whole numbers, and truths, add up to whole numbers.
    const own = kindOf(input);
    const kind = gives ?? (own === "bool" ? (/^a(min|max)$/.test(name) ? own : "int") : own);
    return tensor(reduced(tensorShape(input), dimOf(dim, input), keepdim), kind);
  },
  examples: examplesOf(name),
});

/** Sums, means and other numbers that stand for many. */
export const reductions: readonly Operation[] = [
  ...TABLE.flatMap(({ names, call, gives }) =>
    names.split(" ").map((name) => reduction(name, asBoth(`${name}${call}`), gives)),
  ),
  ...["std", "var"].map((name) =>
    reduction(
      name,
      SPREADS.flatMap((call) => asBoth(`${name}${call}`)),
      "float",
    ),
  ),
  ...["std_mean", "var_mean"].map(
    (name): Operation => ({
      name,
      summary: "Gives the spread and the mean along some dimensions, or over all.",
      calls: SPREADS.map((call) => `torch.${name}${call}`),
      infer: ({ input, dim, keepdim }) => {
        const each = tensor(reduced(tensorShape(input), dimOf(dim, input), keepdim), "float");
        return tuple([each, each]);
      },
      examples: [
        {
          call: `torch.${name}(x, dim=1)`,
          given: { input: tensor([2, 3, 4]), dim: 1, keepdim: false },
          gives: [
            [2, 4],
            [2, 4],
          ],
        },
      ],
    }),
  ),
  reduction("norm", NORMS, "float"),
  {
    name: "quantile",
    summary: "Gives the number below which a share of the numbers lies; one for each share.",
    calls: asBoth("quantile(input, q, dim=None, keepdim=False)"),
    infer: ({ input, q, dim, keepdim }) => {
      const rest = reduced(tensorShape(input), dim, keepdim);
      const shares = isTensor(q) ? q.shape : sizeOf(q) === undefined && typeof q !== "object" ? undefined : [];
      return tensor(rest && shares && [...shares, ...rest], "float");
    },
    examples: [
      {
        call: "torch.quantile(x, 0.5, dim=1)",
        given: { input: tensor([2, 3]), q: 0, dim: 1, keepdim: false },
        gives: [2],
      },
    ],
  },
];
