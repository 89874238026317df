import type { Picture } from "../protocol.js";
import { cardPicture } from "./picture/cardPicture.js";
import { hasWindows } from "./picture/drawnLayer.js";
import { flattenPicture } from "./picture/flattenPicture.js";
import { headingOf } from "./picture/heading.js";
import { inputOf, type LayerCall } from "./picture/layerCall.js";
import { linearPicture } from "./picture/linearPicture.js";
import { mismatchPicture } from "./picture/mismatchPicture.js";
import { normPicture } from "./picture/normPicture.js";
import { type Wish, windowPicture } from "./picture/windowPicture.js";

export type { LayerCall } from "./picture/layerCall.js";
export type { Wish } from "./picture/windowPicture.js";

/** The picture of a layer: its windows with numbers where they can be drawn, what does not meet where it does not fit, else a card that says why not. */
export function layerPicture(used: LayerCall, wish: Wish = {}): Picture {
  const call = { ...used, input: inputOf(used) };
  const heading = headingOf(call);
  const drawn = call.alike ?? call;
  // What does not fit is never drawn as if it did.
  if (heading.problem !== undefined) return mismatchPicture(drawn, heading) ?? cardPicture(drawn, heading);
  if (/^BatchNorm[123]d$/.test(drawn.name)) return normPicture(drawn, heading);
  if (drawn.name === "Flatten" && (drawn.args.start_dim ?? 1) === 1) return flattenPicture(drawn, heading);
  if (drawn.name === "Linear") return linearPicture(drawn, heading, wish);
  return hasWindows(drawn.name) ? windowPicture(drawn, heading, wish) : cardPicture(drawn, heading);
}

/** The picture in place of a layer: what is, and what to do. */
export function messagePicture(text: string, advice: string): Picture {
  return { kind: "message", text, advice };
}
