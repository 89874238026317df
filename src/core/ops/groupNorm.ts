import type { Op } from "../layer/op.js";

/** nn.GroupNorm. */
export const groupNorm: readonly Op[] = [
  {
    name: "GroupNorm",
    summary:
      "Brings each group of channels to mean 0 and variance 1 within a sample, then scales and shifts each channel.",
    torch: "nn.GroupNorm(num_groups, num_channels, eps=0.00001, affine=True)",
    axes: 0,
    letters: { G: "num_groups", C: "num_channels" },
    input: ["N", "channels", "*"],
    output: ["N", "channels", "*"],
    params: "affine ? 2*C : 0",
    rules: [
      {
        code: "groups-divide-channels",
        when: "C % G != 0",
        say: "{C|channel} cannot be shared out evenly among {G|group}.",
        advise: "Set num_groups to a number that divides num_channels.",
        argument: "num_groups",
      },
      {
        code: "num-channels",
        when: "channels != C and (affine or channels % G != 0)",
        say: "num_channels is {C}, the input has {channels|channel}.",
        advise: "Set num_channels to {channels}.",
        argument: "num_channels",
        fix: "channels",
      },
    ],
    mistakes: [{ code: "M2", say: "only one of scale and shift counted", params: "C" }],
    examples: [{ args: { num_groups: 2, num_channels: 8 }, input: [2, 8, 4, 4], output: [2, 8, 4, 4], params: 16 }],
  },
];
