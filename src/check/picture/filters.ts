import { type Axis, slidingAxis } from "../../core/tensor/axis.js";
import { convolve, turned } from "../../core/tensor/convolution.js";
import { tensorBy } from "../../core/tensor/tensor.js";
import type { Filtering, FiltersPicture } from "../../protocol.js";
import { KERNEL_PRESETS } from "./presets.js";

/** The kernels that the panel offers for an image. */
export const filtersPicture = (): FiltersPicture => ({
  kind: "filters",
  heading: { key: "filters", title: "Filters", text: "", facts: [], formulas: [] },
  presets: Object.entries(KERNEL_PRESETS).map(([name, preset]) => ({ name, ...preset })),
});

/** What a kernel answers with at each pixel: an image of the same size. */
export function filtered({ width, pixels, rows, turned: isTurned }: Filtering): readonly number[] {
  const [tall, wide] = [rows.length, rows[0]?.length ?? 1];
  const height = pixels.length / width;
  const given = tensorBy([1, 1, tall, wide], (at) => rows[Math.floor(at / wide)]?.[at % wide] ?? 0);
  const weight = isTurned ? turned(given) : given;
  const axis = (size: number, kernel: number): Axis => {
    const before = Math.floor((kernel - 1) / 2);
    const after = kernel - 1 - before;
    return slidingAxis({ size, kernel, stride: 1, dilation: 1, before, after, mode: "zeros", ceil: false });
  };
  const input = tensorBy([1, height, width], (at) => pixels[at] ?? 0);
  return [...convolve(input, { weight, groups: 1 }, [axis(height, tall), axis(width, wide)]).data];
}
