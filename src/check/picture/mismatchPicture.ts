import { extent, slideLength } from "../../core/tensor/axis.js";
import type { Heading, MismatchPicture } from "../../protocol.js";
import { drawnLayer, hasWindows, paddedBy } from "./drawnLayer.js";
import type { Alike, Drawable } from "./layerCall.js";

/** A layer beside an input that it does not take, with the two numbers that do not meet; undefined where it is something else. */
export function mismatchPicture(call: Drawable & Partial<Alike>, heading: Heading): MismatchPicture | undefined {
  const met = numbersThatMeet(call) ?? windowsThatMeet(call);
  return met && { kind: "mismatch", heading, ...met };
}

type Met = Pick<MismatchPicture, "of" | "comes" | "takes">;

/** The channels or features that come, and those that are asked for. */
function numbersThatMeet({ name, args, input }: Drawable): Met | undefined {
  const { in_features: features, in_channels: channels, num_features: own = args.num_channels } = args;
  const at = features === undefined ? channelsOf(name, input.length) : -1;
  const [come, take] = [at && input.at(at), features ?? channels ?? own];
  if (typeof come !== "number" || typeof take !== "number" || come === take) return undefined;
  const layer = channels === undefined ? undefined : drawnLayer(name, args);
  const kernel = typeof layer === "object" ? layer.slides.map((slide) => slide.kernel) : [];
  return {
    of: features === undefined ? "channels" : "features",
    comes: features === undefined ? input.slice(at) : [come],
    takes: [take, ...kernel],
  };
}

/** Where the channels of an input stand, from its end; undefined where it has not the axes that the layer needs. */
function channelsOf(name: string, length: number): number | undefined {
  const rank = Number(/(\d)d$/.exec(name)?.[1]);
  // A batch is a norm's own axis, and one of single numbers has no others behind its channels.
  if (name === "GroupNorm" || name === "BatchNorm1d") return length > 1 ? 1 - length : undefined;
  const isWhole = length === rank + 2 || (length === rank + 1 && !name.startsWith("BatchNorm"));
  return isWhole ? -rank - 1 : undefined;
}

/** The places that a window covers, and those that there are. */
function windowsThatMeet({ name, args, input, pads }: Drawable & Partial<Alike>): Met | undefined {
  const own = hasWindows(name) && pads !== "?" ? drawnLayer(name, args) : "";
  if (typeof own === "string" || own.outputPadding || channelsOf(name, input.length) === undefined) return undefined;
  const sizes = input.slice(-own.rank).map(Number);
  const { slides } = paddedBy(pads === "?" ? undefined : pads, own, sizes);
  const isShort = sizes.map((size, axis) => {
    const slide = slides[axis];
    return slide !== undefined && size > 0 && slideLength({ ...slide, size }) < 1;
  });
  if (sizes.some(Number.isNaN) || !isShort.includes(true)) return undefined;
  return {
    of: "places",
    comes: slides.map(({ before, after }, axis) => (sizes[axis] as number) + before + after),
    takes: slides.map(({ kernel, dilation }) => extent(kernel, dilation)),
  };
}
