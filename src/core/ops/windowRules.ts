import type { Mistake, Rule } from "../layer/op.js";

const positive = (argument: string, letter: string): Rule => ({
  code: `${argument.replace("_", "-")}-positive`,
  when: `${letter} <= 0`,
  say: `${argument} is {${letter}}.`,
  advise: "Use 1 or more.",
  argument,
  late: true,
});

/** Sizes of a window that cannot be: a stride of 0, a kernel of 0. */
export const kernelPositive = positive("kernel_size", "K");
export const stridePositive = positive("stride", "S");
export const dilationPositive = positive("dilation", "D");

/** Padding that would take away from the input. */
export const paddingNotNegative: Rule = {
  code: "padding-negative",
  when: "P != 'same' and P != 'valid' and P < 0",
  say: "padding is {P}.",
  advise: "Use 0 or more.",
  argument: "padding",
  late: true,
};

/** One value for each axis, where values are listed; PyTorch lets a list of one value stand for all but for a convolution's kernel. */
export const oneValueAnAxis = (argument: string, axes: number, allowsOne: boolean): Rule => ({
  code: `${argument.replace("_", "-")}-axes`,
  when: `len(${argument}) != ${axes}${allowsOne ? ` and len(${argument}) != 1` : ""}`,
  say: `${argument} lists {len(${argument})|value}; this layer has ${axes} ${axes === 1 ? "axis" : "axes"}.`,
  advise: axes === 1 ? "Give one number." : `Give one number, or ${axes}.`,
  argument,
  late: true,
});

/** The mistakes that people make with the receptive field behind a window. */
export const fieldMistakes: readonly Mistake[] = [
  { code: "M11", say: "only this layer's window counted: what the layers before see belongs to it", field: "E" },
  { code: "M11", say: "this window left out: it makes the field larger by (K − 1)·jump", field: "r" },
  {
    code: "M11",
    say: "the jump left out: behind a stride, the cells under a window lie that far apart",
    field: "r + E - 1",
  },
  { code: "M11", say: "doubled: the field grows by (K − 1)·jump, not by a factor", field: "2*r" },
  {
    code: "M11",
    say: "K counted where K − 1 belongs: the window's first cell is in the field already",
    field: "r + E*j",
  },
  {
    code: "M11",
    say: "this layer's own stride counted: only the next window's cells lie that far apart",
    field: "r + (E - 1)*j*S",
  },
];

/** The channels that come in and go out are shared out among the groups. */
export const groupRules: readonly Rule[] = [
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
    say: "{C|input channel} cannot be shared out evenly among {G|group}.",
    advise: "Set groups to a number that divides in_channels.",
    argument: "groups",
  },
  {
    code: "groups-divide-out-channels",
    when: "F % G != 0",
    say: "{F|output channel} cannot be shared out evenly among {G|group}.",
    advise: "Set groups to a number that divides out_channels.",
    argument: "groups",
  },
];

/** The input has as many channels as an argument says. */
export const channelsMatch = (argument: string, where = ""): Rule => ({
  code: argument.replace("_", "-"),
  when: `channels != C${where}`,
  say: `${argument} is {C}, the input has {channels|channel}.`,
  advise: `Set ${argument} to {channels}.`,
  argument,
  fix: "channels",
});
