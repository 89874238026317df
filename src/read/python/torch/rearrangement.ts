import { same } from "../../../core/dims/compare.js";
import type { Dim } from "../../../core/dims/dim.js";
import { productOf } from "../../../core/dims/product.js";
import { isDim } from "../../../core/expr/evaluate.js";
import type { Refusal } from "../../../core/layer/apply.js";
import type { Op, Shape } from "../../../core/layer/op.js";
import type { LayerValue } from "../values.js";

/** An input's numbers in another arrangement, and how they come into it. */
export interface Rearrangement {
  readonly shape: Shape;
  readonly advise: string;
}

/**
 * The arrangement of an input in which it fits a layer whose own numbers may be right: laid out in a row, channels brought forward, or with a channel.
 * What a layer with windows has made has its channels in front already.
 */
export function rearrangement(
  op: Op,
  args: LayerValue["args"],
  input: Shape,
  { argument }: Refusal,
  behind: Op | undefined,
): Rearrangement | undefined {
  const asked = argument === undefined ? undefined : args[argument];
  if (!isDim(asked)) return undefined;
  const names = op.input.map((name) => name.replace("?", ""));
  if (names.join() === "*,features") return laidOut(input, asked);
  return op.axes > 0 && !(behind && behind.axes > 0) && names.includes("channels")
    ? withChannels(op.axes, input, asked)
    : undefined;
}

const isSize = (size: Dim | undefined, asked: Dim): boolean => size !== undefined && same(size, asked);

/** All but the first dimensions as one. */
function laidOut(input: Shape, asked: Dim): Rearrangement | undefined {
  for (let first = 1; first < input.length - 1; first++) {
    const product = productOf(input.slice(first));
    if (product === undefined || !same(product, asked)) continue;
    const how = first === 1 ? "nn.Flatten() or x.flatten(1)" : `x.flatten(${first})`;
    const shape = [...input.slice(0, first), asked];
    return {
      shape,
      advise: `All dimensions of a sample together are that many: lay them out in a row first, with ${how}.`,
    };
  }
  return undefined;
}

/** Channels that stand last, or the one channel that is left out. */
function withChannels(axes: number, input: Shape, asked: Dim): Rearrangement | undefined {
  const leading = input.length - axes - 1;
  const sides = input.slice(leading, -1);
  // An image is as high as it is wide, and has another number of channels.
  const isImage = axes < 2 || sides.every((side) => side !== undefined && isSize(sides[0], side) && !same(side, asked));
  if ((leading === 0 || leading === 1) && isSize(input.at(-1), asked) && isImage) {
    const order = input.map((_, i) => i);
    const moved = [...order.slice(0, leading), input.length - 1, ...order.slice(leading, -1)];
    return {
      shape: moved.map((i) => input[i]),
      advise: `The channels stand last here: bring them forward, with x.permute(${moved.join(", ")}).`,
    };
  }
  if (leading !== 0 || asked !== 1) return undefined;
  const [batch, ...rest] = input;
  return { shape: [batch, 1, ...rest], advise: "The channel is left out here: put it in, with x.unsqueeze(1)." };
}
