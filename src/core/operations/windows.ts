import { add, divide, floor, subtract } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  axisOf,
  counted,
  isBelow,
  isList,
  kindOf,
  sizeOf,
  sum,
  tensorShape,
  unknownSizes,
  wholeOf,
} from "./operands.js";
import { type Operand, type Operation, refuse, tensor } from "./operation.js";
import { asMethod } from "./signatures.js";

/** Windows along a dimension: how many, and their length as a new last dimension. */
function windowed(shape: Shape | undefined, dimension: Operand, size: Operand, step: Operand): Shape | undefined {
  if (!shape) return undefined;
  const axis = axisOf(dimension, shape.length, "unfold/dim", "dimension");
  if (shape.length === 0) {
    if (isBelow(1, sizeOf(size)))
      refuse(
        "unfold/size",
        `The windows cover ${printSize(sizeOf(size))}, the tensor has 0 dimensions and one number.`,
        "Use a smaller window.",
        { argument: "size" },
      );
    return [sizeOf(size)];
  }
  if (axis === undefined) return unknownSizes(shape.length + 1);
  const [length, by, own] = [sizeOf(size), sizeOf(step), shape[axis]];
  if (isBelow(length, 0))
    refuse("unfold/size", `The size of the windows is ${printSize(length)}.`, "Use 0 or more.", { argument: "size" });
  if (isBelow(own, length))
    refuse(
      "unfold/size",
      `The windows cover ${printSize(length)}, dimension ${axis} of ${printSizes(shape)} has ${printSize(own)}.`,
      "Use a smaller window.",
      { argument: "size" },
    );
  if (isBelow(by, 1)) refuse("unfold/step", `The step is ${printSize(by)}.`, "Use 1 or more.", { argument: "step" });
  const steps =
    own === undefined || length === undefined || by === undefined ? undefined : divide(subtract(own, length), by);
  return [...shape.with(axis, steps === undefined ? undefined : add(floor(steps), 1)), length];
}

/** How many dimensions a mode other than constant pads: those behind the channels. */
function axesOfMode(mode: string, rank: number): readonly number[] {
  // Going round needs a batch, the others leave it open.
  return mode === "circular" ? [rank - 2] : [rank - 2, rank - 1];
}

/** A tensor with so much put before and behind each dimension, the last one first. */
function padded(shape: Shape | undefined, pad: Operand, mode: Operand): Shape | undefined {
  const sides = isList(pad) ? pad.map(sizeOf) : undefined;
  if (!sides || !shape) return undefined;
  if (sides.length % 2 !== 0)
    refuse(
      "pad/sides",
      `pad lists ${sides.length} numbers.`,
      "Give two for each dimension, the last dimension first.",
      { argument: "pad" },
    );
  const axes = sides.length / 2;
  const isConstant = mode === "constant";
  if (axes > shape.length)
    refuse(
      "pad/sides",
      `pad lists numbers for ${counted(axes, "dimension")}, ${printSizes(shape)} has ${shape.length}.`,
      "Give two for each dimension, the last dimension first.",
      { argument: "pad" },
    );
  if (typeof mode !== "string") return unknownSizes(shape.length);
  if (!isConstant && (axes > 3 || axes < 1 || !axesOfMode(mode, shape.length).includes(axes)))
    refuse(
      "pad/mode",
      `mode '${mode}' cannot pad ${axes} of the ${counted(shape.length, "dimension")} of ${printSizes(shape)}.`,
      "Only 'constant' pads any number of them; the others take 1, 2 or 3 behind the channels.",
      { argument: "mode" },
    );
  const result: Size[] = [...shape];
  for (let i = 0; i < axes; i++) {
    const at = shape.length - 1 - i;
    const [before, after, size] = [sides[2 * i], sides[2 * i + 1], shape[at]];
    for (const side of [before, after]) {
      const isTooMuch = mode === "reflect" ? isBelow(size, sum(side, 1)) : mode === "circular" && isBelow(size, side);
      if (isTooMuch)
        refuse(
          "pad/too-much",
          `mode '${mode}' puts ${printSize(side)} beside a dimension of ${printSize(size)}.`,
          mode === "reflect"
            ? "Reflecting needs padding below the size."
            : "Going round needs padding of no more than the size.",
          { argument: "pad" },
        );
    }
    const total = sum(sum(size, before), after);
    const cut = [before, after].filter((side) => isBelow(side, 0)).reduce<Size>(sum, size);
    if (
      isBelow(total, 0) ||
      (isConstant && isBelow(cut, 0)) ||
      (isBelow(total, 1) && isConstant && sides.some((s) => isBelow(0, s)))
    )
      refuse(
        "pad/negative",
        `pad takes away all of dimension ${at}, which has ${counted(size, "place")}.`,
        "Take away less.",
        {
          argument: "pad",
        },
      );
    result[at] = total;
  }
  const padded = result.slice(shape.length - axes);
  if (axes > 0 && (mode === "reflect" || mode === "replicate") && padded.every((d) => isBelow(d, 1)))
    refuse(
      "pad/negative",
      `pad leaves ${printSizes(padded)} of ${printSizes(shape.slice(shape.length - axes))}.`,
      "Take away less.",
      { argument: "pad" },
    );
  return result;
}

/** Windows along dimensions, and what is put around them. */
export const windows: readonly Operation[] = [
  {
    name: "unfold",
    summary: "Gives the windows along a dimension; their length becomes a new last dimension.",
    calls: [asMethod("unfold(input, dimension, size, step)")],
    infer: ({ input, dimension, size, step }) =>
      tensor(windowed(tensorShape(input), dimension, size, step), kindOf(input)),
    examples: [
      { call: "x.unfold(1, 3, 2)", given: { input: tensor([2, 8]), dimension: 1, size: 3, step: 2 }, gives: [2, 3, 3] },
    ],
  },
  {
    name: "pad",
    summary: "Puts numbers before and behind the last dimensions; pad lists two for each, the last dimension first.",
    calls: ["F.pad(input, pad, mode='constant', value=None)"],
    infer: ({ input, pad, mode }) => tensor(padded(tensorShape(input), pad, mode), kindOf(input)),
    examples: [
      { call: "F.pad(x, (1, 2))", given: { input: tensor([2, 3]), pad: [1, 2], mode: "constant" }, gives: [2, 6] },
    ],
  },
  {
    name: "channel_shuffle",
    summary: "Deals the channels of each group out in turn; the shape stays.",
    calls: ["F.channel_shuffle(input, groups)", "torch.channel_shuffle(input, groups)"],
    infer: ({ input, groups }) => {
      const [shape, count] = [tensorShape(input), wholeOf(groups)];
      const channels = shape?.[1];
      if (shape && shape.length < 3)
        refuse(
          "channel_shuffle/rank",
          `channel_shuffle takes at least 3 dimensions, ${printSizes(shape)} has ${shape.length}.`,
          "Give it a batch of images.",
        );
      if (count !== undefined && (count <= 0 || (typeof channels === "number" && channels % count !== 0)))
        refuse(
          "channel_shuffle/groups",
          `${counted(channels, "channel")} cannot be shared out evenly among ${counted(count, "group")}.`,
          "Set groups to a number that divides the channels.",
          { argument: "groups" },
        );
      return tensor(shape, kindOf(input));
    },
    examples: [
      { call: "F.channel_shuffle(x, 2)", given: { input: tensor([1, 4, 5, 5]), groups: 2 }, gives: [1, 4, 5, 5] },
    ],
  },
];
