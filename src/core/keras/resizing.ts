import { type Bindings, isDim } from "../expr/evaluate.js";
import type { Op, Shape, Size } from "../layer/op.js";
import { dataFormat, positive } from "./windowRules.js";

const sizeOf = (value: Bindings[string]): Size => (isDim(value) ? value : undefined);

/** The same images in another size; one image alone has no batch. */
function resized(input: Shape, args: Bindings): Shape | undefined {
  if (args.data_format === undefined) return undefined;
  const at = args.data_format === "channels_first" ? input.length - 2 : input.length - 3;
  return input.with(at, sizeOf(args.height)).with(at + 1, sizeOf(args.width));
}

const sized = (name: string, summary: string, more: string): Op => ({
  name,
  summary: `${summary}; it has nothing to learn.`,
  keras: `layers.${name}(height, width${more})`,
  axes: 0,
  letters: { h: "height", w: "width" },
  input: ["N?", "H", "W", "C"],
  output: resized,
  rules: [dataFormat, positive("height", "h"), positive("width", "w")],
  examples: [{ args: { height: 4, width: 5 }, input: [1, 9, 9, 3], output: [1, 4, 5, 3], params: 0 }],
});

/** layers.Resizing, layers.CenterCrop and layers.RandomCrop: images of a chosen size. */
export const resizing: readonly Op[] = [
  sized(
    "Resizing",
    "Makes images of the size asked for by interpolation",
    ", interpolation='bilinear', crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant', fill_value=0.0, antialias=False, data_format='channels_last'",
  ),
  sized("CenterCrop", "Cuts the middle out of images", ", data_format='channels_last'"),
  sized("RandomCrop", "Cuts a part out of images at random", ", seed=None, data_format='channels_last', name=None"),
];
