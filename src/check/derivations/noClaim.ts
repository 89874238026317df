import { toFloat } from "../../core/math/scalar.js";
import { isMatrix } from "../../core/math/value.js";
import type { Chain } from "../../read/math/chains.js";
import type { Given } from "../quantities/given.js";
import type { KeptStep } from "./stepCache.js";

/** Whether a step that does not hold is none that the document claims: by the words around it, or as its numbers may mean something else. */
export function isNoClaim(step: KeptStep, chain: Chain, { before }: Given, text: string): boolean {
  const behind = text.slice(chain.to, chain.to + 60);
  const own = text.slice(step.span.from, step.span.to);
  // What it says itself is no condition for it.
  const paragraph = paragraphAround(text, chain.from).replace(own, "");
  const { how, counterexample } = step.answer;
  const isOfLetters = how === "identity" || (how === "matrices" && counterexample !== undefined);
  const isEquation = isOfLetters && step.span.from === chain.from;
  return (
    /^[\s$.)]*\?/.test(behind) ||
    IS_OPEN.test(paragraph) ||
    (how === "numbers" &&
      step.span.from === chain.from &&
      goesOn(own, text.slice(Math.max(0, chain.from - 12), chain.from))) ||
    OF_MISTAKES.test(headingBefore(text, chain.from)) ||
    (isOfLetters && (CONSTRAINT.test(paragraph) || (/\^\s*\{?2|²/.test(own) && LABELS.test(paragraph)))) ||
    (chain.relations.includes("≠") && /float|IEEE|python|precision|numpy/i.test(paragraph)) ||
    mayBeOtherwise(step, text) ||
    isToldWrong(before, behind) ||
    (isEquation && isCondition(before, behind))
  );
}

/** Whether a calculation goes on with what stands somewhere before it: `… = 150,528 values · 4 B = 602 KB; + 30 min = 2 h`. */
const goesOn = (own: string, before: string): boolean =>
  /^[+·×/*]/.test(own) || (/[+·×/*−–-][\s$(]*$/.test(before) && !/(?:^|\n)\s*(?:>\s*)?[-–+*·][\s$(]*$/.test(before));

/** Whether numbers may mean something else: sizes, `28×28/2 = 14×14`, or thousands behind points, `1024·3 = 3.072`. */
function mayBeOtherwise({ answer, span }: KeptStep, text: string): boolean {
  const own = text.slice(span.from, span.to);
  const isOfMatrices = answer.how === "matrices" || /\^\s*\{?(?:T\b|\\top|-1)|ᵀ|⁻¹/.test(own);
  if (isOfMatrices && answer.counterexample && MAY_COMMUTE.test(text)) return true;
  // `120M` where M has a value, `pages 10-20 = 11 pages`, and `Task 2+3 = 10 points`.
  const thousands = [...own.matchAll(/\d([kKMGB])\b/g)].map(([, name = ""]) => name);
  if (thousands.some((name) => new RegExp(`(?<!\\p{L})${name}\\s*=`, "u").test(text))) return true;
  if (
    /^\d+\s*[-–+]\s*\d+(?:\s*\+\s*\d+)*\s*=/.test(own) &&
    NUMBERED.test(text.slice(Math.max(0, span.from - 24), span.from))
  )
    return true;
  if (/=[\s$({&]*\d+(?:\s*(?:×|x|\\times)\s*\d+)+[\s$)}]*$/.test(own)) return true;
  if (STRANGE.test(own)) return true;
  // `2x1` where x1 is a letter.
  const names = [...own.matchAll(/\d(x\d)(?!\d)/g)].map(([, name = ""]) => name);
  if (names.some((name) => new RegExp(`(?<![\\p{L}\\d])${name}(?!\\d)`, "u").test(text))) return true;
  // A star between sequences is a convolution, and a sum of squares minus its mean's holds for the mean alone.
  const isSequence = /[*∗⋆]|\\ast/.test(own) && /\[\s*[a-z]\s*(?:[-+−]\s*\d+\s*)?\]|\)\s*\(\s*[a-z]\s*\)/.test(own);
  const hasMean = /\\sum|[Σ∑]/.test(own) && /\\mu|μ|\\bar|\\overline|̄/u.test(own);
  if (answer.how === "identity" && (isSequence || hasMean)) return true;
  const [a, b] = answer.values ?? [];
  const isGrouped = /(?<![\d.])[1-9]\d{0,2}\.\d{3}[\s$)}]*$/.test(own) && a && b && !isMatrix(a) && !isMatrix(b);
  return isGrouped === true && toFloat(a) === 1000 * toFloat(b);
}

/** `6·25 (+6)`, `(2) - 3 + 1`, `0x10`, and `[[1, 2], [3, 4]]**2`, which NumPy takes of each entry: signs that may be no part of the calculation. */
const STRANGE = /[\d)]\s*\(\s*\+|^\(\d+\)\s|(?<![\d.])0x[\da-f]|\]\s*\*\*/i;

/** Words before the numbers of things. */
const NUMBERED =
  /\b(?:pages?|pp?\.|seeds?|tasks?|exercises?|problems?|questions?|q|chapters?|sections?|layers?|epochs?|steps?|weeks?|parts?|lines?|rows?|figures?|tables?|runs?|items?|folds?|blocks?|aufgaben?|teil|seiten?|übung(?:en)?)\s*$/i;

/** Words for matrices that may stand in any order, or are their own transposes. */
const MAY_COMMUTE = /commut|symmetri|diagonal|orthogonal|orthonormal|circulant|\bscalars?\b/i;

/** Words with which an equation is what has to be, and not what is said to be so; what comes after them, or after a comma, is said again. */
const BEFORE =
  /\b(?:if|iff|when(?:ever)?|unless|whether|suppos\w+|assum\w+|requir\w+|we need|must|condition|constraint|satisf\w+|such that|(?:for|at) (?:which|what)|find|fixed point|equilibrium|falls|wenn|sofern|si|se|cuando|quando|lorsque)\b(?!.*(?:,|\b(?:then|so|hence|thus|therefore|dann|alors|entonces|então|allora)\b))|\b(?:solv|equat|sett?)ing\b|\bsolve\b|\bsets?\b.*\b(?:equal|to zero)\b/is;

/** Words behind an equation with the same sense. */
const BEHIND =
  /^[\s$)\]}.\\]*,?\s*(?:\b(?:holds?|is true|happens?)\s+)?(?:only|just|exactly|precisely)?\s*(?:\b(?:if|iff|when|unless|requires?|needs|would|implies|for (?:some|which|what)|in order)\b|(?:has|have) (?:the |a |two |one |no )?(?:solution|root))/i;

/** Whether the words around an equation make it a condition, or one that is to be solved. */
export const isCondition = (before: string, behind: string): boolean => BEFORE.test(before) || BEHIND.test(behind);

/** Words with which a sentence tells a mistake, or what somebody else has written. */
const TELLS =
  /❌|\bif\s*$|\b(?:wrong\w*|false\w*|incorrect\w*|mist\w+|miscon\w+|erron\w+|not|never|cannot|instead|attempt|tempting|do ?n['’]t (?:write|say)|forgot|falsch\w*|versuch|faux|erreur|incorrecto|todo)\b|\b(?:they|he|she|some\w*|students?|people|TA|friend|book|solution)\b.*\b(?:wrote|writes?|gets?|got|comput\w+|claim\w*|says?|said|think\w*)\b|\b(?:I|we) (?:said|wrote|claimed)\b/is;

/** The same behind what is told. */
const IS_DENIED =
  /^[\s$)\]}.*"”]*(?:✗|[←—–-]+\s*no\b|\n\s*no[.,!]|\((?:rounding|with (?:the )?(?:unrounded|exact|full))|✘|❌|(?:→|->|,|;|–|-|\()?\s*(?:which|that|this|it|but|das|was)?\s*(?:is|was|would be|were|['’]s|ist|war|est|es)?\s*(?:just |simply |clearly |not |it |that['’]s |that |the )*(?:false|wrong|incorrect|not|n['’]t|should|instead|correct value|a mistake|falsch|faux|incorrecto|elementwise)\b)/i;

/** Whether the words around an equation tell it as a mistake. */
const isToldWrong = (before: string, behind: string): boolean => TELLS.test(before) || IS_DENIED.test(behind);

/** What a paragraph says of its letters that makes more hold than for any: vectors of length 1, matrices that are their own squares, labels 0 and 1. */
const CONSTRAINT =
  /\b(?:idempotent|orthogonal|perpendicular|pythagor\w*|linearity|linear (?:maps?|functions?|operators?)|rotation|projector|projection matrix|unit (?:vectors?|norm|length)|normali[sz]ed vectors?|dropping|ignoring|neglecting|absorb\w*|up to (?:a|an|the) )\b|(?:\\\||‖|\^\s*\{?(?:T|\\top|2)\}?\s*\w?)\s*=\s*(?:1|I)\b(?!\.\d)|(\b[A-Za-z])\^2\s*=\s*\1\b/i;

/** Titles of sections in which others' mistakes are told. */
const OF_MISTAKES = /\b(?:mistakes|misconceptions|pitfalls|common errors)\b/i;

/** The title before an offset, of Markdown or LaTeX. */
const headingBefore = (text: string, at: number): string =>
  text
    .slice(0, at)
    .match(/^(?:#{1,6} .*|\\(?:sub)*section\*?\{.*)$/gm)
    ?.at(-1) ?? "";

/** Labels 0 and 1, which are their own squares. */
const LABELS = /\\in\s*\\\{|∈\s*\{|\bone-hot\b|\bbinary\b/i;

/** Words and signs of arithmetic that goes round, and words with which it is asked what is true. */
const IS_OPEN =
  /\|\s*(?:wrong|incorrect|false|mistake)\s*\||\binterval arithmetic|\bwhich (?:one )?(?:is (?:correct|right|true|wrong|false)|of (?:the|these))\b|\bint(?:8|16)\b|\boverflows? to\b|\btrue or false|\bdisprove|\bwahr oder falsch|\bmod(?:ulo)?\b|\\[pb]mod\b|\\equiv\b|≡|\\mathbb\s*\{?[FZ]|\bbinary\b(?![- ](?:cross|classif|label|logistic|loss|target|mask|class\b|task|problem|case|output|search|tree))|\bhex(?:adecimal)?\b|\bGF\b|\bXOR\b|⊕|\\oplus/i;

/** The text between the blank lines around an offset. */
function paragraphAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - MAX_PARAGRAPH), at);
  const after = text.slice(at, at + MAX_PARAGRAPH);
  const end = after.indexOf("\n\n");
  return before.slice(before.lastIndexOf("\n\n") + 1) + (end < 0 ? after : after.slice(0, end));
}

/** Characters on both sides of an equation that count as its paragraph. */
const MAX_PARAGRAPH = 2000;
