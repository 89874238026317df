import { equal } from "../dims/compare.js";
import { divide, exactValue } from "../dims/dim.js";
import { printDim } from "../dims/print.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Rule, Shape } from "../layer/op.js";
import { printValue } from "../layer/sentence.js";

/** An activation: each number is replaced by a function of it. */
const activation = (name: string, formula: string, args = "", functional?: string): Op => ({
  name,
  summary: `Replaces each x by ${formula}; the shape stays.`,
  torch: `nn.${name}(${args})`,
  ...(functional ? { functional } : {}),
  axes: 0,
  letters: {},
  input: ["*"],
  output: ["*"],
  rules: [],
  examples: [{ args: {}, input: [2, 3, 8], output: [2, 3, 8], params: 0 }],
});

const noSuchDimension: Rule = {
  code: "no-such-dimension",
  when: "dim != null and (dim >= max(rank, 1) or dim < -max(rank, 1))",
  say: "dim is {dim}, the input has {rank|dimension}.",
  advise: "Count from 0, or from the end with −1.",
  argument: "dim",
};

/** Without `dim` PyTorch takes the first of one or three dimensions, else the second. */
function alongDim(rank: number, { dim }: Bindings): number | undefined {
  if (dim === null) return rank === 0 || rank === 1 || rank === 3 ? 0 : 1;
  return typeof dim === "number" ? (dim < 0 ? dim + rank : dim) : undefined;
}

const softmax = (name: string, functional: string, formula: string): Op => ({
  ...activation(name, formula, "dim=None", `F.${functional}(input, dim=None)`),
  along: alongDim,
  rules: [noSuchDimension],
  examples: [{ args: { dim: -1 }, input: [2, 3, 8], output: [2, 3, 8], params: 0 }],
});

/** PReLU's slopes are one for all numbers or one a channel, and the channels are the second dimension. */
function preluShape(input: Shape, args: Bindings): Shape | Rule {
  const slopes = args.num_parameters;
  const channels = input.length > 1 ? input[1] : 1;
  if (!isDim(slopes) || channels === undefined || slopes === 1 || equal(channels, slopes) !== false) return input;
  return {
    code: "num-parameters",
    when: "false",
    say: `num_parameters is {num_parameters}, the input has ${printDim(channels)} channels.`,
    advise: "Use 1, or one for each channel.",
    argument: "num_parameters",
  };
}

/** One dimension halved. */
function halved(input: Shape, args: Bindings): Shape | Rule | undefined {
  const { dim } = args;
  if (typeof dim !== "number") return undefined;
  const at = dim < 0 ? dim + input.length : dim;
  if (at < 0 || at >= input.length) return noSuchDimension;
  const size = input[at];
  const half = size === undefined ? undefined : divide(size, 2);
  if (half !== undefined && (exactValue(half)?.d ?? 1n) !== 1n)
    return {
      code: "odd",
      when: "false",
      say: `The dimension that GLU halves has the size ${printValue(size)}.`,
      advise: "Make it even.",
      argument: "dim",
    };
  return input.with(at, half);
}

const preluOp: Op = {
  ...activation("PReLU", "x where it is positive, else a·x with a learned a", "num_parameters=1, init=0.25"),
  output: preluShape,
  params: "num_parameters",
  examples: [{ args: {}, input: [2, 3, 8], output: [2, 3, 8], params: 1 }],
};

const gated: Op = {
  ...activation("GLU", "half of the numbers times the sigmoid of the other half", "dim=-1", "F.glu(input, dim=-1)"),
  summary: "Multiplies one half along a dimension by the sigmoid of the other half, so that the dimension is halved.",
  output: halved,
  examples: [{ args: {}, input: [2, 3, 8], output: [2, 3, 4], params: 0 }],
};

/** Along the second of (N, C, H, W), or the first without a batch. */
const overChannels: Op = {
  ...activation("Softmax2d", "eˣ over the sum of eˣ along the channels"),
  input: ["N?", "C", "H", "W"],
  output: ["N?", "C", "H", "W"],
  examples: [{ args: {}, input: [2, 3, 8, 8], output: [2, 3, 8, 8], params: 0 }],
};

/** The activations. */
export const activations: readonly Op[] = [
  activation("ReLU", "max(0, x)", "inplace=False", "F.relu(input, inplace=False)"),
  activation("ReLU6", "min(max(0, x), 6)", "inplace=False", "F.relu6(input, inplace=False)"),
  activation(
    "LeakyReLU",
    "x where it is positive, else a·x",
    "negative_slope=0.01, inplace=False",
    "F.leaky_relu(input, negative_slope=0.01, inplace=False)",
  ),
  activation(
    "ELU",
    "x where it is positive, else α(eˣ − 1)",
    "alpha=1, inplace=False",
    "F.elu(input, alpha=1, inplace=False)",
  ),
  activation("SELU", "a scaled ELU that keeps mean and variance", "inplace=False", "F.selu(input, inplace=False)"),
  activation(
    "CELU",
    "x where it is positive, else α(e^(x/α) − 1)",
    "alpha=1, inplace=False",
    "F.celu(input, alpha=1, inplace=False)",
  ),
  activation(
    "GELU",
    "x·Φ(x), with the normal distribution's Φ",
    "approximate='none'",
    "F.gelu(input, approximate='none')",
  ),
  activation("Sigmoid", "1/(1 + e⁻ˣ)", "", "torch.sigmoid(input)"),
  activation("LogSigmoid", "log(1/(1 + e⁻ˣ))", "", "F.logsigmoid(input)"),
  activation("Tanh", "tanh x", "", "torch.tanh(input)"),
  activation("SiLU", "x/(1 + e⁻ˣ)", "inplace=False", "F.silu(input, inplace=False)"),
  activation("Mish", "x·tanh(log(1 + eˣ))", "inplace=False", "F.mish(input, inplace=False)"),
  activation("Softplus", "log(1 + eˣ)", "beta=1, threshold=20", "F.softplus(input, beta=1, threshold=20)"),
  activation("Softsign", "x/(1 + |x|)", "", "F.softsign(input)"),
  activation("Hardswish", "x·min(max(0, x + 3), 6)/6", "inplace=False", "F.hardswish(input, inplace=False)"),
  activation("Hardsigmoid", "min(max(0, x + 3), 6)/6", "inplace=False", "F.hardsigmoid(input, inplace=False)"),
  activation(
    "Hardtanh",
    "x cut off at −1 and 1",
    "min_val=-1, max_val=1, inplace=False",
    "F.hardtanh(input, min_val=-1, max_val=1, inplace=False)",
  ),
  activation(
    "RReLU",
    "x where it is positive, else a·x with a random a",
    "lower=0.125, upper=0.3333333333333333, inplace=False",
    "F.rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False)",
  ),
  activation("Hardshrink", "0 between −λ and λ, else itself", "lambd=0.5", "F.hardshrink(input, lambd=0.5)"),
  activation("Softshrink", "x drawn towards 0 by λ", "lambd=0.5", "F.softshrink(input, lambd=0.5)"),
  activation("Tanhshrink", "x − tanh x", "", "F.tanhshrink(input)"),
  {
    ...activation(
      "Threshold",
      "itself above the threshold, else by a value",
      "threshold, value, inplace=False",
      "F.threshold(input, threshold, value, inplace=False)",
    ),
    examples: [{ args: { threshold: 0, value: 0 }, input: [2, 8], output: [2, 8], params: 0 }],
  },
  activation("Identity", "itself", "*args"),
  softmax("Softmax", "softmax", "eˣ over the sum of eˣ along one dimension"),
  softmax("LogSoftmax", "log_softmax", "the logarithm of its softmax along one dimension"),
  softmax("Softmin", "softmin", "e⁻ˣ over the sum of e⁻ˣ along one dimension"),
  overChannels,
  gated,
  preluOp,
];
