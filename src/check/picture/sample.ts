import { extent } from "../../core/tensor/axis.js";
import { transposedSizes } from "../../core/tensor/transposedConvolution.js";
import type { DrawnLayer } from "./drawnLayer.js";

/** The layer on an input small enough to be read, with its own windows. */
export interface Sample {
  readonly layer: DrawnLayer;
  readonly sizes: readonly number[];
  readonly channels: number;
}

/** A size as the file knows it; undefined where it is a symbol. */
export type Size = number | undefined;

/** Positions along an axis: up to `whole` the input is drawn as it is, a shorter one takes `comfortable` ones, and a long
 * kernel may need `most`. */
const room = {
  1: { whole: 16, comfortable: 12, most: 40, windows: 4 },
  2: { whole: 10, comfortable: 8, most: 23, windows: 3 },
  3: { whole: 6, comfortable: 5, most: 12, windows: 2 },
} as const;

/** A sample of a layer, or undefined when even three windows need more places than can be read. */
export function sampleOf(layer: DrawnLayer, sizes: readonly Size[], channels: Size): Sample | undefined {
  const { rank } = layer;
  if (layer.outputPadding) return transposedSample(layer, sizes);
  const lengths: (number | null)[] = [];
  const drawn: number[] = [];
  for (const [axis, size] of sizes.entries()) {
    const slide = layer.slides[axis];
    if (slide) {
      const length = slidingSize(slide, size, rank);
      if (length === undefined) return undefined;
      drawn.push(length);
    } else {
      const [length, windows] = adaptiveSize(size, layer.lengths?.[axis] ?? null, rank);
      drawn.push(length);
      lengths.push(windows);
    }
  }
  const small = { ...layer, ...(layer.lengths && { lengths }) };
  if (layer.operation !== "convolution") return { layer: small, sizes: drawn, channels: Math.min(channels ?? 1, 3) };
  return { layer: { ...small, ...fewerChannels(layer) }, sizes: drawn, channels: fewerChannels(layer).channels };
}

/** Inputs of a transposed layer, shorter until what they put together can be read. */
function transposedSample(layer: DrawnLayer, sizes: readonly Size[]): Sample | undefined {
  const { whole, most } = room[layer.rank];
  const back = { ...layer, outputPadding: layer.outputPadding ?? [], channels: 1, filters: 1 };
  const outputs = (length: number): number[] =>
    transposedSizes(
      back,
      sizes.map(() => length),
    );
  const drawn = sizes.map((size, axis) => {
    for (let length = Math.min(size ?? 3, whole); length > 0; length--) {
      const output = outputs(length)[axis] as number;
      if (output >= 1 && output <= (length > 2 ? whole - 1 : most)) return length;
    }
    return undefined;
  });
  if (drawn.includes(undefined)) return undefined;
  const few = fewerChannels(layer);
  return { layer: { ...layer, ...few }, sizes: drawn as number[], channels: few.channels };
}

/** The layer on its own sizes, where that is not too much to draw; undefined where a size is not known. */
export function realSample(
  layer: DrawnLayer,
  sizes: readonly Size[],
  channels: Size,
): Sample | "too large" | undefined {
  if (sizes.includes(undefined) || channels === undefined) return undefined;
  const own = sizes as readonly number[];
  const few = layer.operation === "convolution" ? fewerChannels(layer) : { channels: Math.min(channels, 3) };
  const cells = own.reduce((a, b) => a * b, few.channels);
  const taps = layer.slides.reduce((a, { kernel }) => a * kernel, 1);
  if (Math.max(...own) > MOST_REAL || cells * taps > MOST_PRODUCTS) return "too large";
  return { layer: { ...layer, ...few }, sizes: own, channels: few.channels };
}

/** Numbers along an axis, and products of a channel, up to which a layer is drawn in its own size. */
const MOST_REAL = 256;
const MOST_PRODUCTS = 8_000_000;

/** The longest input within the room that leaves the same rest at the border as the real one: shorter by whole strides. */
function slidingSize(slide: DrawnLayer["slides"][number], size: Size, rank: 1 | 2 | 3): number | undefined {
  const { whole, comfortable, most, windows } = room[rank];
  const padding = slide.before + slide.after;
  const reach = extent(slide.kernel, slide.dilation);
  if (size !== undefined && size + padding <= whole) return size;
  const rest = (size ?? reach - padding) - (reach - padding);
  const places = reach + (((rest % slide.stride) + slide.stride) % slide.stride);
  const fitting = [windows, 2, 1].map((count) => places + (count - 1) * slide.stride).find((length) => length <= most);
  if (fitting === undefined) return undefined;
  let length =
    places - padding + Math.max(0, Math.floor((Math.max(comfortable, fitting) - places) / slide.stride)) * slide.stride;
  const least =
    slide.mode === "reflect"
      ? Math.max(slide.before, slide.after) + 1
      : Math.max(1, slide.mode === "circular" ? slide.before : 1);
  while (length < least) length += slide.stride;
  return size === undefined || length < size ? length : size;
}

function adaptiveSize(size: Size, length: number | null, rank: 1 | 2 | 3): [number, number | null] {
  const { whole, windows } = room[rank];
  if (length === null) return [Math.min(size ?? 5, whole), null];
  if (size !== undefined && size <= whole && length <= whole) return [size, length];
  if (length === 1) return [rank === 1 ? 6 : 4, 1];
  // Twice as many and one more, as far as there is room: windows that differ in length.
  if (size === undefined && length < whole - 1) return [Math.min(2 * length + 1, whole - 1), length];
  const fewer = Math.min(length, windows);
  const ratio = size === undefined ? 2.5 : size / length;
  if (Number.isInteger(ratio)) return [fewer * Math.min(ratio, 3), fewer];
  return [Math.max(1, fewer * Math.min(Math.floor(ratio), 2) + 1), fewer];
}

function fewerChannels(layer: DrawnLayer): { channels: number; filters: number; groups: number } {
  const groups = Math.min(layer.groups, 3);
  const most = groups === 1 ? 3 : 2;
  const perGroup = (total: number): number => Math.min(total / layer.groups, most) * groups;
  return { channels: perGroup(layer.channels ?? 1), filters: perGroup(layer.filters ?? 1), groups };
}
