import type { WeightBlocks } from "../../protocol.js";
import type { Drawable } from "./layerCall.js";

/** What the weights of a layer are counted by, with its own numbers; `sample` is what is drawn of them. */
export function weightBlocks(
  { args }: Drawable,
  kernel: readonly number[],
  sample: WeightBlocks["sample"],
): WeightBlocks {
  const { out_channels = args.out_features, in_channels = args.in_features, groups = 1 } = args;
  return {
    filters: `${out_channels}`,
    channels: `${in_channels}`,
    groups: `${groups}`,
    each: Number(in_channels) / Number(groups),
    kernel,
    sample,
  };
}
