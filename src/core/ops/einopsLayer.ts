import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Rule, Shape, Size } from "../layer/op.js";
import { einopsShape, type Rearrangement } from "../operations/einopsShape.js";
import { Refused } from "../operations/operation.js";

/** Arguments of the layers that are no sizes of axes. */
const OWN = new Set(["pattern", "reduction"]);

const rearranged =
  (kind: Rearrangement) =>
  (input: Shape, args: Bindings): Shape | Rule | undefined => {
    const { pattern } = args;
    if (typeof pattern !== "string") return undefined;
    const given = Object.entries(args).filter(([name]) => !OWN.has(name));
    const lengths = new Map(given.map(([name, value]): [string, Size] => [name, isDim(value) ? value : undefined]));
    try {
      return einopsShape(kind, input, pattern, lengths);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, say, advise, argument } = error.refusal;
      return { code: code.replace(/^.*\//, ""), when: "false", say, advise, ...(argument ? { argument } : {}) };
    }
  };

const layer = (
  name: string,
  kind: Rearrangement,
  summary: string,
  more: string,
  example: Op["examples"][number],
): Op => ({
  name,
  summary,
  torch: `einops.layers.torch.${name}(pattern, ${more}**axes_lengths)`,
  axes: 0,
  letters: {},
  input: ["*"],
  output: rearranged(kind),
  rules: [],
  examples: [example],
});

/** einops's layers Rearrange and Reduce. */
export const einopsLayer: readonly Op[] = [
  layer(
    "Rearrange",
    "rearrange",
    "Puts the named dimensions into another order, together or apart; it has nothing to learn.",
    "",
    {
      args: { pattern: "b c h w -> b (c h w)" },
      input: [2, 3, 4, 5],
      output: [2, 60],
      params: 0,
    },
  ),
  layer(
    "Reduce",
    "reduce",
    "Takes the mean, sum or maximum over the named dimensions that are left out; it has nothing to learn.",
    "reduction, ",
    { args: { pattern: "b c h w -> b c", reduction: "mean" }, input: [2, 3, 4, 5], output: [2, 3], params: 0 },
  ),
];
