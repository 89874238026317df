import type { Drawable } from "./layerCall.js";
import type { Sample } from "./sample.js";

/** What is drawn, against what the layer really gets: "Your layer on a 6×6 input in place of 28×28". */
export function sampleText(call: Drawable, { layer, sizes, channels }: Sample): string {
  const own = call.input.slice(-layer.rank);
  const [drawn, real] = [sizes.join("×"), own.join("×")];
  const input =
    layer.rank === 1
      ? `an input of length ${drawn}`
      : `${/^(?:8|11|18|80)(?!\d)/.test(drawn) ? "an" : "a"} ${drawn} input`;
  const parts: string[] = [];
  if (own.length < layer.rank || own.every((size) => size === "?"))
    parts.push(`Your layer on ${input}, as its size is not known here`);
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
  return `${parts.join(", ")}, with ${exampleNumbersOf(fewer)}.`;
}

/** What is fewer than in the layer itself, and the numbers: `3 of 64 channels and example numbers`. */
export const exampleNumbersOf = (fewer: readonly string[]): string =>
  `${fewer.join(", ")}${fewer.length > 0 ? " and " : ""}example numbers`;

/** How many there are drawn of all that there are, where that is fewer. */
export function less(drawn: number | undefined, all: unknown, kind: string): string[] {
  return drawn === undefined || all === undefined || all === "?" || all === drawn
    ? []
    : [`${drawn} of ${String(all)} ${kind}`];
}
