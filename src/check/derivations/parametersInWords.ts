import { printCount } from "../../core/dims/print.js";
import { applyOp } from "../../core/layer/apply.js";
import { readBoundCall } from "../table/layerCallText.js";
import { type LearnedCounts, layerInWords } from "./layerInWords.js";
import { inWords, sentenceBefore, sentenceBehind, withPlainSigns } from "./plainWords.js";
import type { KeptStep } from "./stepCache.js";

const CALL = "(?:torch\\.)?nn\\.[A-Z]\\w*\\((?:[^()`\\n]|\\([^()`\\n]*\\))*\\)";
const WIDTHS =
  "(?:MLP|(?:fully[- ]connected )?(?:network|net)|perceptron)[^.\\n]{0,30}?\\b\\d+(?: ?(?:-|–|→|->) ?\\d+){1,6}";
const NUMBER = "(\\d{1,3}(?:(?:,|\\{,\\})\\d{3})+|\\d+)";
const NOUN = "(?:(?:trainable|learnable) )?(parameters|params|weights)\\b";
const HAS = "has|have|contains?|needs?|requires?|holds?";

/** A layer as code, or a network by its widths, and how many parameters it is said to have. */
const SAID = new RegExp(
  `(${CALL}|${WIDTHS})[\`}]?(?: layers?)? (?:${HAS}|with) (?:a total of |exactly |in total )?\\$?${NUMBER}\\$? ${NOUN}`,
  "gi",
);

/** The parameters of a layer that stands in words before or behind. */
const SAID_IN_WORDS = [
  inWords(`\\b(?:${HAS}) (?:a total of |exactly |in total )?(?:[\\d ()+·×x-]+= ?)?${NUMBER} ${NOUN}`),
  inWords(
    `\\bnumber of ${NOUN} (?:of|in|for) ([^.;:?\\n]{8,160}?)(?: is| are| equals| ?=) ?(?:[\\d ()+·×x-]+= ?)?${NUMBER}END`,
  ),
];

/** Words of a sentence in which nothing is claimed. */
const OTHER =
  /\b(?:not|n['’]t|wrong|incorrect|if|wrote|said|says|would|should|mistake|false|never|about|roughly|almost|nearly|per|shared|tied)\b|\?/i;

/** Words by which the biases are counted, or are not. */
const WITH_BIASES = /\b(?:includ\w+|with|counting)(?: (?:the|its|all|\d+))? (?:biases|bias terms|bias)\b/i;
const WITHOUT_BIASES =
  /\b(?:without|no|excluding|ignoring|neglecting|not counting)(?: (?:the|its|any|all))? (?:biases|bias terms|bias)\b/i;

/** What a layer or a network that is written as code or by its widths learns. */
function countsOf(layer: string): LearnedCounts | undefined {
  if (/\(/.test(layer)) {
    const call = readBoundCall(layer);
    const all = call && applyOp(call.op, call.args).params;
    const weights = call && "bias" in call.args ? applyOp(call.op, { ...call.args, bias: false }).params : all;
    return typeof all === "number" && typeof weights === "number" ? { weights, biases: all - weights } : undefined;
  }
  const widths = /\d+(?: ?(?:-|–|→|->) ?\d+)+$/.exec(layer)?.[0].split(/\D+/).map(Number) ?? [];
  const pairs = widths.slice(1).map((to, i) => [widths[i] ?? 0, to] as const);
  return {
    weights: pairs.reduce((sum, [a, b]) => sum + a * b, 0),
    biases: pairs.reduce((sum, [, b]) => sum + b, 0),
  };
}

/** A number of parameters in a text, and what they are of. */
interface Said {
  readonly counts: LearnedCounts;
  /** Whether the layer's own code says whether there are biases. */
  readonly isCode: boolean;
  readonly written: string;
  readonly noun: string;
  readonly from: number;
  readonly to: number;
}

/** What is said of a number of parameters; nothing where the text may mean another number. */
function* stepOf(text: string, { counts, isCode, written, noun, from, to }: Said): Generator<KeptStep> {
  const plain = text.slice(from, to);
  const around = `${sentenceBefore(text, from)} ${sentenceBehind(text, to)}`;
  const [isWith, isWithout] = [WITH_BIASES, WITHOUT_BIASES].map((words) => words.test(around));
  const { weights, biases } = counts;
  // Each output of a layer in words has one bias.
  const isOfLayer = !isCode && weights % biases === 0;
  const isOfWeights = noun.startsWith("w");
  // `73,728 weights and 128 biases` says what it counts.
  if (OTHER.test(around) || (/bias/i.test(around) && !isWith && !isWithout && !isOfWeights)) return;
  if (isWithout && isCode) return;
  const value = Number(written.replace(/\D/g, ""));
  const right = isOfWeights || isWithout ? weights : weights + biases;
  // Many call all parameters weights, and of a network or a layer in words nobody says that it has biases.
  const mayBe = isWith || isWithout || /bias/i.test(around) ? [] : isOfWeights ? [weights + biases] : [];
  const isRight = value === right || mayBe.includes(value);
  if (!isRight && !isCode && !isWith && value === weights) return;
  const at = from + plain.lastIndexOf(written);
  yield {
    answer: {
      verdict: isRight ? "right" : "wrong",
      how: "quantity",
      at: { from: at, to: at + written.length },
      quantity: {
        name: `the number of ${isOfWeights ? "weights" : "parameters"}`,
        say: !isRight && value === weights ? "the biases are missing" : "",
        right: `${isOfLayer && right > weights ? `${biases}·(${weights / biases} + 1) = ` : ""}${printCount(right)}`,
      },
    },
    span: { from, to },
    plain: plain.trim().replace(/\s+/g, " "),
  };
}

/** What a text says of the parameters of a layer that it gives as code or in words, or of a network that it gives by its widths. */
export function* parametersInWords(source: string): Generator<KeptStep> {
  for (const { 0: plain, 1: layer = "", 2: written = "", 3: noun = "", index: from } of source.matchAll(SAID)) {
    const counts = countsOf(layer);
    const isCode = layer.includes("(");
    if (counts) yield* stepOf(source, { counts, isCode, written, noun, from, to: from + plain.length });
  }
  const text = withPlainSigns(source);
  const [behind, before] = SAID_IN_WORDS;
  for (const { 0: plain, 1: written = "", 2: noun = "", index: from } of behind ? text.matchAll(behind) : []) {
    const counts = layerInWords(sentenceBefore(text, from));
    if (counts) yield* stepOf(text, { counts, isCode: false, written, noun, from, to: from + plain.length });
  }
  for (const { 0: plain, 1: noun = "", 2: layer = "", 3: written = "", index: from } of before
    ? text.matchAll(before)
    : []) {
    const counts = layerInWords(layer);
    if (counts) yield* stepOf(text, { counts, isCode: false, written, noun, from, to: from + plain.length });
  }
}
