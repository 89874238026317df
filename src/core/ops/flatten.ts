import { productOf } from "../dims/product.js";
import type { Bindings, Value } from "../expr/evaluate.js";
import { AXES, type Op, type Rule, type Shape } from "../layer/op.js";
import { asFactor } from "../layer/sentence.js";

const noSuchDimension = (argument: string): Rule => ({
  code: "no-such-dimension",
  when: "false",
  say: `${argument} is {${argument}}, the input has {rank|dimension}.`,
  advise: "Count from 0, or from the end with −1.",
  argument,
});

const startAfterEnd: Rule = {
  code: "start-after-end",
  when: "false",
  say: "start_dim {start_dim} comes after end_dim {end_dim}.",
  advise: "Put the first dimension to flatten in start_dim.",
  argument: "start_dim",
};

const placeOf = (dim: Value | undefined, rank: number): number | undefined =>
  typeof dim === "number" ? (dim < 0 ? dim + rank : dim) : undefined;

/** The sizes from one dimension to another put into one; undefined where which ones is unknown. */
function flattened(input: Shape, args: Bindings): Shape | Rule | undefined {
  const rank = Math.max(input.length, 1);
  const [start, end] = [placeOf(args.start_dim, rank), placeOf(args.end_dim, rank)];
  if (start === undefined || end === undefined) return undefined;
  if (start < 0 || start >= rank) return noSuchDimension("start_dim");
  if (end < 0 || end >= rank) return noSuchDimension("end_dim");
  if (start > end) return startAfterEnd;
  return [...input.slice(0, start), productOf(input.slice(start, end + 1)), ...input.slice(end + 1)];
}

/** nn.Flatten and torch.flatten. */
export const flatten: readonly Op[] = [
  {
    name: "Flatten",
    summary: "Lays all numbers of a sample out in one row, channel after channel; it has nothing to learn.",
    torch: "nn.Flatten(start_dim=1, end_dim=-1)",
    functional: "torch.flatten(input, start_dim=0, end_dim=-1)",
    keras: "layers.Flatten()",
    axes: 0,
    letters: {},
    input: ["*"],
    output: flattened,
    shown: (input, args) => {
      const made = flattened(input, args);
      const start = placeOf(args.start_dim, input.length);
      const count = Array.isArray(made) ? input.length - made.length + 1 : 0;
      const sizes = start === undefined ? [] : input.slice(start, start + count);
      if (!Array.isArray(made) || sizes.length < 2) return [];
      const letters = ["N", "C", ...(AXES[input.length - 2] ?? [])];
      const named = letters.length === input.length ? letters : input.map((_, i) => `d${i}`);
      return [
        {
          quantity: "features",
          formula: named.slice(start, (start ?? 0) + count).join("·"),
          numbers: sizes.map(asFactor).join("·"),
          result: made[start ?? 0],
        },
      ];
    },
    // C channels of X places each, in rows of so many; a batch of N.
    derived: (args, input) => {
      const isBySample = placeOf(args.start_dim, input?.length ?? 0) === 1;
      return isBySample
        ? { N: input?.[0], C: input?.[1], X: productOf(input?.slice(2) ?? []), row: input?.at(-1) }
        : {};
    },
    rules: [],
    mistakes: [
      { code: "M1", say: "channels left out: flattening takes every number of every channel", features: "X" },
      { code: "M6", say: "only the channels counted: flattening takes every position of each of them", features: "C" },
      { code: "M6", say: "one side left out: flattening takes every row and every column", features: "C*row" },
      {
        code: "M6",
        say: "the batch mixed into the features: each sample of a batch is flattened by itself",
        // In a small batch the number may come from anywhere.
        features: "N >= 8 ? N*C*X : -1",
      },
    ],
    keepsNumbers: true,
    examples: [{ args: {}, input: [1, 10, 7, 7], output: [1, 490], params: 0 }],
  },
];
