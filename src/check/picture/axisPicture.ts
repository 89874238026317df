import { type Axis, extent, type Slide, sourceAt } from "../../core/tensor/axis.js";
import type { AxisPicture } from "../../protocol.js";

/** The one row of a 1-D layer. */
export const single: AxisPicture = {
  size: 1,
  before: 0,
  after: 0,
  beyond: 0,
  kernel: 1,
  stride: 1,
  dilation: 1,
  seen: [0],
  reach: [[0, 0]],
  windows: [[{ tap: 0, at: 0 }]],
};

/** A window's way along an axis, with where it reaches past the padding. */
export function axisPicture(axis: Axis, slide: Omit<Slide, "size"> | undefined): AxisPicture {
  const reach = axis.windows.map((taps, out): readonly [number, number] => {
    if (!slide) return [taps[0]?.at ?? 0, taps.at(-1)?.at ?? 0];
    const first = out * slide.stride - slide.before;
    return [first, first + extent(slide.kernel, slide.dilation) - 1];
  });
  const end = axis.size + axis.after;
  const positions = Array.from({ length: axis.before + end }, (_, index) => index - axis.before);
  return {
    size: axis.size,
    before: axis.before,
    after: axis.after,
    beyond: Math.max(0, ...reach.map(([, last]) => last + 1 - end)),
    kernel: axis.kernel,
    ...(slide && { stride: slide.stride, dilation: slide.dilation }),
    seen: positions.map((at) => sourceAt(at, axis.size, slide?.mode ?? "zeros")),
    reach,
    windows: axis.windows.map((taps) => taps.map(({ tap, at }) => ({ tap, at }))),
  };
}
