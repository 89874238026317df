import type { Bindings } from "../expr/evaluate.js";
import { printSizes } from "../layer/explain.js";
import type { Op, Others, Shape } from "../layer/op.js";
import { broadcastTogether, differ, type Elements, loss, OLD_REDUCTION, sizesRule } from "./lossRules.js";

/** A loss that has one number for each element of its input. */
const elementwise = (
  name: string,
  what: string,
  functional: string,
  settings: string,
  elements: (input: Shape, args: Bindings, others: Others) => Elements,
  forward = "input, target",
): Op =>
  loss(
    {
      name,
      summary: `${what}, averaged over all numbers unless reduction says otherwise; it has nothing to learn.`,
      torch: `nn.${name}(${settings})`,
      functional: `F.${functional}(${forward}, ${settings.replace("*, ", "")})`,
      examples: [
        {
          args: {},
          input: [4, 3],
          others: forward
            .split(", ")
            .slice(1)
            .map(() => [4, 3]),
          output: [],
          params: 0,
        },
      ],
    },
    forward,
    elements,
  );

const spread = (input: Shape, _: Bindings, [target]: Others): Elements =>
  broadcastTogether([input, target], ["input", "target"]);

/** PyTorch spreads an input and a target of other shapes over each other, and compares what nobody means to compare. */
function spreadCaution(input: Shape, _: Bindings, [target]: Others): readonly [string, string, string] | undefined {
  const together =
    target && differ(input, target) ? broadcastTogether([input, target], ["input", "target"]) : undefined;
  if (!target || !together || !Array.isArray(together)) return undefined;
  return [
    "shapes-differ",
    `The input has the shape ${printSizes(input)}, the target ${printSizes(target)}: spread over each other they make ${printSizes(together)} comparisons.`,
    "Give both the same shape, with squeeze(1) or unsqueeze(1) on one of them.",
  ];
}

const sameSizes = (input: Shape, _: Bindings, [target]: Others): Elements =>
  target && differ(input, target) ? sizesRule(input, target, "Give both the same shape.") : input;

/** The target may be smaller than the input, but the result has the input's shape. */
function intoInput(input: Shape, args: Bindings, others: Others): Elements {
  const together = spread(input, args, others);
  if (!together || !Array.isArray(together)) return together;
  return differ(together, input) ? sizesRule(input, others[0] ?? [], "Give both the same shape.") : together;
}

/** The variance has the input's shape, or one number for its last dimension. */
function gaussian(input: Shape, _: Bindings, [target, variance]: Others): Elements {
  if (!variance) return undefined;
  const isShort = variance.length === input.length - 1;
  const front = input.slice(0, -1);
  const isSame = !differ(variance, input);
  const isColumn = variance.length === input.length && variance.at(-1) === 1 && !differ(variance.slice(0, -1), front);
  if (!isSame && !isColumn && (!isShort || differ(variance, front)))
    return sizesRule(input, variance, "Give var the input's shape, or one number for its last dimension.", "var");
  const column = isSame || isColumn ? variance : [...variance, 1];
  return broadcastTogether([input, target, column], ["input", "target", "var"]);
}

/** Losses of which PyTorch itself warns when their shapes differ. */
const PAIRED = new Set(["L1Loss", "MSELoss", "SmoothL1Loss", "HuberLoss"]);

const all: readonly Op[] = [
  elementwise("L1Loss", "|x − y|", "l1_loss", `${OLD_REDUCTION}, reduction='mean'`, spread),
  elementwise("MSELoss", "(x − y)²", "mse_loss", `${OLD_REDUCTION}, reduction='mean'`, spread),
  elementwise(
    "SmoothL1Loss",
    "(x − y)² where it is small, |x − y| where it is large",
    "smooth_l1_loss",
    `${OLD_REDUCTION}, reduction='mean', beta=1`,
    spread,
  ),
  elementwise(
    "HuberLoss",
    "(x − y)² where it is small, |x − y| where it is large",
    "huber_loss",
    "reduction='mean', delta=1",
    spread,
  ),
  elementwise(
    "BCELoss",
    "−y·log x − (1 − y)·log(1 − x)",
    "binary_cross_entropy",
    `weight=None, ${OLD_REDUCTION}, reduction='mean'`,
    sameSizes,
  ),
  elementwise(
    "BCEWithLogitsLoss",
    "The binary cross entropy of sigmoid x",
    "binary_cross_entropy_with_logits",
    `weight=None, ${OLD_REDUCTION}, reduction='mean', pos_weight=None`,
    sameSizes,
  ),
  elementwise("KLDivLoss", "y·(log y − x)", "kl_div", `${OLD_REDUCTION}, reduction='mean', log_target=False`, spread),
  elementwise(
    "PoissonNLLLoss",
    "eˣ − y·x",
    "poisson_nll_loss",
    `log_input=True, full=False, size_average=None, eps=0.00000001, reduce=None, reduction='mean'`,
    spread,
  ),
  elementwise(
    "GaussianNLLLoss",
    "(log v + (x − y)²/v)/2",
    "gaussian_nll_loss",
    "*, full=False, eps=0.000001, reduction='mean'",
    gaussian,
    "input, target, var",
  ),
  elementwise(
    "HingeEmbeddingLoss",
    "x where y is 1, max(0, margin − x) where y is −1",
    "hinge_embedding_loss",
    `margin=1, ${OLD_REDUCTION}, reduction='mean'`,
    spread,
  ),
  elementwise(
    "SoftMarginLoss",
    "log(1 + e^(−y·x))",
    "soft_margin_loss",
    `${OLD_REDUCTION}, reduction='mean'`,
    intoInput,
  ),
];

/** The losses that compare number with number. */
export const elementwiseLoss: readonly Op[] = all.map((op) =>
  PAIRED.has(op.name) ? { ...op, caution: spreadCaution } : op,
);
