import type { AxisPicture } from "../../protocol.js";
import type { DrawnLayer } from "./drawnLayer.js";
import type { LayerCall } from "./layerCall.js";
import type { Sample } from "./sample.js";

/** What is drawn, against what the layer really gets: "Your layer on a 6×6 input in place of 28×28". */
export function sampleText(call: LayerCall, { layer, sizes, channels }: Sample): string {
  const own = call.input.slice(-layer.rank);
  const [drawn, real] = [sizes.join("×"), own.join("×")];
  const input = layer.rank === 1 ? `an input of length ${drawn}` : `a ${drawn} input`;
  const parts: string[] = [];
  if (own.length < layer.rank) parts.push(`Your layer on ${input}, as its size is not known here`);
  else if (real === drawn)
    parts.push(layer.rank === 1 ? `Your layer on its length of ${drawn}` : `Your layer on its ${drawn} input`);
  else parts.push(`Your layer on ${input} in place of ${real}`);
  const asked = call.name.startsWith("Global") ? undefined : call.args.output_size;
  const windows = Array.isArray(asked) && asked.length > 1 ? asked.join("×") : Array(layer.rank).fill(asked).join("×");
  const lengths = layer.lengths?.join("×");
  if (lengths !== undefined && typeof (asked ?? undefined) !== "undefined" && lengths !== windows) {
    parts.push(`with ${lengths} windows in place of ${windows}`);
  }
  const convolution = layer.operation === "convolution";
  const all = convolution ? call.args.in_channels : call.input.at(-layer.rank - 1);
  const fewer = [
    ...less(channels, all, convolution ? "input channels" : "channels"),
    ...(convolution ? less(layer.filters, call.args.out_channels, "output channels") : []),
  ];
  const last = [...fewer, "example numbers"];
  return `${parts.join(", ")}, with ${last.slice(0, -1).join(", ")}${last.length > 1 ? " and " : ""}${last.at(-1)}.`;
}

function less(drawn: number | undefined, all: unknown, kind: string): string[] {
  return drawn === undefined || all === undefined || all === drawn ? [] : [`${drawn} of ${String(all)} ${kind}`];
}

/** What to look at in this layer: padding, leftovers, gaps, groups, uneven windows. */
export function windowNotes(layer: DrawnLayer, axes: readonly [AxisPicture, AxisPicture]): string[] {
  const notes = [paddingNote(layer, axes), unequalNote(axes), ...leftoverNotes(layer, axes)];
  const gap = Math.max(...layer.slides.map((slide) => slide.dilation), 1);
  if (gap > 1)
    notes.push(`Dilation ${gap}: the taps stand ${gap} apart, so the window covers more without more weights.`);
  const beyond = Math.max(...axes.map((axis) => axis.beyond));
  if (beyond > 0)
    notes.push(`ceil_mode: the last window reaches ${beyond} past the edge and uses only what is inside.`);
  notes.push(divisorNote(layer, axes), groupNote(layer), unevenNote(layer, axes));
  return notes.filter((note) => note !== undefined);
}

function paddingNote(layer: DrawnLayer, axes: readonly AxisPicture[]): string | undefined {
  if (axes.every((axis) => axis.before + axis.after === 0)) return undefined;
  if (layer.operation === "max") return "Padding is −∞ under a maximum, not 0: it is never chosen over a number.";
  const mode = layer.slides[0]?.mode;
  if (mode === "reflect") return "Padding mirrors the input, the border itself not repeated.";
  if (mode === "replicate") return "Padding repeats the border.";
  if (mode === "circular") return "Padding goes round: what leaves on one side comes back on the other.";
  return undefined;
}

function unequalNote(axes: readonly AxisPicture[]): string | undefined {
  const axis = axes.find(({ before, after }) => before !== after);
  return (
    axis &&
    `The padding is unequal: ${axis.before} before and ${axis.after} after, as an even kernel needs to keep the size.`
  );
}

function leftoverNotes(layer: DrawnLayer, axes: readonly [AxisPicture, AxisPicture]): string[] {
  const found = axes.map((axis) => {
    const read = new Set(axis.windows.flat().map(({ at }) => axis.seen[at + axis.before]));
    return Array.from({ length: axis.size }, (_, index) => index).filter((index) => !read.has(index));
  });
  const notes = new Map<string, string[]>();
  for (const [index, unread] of found.entries()) {
    if (unread.length === 0) continue;
    const stride = layer.slides.at(index - 2)?.stride;
    const why = unread.includes((axes[index]?.size ?? 0) - 1)
      ? `one more step of ${stride} would leave the input, and the size rounds down`
      : `a stride of ${stride} steps over them`;
    const named = `${index === 0 ? "row" : "column"}${unread.length > 1 ? "s" : ""} ${unread.join(", ")}`;
    notes.set(why, [...(notes.get(why) ?? []), named]);
  }
  return [...notes].map(([why, which]) => {
    const one = which.length === 1 && !which[0]?.includes("s ");
    const text = `${which.join(" and ")} ${one ? "is" : "are"} read by no window: ${why}.`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  });
}

function divisorNote(layer: DrawnLayer, axes: readonly AxisPicture[]): string | undefined {
  if (layer.operation !== "average" || layer.slides.length === 0) return undefined;
  if (typeof layer.divisor === "number") return `divisor_override: every sum is divided by ${layer.divisor}.`;
  if (axes.every((axis) => axis.before + axis.after === 0)) return undefined;
  return layer.divisor === "padded"
    ? "count_include_pad: zeros of the padding count, so the border is divided by the whole window too."
    : "count_include_pad=False: the border is divided by fewer numbers.";
}

function groupNote({ groups, channels = 1, filters = 1 }: DrawnLayer): string | undefined {
  if (groups === 1) return undefined;
  if (groups === channels && filters === channels)
    return "Depthwise: each output channel reads one input channel, its own.";
  return `Groups: each output channel reads only the ${channels / groups} input channels of its group.`;
}

function unevenNote(layer: DrawnLayer, axes: readonly AxisPicture[]): string | undefined {
  if (layer.slides.length > 0) return undefined;
  const lengths = new Set(axes.flatMap((axis) => axis.windows.map((taps) => taps.length)));
  const overlap = axes.some((axis) => axis.reach.some(([first], index) => first <= (axis.reach[index - 1]?.[1] ?? -1)));
  if (overlap) return `The windows overlap: output i runs from ⌊i·n/m⌋ to ⌈(i+1)·n/m⌉, so that they cover the input.`;
  return axes.every((axis) => axis.windows.length === 1) && lengths.size > 0
    ? "One window covers everything."
    : undefined;
}
