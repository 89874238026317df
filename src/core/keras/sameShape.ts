import type { Op, Rule } from "../layer/op.js";

/** A layer that keeps its input's shape and learns nothing. */
const keeping = (
  name: string,
  summary: string,
  args: string,
  input: readonly string[] = ["*"],
  rules: readonly Rule[] = [],
): Op => ({
  name,
  summary,
  keras: `layers.${name}(${args})`,
  axes: 0,
  letters: {},
  input,
  output: input,
  rules,
  examples: [],
});

const activation = (name: string, formula: string, args: string): Op =>
  keeping(name, `Replaces each x by ${formula}; the shape stays.`, args);

const probability: Rule = {
  code: "rate",
  when: "rate < 0 or rate > 1",
  say: "rate is {rate}.",
  advise: "Give the part of the numbers to drop, between 0 and 1.",
  argument: "rate",
};

const dropping = (name: string, what: string, args: string, input?: readonly string[]): Op =>
  keeping(name, `${what} at random while training; it has nothing to learn.`, args, input, [probability]);

const deviation: Rule = {
  code: "stddev",
  when: "stddev < 0 or stddev > 1",
  say: "stddev is {stddev}.",
  advise: "Keras takes a standard deviation between 0 and 1.",
  argument: "stddev",
};

/** Augmentation works on images as they are, one or a batch. */
const augmenting = (name: string, what: string, args: string): Op =>
  keeping(name, `${what} at random while training; it has nothing to learn.`, args);

const FILL = "fill_mode='reflect', interpolation='bilinear', seed=None, fill_value=0.0, data_format=None";

/** The layers that change numbers and no shape: activations, dropout, noise, scaling and augmentation. */
export const sameShape: readonly Op[] = [
  activation("Activation", "the function that its name says", "activation"),
  activation("ReLU", "max(0, x)", "max_value=None, negative_slope=0.0, threshold=0.0"),
  activation("LeakyReLU", "x where it is positive, else a·x", "negative_slope=0.3, alpha=None"),
  activation("ELU", "x where it is positive, else α(eˣ − 1)", "alpha=1.0"),
  activation("Softmax", "eˣ over the sum of eˣ along one axis", "axis=-1"),
  dropping("Dropout", "Sets single numbers to 0", "rate, noise_shape=None, seed=None"),
  dropping(
    "AlphaDropout",
    "Sets single numbers to a value that keeps mean and variance",
    "rate, noise_shape=None, seed=None",
  ),
  dropping("GaussianDropout", "Multiplies by normal noise around 1", "rate, seed=None"),
  dropping("SpatialDropout1D", "Sets whole channels to 0", "rate, seed=None, name=None, dtype=None", ["N", "L", "C"]),
  dropping("SpatialDropout2D", "Sets whole channels to 0", "rate, data_format=None, seed=None, name=None, dtype=None", [
    "N",
    "H",
    "W",
    "C",
  ]),
  dropping("SpatialDropout3D", "Sets whole channels to 0", "rate, data_format=None, seed=None, name=None, dtype=None", [
    "N",
    "Z",
    "H",
    "W",
    "C",
  ]),
  keeping(
    "GaussianNoise",
    "Adds normal noise while training; it has nothing to learn.",
    "stddev, seed=None",
    ["*"],
    [deviation],
  ),
  keeping(
    "ActivityRegularization",
    "Adds a cost for large activations to the loss; the numbers stay.",
    "l1=0.0, l2=0.0",
  ),
  keeping("Masking", "Marks the steps that are all the same value, so that later layers skip them.", "mask_value=0.0"),
  keeping("Identity", "Hands its input through.", ""),
  keeping(
    "InputLayer",
    "Where a model's input comes in.",
    "shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, input_tensor=None, optional=False, name=None",
  ),
  keeping("Rescaling", "Multiplies by a scale and adds an offset; it has nothing to learn.", "scale, offset=0.0"),
  augmenting("RandomFlip", "Mirrors images", "mode='horizontal_and_vertical', seed=None, data_format=None"),
  augmenting("RandomRotation", "Rotates images", `factor, ${FILL}`),
  augmenting("RandomZoom", "Zooms images", `height_factor, width_factor=None, ${FILL}`),
  augmenting("RandomTranslation", "Shifts images", `height_factor, width_factor, ${FILL}`),
  augmenting("RandomContrast", "Changes the contrast of images", "factor, value_range=(0, 255), seed=None"),
  augmenting("RandomBrightness", "Changes the brightness of images", "factor, value_range=(0, 255), seed=None"),
];
