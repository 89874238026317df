import { equal } from "../dims/compare.js";
import type { Bindings } from "../expr/evaluate.js";
import { printSizes } from "../layer/explain.js";
import type { Op, Others, Shape } from "../layer/op.js";
import { broadcastTogether, differ, type Elements, loss, OLD_REDUCTION, sizesRule } from "./lossRules.js";

/** What the target has to be, where it holds indices of classes. */
const advice = (places: Shape): string =>
  `The classes stand in the second dimension: the target has to be ${places.length === 0 ? "one number" : printSizes(places)}.`;

/** Class indices: the input's shape without its classes, which stand second, or first where there is no batch. */
function indexed(input: Shape, _: Bindings, [target]: Others): Elements {
  if (input.length === 0)
    return {
      ...sizesRule(input, target ?? [], "Give it a dimension for the classes."),
      say: "The input has no dimension for the classes.",
    };
  const places = input.length === 1 ? [] : [input[0] as Shape[number], ...input.slice(2)];
  if (!target) return places;
  // PyTorch lets as many indices as classes pass where there is no batch.
  if (input.length === 1 && target.length === 1 && !differ(input, target)) return [];
  return differ(places, target) ? sizesRule(input, target, advice(places)) : places;
}

/** Class indices, or a probability for every class. */
const crossed = (input: Shape, args: Bindings, others: Others): Elements => {
  const [target] = others;
  const isSame = target !== undefined && target.length === input.length && input.length > 0;
  if (!isSame) return indexed(input, args, others);
  const places = input.length === 1 ? [] : [input[0] as Shape[number], ...input.slice(2)];
  if (differ(target, input))
    return sizesRule(input, target, `${advice(places)} Or give a probability for every class: ${printSizes(input)}.`);
  return places;
};

/** One margin a sample: the input is (C) or (N, C), the target one index for each sample. */
function margins(input: Shape, _: Bindings, [target]: Others): Elements {
  const wanted = "Give an input of the form (N, C) and a target of the form (N).";
  if (input.length > 2) return sizesRule(input, target ?? [], wanted);
  if (!target) return input.length === 2 ? [input[0] as Shape[number]] : undefined;
  const samples = input.length === 2 ? input[0] : 1;
  const [count] = target.length === 0 ? [1] : target;
  const isOther = samples !== undefined && count !== undefined && equal(samples, count) === false;
  if (target.length > 1 || isOther) return sizesRule(input, target, wanted);
  return target.length === 0 ? [] : [samples ?? count];
}

/** A list of classes for each sample, as long as there are classes. */
function labels(input: Shape, _: Bindings, [target]: Others): Elements {
  const wanted = "Give the target the input's shape, (C) or (N, C).";
  if (input.length > 2) return sizesRule(input, target ?? [], wanted);
  const list = input.length === 0 ? [1] : input;
  const isScalar = target?.length === 0 && list.length === 1;
  if (target && differ(list, isScalar ? [1] : target)) return sizesRule(input, target, wanted);
  return input.length === 2 ? [input[0] as Shape[number]] : [];
}

/** A yes or no for each class of each sample. */
function softLabels(input: Shape, _: Bindings, [target]: Others): Elements {
  if (input.length === 0) return sizesRule(input, target ?? [], "Give both a dimension for the classes.");
  const together = broadcastTogether([input, target], ["input", "target"]);
  return Array.isArray(together) ? together.filter((_, i) => i !== input.length - 1) : together;
}

const classification = (
  name: string,
  what: string,
  functional: string,
  settings: string,
  elements: Parameters<typeof loss>[2],
  target: readonly number[] = [4],
): Op =>
  loss(
    {
      name,
      summary: `${what}, averaged over the samples unless reduction says otherwise; it has nothing to learn.`,
      torch: `nn.${name}(${settings})`,
      functional: `F.${functional}(input, target, ${settings})`,
      examples: [{ args: { reduction: "none" }, input: [4, 10], others: [target], output: [4], params: 0 }],
    },
    "input, target",
    elements,
  );

/** The losses that compare scores with classes. */
export const classificationLoss: readonly Op[] = [
  {
    ...classification(
      "CrossEntropyLoss",
      "−log of the probability that softmax gives the right class",
      "cross_entropy",
      `weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0`,
      crossed,
    ),
    takesClasses: true,
  },
  {
    ...classification(
      "NLLLoss",
      "−x of the right class, for an x that is a logarithm already",
      "nll_loss",
      `weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'`,
      indexed,
    ),
    takesClasses: true,
  },
  classification(
    "MultiMarginLoss",
    "How far the other classes come within a margin of the right one",
    "multi_margin_loss",
    `p=1, margin=1, weight=None, ${OLD_REDUCTION}, reduction='mean'`,
    margins,
  ),
  classification(
    "MultiLabelMarginLoss",
    "How far the other classes come within a margin of the right ones",
    "multilabel_margin_loss",
    `${OLD_REDUCTION}, reduction='mean'`,
    labels,
    [4, 10],
  ),
  classification(
    "MultiLabelSoftMarginLoss",
    "The binary cross entropy of every class",
    "multilabel_soft_margin_loss",
    `weight=None, ${OLD_REDUCTION}, reduction='mean'`,
    softLabels,
    [4, 10],
  ),
];
