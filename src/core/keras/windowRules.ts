import type { Rule } from "../layer/op.js";

/** A number that has to be at least 1; one that lists a number an axis is asked for each. */
export const positive = (argument: string, letter: string): Rule => ({
  code: `${argument.replaceAll("_", "-")}-positive`,
  when: `${letter} <= 0`,
  say: `${argument} is {${letter}}.`,
  advise: "Use 1 or more.",
  argument,
});

/** One value for each axis, where values are listed. */
export const oneValueAnAxis = (argument: string, axes: number): Rule => ({
  code: `${argument.replaceAll("_", "-")}-axes`,
  when: `len(${argument}) != ${axes}`,
  say: `${argument} lists {len(${argument})|value}; this layer has ${axes} ${axes === 1 ? "axis" : "axes"}.`,
  advise: axes === 1 ? "Give one number." : `Give one number, or ${axes}.`,
  argument,
});

/** Keras pads by a word. */
export const paddingWord = (allowsCausal: boolean): Rule => ({
  code: "padding",
  when: `P != 'valid' and P != 'same'${allowsCausal ? " and P != 'causal'" : ""}`,
  say: "padding is {P}.",
  advise: `Use ${allowsCausal ? "'valid', 'same' or 'causal'" : "'valid' or 'same'"}; a ZeroPadding layer pads by a number.`,
  argument: "padding",
});

/** Where the channels stand. */
export const dataFormat: Rule = {
  code: "data-format",
  when: "data_format != null and data_format != 'channels_last' and data_format != 'channels_first'",
  say: "data_format is {data_format}.",
  advise: "Use 'channels_last' or 'channels_first'.",
  argument: "data_format",
};

/** Keras has no kernels that stride over a dilated window. */
export const strideOrDilation: Rule = {
  code: "stride-and-dilation",
  when: "max(strides) > 1 and max(dilation_rate) > 1",
  say: "strides is {strides} and dilation_rate {dilation_rate}.",
  advise: "Leave one of the two at 1; Keras cannot do both at once.",
  argument: "dilation_rate",
};

/** The input's channels are shared out among the groups. */
export const groupsDivide: Rule = {
  code: "groups-divide-channels",
  when: "C % G != 0",
  say: "{C|input channel} cannot be shared out evenly among {G|group}.",
  advise: "Set groups to a number that divides the input's channels.",
  argument: "groups",
};

const LETTERS: Readonly<Record<string, string>> = {
  kernel_size: "K",
  pool_size: "K",
  strides: "S",
  dilation_rate: "D",
};

/** What every window refuses: `E` is its extent, its first argument the window's size. */
export const windowRules = (names: readonly string[], axes: number): readonly Rule[] => [
  ...names.map((name) => oneValueAnAxis(name, axes)),
  ...names.map((name) => positive(name, LETTERS[name] ?? name)),
  {
    code: "window-larger-than-input",
    when: "P == 'valid' and I < E",
    say: "The window covers {E}, the input is only {I} long.",
    advise: "Use a smaller window, padding='same' or a larger input.",
    argument: names[0] ?? "kernel_size",
  },
];
