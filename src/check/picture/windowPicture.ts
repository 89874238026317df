import { windowLayer } from "../../core/tensor/windowLayer.js";
import type { Heading, Picture } from "../../protocol.js";
import { cardPicture } from "./cardPicture.js";
import { drawnWindow } from "./drawnWindow.js";
import { exampleNumbers } from "./exampleNumbers.js";
import type { LayerCall } from "./layerCall.js";
import { type Size, sampleOf } from "./sample.js";
import { sampleText, windowNotes } from "./windowNotes.js";

/** A convolution or pooling layer with the numbers of every frame, or a card where it cannot be drawn. */
export function windowPicture(call: LayerCall, heading: Heading): Picture {
  const layer = windowLayer(call.name, withChannels(call));
  if (typeof layer === "string") return cardPicture(call, heading, heading.problem ? undefined : layer);
  if (layer.rank === 3) {
    return cardPicture(
      call,
      heading,
      "The panel draws 1-D and 2-D layers; this one slides over three axes, in the same way.",
    );
  }
  const sizes = call.input.slice(-layer.rank).map((size): Size => (typeof size === "number" ? size : undefined));
  while (sizes.length < layer.rank) sizes.unshift(undefined);
  if (sizes.some((size) => size !== undefined && size < 1))
    return cardPicture(call, heading, "There is nothing to draw on an empty input.");
  const given = call.input.length > layer.rank ? call.input[call.input.length - layer.rank - 1] : undefined;
  const sample = sampleOf(layer, sizes, layer.channels ?? (typeof given === "number" && given > 0 ? given : undefined));
  if (!sample) {
    return cardPicture(
      call,
      heading,
      "This window covers too many numbers to read at once, so the panel shows its sizes only.",
    );
  }
  const drawn = drawnWindow(sample.layer, exampleNumbers(sample));
  if (!drawn) return cardPicture(call, heading);
  return { ...drawn, heading, sample: sampleText(call, sample), notes: windowNotes(sample.layer, drawn.axes) };
}

/** The arguments with channels in place of symbols, so that a layer of C channels can be drawn. */
function withChannels({ args, input }: LayerCall): LayerCall["args"] {
  const channels = input.at(-3);
  const stand = (value: LayerCall["args"][string] | undefined, number: number) =>
    typeof value === "string" ? number : value;
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (name === "in_channels") return [name, stand(value, typeof channels === "number" ? channels : 2) ?? null];
      return [name, (name === "out_channels" ? stand(value, 2) : value) ?? null];
    }),
  );
}
