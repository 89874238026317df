import { printCount } from "../../core/dims/print.js";
import { inWords, sentenceBefore, sentenceBehind, withPlainSigns } from "./plainWords.js";
import type { KeptStep } from "./stepCache.js";

const NUMBER = "(\\d{1,3}(?:(?:,|\\{,\\})\\d{3})+|\\d+)";
const PARTS = `${NUMBER} weights (?:and|plus|\\+) ${NUMBER} bias(?:es)?(?: terms?| parameters?)?`;
const WHOLE = `${NUMBER} (?:(?:trainable|learnable) )?(?:parameters|params)\\b`;
const THUS =
  "(?:[,;:]| ?=)?(?: (?:so|thus|hence|i\\.e\\.|that|which|is|are|makes?|making|gives?|giving|for|in|total|altogether|together|a|of|we|have|it|has|,))* ?";

/** Weights and biases with their sum, in either order. */
const SAID = [inWords(`${PARTS}${THUS}${WHOLE}`), inWords(`${WHOLE} ?[(:,–—-]+ ?${PARTS}`)];

/** Words of a sentence in which nothing is claimed, or more is counted. */
const OTHER = /\b(?:not|n['’]t|wrong|incorrect|if|wrote|would|should|mistake|false|instead|more|each|per|layers)\b|\?/i;

const countIn = (text = ""): number => Number(text.replace(/\D/g, ""));

/** What a text says of how many parameters weights and biases are together. */
export function* totalsInWords(source: string): Generator<KeptStep> {
  const text = withPlainSigns(source);
  for (const [order, pattern] of SAID.entries())
    for (const match of text.matchAll(pattern)) {
      const numbers = match.slice(1, 4);
      const [weights, biases, total] = order === 0 ? numbers : [...numbers.slice(1), numbers[0]];
      const { 0: plain, index: from } = match;
      const to = from + plain.length;
      if (OTHER.test(`${sentenceBefore(text, from)} ${plain} ${sentenceBehind(text, to)}`)) continue;
      const right = countIn(weights) + countIn(biases);
      const at = from + (order === 0 ? plain.lastIndexOf(total ?? "") : plain.indexOf(total ?? ""));
      yield {
        answer: {
          verdict: countIn(total) === right ? "right" : "wrong",
          how: "quantity",
          at: { from: at, to: at + (total ?? "").length },
          quantity: {
            name: "the number of parameters",
            say: "",
            right: `${weights} + ${biases} = ${printCount(right)}`,
          },
        },
        span: { from, to },
        plain: plain.trim().replace(/\s+/g, " "),
      };
    }
}
