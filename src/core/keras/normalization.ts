import { productOf } from "../dims/product.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import type { Op, Rule, Shape, Size } from "../layer/op.js";

/** The size of the axes that an argument names, multiplied; undefined where which they are, or how large, is not known. */
export function sizeOfAxes(input: Shape, axis: Value | undefined): Size {
  if (axis === null) return 1;
  const axes = Array.isArray(axis) ? axis : [axis];
  const sizes = axes.map((at) => (typeof at === "number" ? input.at(at) : undefined));
  return productOf(sizes);
}

const named = (args: Bindings, input: Shape | undefined): Bindings => {
  const size = input && sizeOfAxes(input, args.axis);
  return size === undefined || !isDim(size) ? {} : { C: size };
};

/** An axis that the input has not. */
export const noSuchAxis: Rule = {
  code: "no-such-axis",
  when: "max(axis) >= rank or min(axis) < -rank",
  say: "axis is {axis}, the input has {rank|dimension}.",
  advise: "Count from 0 for the batch, or from the end with −1.",
  argument: "axis",
};

const AFFINE = "center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones'";
const REGULARIZED = "beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None";

/** A scale and a shift for each channel, where they are asked for. */
const SCALE_AND_SHIFT = "center and scale ? 2*C : (center or scale ? C : 0)";

const normalizing = (name: string, summary: string, args: string, more: Partial<Op> = {}): Op => ({
  name,
  summary,
  keras: `layers.${name}(${args})`,
  axes: 0,
  letters: {},
  derived: named,
  input: ["*"],
  output: ["*"],
  params: SCALE_AND_SHIFT,
  rules: [noSuchAxis],
  examples: [{ args: {}, input: [2, 4, 8], output: [2, 4, 8], params: 16 }],
  ...more,
});

/** layers.BatchNormalization, LayerNormalization, GroupNormalization, RMSNormalization and UnitNormalization. */
export const normalization: readonly Op[] = [
  normalizing(
    "BatchNormalization",
    "Brings each channel to mean 0 and variance 1 over the batch and all positions, then scales and shifts it.",
    `axis=-1, momentum=0.99, epsilon=0.001, ${AFFINE}, moving_mean_initializer='zeros', moving_variance_initializer='ones', ${REGULARIZED}, renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False`,
    {
      buffers: "renorm ? renorm_statistics : 2*C",
    },
  ),
  normalizing(
    "LayerNormalization",
    "Brings the chosen axes of each sample to mean 0 and variance 1, then scales and shifts each place.",
    `axis=-1, epsilon=0.001, ${AFFINE}, ${REGULARIZED}`,
  ),
  normalizing(
    "GroupNormalization",
    "Brings each group of channels to mean 0 and variance 1 within a sample, then scales and shifts each channel.",
    `groups=32, axis=-1, epsilon=0.001, ${AFFINE}, ${REGULARIZED}`,
    {
      rules: [
        noSuchAxis,
        {
          code: "groups-positive",
          when: "groups <= 0 and groups != -1",
          say: "groups is {groups}.",
          advise: "Use 1 or more, or −1 for one group a channel.",
          argument: "groups",
        },
        {
          code: "groups-divide-channels",
          when: "groups != -1 and C % groups != 0",
          say: "{C|channel} cannot be shared out evenly among {groups|group}.",
          advise: "Set groups to a number that divides the channels.",
          argument: "groups",
          late: true,
        },
      ],
      examples: [{ args: { groups: 4 }, input: [2, 4, 8], output: [2, 4, 8], params: 16 }],
    },
  ),
  normalizing(
    "RMSNormalization",
    "Divides the chosen axes of each sample by their root mean square, then scales each place.",
    "axis=-1, epsilon=0.000001",
    { params: "C", examples: [{ args: {}, input: [2, 4, 8], output: [2, 4, 8], params: 8 }] },
  ),
  normalizing(
    "Normalization",
    "Brings each feature to mean 0 and variance 1 by the data that it was adapted to; these are kept, and a count, and not trained.",
    "axis=-1, mean=None, variance=None, invert=False",
    {
      params: "0",
      // Statistics that are given are no weights: keras/src/layers/preprocessing/normalization.py.
      buffers: "mean == null ? 2*C + 1 : 0",
      examples: [{ args: {}, input: [2, 4, 8], output: [2, 4, 8], params: 0 }],
    },
  ),
  normalizing("UnitNormalization", "Divides the chosen axes by their length, so that it becomes 1.", "axis=-1", {
    params: "0",
    examples: [{ args: {}, input: [2, 4, 8], output: [2, 4, 8], params: 0 }],
  }),
];
