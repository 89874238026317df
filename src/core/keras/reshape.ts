import { equal, less, same } from "../dims/compare.js";
import { divide, exactValue } from "../dims/dim.js";
import { productOf } from "../dims/product.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Rule, Shape, Size } from "../layer/op.js";
import { printValue } from "../layer/sentence.js";
import { positive } from "./windowRules.js";

const refusal = (code: string, say: string, advise: string, argument = "target_shape"): Rule => ({
  code,
  when: "false",
  say,
  advise,
  argument,
});

const sizesIn = (value: Bindings[string]): readonly Size[] | undefined =>
  Array.isArray(value) ? value.map((v) => (isDim(v) ? v : undefined)) : undefined;

/** A sample's numbers in another shape; one size may be −1, which is worked out. */
function reshaped(input: Shape, args: Bindings): Shape | Rule | undefined {
  const target = sizesIn(args.target_shape);
  if (!target) return undefined;
  const open = target.indexOf(-1);
  const total = productOf(input.slice(1));
  const asked = productOf(target.filter((_, i) => i !== open));
  const sample = printValue(input.slice(1));
  if (open < 0) {
    if (total !== undefined && asked !== undefined && equal(total, asked) === false)
      return refusal(
        "size",
        `target_shape asks for ${printValue(asked)} numbers, each sample of ${sample} has ${printValue(total)}.`,
        "Make the sizes multiply up to the same count.",
      );
    return [input[0], ...target];
  }
  const worked = total === undefined || asked === undefined ? undefined : divide(total, asked);
  const isFraction = worked !== undefined && (exactValue(worked)?.d ?? 1n) !== 1n;
  if (isFraction || (asked !== undefined && same(asked, 0)))
    return refusal(
      "size",
      `target_shape asks for rows of ${printValue(asked)}, which do not divide the ${printValue(total)} numbers of ${sample}.`,
      "Choose sizes that divide the count.",
    );
  return [input[0], ...target.with(open, worked)];
}

/** How many sizes are left open, and how many are below. */
function openSizes(args: Bindings): Bindings {
  const target = sizesIn(args.target_shape) ?? [];
  const below = target.filter((d) => d !== undefined && d !== -1 && less(d, 0) === true).length;
  return { open: target.filter((d) => d === -1).length, below };
}

/** Whether every dimension of a sample is named once; undefined where one is not known. */
function isOrder(args: Bindings): boolean | undefined {
  const dims = sizesIn(args.dims);
  if (!dims || dims.includes(undefined)) return undefined;
  const sorted = [...dims].sort((a, b) => Number(a) - Number(b));
  return sorted.every((d, i) => d === i + 1);
}

/** The dimensions in another order, the batch apart. */
function permuted(input: Shape, args: Bindings): Shape | Rule | undefined {
  const dims = sizesIn(args.dims);
  if (!dims || dims.includes(undefined)) return undefined;
  if (dims.length !== input.length - 1)
    return refusal(
      "dimensions",
      `dims names ${dims.length} dimension${dims.length === 1 ? "" : "s"}, each sample has ${input.length - 1}.`,
      "Name every dimension of a sample once.",
      "dims",
    );
  return [input[0], ...dims.map((d) => input[d as number])];
}

const base = { axes: 0, letters: {}, rules: [] } as const;

/** layers.Reshape, layers.Permute and layers.RepeatVector. */
export const reshape: readonly Op[] = [
  {
    ...base,
    name: "Reshape",
    summary: "Lays the numbers of each sample out in another shape, in the same order; it has nothing to learn.",
    keras: "layers.Reshape(target_shape)",
    input: ["N", "*"],
    output: reshaped,
    derived: openSizes,
    rules: [
      {
        code: "negative-size",
        when: "below > 0",
        say: "target_shape is {target_shape}.",
        advise: "Only −1 may stand for a size that is worked out.",
        argument: "target_shape",
      },
      {
        code: "two-open-sizes",
        when: "open > 1",
        say: "target_shape is {target_shape}, with −1 more than once.",
        advise: "Leave one size to be worked out.",
        argument: "target_shape",
      },
    ],
    examples: [{ args: { target_shape: [4, -1] }, input: [2, 12], output: [2, 4, 3], params: 0 }],
  },
  {
    ...base,
    name: "Permute",
    summary: "Puts the dimensions of each sample in another order; it has nothing to learn.",
    keras: "layers.Permute(dims)",
    input: ["N", "*"],
    output: permuted,
    derived: (args) => ({ isOrder: isOrder(args) }),
    rules: [
      {
        code: "order",
        when: "isOrder == false",
        say: "dims is {dims}.",
        advise: "Name every dimension once, from 1 on; the batch is not counted.",
        argument: "dims",
      },
    ],
    examples: [{ args: { dims: [2, 1] }, input: [2, 3, 4], output: [2, 4, 3], params: 0 }],
  },
  {
    ...base,
    name: "RepeatVector",
    summary: "Repeats a vector n times, one after the other; it has nothing to learn.",
    keras: "layers.RepeatVector(n)",
    input: ["N", "C"],
    output: ["N", "n", "C"],
    rules: [positive("n", "n")],
    examples: [{ args: { n: 3 }, input: [2, 8], output: [2, 3, 8], params: 0 }],
  },
];
