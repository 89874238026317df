import type { Picture } from "../protocol.js";
import { cardPicture } from "./picture/cardPicture.js";
import { hasWindows } from "./picture/drawnLayer.js";
import { flattenPicture } from "./picture/flattenPicture.js";
import { headingOf } from "./picture/heading.js";
import type { LayerCall } from "./picture/layerCall.js";
import { linearPicture } from "./picture/linearPicture.js";
import { normPicture } from "./picture/normPicture.js";
import { type Wish, windowPicture } from "./picture/windowPicture.js";

export type { LayerCall } from "./picture/layerCall.js";
export type { Wish } from "./picture/windowPicture.js";

/** The picture of a layer: its windows with numbers where they can be drawn, else a card that says why not. */
export function layerPicture(call: LayerCall, wish: Wish = {}): Picture {
  const heading = headingOf(call);
  if (/^BatchNorm[123]d$/.test(call.name) && heading.problem === undefined) return normPicture(call, heading);
  if (call.name === "Flatten" && heading.problem === undefined && (call.args.start_dim ?? 1) === 1)
    return flattenPicture(call, heading);
  if (call.name === "Linear") return linearPicture(call, heading, wish);
  return hasWindows(call.name) ? windowPicture(call, heading, wish) : cardPicture(call, heading);
}

/** The picture in place of a layer: what is, and what to do. */
export function messagePicture(text: string, advice: string): Picture {
  return { kind: "message", text, advice };
}
