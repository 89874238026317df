import { multiply } from "../dims/dim.js";
import { type Bindings, isDim, truth, type Value } from "../expr/evaluate.js";
import type { Op, Outputs, Rule, Shape, Size } from "../layer/op.js";
import { sequenceSize } from "./attentionRules.js";
import { stateRules, stateSizes } from "./stateRules.js";

const times = (a: Value | undefined, b: Value | undefined): Size => (isDim(a) && isDim(b) ? multiply(a, b) : undefined);

/** The size of one direction's output: the projection's where there is one. */
const stateSize = (args: Bindings): Size => {
  const { proj_size: projected, hidden_size: hidden } = args;
  if (projected === undefined || projected === 0) return isDim(hidden) ? hidden : undefined;
  return isDim(projected) ? projected : undefined;
};

function directions(args: Bindings): Size {
  const both = truth(args.bidirectional);
  return both === undefined ? undefined : both ? 2 : 1;
}

/** The whole sequence of states, then the last state (and the last cell state) of every layer and direction. */
function sequence(output: Shape, input: Shape, args: Bindings, hasCell: boolean): Outputs {
  const isBatchFirst = truth(args.batch_first);
  const batch = input.length < 3 ? [] : [isBatchFirst === undefined ? undefined : input[isBatchFirst ? 0 : 1]];
  const stacked = times(args.num_layers, directions(args));
  const hidden = isDim(args.hidden_size) ? args.hidden_size : undefined;
  const state: Shape = [stacked, ...batch, stateSize(args)];
  return [output, hasCell ? { tuple: [state, [stacked, ...batch, hidden]] } : state];
}

const SAY = {
  rank: "With a batch both have three: layers, samples and features for the state.",
  batch: "Mind batch_first: it says where the batch stands in the input; in the state it is always second.",
};

const layerRules = (what: "state" | "cell", name: string): Rule[] => [
  {
    code: `${what}-layers`,
    late: true,
    when: `${what}Layers != stacked`,
    say: `${name} has {${what}Layers|layer}, one for each layer and direction makes {stacked}.`,
    advise: "Give the state {stacked} in front: num_layers, twice as many if bidirectional.",
  },
];

/** `g` is the number of gates; `R` the size of a state, `B` the directions. */
function recurrentLayer(name: "RNN" | "LSTM" | "GRU", gates: number, more: string): Op {
  const canProject = name === "LSTM";
  const state = canProject ? "(proj_size == 0 ? hidden_size : proj_size)" : "hidden_size";
  const both = "(bidirectional ? 2 : 1)";
  const perLayer = (input: string): string =>
    `(${gates}*hidden_size*(${input} + ${state} + (bias ? 2 : 0))${canProject ? " + proj_size*hidden_size" : ""})`;
  const products = (input: string): string =>
    `(${gates}*hidden_size*(${input} + ${state})${canProject ? " + proj_size*hidden_size" : ""})`;
  return {
    name,
    summary: "Reads a sequence step by step, carrying a state from each step to the next.",
    torch: `nn.${name}(input_size, hidden_size, num_layers=1, ${more}bias=True, batch_first=False, dropout=0, bidirectional=False${canProject ? ", proj_size=0" : ""})`,
    forward: "forward(input, hx=None)",
    axes: 0,
    letters: { C: "input_size", F: "hidden_size" },
    input: ["A?", "B", "features"],
    output: ["A?", "B", `${both}*${state}`],
    outputs: (output, input, args) => sequence(output, input, args, name === "LSTM"),
    derived: (args, input, [first, cell]) => {
      const samples = input?.length === 3 ? sequenceSize(input, args, "batch") : undefined;
      return {
        T: sequenceSize(input, args, "length"),
        stacked: times(args.num_layers, directions(args)),
        samples,
        wanted: input?.length,
        ...stateSizes("state", first, samples, input?.length ?? 0),
        ...stateSizes("cell", cell, samples, input?.length ?? 0),
      };
    },
    macs: `T*${both}*(${products("C")} + (num_layers - 1)*${products(`${both}*${state}`)})`,
    params: `${both}*(${perLayer("C")} + (num_layers - 1)*${perLayer(`${both}*${state}`)})`,
    mistakes: [
      ...(gates === 1
        ? []
        : [{ code: "M2", say: `one gate counted; there are ${gates}`, params: "hidden_size*(C + hidden_size + 2)" }]),
      {
        code: "M2",
        say: "one bias counted; PyTorch keeps two, one for the input and one for the state",
        params: `${gates}*hidden_size*(C + hidden_size + 1)`,
      },
      { code: "M2", say: "biases forgotten", params: `${gates}*hidden_size*(C + hidden_size)` },
      { code: "M2", say: "the weights of the state forgotten", params: `${gates}*hidden_size*(C + 2)` },
    ],
    rules: [
      ...(canProject
        ? [
            {
              code: "proj-size",
              when: "proj_size < 0 or proj_size >= hidden_size",
              say: "proj_size is {proj_size}, hidden_size {hidden_size}.",
              advise: "A projection has to be smaller than the hidden state.",
              argument: "proj_size",
            },
          ]
        : []),
      {
        code: "input-size",
        when: "features != C",
        say: "input_size is {C}, the input has {features|feature} in each step.",
        advise: "Set input_size to {features}.",
        argument: "input_size",
        fix: "features",
      },
      ...layerRules("state", "The state"),
      ...stateRules("state", state, SAY),
      ...(canProject ? [...layerRules("cell", "The cell state"), ...stateRules("cell", "hidden_size", SAY)] : []),
    ],
    examples: [
      { args: { input_size: 4, hidden_size: 5 }, input: [7, 2, 4], output: [7, 2, 5], params: gates * 5 * (4 + 5 + 2) },
    ],
  };
}

/** nn.RNN, nn.LSTM and nn.GRU. */
export const recurrent: readonly Op[] = [
  recurrentLayer("RNN", 1, "nonlinearity='tanh', "),
  recurrentLayer("LSTM", 4, ""),
  recurrentLayer("GRU", 3, ""),
];
