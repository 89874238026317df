import { AXES, everyAxis, type Op } from "../layer/op.js";
import { WINDOW_FIELD, WINDOW_OUTPUT } from "./conv.js";
import { dataFormat, paddingWord, positive, windowRules } from "./windowRules.js";

const DEPTHWISE_ARGUMENTS =
  "depthwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None";

const SEPARABLE_ARGUMENTS =
  "depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None";

const shared = (axes: 1 | 2): Omit<Op, "name" | "summary" | "keras" | "output" | "params" | "examples"> => ({
  axes,
  letters: {
    K: "kernel_size",
    S: "strides",
    P: "padding",
    D: "dilation_rate",
    M: "depth_multiplier",
    bias: "use_bias",
  },
  perAxis: ["K", "S", "D"],
  quiet: ["D", "M", "bias"],
  layout: "data_format",
  input: ["N", "C", ...(AXES[axes] ?? [])],
  lets: { E: "D*(K - 1) + 1" },
  field: WINDOW_FIELD,
  rules: [
    positive("depth_multiplier", "M"),
    dataFormat,
    paddingWord(false),
    ...windowRules(["kernel_size", "strides", "dilation_rate"], axes),
  ],
});

/** Each input channel is filtered on its own. */
const depthwise = (axes: 1 | 2): Op => ({
  ...shared(axes),
  name: `DepthwiseConv${axes}D`,
  summary: "Slides its own filters over each input channel; channels are not added up.",
  keras: `layers.DepthwiseConv${axes}D(kernel_size, strides=1, padding='valid', depth_multiplier=1, data_format='channels_last', dilation_rate=1, activation=None, use_bias=True, ${DEPTHWISE_ARGUMENTS})`,
  output: ["N", "C*M", ...everyAxis(axes, WINDOW_OUTPUT)],
  params: "C*M*(prod(K) + bias)",
  macs: "prod(O)*C*M*prod(K)",
  examples: [
    {
      args: { kernel_size: 3 },
      input: [1, ...Array<number>(axes).fill(9), 4],
      output: [1, ...Array<number>(axes).fill(7), 4],
      params: 4 * (3 ** axes + 1),
    },
  ],
});

/** A depthwise convolution, then one of kernel 1 that mixes the channels. */
const separable = (axes: 1 | 2): Op => {
  const common = shared(axes);
  return {
    ...common,
    name: `SeparableConv${axes}D`,
    summary:
      "Filters each input channel on its own, then mixes the channels at each place: a convolution with far fewer numbers.",
    keras: `layers.SeparableConv${axes}D(filters, kernel_size, strides=1, padding='valid', data_format='channels_last', dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, ${SEPARABLE_ARGUMENTS})`,
    letters: { F: "filters", ...common.letters },
    output: ["N", "F", ...everyAxis(axes, WINDOW_OUTPUT)],
    params: "C*M*prod(K) + F*(C*M + bias)",
    macs: "prod(O)*(C*M*prod(K) + F*C*M)",
    rules: [positive("filters", "F"), ...common.rules],
    examples: [
      {
        args: { filters: 8, kernel_size: 3 },
        input: [1, ...Array<number>(axes).fill(9), 4],
        output: [1, ...Array<number>(axes).fill(7), 8],
        params: 4 * 3 ** axes + 8 * 5,
      },
    ],
  };
};

/** layers.DepthwiseConv1D and 2D, layers.SeparableConv1D and 2D. */
export const depthwiseConv: readonly Op[] = [depthwise(1), depthwise(2), separable(1), separable(2)];
