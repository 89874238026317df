import { type Bindings, isDim, truth } from "../expr/evaluate.js";
import type { Op, Outputs, Shape, Size } from "../layer/op.js";
import { positive } from "./windowRules.js";

const unitsOf = (args: Bindings): Size => (isDim(args.units) ? args.units : undefined);

/** The last state, or all of them with return_sequences. */
function states(input: Shape, args: Bindings): Shape | undefined {
  const isSequence = truth(args.return_sequences);
  if (isSequence === undefined) return undefined;
  return isSequence ? [input[0], input[1], unitsOf(args)] : [input[0], unitsOf(args)];
}

/** With return_state the last state comes as well (LSTM: and the last cell state). */
function withStates(output: Shape, input: Shape, args: Bindings, count: number): Outputs | undefined {
  if (truth(args.return_state) === false) return undefined;
  const state: Shape = [input[0], unitsOf(args)];
  const isKnown = truth(args.return_state) === true;
  return [output, ...Array.from({ length: count }, () => (isKnown ? state : undefined))];
}

const INITIALIZERS =
  "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros'";
const REGULARIZERS =
  "kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0";
const RETURNS = "return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False";

const recurrentLayer = (
  name: string,
  gates: number,
  args: string,
  params: string,
  count: number,
  example: number,
): Op => ({
  name,
  summary:
    "Reads a sequence step by step, carrying a state from each step to the next; it gives the last state, or with return_sequences all.",
  keras: `layers.${name}(${args})`,
  axes: 0,
  letters: { F: "units", bias: "use_bias" },
  quiet: ["bias"],
  input: ["N", "T", "C"],
  rankAdvice: "Give it a sequence; a recurrent layer before it gives one with return_sequences=True.",
  output: states,
  outputs: (output, input, given) => withStates(output, input, given, count),
  params,
  macs: `T*${gates}*F*(C + F)`,
  mistakes: [
    ...(gates === 1 ? [] : [{ code: "M2", say: `one gate counted; there are ${gates}`, params: "F*(C + F + 1)" }]),
    { code: "M2", say: "biases forgotten", params: `${gates}*F*(C + F)` },
    { code: "M2", say: "the weights of the state forgotten", params: `${gates}*F*(C + 1)` },
  ],
  rules: [positive("units", "F")],
  examples: [{ args: { units: 5 }, input: [2, 7, 4], output: [2, 5], params: example }],
});

/** layers.SimpleRNN, layers.LSTM and layers.GRU. */
export const recurrent: readonly Op[] = [
  recurrentLayer(
    "SimpleRNN",
    1,
    `units, activation='tanh', use_bias=True, ${INITIALIZERS}, ${REGULARIZERS}, ${RETURNS}, seed=None`,
    "F*(C + F + bias)",
    1,
    5 * (4 + 5 + 1),
  ),
  recurrentLayer(
    "LSTM",
    4,
    `units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, ${INITIALIZERS}, unit_forget_bias=True, ${REGULARIZERS}, seed=None, ${RETURNS}, use_cudnn='auto'`,
    "4*F*(C + F + bias)",
    2,
    4 * 5 * (4 + 5 + 1),
  ),
  recurrentLayer(
    "GRU",
    3,
    `units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, ${INITIALIZERS}, ${REGULARIZERS}, seed=None, ${RETURNS}, reset_after=True, use_cudnn='auto'`,
    // With reset_after, as today's default is, the recurrent half has a bias of its own.
    "3*F*(C + F + (reset_after ? 2*bias : bias))",
    1,
    3 * 5 * (4 + 5 + 2),
  ),
];
