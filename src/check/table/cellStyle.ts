import { printCount } from "../../core/dims/print.js";
import type { Layout } from "./layouts.js";
import type { Volume } from "./volume.js";

const NUMBERS = /(?<![-\d])\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)|(?<![-\w.])\d+|(?<=[x×])\d+/g;

/** A volume's sizes in the order in which the table writes them. */
export function orderedSizes(volume: Volume, layout: Layout, withChannels = true): readonly string[] {
  const axes = volume.axes.map((a) => (typeof a === "number" ? String(a) : "?"));
  const channels = typeof volume.channels === "number" ? [String(volume.channels)] : ["?"];
  if (!withChannels && axes.length > 0) return axes;
  return layout.order === "first" ? [...channels, ...axes] : [...axes, ...channels];
}

/** How a shape is said in a sentence. */
export const sayVolume = (volume: Volume, layout: Layout): string => orderedSizes(volume, layout).join("×");

/**
 * A shape written as another cell of the table is: its brackets, its batch, its kind of cross.
 * Templates come in order of preference, as they stand in the document.
 */
export function writeShape(volume: Volume, layout: Layout, templates: readonly string[], isLatex: boolean): string {
  const full = orderedSizes(volume, layout);
  for (const template of templates) {
    const numbers = [...template.matchAll(NUMBERS)].map((m) => m[0]);
    const lead = layout.batch && numbers.length > 1 ? 1 : 0;
    if (/=|→|@|\\to/.test(template)) continue;
    if (numbers.length - lead === full.length) return replaceNumbers(template, [...numbers.slice(0, lead), ...full]);
    // (120, 1) holds a row of features too.
    if (full.length === 1 && numbers.length === 2 && numbers[1] === "1")
      return replaceNumbers(template, [full[0] ?? "", "1"]);
  }
  const between = templates
    .map((t) => /\d\$?((?:\s|\\,)*(?:[x×X*,]|\\times)(?:\s|\\,)*)\$?\d/.exec(t)?.[1])
    .find((s) => s !== undefined);
  const bracketed = templates.find((t) => /^[$`]*[([]/.test(t));
  if (bracketed !== undefined) {
    const batch = /^[$`]*[([]\s*(None|N|B|-1|\?)\s*,/.exec(bracketed)?.[1];
    const [open, close] = bracketed.includes("[") ? ["[", "]"] : ["(", ")"];
    return `${open}${[...(batch ? [batch] : []), ...full].join(", ")}${close}`;
  }
  if (isLatex)
    return full.length > 1 ? `$${full.join(between?.includes("times") ? between : " \\times ")}$` : full.join("");
  return full.join(between ?? "×");
}

function replaceNumbers(template: string, numbers: readonly string[]): string {
  let i = 0;
  return template.replace(NUMBERS, (old) => numbers[i++] ?? old);
}

/** A count written as the table's others are: with or without commas. */
export function writeCount(value: number, samples: readonly string[]): string {
  const long = samples.find((s) => /\d\{,\}\d{3}/.test(s)) ?? samples.find((s) => /\d,\d{3}/.test(s));
  if (long?.includes("{,}")) return printCount(value).replaceAll(",", "{,}");
  const hasBare = samples.some((s) => /^[$`*\s]*\d{4,}[$`*\s]*$/.test(s));
  return long === undefined && hasBare ? String(value) : printCount(value);
}
