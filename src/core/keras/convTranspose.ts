import { AXES, everyAxis, type Op } from "../layer/op.js";
import { convTranspose as torchTransposed } from "../ops/convTranspose.js";
import { KERNEL_ARGUMENTS } from "./conv.js";
import { dataFormat, oneValueAnAxis, paddingWord, positive, strideOrDilation, windowRules } from "./windowRules.js";

/** Without `output_padding` 'same' gives stride times the size, and 'valid' at least one whole stride for the last cell. */
const OUTPUT =
  "P == 'valid' ? (output_padding == null ? (I - 1)*S + max(E, S) : (I - 1)*S + E + R) : (output_padding == null ? I*S : (I - 1)*S + E % 2 + R)";

/** Transposed convolution over one, two or three axes. */
const transposed = (axes: 1 | 2 | 3): Op => {
  const torch = torchTransposed[axes - 1] as Op;
  const layout = "data_format='channels_last'";
  return {
    name: `Conv${axes}DTranspose`,
    summary: torch.summary,
    keras: `layers.Conv${axes}DTranspose(filters, kernel_size, strides=1, padding='valid', ${axes === 3 ? `${layout}, output_padding=None` : `output_padding=None, ${layout}`}, dilation_rate=1, activation=None, use_bias=True, ${KERNEL_ARGUMENTS})`,
    axes,
    letters: {
      F: "filters",
      K: "kernel_size",
      S: "strides",
      P: "padding",
      R: "output_padding",
      D: "dilation_rate",
      bias: "use_bias",
    },
    perAxis: ["K", "S", "R", "D"],
    quiet: ["D", "R"],
    layout: "data_format",
    input: ["N", "C", ...(AXES[axes] ?? [])],
    lets: { E: "D*(K - 1) + 1" },
    output: ["N", "F", ...everyAxis(axes, OUTPUT)],
    params: "C*F*prod(K) + (bias ? F : 0)",
    macs: "prod(I)*C*F*prod(K)",
    rules: [
      positive("filters", "F"),
      strideOrDilation,
      dataFormat,
      paddingWord(false),
      ...windowRules(["kernel_size", "strides", "dilation_rate"], axes).filter((r) => !/\bI\b/.test(r.when)),
      oneValueAnAxis("output_padding", axes),
      {
        code: "output-padding",
        when: "R >= S",
        say: "output_padding is {R}; it only chooses among the sizes that stride {S} leaves open.",
        advise: "Use less than the stride.",
        argument: "output_padding",
      },
    ],
    examples: [
      {
        args: { filters: 6, kernel_size: 3, strides: 2, padding: "same" },
        input: [1, ...Array<number>(axes).fill(5), 4],
        output: [1, ...Array<number>(axes).fill(10), 6],
        params: 4 * 6 * 3 ** axes + 6,
      },
    ],
  };
};

/** layers.Conv1DTranspose, layers.Conv2DTranspose and layers.Conv3DTranspose. */
export const convTranspose: readonly Op[] = [transposed(1), transposed(2), transposed(3)];
