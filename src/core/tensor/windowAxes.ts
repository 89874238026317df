import { Unfit } from "./arguments.js";
import { type Axis, extent, slideLength } from "./axis.js";
import type { PowerPooling } from "./powerPooling.js";
import { countReads } from "./reads.js";
import { checkAmount } from "./shapes.js";
import { type TransposedConvolution, transposedAxes, transposedSizes } from "./transposedConvolution.js";
import { axesOf, type WindowLayer } from "./windowLayer.js";

/** The axes of a layer over an input of these sizes, once it is known that its windows fit and are not too many. */
export function windowAxes(
  layer: WindowLayer | TransposedConvolution | PowerPooling,
  sizes: readonly number[],
): readonly Axis[] {
  const back = "outputPadding" in layer ? layer : undefined;
  const lengths = "lengths" in layer ? layer.lengths : undefined;
  (back ? transposedSizes(back, sizes) : sizes).forEach((size, axis) => {
    const cells = sizes[axis] as number;
    const slide = layer.slides[axis];
    if (!slide) {
      checkAmount("places along an axis", cells + 2 * (lengths?.[axis] ?? cells));
      return;
    }
    const { before, after, mode, kernel, dilation } = slide;
    if (back && size < 1) throw new Unfit(`The padding ${before} takes away all of the output; use less.`);
    const widest = Math.max(before, after);
    if ((mode === "reflect" && widest >= size) || (mode === "circular" && widest > size)) {
      throw new Unfit(`The input is ${size} long, too short for ${mode} padding of ${widest}; use less padding.`);
    }
    const length = back ? cells : slideLength({ ...slide, size });
    if (length < 1) {
      const [reach, room] = [extent(kernel, dilation), size + before + after];
      throw new Unfit(
        `The window covers ${reach}, the input with its padding is only ${room} long; use a smaller window.`,
      );
    }
    checkAmount("places along an axis", length * kernel + before + after + size);
  });
  const axes = back ? transposedAxes(back, sizes) : axesOf({ slides: layer.slides, lengths }, sizes);
  checkAmount("numbers under windows", countReads(axes));
  return axes;
}
