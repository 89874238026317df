import type { Op } from "../layer/op.js";

/** nn.PixelShuffle, nn.PixelUnshuffle and nn.ChannelShuffle. */
export const pixelShuffle: readonly Op[] = [
  {
    name: "PixelShuffle",
    summary:
      "Lays r·r channels out side by side, so that the picture grows r times in height and width; it has nothing to learn.",
    torch: "nn.PixelShuffle(upscale_factor)",
    functional: "F.pixel_shuffle(input, upscale_factor)",
    axes: 0,
    letters: { r: "upscale_factor" },
    input: ["*", "C", "H", "W"],
    output: ["*", "C/(r*r)", "H*r", "W*r"],
    rules: [
      {
        code: "factor-positive",
        when: "r <= 0",
        say: "upscale_factor is {r}.",
        advise: "Use 1 or more.",
        argument: "upscale_factor",
        late: true,
      },
      {
        code: "channels-divide",
        when: "C % (r*r) != 0",
        say: "The input has {C|channel}, no multiple of {r*r}, the square of upscale_factor.",
        advise: "Give it a number of channels that {r*r} divides.",
        argument: "upscale_factor",
      },
    ],
    examples: [{ args: { upscale_factor: 2 }, input: [1, 8, 3, 3], output: [1, 2, 6, 6], params: 0 }],
  },
  {
    name: "PixelUnshuffle",
    summary:
      "Puts each square of r·r pixels into channels, so that the picture shrinks r times in height and width; it has nothing to learn.",
    torch: "nn.PixelUnshuffle(downscale_factor)",
    functional: "F.pixel_unshuffle(input, downscale_factor)",
    axes: 0,
    letters: { r: "downscale_factor" },
    input: ["*", "C", "H", "W"],
    output: ["*", "C*r*r", "H/r", "W/r"],
    rules: [
      {
        code: "factor-positive",
        when: "r <= 0",
        say: "downscale_factor is {r}.",
        advise: "Use 1 or more.",
        argument: "downscale_factor",
        late: true,
      },
      {
        code: "size-divides",
        when: "H % r != 0 or W % r != 0",
        say: "The input is {H} high and {W} wide; downscale_factor {r} has to divide both.",
        advise: "Use another factor, or an input of other sizes.",
        argument: "downscale_factor",
      },
    ],
    examples: [{ args: { downscale_factor: 2 }, input: [1, 2, 6, 6], output: [1, 8, 3, 3], params: 0 }],
  },
  {
    name: "ChannelShuffle",
    summary: "Deals the channels of each group out in turn; it has nothing to learn.",
    torch: "nn.ChannelShuffle(groups)",
    axes: 0,
    letters: { G: "groups" },
    input: ["N", "C", "L", "*"],
    output: ["N", "C", "L", "*"],
    rules: [
      {
        code: "groups-divide-channels",
        when: "C % G != 0",
        say: "{C|channel} cannot be shared out evenly among {G|group}.",
        advise: "Set groups to a number that divides the channels.",
        argument: "groups",
      },
    ],
    examples: [{ args: { groups: 2 }, input: [1, 4, 5, 5], output: [1, 4, 5, 5], params: 0 }],
  },
];
