import { allWithin, freeSymbols, type MathExpr } from "../../core/math/expression.js";
import { isMatrix, type MathValue } from "../../core/math/value.js";
import { type Chain, readPlainly } from "../../read/math/chains.js";
import { isCondition } from "./noClaim.js";
import { ITEM, type LettersGiven } from "./otherCase.js";
import { sentenceBehind } from "./plainWords.js";
import type { KeptStep } from "./stepCache.js";

/** Words right before a formula that say that it follows from what is given. */
const LEADS =
  /(?:\b(?:then|so|hence|thus|therefore|accordingly|consequently|now|dann|also|daher|somit|folglich|donc|alors|ainsi|entonces|luego|então|quindi|allora)|\b(?:we|you|it|this|that|which|one|product|sum|result|wir|on) (?:gets?|obtains?|finds?|computes?|calculates?|gives?|yields?|erhalten|obtient)|\b(?:giving|yielding|computing|calculating|evaluating)|\b(?:product|output|result|value|sum|prediction|pre-?activation|activation|logit|score|total|answer|norm) (?:is|equals)|[⇒⟹∴:]|\\(?:implies|Rightarrow|therefore))[\s,:&$\\([]*(?:\b(?:that|we|it|is|get|gets|have|has|obtain|find|see|follows|gives|gilt|ist|wir|on|a|es)\b[\s,:&$\\([]*)*$/iu;

/** Words that say no more than what is given and that something follows from it. */
const PLAIN = new Set(
  (
    "a an the of and with be is are has have by on in it its this that these those which we our us you one let consider given as for to from here where both " +
    "then so hence thus therefore accordingly consequently now also get gets obtain obtains find finds see compute computes computing calculate calculates " +
    "calculating evaluate evaluating give gives giving yield yields yielding follows equals column row vector vectors matrix matrices scalar scalars number " +
    "numbers value values constant constants input inputs weight weights bias output outputs neuron unit layer network features parameters kernel filter " +
    "image size width height padding stride sample example point target label product dot inner sum difference norm total result answer score " +
    "logit activation pre preactivation linear forward pass trace determinant prediction quad qquad text begin end align aligned equation gather bmatrix pmatrix left right " +
    "sei seien gegeben mit und der die das ein eine vektor matrix dann daher somit also folglich ist gilt wir erhalten es " +
    "soit soient avec et le la les un une vecteur matrice donc alors ainsi on obtient est sea sean con y el entonces luego es"
  ).split(" "),
);

/** Whether words say nothing else: no unit, no number, no other case. */
const isPlain = (words: string): boolean =>
  /^[\p{L}\s,.;:()[\]{}$\\&'’*_-]*$/u.test(words) &&
  (words.match(/\p{L}+/gu) ?? []).every((word) => PLAIN.has(word.toLowerCase()));

/** Characters between a letter's number and what is worked out with it. */
const MAX_APART = 500;

/** Characters of a sentence that are looked at before a letter's number. */
const MAX_SENTENCE = 200;

/** Letters that stand together for one thing. */
const ABBREVIATION = /^(?:\p{Lu}{2,}|d\p{L}|lr|bs|wd|id|no)$/u;

const isOfMatrices = (e: MathExpr, values: ReadonlyMap<string, MathValue>): boolean =>
  [...freeSymbols(e)].some((name) => isMatrix(values.get(name) ?? 0));

/** Signs that mean one thing for a matrix and another one for each of its entries: `x × y`, `A ** 2`, `e^A`. */
const OF_ENTRIES = /×|\\times|\*\*|(?<![\p{L}\\])(?:\\?(?:exp|ln|log|sqrt|sin|cos)(?!\p{L})|e\s*\^)/u;

/** Whether a product of letters may be a name of several, or an operation one of entries. */
const mayBeOtherwise = (left: MathExpr, values: ReadonlyMap<string, MathValue>, own: string): boolean =>
  isOfMatrices(left, values) ? OF_ENTRIES.test(own) : ABBREVIATION.test(own.replace(/\s/g, ""));

/**
 * Whether a first step, `w·x = 12`, follows from the numbers that its letters were given shortly before, by the words between: without such words
 * it may be an equation that is to be solved. What is worked out with a matrix needs none.
 */
export function isConcluded(
  { span }: KeptStep,
  chain: Chain,
  values: ReadonlyMap<string, MathValue>,
  text: string,
  given: LettersGiven,
): boolean {
  const [first] = chain.links;
  const left = first && readPlainly(first, chain.isLatex);
  if (!left || span.from !== chain.from) return false;
  const before = text.slice(Math.max(0, chain.from - MAX_APART), chain.from);
  if (!isOfMatrices(left, values) && !LEADS.test(before)) return false;
  const places = [...freeSymbols(left)].map((name) => given.around(name, chain.from, chain.from).last);
  const start = Math.min(...places.map((p) => p?.from ?? Number.NEGATIVE_INFINITY));
  if (places.length === 0 || chain.from - start > MAX_APART) return false;
  const sentence = start - (/[^.!?\n]*$/.exec(text.slice(Math.max(0, start - MAX_SENTENCE), start))?.[0].length ?? 0);
  const between = text.slice(sentence, chain.from);
  const behind = sentenceBehind(text, chain.to);
  if (ITEM.test(text.slice(start, chain.from)) || isCondition(between, behind)) return false;
  const end = chain.to + behind.length;
  if (![given.wordsBetween(sentence, chain.from, text), given.wordsBetween(chain.to, end, text)].every(isPlain))
    return false;
  return (
    ![...allWithin(left)].some((e) => e.kind === "derivative") &&
    !mayBeOtherwise(left, values, text.slice(first.from, first.to))
  );
}
