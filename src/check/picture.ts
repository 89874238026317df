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
  const drawn = call.alike ?? call;
  const isSound = heading.problem === undefined;
  if (/^BatchNorm[123]d$/.test(drawn.name) && isSound) return normPicture(drawn, heading);
  if (drawn.name === "Flatten" && isSound && (drawn.args.start_dim ?? 1) === 1) return flattenPicture(drawn, heading);
  if (drawn.name === "Linear") return linearPicture(drawn, heading, wish);
  return hasWindows(drawn.name) ? windowPicture(drawn, heading, wish) : cardPicture(drawn, heading);
}

/** The picture in place of a layer: what is, and what to do. */
export function messagePicture(text: string, advice: string): Picture {
  return { kind: "message", text, advice };
}
