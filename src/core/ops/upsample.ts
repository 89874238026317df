import { less } from "../dims/compare.js";
import { type Dim, exactValue } from "../dims/dim.js";
import { type Bindings, isDim } from "../expr/evaluate.js";
import { AXES, type Op, type Rule, type Shape, type Shown, type Size } from "../layer/op.js";
import { asFactor, printValue } from "../layer/sentence.js";
import { counted } from "../operations/operands.js";
import { scaledSize } from "./scaledSize.js";

/** The axes that an interpolation mode is made for; the others take any. */
const MODE_AXES: Readonly<Record<string, number>> = { linear: 1, bilinear: 2, bicubic: 2, trilinear: 3 };

const refusal = (code: string, say: string, advise: string, argument: string): Rule => ({
  code,
  when: "false",
  say,
  advise,
  argument,
});

function upsampled(input: Shape, args: Bindings): Shape | Rule {
  const { size, scale_factor: scale, mode } = args;
  const axes = input.length - 2;
  const wanted = typeof mode === "string" ? MODE_AXES[mode] : undefined;
  if (wanted !== undefined && wanted !== axes)
    return refusal(
      "mode-axes",
      `The mode ${printValue(mode)} is made for ${wanted} ${wanted === 1 ? "axis" : "axes"}, the input has ${axes}.`,
      "Choose the mode for this input.",
      "mode",
    );
  if (size === null && scale === null)
    return refusal("no-size", "Neither size nor scale_factor is given.", "Give one of them.", "size");
  if (size !== null && size !== undefined && scale !== null && scale !== undefined)
    return refusal(
      "two-sizes",
      `Both size ${printValue(size)} and scale_factor are given.`,
      "Give one of them.",
      "scale_factor",
    );
  const given = size === null ? scale : size;
  const values = Array.isArray(given) ? given : Array.from({ length: axes }, () => given);
  if (values.length !== axes)
    return refusal(
      "size-axes",
      `${size === null ? "scale_factor" : "size"} lists ${counted(values.length, "value")}; the input has ${axes} ${axes === 1 ? "axis" : "axes"}.`,
      "Give one number, or one for each axis.",
      size === null ? "scale_factor" : "size",
    );
  const result: Size[] = [...input.slice(0, 2)];
  for (const [i, value] of values.entries()) {
    const old = input[i + 2];
    const scaled = isDim(value) && old !== undefined ? scaledSize(old, value) : undefined;
    const made = size === null ? scaled : isDim(value) ? value : undefined;
    if (made !== undefined && exactValue(made) && less(made, 1) === true)
      return refusal(
        "output-empty",
        `The size ${printValue(old)} becomes ${printValue(made)}.`,
        size === null ? "Use a larger factor." : "Use 1 or more.",
        size === null ? "scale_factor" : "size",
      );
    result.push(made);
  }
  return result;
}

/** How a size grows by its factor; one that is given outright needs no arithmetic. */
function scaled(input: Shape, { size, scale_factor: scale }: Bindings): readonly Shown[] {
  if (size !== null) return [];
  const letters = AXES[input.length - 2] ?? [];
  return letters.flatMap((letter, i): readonly Shown[] => {
    const [old, factor] = [input[i + 2], Array.isArray(scale) ? scale[i] : scale];
    if (old === undefined || !isDim(factor)) return [];
    const numbers = `⌊${asFactor(old)}·${printScale(factor)}⌋`;
    return [{ quantity: letter, formula: `⌊${letter}·scale_factor⌋`, numbers, result: scaledSize(old, factor) }];
  });
}

/** A factor as it is written: 1.5, where the size is exact and would be 3/2. */
function printScale(factor: Dim): string {
  const exact = exactValue(factor);
  return exact ? String(Number(exact.n) / Number(exact.d)) : asFactor(factor);
}

const resizing = (name: string, torch: string, input: readonly string[], output: Op["output"]): Op => ({
  name,
  summary: "Enlarges (or shrinks) every channel by interpolation; it has nothing to learn.",
  torch,
  axes: 0,
  letters: {},
  input,
  output,
  shown: scaled,
  rules: [],
  examples: [{ args: { scale_factor: 2 }, input: [1, 3, 4, 5], output: [1, 3, 8, 10], params: 0 }],
});

const ANY = ["N", "C", "L", "H?", "W?"];

/** nn.Upsample and its two forms of an older time. */
export const upsample: readonly Op[] = [
  {
    ...resizing(
      "Upsample",
      "nn.Upsample(size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None)",
      ANY,
      upsampled,
    ),
    functional:
      "F.interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)",
  },
  resizing("UpsamplingNearest2d", "nn.UpsamplingNearest2d(size=None, scale_factor=None)", ANY, (input, args) =>
    upsampled(input, { ...args, mode: "nearest" }),
  ),
  resizing("UpsamplingBilinear2d", "nn.UpsamplingBilinear2d(size=None, scale_factor=None)", ANY, (input, args) =>
    upsampled(input, { ...args, mode: "bilinear" }),
  ),
];
