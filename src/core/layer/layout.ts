import type { Bindings } from "../expr/evaluate.js";
import type { Op, Outputs, Shape } from "./op.js";

/** Whether a layer takes its channels last; undefined where the argument that says so is not known. */
export function isChannelsLast(op: Op, args: Bindings): boolean | undefined {
  if (op.layout === undefined) return false;
  // A layer that has no such argument takes its channels last.
  if (!Object.hasOwn(args, op.layout)) return true;
  const format = args[op.layout];
  return format === undefined ? undefined : format !== "channels_first";
}

/** Where the channels stand once they stand before the axes. */
const channelAt = (sizes: readonly unknown[], axes: number): number => sizes.length - 1 - axes;

/** Sizes with the channels last, with the channels before the axes. */
export function channelsFirst<T>(sizes: readonly T[], axes: number): readonly T[] {
  const at = channelAt(sizes, axes);
  return at < 1 ? sizes : [...sizes.slice(0, at), ...sizes.slice(-1), ...sizes.slice(at, -1)];
}

/** Sizes with the channels before the axes, with the channels last; what has no axes any more stays. */
export function channelsLast<T>(sizes: readonly T[], axes: number): readonly T[] {
  const at = channelAt(sizes, axes);
  return at < 1 ? sizes : [...sizes.slice(0, at), ...sizes.slice(at + 1), ...sizes.slice(at, at + 1)];
}

/** All shapes that a layer returns, with the channels last. */
export const outputsLast = (outputs: Outputs, axes: number): Outputs =>
  outputs.map((o) => (Array.isArray(o) ? channelsLast(o as Shape, axes) : o));
