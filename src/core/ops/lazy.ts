import type { Mistake, Op, Rule } from "../layer/op.js";
import { batchNorm } from "./batchNorm.js";
import { conv } from "./conv.js";
import { convTranspose } from "./convTranspose.js";
import { instanceNorm } from "./instanceNorm.js";
import { linear } from "./linear.js";

/** The letter for the size that is left open, in another name. */
const renamed = (text: string, letter: string, name: string): string =>
  text.replace(new RegExp(`\\b${letter}\\b`, "g"), name);

/** A layer that learns from its first input how many channels (or features) that has: its formulas take the input's number for the argument's. */
function lazy(op: Op): Op {
  const size = op.input.includes("features") ? "features" : "channels";
  const rule = op.rules.find((r) => r.fix === size);
  const argument = rule?.argument ?? "";
  const letter = Object.entries(op.letters).find(([, name]) => name === argument)?.[0] ?? "";
  const other = (text: string): string => renamed(text, letter, size);
  const inMistake = ({ params, channels, ...rest }: Mistake): Mistake => ({
    ...rest,
    ...(params ? { params: other(params) } : {}),
    ...(channels ? { channels: other(channels) } : {}),
  });
  const inRule = (r: Rule): Rule => ({ ...r, when: other(r.when), say: other(r.say), advise: other(r.advise) });
  const { functional: _, examples, ...rest } = op;
  return {
    ...rest,
    name: `Lazy${op.name}`,
    summary: `${op.summary} How many ${size} come in, it learns from its first input.`,
    torch: (op.torch ?? "").replace(`${op.name}(${argument}, `, `Lazy${op.name}(`),
    letters: Object.fromEntries(Object.entries(op.letters).filter(([, name]) => name !== argument)),
    params: other(op.params ?? "0"),
    ...(op.buffers ? { buffers: other(op.buffers) } : {}),
    ...(op.macs ? { macs: other(op.macs) } : {}),
    rules: op.rules.filter((r) => r !== rule).map(inRule),
    ...(op.mistakes ? { mistakes: op.mistakes.map(inMistake) } : {}),
    examples: examples.map(({ args: { [argument]: __, ...args }, ...example }) => ({ ...example, args })),
  };
}

/** The lazy forms of instance normalization learn a scale and keep statistics unless they are told not to. */
const learning = (op: Op): Op => ({
  ...op,
  torch: (op.torch ?? "").replace("affine=False, track_running_stats=False", "affine=True, track_running_stats=True"),
  examples: op.examples.map((example) => ({ ...example, params: 16 })),
});

/** The lazy form of a transposed convolution does not look whether its groups divide out_channels: it has as many as they give, and a bias for the rest then fails. */
const unchecked = (op: Op): Op => ({
  ...op,
  output: Array.isArray(op.output) ? op.output.map((size) => (size === "F" ? "G*floor(F/G)" : size)) : op.output,
  params: (op.params ?? "").replace("F/G", "floor(F/G)"),
  macs: (op.macs ?? "").replace("F/G", "floor(F/G)"),
  rules: op.rules.map((r) =>
    r.code === "groups-divide-out-channels" ? { ...r, when: `${r.when} and (bias or F < G)`, late: true } : r,
  ),
});

/** The layers of torch.nn that leave the size of their input open. */
export const lazyLayers: readonly Op[] = [
  ...conv,
  ...convTranspose.map(unchecked),
  ...linear,
  ...batchNorm,
  ...instanceNorm.map(learning),
]
  .filter((op) => op.name !== "SyncBatchNorm")
  .map(lazy);
