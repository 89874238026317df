import type { AxisPicture, WindowPicture } from "../../src/protocol.js";
import { upTo } from "./numbers.js";

/** What to look at in this layer: padding, leftovers, gaps, groups, uneven windows. */
export function notesOf(picture: WindowPicture): string[] {
  const { axes, gap = 1 } = picture;
  const notes = [paddingNote(picture), unequalNote(axes), ...leftoverNotes(axes)];
  if (gap > 1)
    notes.push(`Dilation ${gap}: the taps stand ${gap} apart, so the window covers more without more weights.`);
  const beyond = Math.max(...axes.map((axis) => axis.beyond));
  if (beyond > 0)
    notes.push(`ceil_mode: the last window reaches ${beyond} past the edge; only its places inside count.`);
  notes.push(divisorNote(picture), groupNote(picture), unevenNote(picture));
  return [...notes.filter((note) => note !== undefined), ...picture.notes];
}

function paddingNote({ axes, padding }: WindowPicture): string | undefined {
  if (axes.every((axis) => axis.before + axis.after === 0)) return undefined;
  if (padding === "nothing") return "Padding is −∞ under a maximum, not 0: it is never chosen over a number.";
  if (padding === "reflect") return "Padding mirrors the input, the border itself not repeated.";
  if (padding === "replicate") return "Padding repeats the border.";
  if (padding === "circular") return "Padding goes round: what leaves on one side comes back on the other.";
  return undefined;
}

function unequalNote(axes: readonly AxisPicture[]): string | undefined {
  const axis = axes.find(({ before, after }) => before !== after);
  if (!axis) return undefined;
  const isKept = axis.stride === 1 && axis.windows.length === axis.size;
  const why = isKept
    ? ", as an even kernel needs to keep the size"
    : axis.after === axis.before + 1
      ? ", as much as the last window needs"
      : "";
  return `The padding is unequal: ${axis.before} before and ${axis.after} after${why}.`;
}

function leftoverNotes(axes: WindowPicture["axes"]): string[] {
  const found = axes.map((axis) => {
    const read = new Set(axis.windows.flat().map(({ at }) => axis.seen[at + axis.before]));
    return upTo(axis.size).filter((index) => !read.has(index));
  });
  const notes = new Map<string, string[]>();
  for (const [index, unread] of found.entries()) {
    if (unread.length === 0) continue;
    const stride = axes[index]?.stride;
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

function divisorNote({ axes, operation, divisor }: WindowPicture): string | undefined {
  if (operation !== "average" || isUneven(axes)) return undefined;
  if (typeof divisor === "number") return `divisor_override: every sum is divided by ${divisor}.`;
  if (axes.every((axis) => axis.before + axis.after === 0)) return undefined;
  return divisor === "padded"
    ? "count_include_pad: zeros of the padding count, so the border is divided by the whole window too."
    : "count_include_pad=False: the border is divided by fewer numbers.";
}

function groupNote({ weights }: WindowPicture): string | undefined {
  const [filters, channels, each] = weights?.sample ?? [1, 1, 1];
  if (each === channels) return undefined;
  if (each === 1 && filters === channels) return "Depthwise: each output channel reads one input channel, its own.";
  return `Groups: each output channel reads only the ${each} input channels of its group.`;
}

function unevenNote({ axes, operation }: WindowPicture): string | undefined {
  if (operation === "linear" || !isUneven(axes)) return undefined;
  const lengths = new Set(axes.flatMap((axis) => axis.windows.map((taps) => taps.length)));
  const overlap = axes.some((axis) => axis.reach.some(([first], index) => first <= (axis.reach[index - 1]?.[1] ?? -1)));
  if (overlap)
    return `The windows overlap: of n inputs and m outputs, output i sees ⌊i·n/m⌋ up to, but not including, ⌈(i+1)·n/m⌉, so that they cover the input.`;
  return axes.every((axis) => axis.windows.length === 1) && lengths.size > 0
    ? "One window covers everything."
    : undefined;
}

/** Whether windows differ in length, as those of an adaptive layer do: they have no stride. */
const isUneven = ([, across]: WindowPicture["axes"]): boolean => across.stride === undefined;
