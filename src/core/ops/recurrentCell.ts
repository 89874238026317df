import type { Op } from "../layer/op.js";
import { stateRules, stateSizes } from "./stateRules.js";

const SAY = {
  rank: "One step takes samples × features for both, or the features alone: no layers, and no steps.",
  batch: "Make a state for each sample.",
};

/** One step of a recurrent layer. */
const cell = (name: "RNNCell" | "LSTMCell" | "GRUCell", gates: number, more = ""): Op => ({
  name,
  summary: "One step of a recurrent layer: the next state from the input and the state before.",
  torch: `nn.${name}(input_size, hidden_size, bias=True${more})`,
  forward: "forward(input, hx=None)",
  axes: 0,
  letters: { C: "input_size", F: "hidden_size" },
  input: ["N?", "features"],
  output: ["N?", "F"],
  ...(name === "LSTMCell" ? { outputs: (output) => [output, output] } : {}),
  derived: (_args, input, [first, second]) => {
    const samples = input?.length === 2 ? input[0] : undefined;
    return {
      samples,
      wanted: input?.length,
      ...stateSizes("state", first, samples, input?.length ?? 0),
      ...stateSizes("cell", second, samples, input?.length ?? 0),
    };
  },
  params: `${gates}*F*(C + F + (bias ? 2 : 0))`,
  macs: `${gates}*F*(C + F)`,
  rules: [
    {
      code: "input-size",
      when: "features != C",
      say: "input_size is {C}, the input has {features|feature}.",
      advise: "Set input_size to {features}.",
      argument: "input_size",
      fix: "features",
    },
    ...stateRules("state", "hidden_size", SAY),
    ...(name === "LSTMCell" ? stateRules("cell", "hidden_size", SAY) : []),
  ],
  examples: [
    { args: { input_size: 4, hidden_size: 5 }, input: [2, 4], output: [2, 5], params: gates * 5 * (4 + 5 + 2) },
  ],
});

/** nn.RNNCell, nn.LSTMCell and nn.GRUCell. */
export const recurrentCell: readonly Op[] = [
  cell("RNNCell", 1, ", nonlinearity='tanh'"),
  cell("LSTMCell", 4),
  cell("GRUCell", 3),
];
