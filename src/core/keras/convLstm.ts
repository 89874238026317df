import { type Bindings, type Compiled, isDim, truth } from "../expr/evaluate.js";
import { AXES, type Op, type Shape, type Size } from "../layer/op.js";
import { formulaFor } from "../layer/prepare.js";
import { WINDOW_OUTPUT } from "./conv.js";
import { dataFormat, paddingWord, positive, strideOrDilation, windowRules } from "./windowRules.js";

type Axes = 1 | 2 | 3;

/** The frame that one step makes: channels, then axes. */
function frame(op: Op, input: Shape, args: Bindings): Shape {
  const value: Compiled = formulaFor(op, WINDOW_OUTPUT).value;
  const extent: Compiled = formulaFor(op, "D*(K - 1) + 1").value;
  const at = (name: string, i: number): Bindings[string] => {
    const given = args[name];
    return Array.isArray(given) ? given[i] : given;
  };
  const sizes = input.slice(3).map((I, i): Size => {
    const own = { K: at("kernel_size", i), D: at("dilation_rate", i) };
    const size = value({ I, P: args.padding, S: at("strides", i), E: extent(own) });
    return isDim(size) ? size : undefined;
  });
  return [isDim(args.filters) ? args.filters : undefined, ...sizes];
}

/** An LSTM whose products with matrices are convolutions; its states are images. */
const convolutional = (axes: Axes): Op => {
  const op: Op = {
    name: `ConvLSTM${axes}D`,
    summary: "Reads a sequence of images step by step; its state is an image, and its gates are convolutions.",
    keras: `layers.ConvLSTM${axes}D(filters, kernel_size, strides=1, padding='valid', data_format='channels_last', dilation_rate=1, activation='tanh', recurrent_activation='sigmoid', use_bias=True, kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False)`,
    axes,
    letters: { F: "filters", K: "kernel_size", S: "strides", P: "padding", D: "dilation_rate", bias: "use_bias" },
    perAxis: ["K", "S", "D"],
    quiet: ["bias"],
    layout: "data_format",
    input: ["N", "T", "C", ...(AXES[axes] ?? [])],
    rankAdvice: "Give it a sequence of images; a layer before it gives one with return_sequences=True.",
    lets: { E: "D*(K - 1) + 1" },
    output: (input, args) => {
      const isSequence = truth(args.return_sequences);
      if (isSequence === undefined) return undefined;
      return [...input.slice(0, isSequence ? 2 : 1), ...frame(op, input, args)];
    },
    outputs: (output, input, args) => {
      if (truth(args.return_state) === false) return undefined;
      const state = truth(args.return_state) ? [input[0], ...frame(op, input, args)] : undefined;
      return [output, state, state];
    },
    params: "4*F*(prod(K)*(C + F) + bias)",
    rules: [
      positive("filters", "F"),
      strideOrDilation,
      dataFormat,
      paddingWord(false),
      ...windowRules(["kernel_size", "strides", "dilation_rate"], axes),
    ],
    examples: [
      {
        args: { filters: 4, kernel_size: 3, padding: "same" },
        input: [1, 5, ...Array<number>(axes).fill(9), 3],
        output: [1, ...Array<number>(axes).fill(9), 4],
        params: 16 * (3 ** axes * 7 + 1),
      },
    ],
  };
  return op;
};

/** layers.ConvLSTM1D, layers.ConvLSTM2D and layers.ConvLSTM3D. */
export const convLstm: readonly Op[] = [convolutional(1), convolutional(2), convolutional(3)];
