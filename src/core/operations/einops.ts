import type { Size } from "../layer/op.js";
import { einopsShape, type Rearrangement } from "./einopsShape.js";
import { einsum } from "./einsum.js";
import { isList, sizeOf, tensorShape } from "./operands.js";
import { type Operand, type Operation, refuse, type Tensor, tensor } from "./operation.js";

/** The sizes that a call gives for axes by name. */
const lengthsOf = (given: Operand): ReadonlyMap<string, Size> =>
  new Map(
    (isList(given) ? given : []).map((pair) => (isList(pair) ? [String(pair[0]), sizeOf(pair[1])] : ["", undefined])),
  );

/** A tensor, or a list of tensors of one shape as one tensor. */
function stacked(given: Operand): Tensor {
  if (!isList(given)) return tensor(tensorShape(given));
  const shape = tensorShape(given[0]);
  return tensor(shape && [given.length, ...shape]);
}

const REDUCTIONS = ["min", "max", "sum", "mean", "prod", "any", "all"];

const rearranging = (
  kind: Rearrangement,
  summary: string,
  more: string,
  example: Operation["examples"][number],
): Operation => ({
  name: `einops.${kind}`,
  summary,
  calls: [`einops.${kind}(tensor, pattern, ${more}**axes_lengths)`],
  infer: ({ tensor: given, pattern, axes_lengths: lengths, reduction }) => {
    if (typeof reduction === "string" && !REDUCTIONS.includes(reduction))
      refuse(
        "reduce/reduction",
        `reduction is '${reduction}', none of the ${REDUCTIONS.length} that there are.`,
        `Use ${REDUCTIONS.map((r) => `'${r}'`).join(", ")}.`,
        { argument: "reduction" },
      );
    return tensor(
      typeof pattern === "string" ? einopsShape(kind, stacked(given).shape, pattern, lengthsOf(lengths)) : undefined,
    );
  },
  examples: [example],
});

/** The names of an equation with long names, as the letters that `torch.einsum` takes; undefined where there are too many. */
function withLetters(pattern: string): string | undefined {
  const letters = new Map<string, string>();
  const all = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const plain = pattern.replace(/\w+/g, (name) => {
    const known = letters.get(name) ?? all[letters.size] ?? "?";
    letters.set(name, known);
    return known;
  });
  return plain.includes("?") || /\d/.test(pattern) ? undefined : plain;
}

/** The functions of einops. */
export const einops: readonly Operation[] = [
  rearranging(
    "rearrange",
    "Names the dimensions of a tensor and puts them into another order, together or apart.",
    "",
    {
      call: "rearrange(x, 'b c (h p) w -> b h (p w c)', p=2)",
      given: { tensor: tensor([2, 3, 8, 5]), pattern: "b c (h p) w -> b h (p w c)", axes_lengths: [["p", 2]] },
      gives: [2, 4, 30],
    },
  ),
  rearranging(
    "reduce",
    "Names the dimensions of a tensor and takes the mean, sum or maximum over those that are left out.",
    "reduction, ",
    {
      call: "reduce(x, 'b c h w -> b c', 'mean')",
      given: { tensor: tensor([2, 3, 8, 5]), pattern: "b c h w -> b c", reduction: "mean", axes_lengths: [] },
      gives: [2, 3],
    },
  ),
  rearranging("repeat", "Names the dimensions of a tensor and repeats it along new ones.", "", {
    call: "repeat(x, 'h w -> h w c', c=3)",
    given: { tensor: tensor([30, 40]), pattern: "h w -> h w c", axes_lengths: [["c", 3]] },
    gives: [30, 40, 3],
  }),
  {
    name: "einops.einsum",
    summary: "Multiplies tensors whose dimensions have names, and sums over each name that the output leaves out.",
    calls: ["einops.einsum(*tensors_and_pattern)"],
    infer: ({ tensors_and_pattern: given }) => {
      const pattern = isList(given) ? given.at(-1) : undefined;
      const equation = typeof pattern === "string" ? withLetters(pattern) : undefined;
      return tensor(
        equation === undefined || !isList(given) ? undefined : einsum(equation, given.slice(0, -1).map(tensorShape)),
      );
    },
    examples: [
      {
        call: "einsum(a, b, 'batch i, batch j -> batch i j')",
        given: { tensors_and_pattern: [tensor([5, 2]), tensor([5, 3]), "batch i, batch j -> batch i j"] },
        gives: [5, 2, 3],
      },
    ],
  },
];
