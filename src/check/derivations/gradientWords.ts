import { MAY_TURN, NOT_TURNED, TURNS_KERNEL } from "./convolutionGradient.js";
import { paragraphAt } from "./memorySizes.js";
import type { KeptStep } from "./stepCache.js";

/** A gradient by an input: `dX`, `∂L/∂x̃`, "the gradient of the input". */
const BY_INPUT =
  /(?<![a-zA-Z])d[xX](?![a-zA-Z])|(?:∂|\\partial) ?(?:\\(?:tilde|mathbf) ?)?\{?(?:\\tilde ?\{?)?[xX](?![a-zA-Z])|(?:gradient|derivative)[^.]{0,40}\binput|input[^.]{0,12} gradient/;

/** The gradient behind a layer. */
const BEHIND =
  /(?<![a-zA-Z])d[yYzZ](?![a-zA-Z])|(?:∂|\\partial) ?(?:\\(?:tilde|mathbf) ?)?\{?[yYzZ](?![a-zA-Z])|(?:output|upstream|incoming)[^.]{0,12} gradient|gradient[^.]{0,30}\b(?:output|behind|upstream)/;

const TURNED = /turn(?:ed|ing)|flip(?:ped|ping)|rotat(?:ed|ing)|revers(?:ed|ing)|180/i;
const NOT =
  /(?:without|not|never|no) (?:being |any |a )?(?:turn|flip|rotat|revers)|un(?:turned|flipped|rotated|reversed)|kernels? as (?:it is|they are)/i;

/** Words with which a text speaks of another way, or of a mistake. */
const OTHER = /wrong|mistake|error|incorrect|instead|forget|forgot|would|if |why|\?|stride|dilat|transposed/i;

/** Characters of a sentence before the word that it is read for, and behind. */
const MAX_SENTENCE = 250;

/**
 * What a text says, in words, of how the gradient by a layer's input is had from the one behind it: by its kernel, turned by 180°, over the padded
 * gradient. Where nobody says whether the layer itself turns its kernel, a kernel that is not turned is not called wrong.
 */
export function* gradientWords(text: string): Generator<KeptStep> {
  let end = 0;
  for (const { index: at } of text.matchAll(/convol|correlat/gi)) {
    if (at < end) continue;
    const before = text.slice(Math.max(0, at - MAX_SENTENCE), at);
    const index = at - (before.length - 1 - before.search(/[.;\n][^.;\n]*$/));
    const sentence = text.slice(index, at + MAX_SENTENCE).split(/[.;]/)[0] ?? "";
    end = index + sentence.length;
    if (!/padded|\bfull\b/i.test(sentence) || !BEHIND.test(sentence)) continue;
    const paragraph = paragraphAt(text, index);
    if (!BY_INPUT.test(sentence) && !BY_INPUT.test(paragraph.slice(0, paragraph.indexOf(sentence.trim())))) continue;
    if (OTHER.test(sentence) || TURNS_KERNEL.test(paragraph)) continue;
    const isUnturned = NOT.test(sentence);
    const isTurned = !isUnturned && TURNED.test(sentence);
    const isFull = /full convolution/i.test(sentence) && !/correlat/i.test(sentence);
    // A row of a matrix that begins `w_1 w_2 w_3` slides the kernel as it is.
    const above = text.slice(Math.max(0, index - 1500), index);
    const isKept = /correlat|w_?\{?1\}?[ &,]+w_?\{?2/i.test(above) && !MAY_TURN.test(above);
    if (!(isTurned || (isFull && !isUnturned) || (isUnturned && isKept))) continue;
    const from = index + sentence.search(/\S/);
    const span = { from, to: from + sentence.trim().length };
    const plain = sentence.trim().replace(/\s+/g, " ");
    const quantity = { name: "the gradient by the input of a layer that slides a kernel over it", say: "" };
    yield isUnturned
      ? { answer: { verdict: "wrong", how: "matrices", mistake: NOT_TURNED, at: span }, span, plain }
      : { answer: { verdict: "right", how: "quantity", quantity, at: span }, span, plain };
  }
}
