import type { Stretch } from "../../read/document/written.js";

const TOTAL =
  /^\W*(?:(?:grand |sub)?totals?|sum|overall|(?:non-?\s*)?trainable|итого|всего|合计|总计|總計|合計|総|总|합계|총|gesamt|summe|somme|suma)(?![a-z])/i;

const COUNTED_ELSEWHERE =
  /\b(?:frozen|freez\w+|fixed|shar(?:ed|es|ing)|tied|re-?us(?:ed?|ing)|same (?:weights|layer|filters|kernel)|not trained|non-?trainable|eingefroren|geteilt)\b/i;

/** Whether a row's words say that it adds up others. */
export const isTotal = (text: string): boolean => TOTAL.test(text);

/** Whether a row's words say that its weights are another row's, or are not trained. */
export const isCountedElsewhere = (text: string): boolean => COUNTED_ELSEWHERE.test(text);

const NO_BIASES =
  /\bbias(?:es)?(?: terms?)? (?:are|is|were|was)(?: not|n['’]t) (?:counted|included|shown|listed|considered)|\b(?:without|ignoring|excluding|neglecting|omitting|not counting) (?:the |any |all )?bias(?:es)?\b/i;

/** Whether the text around a table says that its counts are without biases. */
export const areBiasesLeftOut = (text: string, { from, to }: Stretch): boolean =>
  NO_BIASES.test(text.slice(Math.max(0, from - NEAR), from)) || NO_BIASES.test(text.slice(to, to + NEAR));

/** Characters around a table in which a sentence may be about it. */
const NEAR = 300;
