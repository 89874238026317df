import { equal } from "../dims/compare.js";
import { type Dim, divide, exactValue, multiply } from "../dims/dim.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Rule, Shape, Size } from "../layer/op.js";
import { printValue } from "../layer/sentence.js";

function unflattened(input: Shape, args: Bindings): Shape | Rule | undefined {
  const { dim, unflattened_size: sizes } = args;
  if (typeof dim !== "number" || !Array.isArray(sizes)) return undefined;
  const at = dim < 0 ? dim + input.length : dim;
  if (at < 0 || at >= input.length)
    return {
      code: "no-such-dimension",
      when: "false",
      say: "dim is {dim}, the input has {rank|dimension}.",
      advise: "Count from 0, or from the end with −1.",
      argument: "dim",
    };
  const old = input[at];
  const known = sizes.filter((s) => s !== -1);
  const product = known.reduce<Size>((all, s) => (all !== undefined && isDim(s) ? multiply(all, s) : undefined), 1);
  const open = sizes.length - known.length;
  const worked = open === 1 && old !== undefined && product !== undefined ? divide(old, product) : undefined;
  const isFraction = worked !== undefined && typeof worked !== "number" && (exactValue(worked as Dim)?.d ?? 1n) !== 1n;
  const differs = open === 0 && old !== undefined && product !== undefined && equal(old, product) === false;
  if (isFraction || differs)
    return {
      code: "size",
      when: "false",
      say: `The sizes ${printValue(sizes)} do not multiply up to ${printValue(old)}.`,
      advise: "Make their product the size of the dimension that is split.",
      argument: "unflattened_size",
    };
  const parts = sizes.map((s): Size => (s === -1 ? worked : isDim(s) ? s : undefined));
  return [...input.slice(0, at), ...parts, ...input.slice(at + 1)];
}

/** nn.Unflatten. */
export const unflatten: readonly Op[] = [
  {
    name: "Unflatten",
    summary: "Splits one dimension into several; it has nothing to learn.",
    torch: "nn.Unflatten(dim, unflattened_size)",
    axes: 0,
    letters: {},
    input: ["*"],
    output: unflattened,
    rules: [],
    keepsNumbers: true,
    examples: [{ args: { dim: 1, unflattened_size: [2, 3] }, input: [4, 6], output: [4, 2, 3], params: 0 }],
  },
];
