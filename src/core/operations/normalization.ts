import { divide } from "../dims/dim.js";
import { productOf } from "../dims/product.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import { layerValue, throughLayer } from "./layerForms.js";
import { axisOf, counted, differ, isBelow, isTensor, kindOf, sizeOf, tensorShape } from "./operands.js";
import { type Operands, type Operation, refuse, tensor } from "./operation.js";

/** Tensors that have one number for each channel. */
function oneForEach(name: string, given: Operands, names: readonly string[], channels: Size): void {
  for (const argument of names) {
    const shape = tensorShape(given[argument]);
    if (shape && differ(productOf(shape), channels))
      refuse(
        `${name}/channels`,
        `${argument} has ${counted(productOf(shape), "number")}, the input has ${counted(channels, "channel")}.`,
        "Give it one for each channel.",
        { argument },
      );
  }
}

function atLeast(name: string, shape: Shape | undefined, least: number): void {
  if (shape && shape.length < least)
    refuse(
      `${name}/rank`,
      `${name} takes at least ${counted(least, "dimension")}, ${printSizes(shape)} has ${shape.length}.`,
      "Give it a batch with channels.",
    );
}

/** Normalizations whose sizes the input has. */
export const normalizations: readonly Operation[] = [
  {
    name: "layer_norm",
    summary: "Brings the last dimensions to mean 0 and variance 1; the shape stays.",
    calls: [
      "F.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5)",
      "torch.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5)",
    ],
    infer: ({ input, normalized_shape: sizes, weight, bias }) => {
      const whole = tensorShape(input);
      if (whole && Array.isArray(sizes) && sizes.length > whole.length)
        refuse(
          "layer_norm/normalized-shape",
          `normalized_shape lists ${counted(sizes.length, "size")}, the input has ${counted(whole.length, "dimension")}.`,
          "List the sizes of the last dimensions.",
          { argument: "normalized_shape" },
        );
      const shape = throughLayer(
        "layer_norm",
        "LayerNorm",
        { normalized_shape: layerValue(sizes), elementwise_affine: true, bias: true },
        tensorShape(input),
      );
      const wanted = Array.isArray(sizes) ? sizes.map((s) => (typeof s === "number" ? s : undefined)) : undefined;
      for (const [argument, v] of [
        ["weight", weight],
        ["bias", bias],
      ] as const) {
        const own = isTensor(v) ? v.shape : undefined;
        if (own && wanted && (own.length !== wanted.length || own.some((d, i) => differ(d, wanted[i]))))
          refuse(
            "layer_norm/weight",
            `${argument} is ${printSizes(own)}, normalized_shape is ${printSizes(wanted)}.`,
            "Make the two the same.",
            { argument },
          );
      }
      return tensor(shape, kindOf(input));
    },
    examples: [
      {
        call: "F.layer_norm(x, (3,))",
        given: { input: tensor([2, 3]), normalized_shape: [3], weight: null, bias: null },
        gives: [2, 3],
      },
    ],
  },
  {
    name: "group_norm",
    summary: "Brings each group of channels to mean 0 and variance 1; the shape stays.",
    calls: ["F.group_norm(input, num_groups, weight=None, bias=None, eps=1e-5)"],
    infer: (given) => {
      const shape = tensorShape(given.input);
      atLeast("group_norm", shape, 2);
      oneForEach("group_norm", given, ["weight", "bias"], shape?.[1]);
      if (isBelow(sizeOf(given.num_groups), 1))
        refuse("group_norm/groups", `num_groups is ${printSize(sizeOf(given.num_groups))}.`, "Use 1 or more.", {
          argument: "num_groups",
        });
      const each = shape && divide(productOf(shape) ?? 0, sizeOf(given.num_groups) ?? 1);
      if (each === 1)
        refuse(
          "group_norm/one-number",
          `${printSizes(shape ?? [])} has 1 number in each group.`,
          "Its mean and variance need at least 2.",
          { argument: "num_groups" },
        );
      for (const argument of ["weight", "bias"]) {
        const own = tensorShape(given[argument]);
        if (own && own.length !== 1)
          refuse(
            "group_norm/channels",
            `${argument} is ${printSizes(own)}.`,
            "Give it a row: one number for each channel.",
            { argument },
          );
      }
      return tensor(
        throughLayer(
          "group_norm",
          "GroupNorm",
          { num_groups: layerValue(given.num_groups), num_channels: shape?.[1], affine: true },
          shape,
        ),
        kindOf(given.input),
      );
    },
    examples: [
      {
        call: "F.group_norm(x, 2)",
        given: { input: tensor([2, 4, 5]), num_groups: 2, weight: null, bias: null },
        gives: [2, 4, 5],
      },
    ],
  },
  {
    name: "batch_norm",
    summary: "Brings each channel to mean 0 and variance 1 over the batch; the shape stays.",
    calls: [
      "F.batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5)",
    ],
    infer: (given) => {
      const shape = tensorShape(given.input);
      atLeast("batch_norm", shape, 2);
      oneForEach("batch_norm", given, ["running_mean", "running_var", "weight", "bias"], shape?.[1]);
      return tensor(shape, kindOf(given.input));
    },
    examples: [
      {
        call: "F.batch_norm(x, m, v)",
        given: {
          input: tensor([2, 3, 4]),
          running_mean: tensor([3]),
          running_var: tensor([3]),
          weight: null,
          bias: null,
        },
        gives: [2, 3, 4],
      },
    ],
  },
  {
    name: "instance_norm",
    summary: "Brings each channel of each sample to mean 0 and variance 1; the shape stays.",
    calls: [
      "F.instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5)",
    ],
    infer: (given) => {
      const shape = tensorShape(given.input);
      atLeast("instance_norm", shape, 3);
      const spatial = shape && productOf(shape.slice(2));
      if (given.use_input_stats === true && spatial === 1)
        refuse(
          "instance_norm/spatial",
          `${printSizes(shape ?? [])} has 1 number in each channel.`,
          "Its mean and variance need at least 2.",
          { argument: "input" },
        );
      oneForEach("instance_norm", given, ["running_mean", "running_var", "weight", "bias"], shape?.[1]);
      return tensor(shape, kindOf(given.input));
    },
    examples: [
      { call: "F.instance_norm(x)", given: { input: tensor([2, 3, 4]), weight: null, bias: null }, gives: [2, 3, 4] },
    ],
  },
  {
    name: "normalize",
    summary: "Divides vectors along a dimension by their length; the shape stays.",
    calls: ["F.normalize(input, p=2, dim=1, eps=1e-12)"],
    infer: ({ input, dim }) => {
      const shape = tensorShape(input);
      if (shape && !Array.isArray(dim)) axisOf(dim, shape.length, "normalize/dim");
      return tensor(shape, kindOf(input));
    },
    examples: [{ call: "F.normalize(x)", given: { input: tensor([2, 3]), dim: 1 }, gives: [2, 3] }],
  },
];
