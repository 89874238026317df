import { equal } from "../../core/dims/compare.js";
import { type Dim, dimSymbol } from "../../core/dims/dim.js";
import { productOf } from "../../core/dims/product.js";
import type { Shape, Size } from "../../core/layer/op.js";

/** What flows between two rows for one sample: channels and spatial sizes; a row of features has no axes. Unknown sizes are undefined. */
export interface Volume {
  readonly channels: Size;
  readonly axes: readonly Size[];
}

/** A batch of any size, for showing. */
export const ANY_BATCH: Dim = dimSymbol("N");

/** The volume in PyTorch's order, with the batch in front. */
export const toShape = (v: Volume, batch: Dim = 1): Shape => [batch, v.channels, ...v.axes];

/** The volume that a shape in PyTorch's order, with its batch, holds. */
export const fromShape = (shape: Shape): Volume => ({ channels: shape[1], axes: shape.slice(2) });

/** The number of activations of one sample. */
export const countOf = (v: Volume): Size => productOf([v.channels, ...v.axes]);

/** The same numbers in one row. */
export const flattened = (v: Volume): Volume => (v.axes.length === 0 ? v : { channels: countOf(v), axes: [] });

/** Whether a volume is one number a channel. */
const isFlat = (v: Volume): boolean => v.axes.every((a) => a === 1);

/** Whether two volumes may be the same: unknown sizes fit any; 1×1×C is the same as C. */
export function agree(a: Volume, b: Volume): boolean {
  if (a.axes.length !== b.axes.length) {
    return isFlat(a) && isFlat(b) && sameSize(a.channels, b.channels);
  }
  return sameSize(a.channels, b.channels) && a.axes.every((size, i) => sameSize(size, b.axes[i]));
}

/** Whether two sizes may be the same. */
export const sameSize = (a: Size, b: Size): boolean => a === undefined || b === undefined || equal(a, b) !== false;

/** Whether nothing of a volume is unknown. */
export const isKnown = (v: Volume): boolean => v.channels !== undefined && v.axes.every((a) => a !== undefined);

/** The first volume with its unknown sizes taken from the second. */
export function fillIn(a: Volume, b: Volume): Volume {
  if (a.axes.length !== b.axes.length) return a;
  return { channels: a.channels ?? b.channels, axes: a.axes.map((size, i) => size ?? b.axes[i]) };
}

/** A text that is the same for the same volume. */
export const volumeKey = (v: Volume | undefined): string =>
  v ? [v.channels, ...v.axes].map((s) => (s === undefined ? "?" : String(s))).join("x") : "none";
