import { multiply } from "../dims/dim.js";
import type { Bindings, Value } from "../expr/evaluate.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { layerValue, throughLayer } from "./layerForms.js";
import { counted, differ, sizeOf, tensorShape } from "./operands.js";
import { type Operand, type Operands, type Operation, refuse, tensor } from "./operation.js";

/** A convolution's weight has its filters, their channels and the kernel. */
function ofWeight(name: string, weight: Shape, axes: number): void {
  if (weight.length !== axes + 2)
    refuse(
      `${name}/weight-rank`,
      `${name} takes a weight of ${axes + 2} dimensions, ${printSizes(weight)} has ${weight.length}.`,
      "Give it filters, channels and the kernel's sizes.",
      { argument: "weight" },
    );
}

/** A bias has one number for each output. */
function biasFits(name: string, bias: Operand, outputs: Size): void {
  const shape = tensorShape(bias);
  if (shape && (shape.length !== 1 || differ(shape[0], outputs)))
    refuse(
      `${name}/bias`,
      `The bias is ${printSizes(shape)}, the weight makes ${counted(outputs, "output")}.`,
      "Give it one number for each.",
      { argument: "bias" },
    );
}

/** The layer's arguments that the weight says stand there in the functional form. */
const OF_WEIGHT = { in_channels: "weight", out_channels: "weight", kernel_size: "weight" };

/** What both forms hand to the layer as it is. */
const settings = (given: Operands, weight: Shape | undefined): Bindings => ({
  kernel_size: kernelOf(weight),
  stride: layerValue(given.stride),
  padding: layerValue(given.padding),
  dilation: layerValue(given.dilation),
  groups: layerValue(given.groups),
  bias: true,
  padding_mode: "zeros",
});

/** One value for each axis; PyTorch takes a list of one for all of them. */
const kernelOf = (weight: Shape | undefined): Value | undefined => weight?.slice(2).map((d) => d as Value | undefined);

function convolved(name: string, axes: number, given: Operands): Shape | undefined {
  const weight = tensorShape(given.weight);
  const input = tensorShape(given.input);
  if (weight) ofWeight(name, weight, axes);
  const groups = sizeOf(given.groups);
  const channels = input?.at(-1 - axes);
  const own = weight?.[1];
  const taken = own === undefined || groups === undefined ? undefined : multiply(own, groups);
  biasFits(name, given.bias, weight?.[0]);
  if (groups === 0 || (typeof groups === "number" && groups < 0))
    refuse(`${name}/groups-positive`, `groups is ${printSize(groups)}.`, "Use at least 1 group.", {
      argument: "groups",
    });
  const args = {
    in_channels: taken,
    out_channels: weight?.[0],
    ...settings(given, weight),
  };
  return throughLayer(name, `Conv${axes}d`, args, input, OF_WEIGHT, {
    "in-channels": [
      `The weight ${printSizes(weight ?? [])} takes ${counted(taken, "channel")}, the input has ${printSize(channels)}.`,
      "Make the weight's second size the input's channels divided by groups.",
    ],
    "groups-divide-out-channels": [
      `The weight has ${counted(weight?.[0], "filter")}, which cannot be shared out evenly among ${counted(groups, "group")}.`,
      "Set groups to a number that divides them.",
    ],
  });
}

function transposed(name: string, axes: number, given: Operands): Shape | undefined {
  const weight = tensorShape(given.weight);
  const input = tensorShape(given.input);
  if (weight) ofWeight(name, weight, axes);
  const groups = sizeOf(given.groups);
  const own = weight?.[1];
  const filters = own === undefined || groups === undefined ? undefined : multiply(own, groups);
  biasFits(name, given.bias, filters);
  const args = {
    in_channels: weight?.[0],
    out_channels: filters,
    ...settings(given, weight),
    output_padding: layerValue(given.output_padding),
  };
  return throughLayer(name, `ConvTranspose${axes}d`, args, input, OF_WEIGHT, {
    "in-channels": [
      `The weight ${printSizes(weight ?? [])} takes ${counted(weight?.[0], "channel")}, the input has ${printSize(input?.at(-1 - axes))}.`,
      "Make the weight's first size the input's channels.",
    ],
  });
}

const SUMMARIES = [
  "Slides the filters of a weight over the input; each output channel is one filter's sum.",
  "Stamps the filters of a weight onto the output for every input cell.",
] as const;

const example = (axes: number, isTransposed: boolean): Operation["examples"] => [
  {
    call: `F.conv${isTransposed ? "_transpose" : ""}${axes}d(x, w)`,
    given: {
      input: tensor([2, 3, ...Array<number>(axes).fill(5)]),
      weight: tensor([...(isTransposed ? [3, 4] : [4, 3]), ...Array<number>(axes).fill(3)]),
      bias: null,
      stride: 1,
      padding: 0,
      output_padding: 0,
      groups: 1,
      dilation: 1,
    },
    gives: [2, 4, ...Array<number>(axes).fill(isTransposed ? 7 : 3)],
  },
];

/** Convolutions with a weight that is given. */
export const convolutions: readonly Operation[] = [1, 2, 3].flatMap((axes): Operation[] => [
  {
    name: `conv${axes}d`,
    summary: SUMMARIES[0],
    calls: ["F", "torch"].map(
      (from) => `${from}.conv${axes}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`,
    ),
    infer: (given) => tensor(convolved(`conv${axes}d`, axes, given)),
    examples: example(axes, false),
  },
  {
    name: `conv_transpose${axes}d`,
    summary: SUMMARIES[1],
    calls: ["F", "torch"].map(
      (from) =>
        `${from}.conv_transpose${axes}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`,
    ),
    infer: (given) => tensor(transposed(`conv_transpose${axes}d`, axes, given)),
    examples: example(axes, true),
  },
]);
