import { truth } from "../expr/evaluate.js";
import { AXES, everyAxis, type Op, type Shape } from "../layer/op.js";
import { WINDOW_FIELD, WINDOW_OUTPUT, WORD_MISTAKES } from "./conv.js";
import { dataFormat, paddingWord, windowRules } from "./windowRules.js";

type Axes = 1 | 2 | 3;

const pooled = (kind: "Max" | "Average", axes: Axes): Op => ({
  name: `${kind}Pooling${axes}D`,
  summary:
    kind === "Max"
      ? "Keeps the largest number under each window; it has nothing to learn."
      : "Averages the numbers under each window; it has nothing to learn.",
  keras: `layers.${kind}Pooling${axes}D(pool_size${kind === "Max" ? "=2" : ""}, strides=pool_size, padding='valid', data_format='channels_last', name=None)`,
  axes,
  letters: { K: "pool_size", S: "strides", P: "padding" },
  perAxis: ["K", "S"],
  layout: "data_format",
  input: ["N", "C", ...(AXES[axes] ?? [])],
  lets: { E: "K" },
  output: ["N", "C", ...everyAxis(axes, WINDOW_OUTPUT)],
  field: WINDOW_FIELD,
  rules: [dataFormat, { ...paddingWord(false), late: true }, ...windowRules(["pool_size", "strides"], axes)],
  mistakes: [
    { code: "M2", say: "pooling has no weights", params: "prod(K)*C" },
    { code: "M2", say: "pooling has no weights", params: "(prod(K) + 1)*C" },
    ...WORD_MISTAKES,
  ],
  examples: [
    {
      args: { pool_size: 2 },
      input: [1, ...Array<number>(axes).fill(7), 8],
      output: [1, ...Array<number>(axes).fill(3), 8],
      params: 0,
    },
  ],
});

/** One number a channel; with `keepdims` the axes stay, of size 1. */
const pooledAway = (kind: "Max" | "Average", axes: Axes): Op => ({
  name: `Global${kind}Pooling${axes}D`,
  summary: `${kind === "Max" ? "Keeps the largest number" : "Averages all numbers"} of each channel; it has nothing to learn.`,
  keras: `layers.Global${kind}Pooling${axes}D(data_format='channels_last', keepdims=False)`,
  axes,
  letters: {},
  layout: "data_format",
  input: ["N", "C", ...(AXES[axes] ?? [])],
  output: (input, { keepdims }) => {
    const isKept = truth(keepdims);
    const kept: Shape = [...input.slice(0, 2), ...input.slice(2).map(() => 1)];
    return isKept === undefined ? undefined : isKept ? kept : input.slice(0, 2);
  },
  rules: [dataFormat],
  examples: [{ args: {}, input: [1, ...Array<number>(axes).fill(7), 8], output: [1, 8], params: 0 }],
});

/** layers.MaxPooling1D to 3D, layers.AveragePooling1D to 3D and their global forms. */
export const pooling: readonly Op[] = ([1, 2, 3] as const).flatMap((axes) => [
  pooled("Max", axes),
  pooled("Average", axes),
  pooledAway("Max", axes),
  pooledAway("Average", axes),
]);
