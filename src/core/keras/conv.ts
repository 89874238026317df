import { AXES, everyAxis, type Mistake, type Op } from "../layer/op.js";
import { conv as torchConv } from "../ops/conv.js";
import { fieldMistakes } from "../ops/windowRules.js";
import { dataFormat, groupsDivide, paddingWord, positive, strideOrDilation, windowRules } from "./windowRules.js";

/** What follows `use_bias` in the call of every convolution. */
export const KERNEL_ARGUMENTS =
  "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None";

/** The output of a window along an axis: 'same' and 'causal' pad so that only the stride makes it smaller. */
export const WINDOW_OUTPUT = "P == 'valid' ? floor((I - E)/S) + 1 : ceil(I/S)";

/** What a window reaches, step by step; 'same' pads one cell more behind than in front where it cannot pad alike, 'causal' in front only. */
export const WINDOW_FIELD = {
  kernel: "E",
  step: "S",
  pad: "P == 'valid' ? 0 : P == 'causal' ? E - 1 : floor(max((ceil(I/S) - 1)*S + E - I, 0)/2)",
};

/** The mistakes that people make with a window whose padding is a word. */
export const WORD_MISTAKES: readonly Mistake[] = [
  { code: "M4", say: "the size kept: padding='same' keeps it at stride 1 only, 'valid' never", axis: "I" },
  { code: "M3", say: "rounded up where 'valid' rounds down", axis: "ceil((I - E)/S) + 1" },
  { code: "M3", say: "rounded down where 'same' rounds up", axis: "floor(I/S)" },
  { code: "M4", say: "padding='same' taken for 'valid'", axis: "floor((I - E)/S) + 1" },
  { code: "M3", say: "stride ignored", axis: "I - E + 1" },
  ...fieldMistakes,
];

/** Convolution over one, two or three axes. */
const convolution = (axes: 1 | 2 | 3): Op => {
  const torch = torchConv[axes - 1] as Op;
  return {
    name: `Conv${axes}D`,
    summary: torch.summary,
    keras: `layers.Conv${axes}D(filters, kernel_size, strides=1, padding='valid', data_format='channels_last', dilation_rate=1, groups=1, activation=None, use_bias=True, ${KERNEL_ARGUMENTS})`,
    axes,
    letters: {
      F: "filters",
      K: "kernel_size",
      S: "strides",
      P: "padding",
      D: "dilation_rate",
      G: "groups",
      bias: "use_bias",
    },
    perAxis: ["K", "S", "D"],
    quiet: ["D", "G", "bias"],
    layout: "data_format",
    input: ["N", "C", ...(AXES[axes] ?? [])],
    lets: { E: "D*(K - 1) + 1" },
    output: ["N", "F", ...everyAxis(axes, WINDOW_OUTPUT)],
    params: torch.params,
    macs: torch.macs as string,
    field: WINDOW_FIELD,
    rules: [
      positive("filters", "F"),
      positive("groups", "G"),
      {
        code: "groups-divide-filters",
        when: "F % G != 0",
        say: "{F|filter} cannot be shared out evenly among {G|group}.",
        advise: "Set groups to a number that divides filters.",
        argument: "groups",
      },
      strideOrDilation,
      dataFormat,
      paddingWord(axes === 1),
      ...windowRules(["kernel_size", "strides", "dilation_rate"], axes),
      groupsDivide,
    ],
    mistakes: [...(torch.mistakes ?? []).filter((m) => m.params !== undefined), ...WORD_MISTAKES],
    examples: [
      {
        args: { filters: 8, kernel_size: 3, strides: 2, padding: "same" },
        input: [1, ...Array<number>(axes).fill(9), 3],
        output: [1, ...Array<number>(axes).fill(5), 8],
        params: 8 * (3 ** axes * 3 + 1),
      },
    ],
  };
};

/** layers.Conv1D, layers.Conv2D and layers.Conv3D. */
export const conv: readonly Op[] = [convolution(1), convolution(2), convolution(3)];
