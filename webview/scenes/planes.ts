import type { WindowPicture } from "../../src/protocol.js";
import type { SceneOptions } from "./options.js";

/** The filter of a plane of the output. */
export function filterOf(picture: WindowPicture, { plane }: SceneOptions): number {
  const planes = picture.planes[picture.transposed ? "seen" : "windows"].length;
  return Math.floor((plane * (picture.bias?.length ?? 1)) / Math.max(1, planes));
}
