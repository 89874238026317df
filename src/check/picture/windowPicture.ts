import { fitting } from "../../core/tensor/arguments.js";
import type { Edit, Heading, Picture } from "../../protocol.js";
import { cardPicture } from "./cardPicture.js";
import { axesOver, drawnLayer, paddedBy } from "./drawnLayer.js";
import { drawnWindow } from "./drawnWindow.js";
import { edited, kernelAfter } from "./edited.js";
import { exampleNumbers } from "./exampleNumbers.js";
import type { Alike, Drawable } from "./layerCall.js";
import { realSample, type Sample, type Size, sampleOf } from "./sample.js";
import { sampleText } from "./sampleText.js";
import { weightBlocks } from "./weightBlocks.js";

/** How a reader wants a layer drawn. */
export interface Wish {
  /** In its own size in place of a sample. */
  readonly real?: boolean;
  readonly edits?: readonly Edit[];
  /** The size of the input to draw, as a matrix that was put in its place has it. */
  readonly sizes?: readonly number[];
}

/** A convolution or pooling layer with the numbers of every frame, or a card where it cannot be drawn. */
export function windowPicture(
  call: Drawable & Partial<Alike>,
  heading: Heading,
  { real = false, edits = [], sizes: asked }: Wish,
): Picture {
  const own = drawnLayer(call.name, withChannels(call));
  if (typeof own === "string") return cardPicture(call, heading, own);
  const { pads } = call;
  if (pads === "?")
    return cardPicture(call, heading, "padding is not known here; with its word the layer can be drawn.");
  const sizes = call.input.slice(-own.rank).map((size): Size => (typeof size === "number" ? size : undefined));
  while (sizes.length < own.rank) sizes.unshift(undefined);
  const layer = paddedBy(pads, own, sizes);
  if (sizes.some((size) => size !== undefined && size < 1))
    return cardPicture(call, heading, "There is nothing to draw on an empty input.");
  const given = call.input.length > layer.rank ? call.input[call.input.length - layer.rank - 1] : undefined;
  const channels = layer.channels ?? (typeof given === "number" && given > 0 ? given : undefined);
  const whole = realSample(layer, sizes, channels);
  const usual = real && typeof whole === "object" ? whole : sampleOf(layer, sizes, channels);
  const sample = usual && asked ? { ...usual, sizes: asked, layer: paddedBy(pads, usual.layer, asked) } : usual;
  if (!sample) {
    return cardPicture(
      call,
      heading,
      "This window covers too many numbers to read at once, so the panel shows its sizes only.",
    );
  }
  const axes = fitting(() => axesOver(sample.layer, sample.sizes));
  if (typeof axes === "string") return cardPicture(call, heading, axes);
  const numbers = edited(exampleNumbers(sample, axes), edits);
  const drawn = drawnWindow(sample.layer, axes, numbers);
  const { filters, groups, slides } = sample.layer;
  return {
    ...drawn,
    heading,
    sample: sampleText(call, sample),
    notes: call.notes ?? [],
    divisor: sample.layer.divisor,
    preset: kernelAfter(edits),
    gap: Math.max(...slides.map(({ dilation }) => dilation)),
    ...(filters && {
      weights: weightBlocks(
        call,
        slides.map(({ kernel }) => kernel),
        [filters, sample.channels, sample.channels / groups],
      ),
    }),
    real:
      usual === whole ? "shown" : typeof whole === "object" && !sameSizes(whole, usual as Sample) ? "possible" : "no",
  };
}

const sameSizes = (a: Sample, b: Sample): boolean => a.sizes.join() === b.sizes.join();

/** The arguments with channels in place of symbols, so that a layer of C channels can be drawn. */
function withChannels({ args, input }: Drawable): Drawable["args"] {
  const channels = input.at(-3);
  const stand = (value: Drawable["args"][string] | undefined, number: number) =>
    typeof value === "string" ? number : value;
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (name === "in_channels") return [name, stand(value, typeof channels === "number" ? channels : 2) ?? null];
      return [name, (name === "out_channels" ? stand(value, 2) : value) ?? null];
    }),
  );
}
