import { toFloat } from "../../core/math/scalar.js";
import { isMatrix } from "../../core/math/value.js";
import type { Chain } from "../../read/math/chains.js";
import type { Given } from "../quantities/given.js";
import type { KeptStep } from "./stepCache.js";

/** Whether a step that does not hold is none that the document claims: by the words around it, or as its numbers may mean something else. */
export function isNoClaim(step: KeptStep, chain: Chain, { before }: Given, text: string): boolean {
  const behind = text.slice(chain.to, chain.to + 60);
  const isEquation = step.answer.how === "identity" && step.span.from === chain.from;
  return (
    /^[\s$.)]*\?/.test(behind) ||
    MODULAR.test(paragraphAround(text, chain.from)) ||
    mayBeOtherwise(step, text) ||
    isToldWrong(before, behind) ||
    (isEquation && isCondition(before, behind))
  );
}

/** Whether numbers may mean something else: sizes, `28×28/2 = 14×14`, or thousands behind points, `1024·3 = 3.072`. */
function mayBeOtherwise({ answer, span }: KeptStep, text: string): boolean {
  const own = text.slice(span.from, span.to);
  if (/=[\s$({&]*\d+(?:\s*(?:×|x|\\times)\s*\d+)+[\s$)}]*$/.test(own)) return true;
  // A star between sequences is a convolution, and a sum of squares minus its mean's holds for the mean alone.
  const isSequence = /[*∗⋆]|\\ast/.test(own) && /\[\s*[a-z]\s*(?:[-+−]\s*\d+\s*)?\]|\)\s*\(\s*[a-z]\s*\)/.test(own);
  const hasMean = /\\sum|[Σ∑]/.test(own) && /\\mu|μ|\\bar|\\overline|̄/u.test(own);
  if (answer.how === "identity" && (isSequence || hasMean)) return true;
  const [a, b] = answer.values ?? [];
  const isGrouped = /(?<![\d.])[1-9]\d{0,2}\.\d{3}[\s$)}]*$/.test(own) && a && b && !isMatrix(a) && !isMatrix(b);
  return isGrouped === true && toFloat(a) === 1000 * toFloat(b);
}

/** Words with which an equation is what has to be, and not what is said to be so; what comes after them, or after a comma, is said again. */
const BEFORE =
  /\b(?:if|iff|when(?:ever)?|unless|whether|suppos\w+|assum\w+|requir\w+|we need|must|condition|constraint|satisf\w+|such that|(?:for|at) (?:which|what)|find|fixed point|equilibrium|falls|wenn|sofern|si|se|cuando|quando|lorsque)\b(?!.*(?:,|\b(?:then|so|hence|thus|therefore|dann|alors|entonces|então|allora)\b))|\b(?:solv|equat|sett?)ing\b|\bsolve\b|\bsets?\b.*\b(?:equal|to zero)\b/is;

/** Words behind an equation with the same sense. */
const BEHIND =
  /^[\s$)\]}.\\]*,?\s*(?:\b(?:holds?|is true|happens?)\s+)?(?:only|just|exactly|precisely)?\s*(?:\b(?:if|iff|when|unless|requires?|needs|would|implies|for (?:some|which|what)|in order)\b|(?:has|have) (?:the |a |two |one |no )?(?:solution|root))/i;

/** Whether the words around an equation make it a condition, or one that is to be solved. */
const isCondition = (before: string, behind: string): boolean => BEFORE.test(before) || BEHIND.test(behind);

/** Words with which a sentence tells a mistake, or what somebody else has written. */
const TELLS =
  /❌|\bif\s*$|\b(?:wrong\w*|false\w*|incorrect\w*|mist\w+|miscon\w+|erron\w+|not|never|cannot|instead|attempt|forgot|falsch\w*|versuch|faux|erreur|incorrecto|todo)\b|\b(?:they|he|she|some\w*|students?|people|TA|friend|book|solution)\b.*\b(?:wrote|writes?|gets?|got|comput\w+|claim\w*|says?|said|think\w*)\b/is;

/** The same behind what is told. */
const IS_DENIED =
  /^[\s$)\]}.*"”]*(?:✗|✘|❌|(?:→|->|,|;|–|-|\()?\s*(?:which|that|this|it|but|das|was)?\s*(?:is|was|would be|were|['’]s|ist|war|est|es)?\s*(?:just |simply |clearly |not |it |that['’]s |that |the )*(?:false|wrong|incorrect|not|n['’]t|should|instead|correct value|a mistake|falsch|faux|incorrecto|elementwise)\b)/i;

/** Whether the words around an equation tell it as a mistake. */
const isToldWrong = (before: string, behind: string): boolean => TELLS.test(before) || IS_DENIED.test(behind);

/** Words and signs of arithmetic that goes round. */
const MODULAR = /\bmod(?:ulo)?\b|\\[pb]mod\b|\\equiv\b|≡|\\mathbb\s*\{?[FZ]|\bbinary\b|\bhexadecimal\b/i;

/** The text between the blank lines around an offset. */
function paragraphAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - MAX_PARAGRAPH), at);
  const after = text.slice(at, at + MAX_PARAGRAPH);
  const end = after.indexOf("\n\n");
  return before.slice(before.lastIndexOf("\n\n") + 1) + (end < 0 ? after : after.slice(0, end));
}

/** Characters on both sides of an equation that count as its paragraph. */
const MAX_PARAGRAPH = 2000;
