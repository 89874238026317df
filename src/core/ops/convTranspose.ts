import type { Bindings } from "../expr/evaluate.js";
import { AXES, everyAxis, type Op } from "../layer/op.js";
import {
  channelsMatch,
  dilationPositive,
  groupRules,
  kernelPositive,
  oneValueAnAxis,
  paddingNotNegative,
  stridePositive,
} from "./windowRules.js";

/** Transposed convolution over one, two or three axes. */
const transposed = (axes: 1 | 2 | 3): Op => ({
  name: `ConvTranspose${axes}d`,
  summary:
    "Stamps a filter onto the output for every input cell, a stride apart, and adds what overlaps: the way back of a convolution's shape.",
  torch: `nn.ConvTranspose${axes}d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros')`,
  forward: "forward(input, output_size=None)",
  axes,
  letters: {
    C: "in_channels",
    F: "out_channels",
    K: "kernel_size",
    S: "stride",
    P: "padding",
    R: "output_padding",
    D: "dilation",
    Y: "output_size",
    G: "groups",
  },
  perAxis: ["K", "S", "P", "R", "D", "Y"],
  quiet: ["D", "G", "R", "bias"],
  derived: ({ output_size: wanted }, input): Bindings => {
    if (!Array.isArray(wanted) || wanted.length === axes) return {};
    // A whole shape is taken for the sizes of its axes, whatever else it says.
    return { Y: wanted.length === input?.length ? wanted.slice(-axes) : Array(axes).fill(undefined) };
  },
  input: ["N?", "channels", ...(AXES[axes] ?? [])],
  output: ["N?", "F", ...everyAxis(axes, "Y == null ? (I - 1)*S - 2*P + (D*(K - 1) + 1) + R : Y")],
  params: "C*F/G*prod(K) + (bias ? F : 0)",
  macs: "prod(I)*C*F/G*prod(K)",
  rules: [
    ...groupRules,
    {
      code: "padding-mode",
      when: "padding_mode != 'zeros'",
      say: "A transposed convolution cannot pad with {padding_mode}.",
      advise: "Leave padding_mode at 'zeros'.",
      argument: "padding_mode",
    },
    ...["kernel_size", "stride", "padding", "output_padding", "dilation"].map((name) =>
      oneValueAnAxis(name, axes, name !== "kernel_size"),
    ),
    kernelPositive,
    stridePositive,
    dilationPositive,
    paddingNotNegative,
    channelsMatch("in_channels"),
    {
      code: "output-padding",
      when: "R >= S and R >= D",
      say: "output_padding is {R}; it only chooses among the sizes that stride {S} leaves open.",
      advise: "Use less than the stride or the dilation.",
      argument: "output_padding",
      late: true,
    },
    {
      code: "output-too-small",
      when: "(I - 1)*S - 2*P + (D*(K - 1) + 1) + R < 1",
      say: "The padding {P} takes away all of the output: its size would be {(I - 1)*S - 2*P + (D*(K - 1) + 1) + R}.",
      advise: "Use less padding or a larger kernel.",
      argument: "padding",
    },
  ],
  mistakes: [
    { code: "M2", say: "bias forgotten", params: "C*F/G*prod(K)" },
    {
      code: "M2",
      say: "one bias for each input channel; there is one for each output channel",
      params: "C*F/G*prod(K) + C",
    },
    { code: "M1", say: "input channels forgotten", params: "F*(prod(K) + 1)" },
    {
      code: "M13",
      say: "taken for the convolution that it goes back through: a transposed convolution makes the size larger",
      axis: "floor((I + 2*P - D*(K - 1) - 1)/S) + 1",
    },
    { code: "M13", say: "only multiplied by the stride: the kernel and the padding count too", axis: "I*S" },
    { code: "M13", say: "output_padding left out", axis: "(I - 1)*S - 2*P + D*(K - 1) + 1" },
    {
      code: "M13",
      say: "padding added: here it takes away from the output",
      axis: "(I - 1)*S + 2*P + D*(K - 1) + 1 + R",
    },
    { code: "M13", say: "padding ignored", axis: "(I - 1)*S + D*(K - 1) + 1 + R" },
    {
      code: "M13",
      say: "I taken for I − 1: there is one step less than there are input cells",
      axis: "I*S - 2*P + D*(K - 1) + 1 + R",
    },
  ],
  examples: [
    {
      args: { in_channels: 4, out_channels: 6, kernel_size: 3, stride: 2, output_padding: 1 },
      input: [1, 4, ...Array<number>(axes).fill(5)],
      output: [1, 6, ...Array<number>(axes).fill(12)],
      params: 4 * 6 * 3 ** axes + 6,
    },
  ],
});

/** nn.ConvTranspose1d, nn.ConvTranspose2d and nn.ConvTranspose3d. */
export const convTranspose: readonly Op[] = [transposed(1), transposed(2), transposed(3)];
