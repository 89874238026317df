import type { FlattenPicture, Heading } from "../../protocol.js";
import { pick } from "./exampleNumbers.js";
import { wholeText } from "./fractionText.js";
import type { Alike, Drawable } from "./layerCall.js";

/** A small input, [C, …] or with its channels last, that is laid in one row. */
export function flattenPicture({ input, isLast = false }: Drawable & Partial<Alike>, heading: Heading): FlattenPicture {
  const own = input.slice(-3).map((size) => (typeof size === "number" ? size : 3));
  const first = isLast ? [...own.slice(2), ...own.slice(0, 2)] : own;
  const [channels = 2, rows = 2, columns = 3] =
    own.length === 3 ? first.map((size, axis) => Math.min(size, axis === 0 ? 3 : 4)) : [];
  const size = rows * columns;
  const real = input.slice(-3).join("×");
  const drawn = (isLast ? [rows, columns, channels] : [channels, rows, columns]).join("×");
  return {
    kind: "flatten",
    heading,
    sample: `${real === drawn ? `Your ${drawn} input` : `A ${drawn} input${own.length === 3 ? ` in place of ${real}` : ""}`}, numbered.`,
    notes: [
      `Nothing is computed: ${isLast ? "place after place, all channels of each" : "channel after channel, row after row"}. Going back, each gradient goes to where its number came from.`,
    ],
    rows,
    columns,
    isLast,
    input: Array.from({ length: channels }, (_, channel) =>
      Array.from({ length: size }, (_, cell) =>
        String((isLast ? cell * channels + channel : channel * size + cell) + 1),
      ),
    ),
    gradOutput: Array.from({ length: channels * size }, (_, at) => wholeText(pick("upstream", 3, at))),
  };
}
