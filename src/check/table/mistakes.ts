import { same } from "../../core/dims/compare.js";
import { productOf } from "../../core/dims/product.js";
import { isDim } from "../../core/expr/evaluate.js";
import { axisMistake, countMistake } from "../../core/layer/mistakes.js";
import type { Mistake, Size } from "../../core/layer/op.js";
import { formulaFor } from "../../core/layer/prepare.js";
import type { Done } from "./done.js";
import { countOf, isKnown, type Volume } from "./volume.js";

/** A mistake that gives just the number that was written. */
export interface NamedMistake {
  readonly code: string;
  readonly say: string;
}

const CHANNELS_LEFT_OUT: NamedMistake = {
  code: "M1",
  say: "channels left out: they belong to the shape beside its height and width",
};

const equals = (a: unknown, b: Size): boolean => isDim(a as never) && b !== undefined && same(a as never, b);

/** The mistake that gives this shape. */
export function outputMistake(steps: readonly Done[], claimed: Volume, right: Volume): NamedMistake | undefined {
  const step = steps.findLast((s) => s.op && s.applied && !["keep", "batchnorm"].includes(s.given.kind));
  if (!step?.op) return undefined;
  if (step.given.kind === "flatten") return flattenMistake(step, claimed);
  const { op, applied } = step;
  if (!applied) return undefined;
  const sameAxes =
    claimed.axes.length === right.axes.length &&
    claimed.axes.every((a, i) => a !== undefined && equals(right.axes[i], a));
  const sameChannels = claimed.channels === undefined || equals(right.channels, claimed.channels);
  const isOtherChannels = sameAxes && !sameChannels;
  const mistake = isOtherChannels
    ? countMistake(op, applied, "channels", claimed.channels)
    : sameChannels && !sameAxes
      ? axisMistake(op, applied, claimed.axes)
      : undefined;
  if (mistake) return named(mistake);
  if (sameAxes && !sameChannels && step.given.filters !== undefined && equals(step.input.channels, claimed.channels))
    return { code: "M1", say: "the input's channels kept: a convolution has one output channel for each filter" };
  return undefined;
}

function flattenMistake({ op, applied, input }: Done, claimed: Volume): NamedMistake | undefined {
  if (!op || !applied || claimed.axes.length > 0 || input.axes.length === 0) return undefined;
  const found = countMistake(op, applied, "features", claimed.channels);
  return found && named(found);
}

const named = ({ code, say }: Mistake): NamedMistake => ({ code, say });

/** The mistake that gives this count of parameters; `fits` says which counts are meant. */
export function paramsMistake(steps: readonly Done[], fits: (n: number) => boolean): NamedMistake | undefined {
  const counted = steps.filter((s) => s.op && s.applied && s.given.kind !== "keep");
  const [step, ...more] =
    counted.length > 1 ? counted.filter((s) => s.given.kind !== "flatten" && s.given.kind !== "maxpool") : counted;
  if (!step?.op || !step.applied || more.length > 0) return undefined;
  for (const mistake of step.op.mistakes ?? []) {
    if (!mistake.params) continue;
    const value = formulaFor(step.op, mistake.params).value(step.applied.names);
    if (typeof value === "number" && fits(value)) return named(mistake);
  }
  return undefined;
}

/** The mistake that gives this number of activations. */
export function sizeMistake(right: Volume, fits: (n: number) => boolean): NamedMistake | undefined {
  const places = productOf(right.axes);
  if (
    right.axes.length > 0 &&
    isKnown(right) &&
    typeof places === "number" &&
    fits(places) &&
    !equals(countOf(right), places)
  )
    return CHANNELS_LEFT_OUT;
  return undefined;
}

/** The mistake of a shape without its channels. */
export const channelsLeftOut = CHANNELS_LEFT_OUT;
