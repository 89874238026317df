import { equal } from "../dims/compare.js";
import { printDim } from "../dims/print.js";
import { type Bindings, isDim, truth } from "../expr/evaluate.js";
import { printSizes } from "../layer/explain.js";
import type { Rule, Shape, Size } from "../layer/op.js";

/** The pattern of a sequence: with a batch it has two sizes in front of the features, whose order `batch_first` says. */
export const SEQUENCE = ["A?", "B", "features"] as const;

/** Every head gets the same number of features. */
export const headsDivide = (width: string, heads: string): Rule => ({
  code: "heads-divide",
  when: `${width} % ${heads} != 0`,
  say: `${width} is {${width}}, which ${heads} {${heads}} does not divide.`,
  advise: `Set ${heads} to a number that divides it: every head gets as many features.`,
  argument: heads,
});

/** The input's features are those that the layer is made for. */
export const widthRule = (width: string): Rule => ({
  code: "width",
  when: `features != ${width}`,
  say: `${width} is {${width}}, the input has {features|feature}.`,
  advise: `Set ${width} to {features}.`,
  argument: width,
  fix: "features",
});

/** How long a sequence is, or how many are in a batch; an unbatched one has no batch. */
export function sequenceSize(shape: Shape | undefined, args: Bindings, what: "length" | "batch"): Size {
  const isBatchFirst = truth(args.batch_first);
  if (!shape || (shape.length === 3 && isBatchFirst === undefined)) return undefined;
  if (shape.length === 2) return what === "length" ? shape[0] : undefined;
  return shape.length === 3 ? shape[(what === "batch") === isBatchFirst ? 0 : 1] : undefined;
}

/** Two sequences that do not go together: one with a batch and one without, or batches of different sizes. */
export function meetingRule(one: Shape, other: Shape | undefined, args: Bindings, names: string): Rule | undefined {
  if (!other) return undefined;
  if (one.length !== other.length)
    return {
      code: "batch",
      when: "false",
      say: `${names} have ${one.length} and ${other.length} dimensions.`,
      advise: "Give both a batch dimension, or neither.",
    };
  const [a, b] = [sequenceSize(one, args, "batch"), sequenceSize(other, args, "batch")];
  if (a === undefined || b === undefined || equal(a, b) !== false) return undefined;
  return {
    code: "batch",
    when: "false",
    say: `${names} have batches of ${printDim(a)} and ${printDim(b)}.`,
    advise: "Mind batch_first: without it the length stands first and the batch second.",
  };
}

/** Whether a sequence has certainly not so many features as an argument says. */
export const hasOtherWidth = (shape: Shape | undefined, width: Bindings[string]): boolean => {
  const features = shape?.at(-1);
  return isDim(width) && features !== undefined && equal(features, width) === false;
};

/** A mask that is not for so long a sequence: it has a row and a column for each place, or such a square for each head. */
export function maskRule(mask: Shape | undefined, length: Size): Rule | undefined {
  if (!mask) return undefined;
  const isSquare = mask.slice(-2).every((s) => s === undefined || length === undefined || equal(s, length) !== false);
  if (isSquare && (mask.length === 2 || mask.length === 3)) return undefined;
  return {
    code: "mask",
    when: "false",
    say: `The mask is ${printSizes(mask)}, for this sequence it has to be ${printSizes([length, length])}.`,
    advise: "Give the mask a row and a column for each place; without batch_first the length stands first.",
  };
}
