import type { Op } from "../layer/op.js";

/** Dropout, of single numbers or of whole channels. */
const dropping = (name: string, functional: string, what: string, rules: Op["rules"] = []): Op => ({
  name,
  summary: `Sets ${what} to 0 at random while training, and scales the rest up; it has nothing to learn.`,
  torch: `nn.${name}(p=0.5, inplace=False)`,
  functional: `F.${functional}(input, p=0.5, training=True, inplace=False)`,
  axes: 0,
  letters: {},
  input: ["*"],
  output: ["*"],
  rules: [
    {
      code: "probability",
      when: "p < 0 or p > 1",
      say: "p is {p}.",
      advise: "A probability lies between 0 and 1.",
      argument: "p",
    },
    ...rules,
  ],
  examples: [{ args: { p: 0.3 }, input: [2, 3, 8], output: [2, 3, 8], params: 0 }],
});

const twoOrThree: Op["rules"][number] = {
  code: "rank",
  when: "rank != 2 and rank != 3",
  say: "Dropout1d takes 2 or 3 dimensions, (C, L) or (N, C, L); its input has {rank}.",
  advise: "Use Dropout2d for images, or Dropout for single numbers.",
};

/** nn.Dropout and its forms that drop whole channels. */
export const dropout: readonly Op[] = [
  dropping("Dropout", "dropout", "single numbers"),
  dropping("Dropout1d", "dropout1d", "whole channels", [twoOrThree]),
  dropping("Dropout2d", "dropout2d", "whole channels"),
  dropping("Dropout3d", "dropout3d", "whole channels"),
  dropping("AlphaDropout", "alpha_dropout", "single numbers"),
  dropping("FeatureAlphaDropout", "feature_alpha_dropout", "whole channels"),
];
