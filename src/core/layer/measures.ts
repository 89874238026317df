import { type Dim, dimSymbol, divide, multiply } from "../dims/dim.js";
import { productOf } from "../dims/product.js";
import type { Applied } from "./apply.js";
import type { Shape, Size } from "./op.js";

/** Floating-point operations: two for each multiply-add, a product and a sum; bias, activations and norms are not counted. */
export const flopsOf = ({ macs }: Applied): Size => (macs === undefined ? undefined : multiply(2, macs));

/** Bytes of a number as networks keep them unless they are told otherwise (float32). */
const BYTES = 4;

/** Bytes of a tensor's numbers; `perSample` where the batch is the letter N, whatever that is. */
export function memoryOf(shape: Shape): { readonly bytes: Dim; readonly perSample: boolean } | undefined {
  const count = productOf(shape);
  if (typeof count === "number") return { bytes: count * BYTES, perSample: false };
  const one = count === undefined ? undefined : divide(count, dimSymbol("N"));
  return typeof one === "number" ? { bytes: one * BYTES, perSample: true } : undefined;
}
