import { AXES, everyAxis, type Op } from "./op.js";

/** Convolution over one, two or three axes. */
const convolution = (axes: 1 | 2 | 3): Op => ({
  name: `Conv${axes}d`,
  summary:
    "Slides filters over the input; each output channel is one filter's weighted sum over all its input channels, plus a bias.",
  torch: `nn.Conv${axes}d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros')`,
  axes,
  letters: {
    C: "in_channels",
    F: "out_channels",
    K: "kernel_size",
    S: "stride",
    P: "padding",
    D: "dilation",
    G: "groups",
  },
  perAxis: ["K", "S", "P", "D"],
  quiet: ["D", "G", "bias"],
  input: ["N?", "channels", ...(AXES[axes] ?? [])],
  lets: {
    E: "D*(K - 1) + 1",
    T: "P == 'same' ? E - 1 : P == 'valid' ? 0 : 2*P",
  },
  output: ["N?", "F", ...everyAxis(axes, "P == 'same' ? I : floor((I + T - E)/S) + 1")],
  params: "F*(prod(K)*C/G + bias)",
  macs: "prod(O)*F*prod(K)*C/G",
  field: { kernel: "E", step: "S" },
  rules: [
    {
      code: "groups-positive",
      when: "G <= 0",
      say: "groups is {G}.",
      advise: "Use at least 1 group.",
      argument: "groups",
    },
    {
      code: "groups-divide-in-channels",
      when: "C % G != 0",
      say: "{C} input channels cannot be shared out evenly among {G} groups.",
      advise: "Choose groups that divides in_channels.",
      argument: "groups",
    },
    {
      code: "groups-divide-out-channels",
      when: "F % G != 0",
      say: "{F} output channels cannot be shared out evenly among {G} groups.",
      advise: "Choose groups that divides out_channels.",
      argument: "groups",
    },
    {
      code: "same-needs-stride-1",
      when: "padding == 'same' and S != 1",
      say: "padding='same' keeps the size only at stride 1; the stride is {S}.",
      advise: "Write the padding as a number.",
      argument: "padding",
    },
    {
      code: "stride-positive",
      when: "S <= 0",
      say: "The stride is {S}.",
      advise: "A window has to move by at least 1.",
      argument: "stride",
    },
    {
      code: "in-channels",
      when: "channels != C",
      say: "in_channels is {C}, the input has {channels} channels.",
      advise: "Set in_channels to {channels}.",
      argument: "in_channels",
      fix: "channels",
    },
    {
      code: "reflect-padding",
      when: "padding_mode == 'reflect' and ceil(T/2) >= I",
      say: "Reflecting needs padding below the input's size; the padding is {ceil(T/2)} and the input is {I} long.",
      advise: "Use less padding or another padding_mode.",
      argument: "padding",
    },
    {
      code: "circular-padding",
      when: "padding_mode == 'circular' and ceil(T/2) > I",
      say: "Circular padding cannot go round more than once; the padding is {ceil(T/2)} and the input is {I} long.",
      advise: "Use less padding or another padding_mode.",
      argument: "padding",
    },
    {
      code: "kernel-larger-than-input",
      when: "I + T < E",
      say: "The kernel covers {E}, the padded input is only {I + T} long.",
      advise: "Use a smaller kernel, more padding or a larger input.",
      argument: "kernel_size",
    },
  ],
  mistakes: [
    {
      code: "M1",
      say: "input channels forgotten: each filter has a kernel for every input channel",
      params: "F*(prod(K) + bias)",
    },
    {
      code: "M1",
      say: "one output map for each pair of input and filter; a filter adds its input channels up into one map",
      channels: "C*F",
    },
    { code: "M2", say: "bias forgotten", params: "F*prod(K)*C/G" },
    { code: "M2", say: "bias forgotten and input channels forgotten", params: "F*prod(K)" },
    { code: "M2", say: "output channels used where the input channels belong", params: "F*(prod(K)*F + 1)" },
    {
      code: "M2",
      say: "output channels used where the input channels belong, and bias forgotten",
      params: "F*prod(K)*F",
    },
    { code: "M2", say: "one bias for the whole layer; there is one for each filter", params: "F*prod(K)*C/G + 1" },
    {
      code: "M2",
      say: "the image's size has no part in the count: the same filter is used everywhere",
      params: "prod(O)*F*(prod(K)*C/G + 1)",
    },
    {
      code: "M2",
      say: "the image's size has no part in the count: the same filter is used everywhere",
      params: "prod(O)*F*prod(K)*C/G",
    },
    { code: "M3", say: "rounded up where the framework rounds down", axis: "ceil((I + T - E)/S) + 1" },
    { code: "M3", say: "the + 1 forgotten: the first window counts too", axis: "floor((I + T - E)/S)" },
    { code: "M3", say: "stride ignored", axis: "I + T - E + 1" },
    { code: "M4", say: "padding ignored", axis: "floor((I - E)/S) + 1" },
    { code: "M4", say: "padding counted on one side only", axis: "floor((I + T/2 - E)/S) + 1" },
    { code: "M4", say: "the size kept; with this kernel, stride and padding it changes", axis: "I" },
  ],
  scene: "window",
  examples: [
    {
      args: { in_channels: 3, out_channels: 8, kernel_size: 3, stride: 2, padding: 1 },
      input: [1, 3, ...Array<number>(axes).fill(9)],
      output: [1, 8, ...Array<number>(axes).fill(5)],
      params: 8 * (3 ** axes * 3 + 1),
    },
  ],
});

/** nn.Conv1d, nn.Conv2d and nn.Conv3d. */
export const conv: readonly Op[] = [convolution(1), convolution(2), convolution(3)];
