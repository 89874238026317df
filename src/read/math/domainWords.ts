import type { Chain, Link } from "./chains.js";
import { latexTokens } from "./latexTokens.js";
import type { Token } from "./token.js";
import { typedTokens } from "./typedTokens.js";

/** Words that lead from a formula to the indices for which it holds. */
const FOR = "for|if|when|where|all|and|für|fuer|wenn|falls|alle|und|pour|si|tous?|et|para|todos?|y|per|se|tutti";

/** Words for all indices that are not named. */
const ELSE =
  /^(?:(?:for|if|and|für|pour|para|per|et|und) )?(?:else(?:where)?|otherwise|sonst|ansonsten|andernfalls|sinon|autrement|ailleurs|si no|de lo contrario|en otro caso|altrimenti)\.?$/i;

/** What layout puts between two formulas. */
const GAP = String.raw`[\s$~{}()&]|\\(?:q?quad\b|(?:text|mbox|textrm|mathrm)\b|[,;:! )(])`;

/** Words between a formula and the indices for which it holds. */
export const IS_DOMAIN = new RegExp(`^(?:${GAP}|[,;.]|\\b(?:${FOR})(?!\\p{L}))*$`, "u");

/** Words between the indices and the formula that holds for them. */
export const IS_FOLLOWED =
  /^(?:[\s$,:~{}()]|\\(?:q?quad|text|[,;:)(])|we have|it is|then|this gives|let|set|sei|gilt|ist|soit|on a)*$/;

/** Whether words stand for all indices that are not named: `otherwise`. */
export const isElse = (words: string): boolean => ELSE.test(words.trim());

/** Whether words only lead to a condition. */
export const isOnlyFor = (words: string): boolean => new RegExp(`^(?:(?:${FOR})\\s*)*$`, "i").test(words.trim());

/** Characters behind a formula in which its indices are looked for. */
const MAX_BEHIND = 200;

/** The letter that the left side of a chain has as its index. */
export function indexLetter({ links: [left] }: Chain): string | undefined {
  const open = left?.tokens.findLastIndex((t) => t.text === "[") ?? -1;
  const [letter, close] = left?.tokens.slice(open + 1, open + 3) ?? [];
  return open >= 0 && letter?.kind === "word" && close?.text === "]" ? letter.text : undefined;
}

const LEAD = new RegExp(`^(?:${GAP}|[,;]|\\b(?:${FOR})(?!\\p{L}))*`, "iu");
const WHOLE = String.raw`[-−]?\s*\d+`;
const END = String.raw`[-−]?\s*(?:\d+|[A-Za-z](?:_\w)?)(?:\s*[-+−]\s*\d+)?`;
const DOTS = String.raw`(?:\\[lc]?dots\b|\.{3}|…)`;
const LIST = new RegExp(
  String.raw`^\s*(?:=|\\in\b|∈|in\b)\s*(?:\\left\s*)?(?:\\?\{)?\s*${WHOLE}(?:\s*,\s*${WHOLE})*` +
    String.raw`(?:\s*,?\s*${DOTS}(?:\s*,?\s*${END})?)?\s*(?:(?:\\right\s*)?\\?\})?`,
);

/** The indices that are listed behind a formula, `for n = 0, 1, …, 6`, and where the list ends. */
export function listBehind(
  text: string,
  { to, isLatex }: Chain,
  letter: string,
): { readonly tokens: readonly Token[]; readonly to: number } | undefined {
  const behind = text.slice(to, to + MAX_BEHIND);
  const from = LEAD.exec(behind)?.[0].length ?? 0;
  if (!behind.startsWith(letter, from)) return undefined;
  const list = LIST.exec(behind.slice(from + letter.length))?.[0];
  if (list === undefined) return undefined;
  const end = from + letter.length + list.trimEnd().length;
  if (/^\s*(?:[-+*/^([]|\d|,\s*\d|[<>≤≥]|\\[lg])/.test(behind.slice(end))) return undefined;
  const stretch = { from: to + from, to: to + end };
  const tokens = isLatex ? latexTokens(text, stretch, new Map()) : typedTokens(text, stretch);
  return tokens && { tokens: tokens.map((t) => (t.text === "in" ? { ...t, text: "∈" } : t)), to: stretch.to };
}

/** Words with which a sentence goes on that says no more of a formula. */
const GOES_ON =
  /^(?:and|or|as|be|is|are|denotes?|its|the|then|so|thus|hence|we|let|compute|find|give[ns]?|convolved|und|oder|sei(?:en)?|ist|sind|mit|dann|et|est|soit|alors|y|es|sea|e|with|where|avec|con|which gives)(?!\p{L})/iu;

/** Words that may say for which indices a formula holds. */
const LIMITS =
  /^(?:for|if|when|where|with|while|on|in|over|from|between|until|up|only|within|für|fuer|wenn|falls|mit|von|bis|zwischen|solange|nur|pour|si|avec|de|entre|sur|para|con|per|se|otherwise|else\w*|sonst|sinon|starting|beginning)(?!\p{L})/iu;

/** A sign and what it is for, or a name with a bracket. */
const CUT_OFF =
  /^(?:[ \t]*(?:\*(?!\*)|\*\*(?=[\d(])|[-−+·×/^])\s*[\p{L}\d(]|[ \t]*[|{]|[ \t]*[\p{L}\d_]+[ \t]?\[|[ \t]*[\p{L}_]+\(|[\p{L}\d_])/u;

/** Whether a typed formula goes on where its reading ended: `(1/2)^n u[n]`. */
export function isCutOff(text: string, { to, isLatex }: Chain): boolean {
  const behind = text.slice(to, to + MAX_BEHIND);
  return !isLatex && CUT_OFF.test(behind);
}

/** Whether what stands at an offset, behind a formula or its indices, may say for which indices it holds, or what else for others. */
export function mayBeLimited(text: string, to: number, letter: string): boolean {
  const behind = text.slice(to, to + MAX_BEHIND);
  const gap = BETWEEN.exec(behind)?.[0] ?? "";
  const rest = behind.slice(gap.length);
  const sentence = rest.split(/[.;]\s|[.;]$|\n\s*\n/)[0] ?? "";
  if (PARTS.test(gap) || sentence.trim() === "" || /^[.;:]/.test(rest) || ZERO_ELSEWHERE.test(rest)) return false;
  const own = `(?<![\\p{L}\\\\])${letter.replace(/[^\p{L}\d]/gu, "\\$&")}(?![\\p{L}\\d])`;
  const isRange = new RegExp(
    `^(?:[-−\\w\\s]{1,8}(?:\\\\l(?:eq?|t)|<=?|≤)\\s*)?\\|?${own}\\|?\\s*(?:=|\\\\in|∈|[<>≤≥≠]|!=|\\\\[lg]|\\\\ne)`,
    "u",
  );
  if (isRange.test(rest)) return true;
  if (GOES_ON.test(rest) && !/^(?:with|where|mit|avec|con)/i.test(rest)) {
    const next = rest.replace(/^\p{L}+/u, "");
    const more = next.slice(BETWEEN.exec(next)?.[0].length ?? 0);
    return isRange.test(more) || /^[-−\d]/.test(more);
  }
  if (LIMITS.test(rest)) {
    const said = rest.replace(/^\p{L}+/u, "");
    // `for all n`
    const isAll = new RegExp(`^\\s+(?:all|every|any|alle|jedes|tout)[\\s$]+${own}[ \\t]*(?:[$.,;)\\n]|$)`, "u");
    if (isAll.test(said)) return false;
    const isFormula = /^[\s$({]*(?:\\[(|]|\||[-\d]|\\?\p{L}\s*(?:[=<>≤≥∈[_*]|\\[lgi]))/u.test(said);
    const clause = said.split(/[,.;\n]|\band\b|\bund\b|\bet\b/)[0] ?? "";
    const isOfIndex = new RegExp(`(?<!\\[[^\\]]*)${own}`, "u").test(clause);
    return !isFormula || isOfIndex;
  }
  const isFormula = /^(?:\\?\p{L}(?:_\w+)?\s*[[=:(]|\\)/u.test(rest);
  const isOwnLine = /\n/.test(gap) && /^\p{Lu}/u.test(rest);
  return !isFormula && !isOwnLine;
}

/** The mark of a list's item. */
const ITEM = String.raw`\n[ \t]*(?:[-*+•]|\(?\w[.)])[ \t]`;

/** A blank line, or a list's next item. */
const PARTS = new RegExp(`\\n\\s*\\n|${ITEM}`);

/** What may stand between a formula and what is said of it. */
const BETWEEN = new RegExp(`^(?:${ITEM}|${GAP}|,|\\\\\\\\|\\\\end\\{[a-z]+\\*?\\}|\\*\\*|<!--[^>]*-->)*`);

const NOTHING = String.raw`(?:\$?0\$?|zero|null|Null|zéro|cero|nulo?)(?![\d.\p{L}])`;
const REST = ELSE.source.replace(/^\^|\\\.\?\$$/g, "");

/** `and 0 otherwise`, `else 0`. */
const ZERO_ELSEWHERE = new RegExp(
  `^(?:(?:and|und|et|y|e)\\s+)?(?:(?:is\\s+)?${NOTHING}[\\s$,]*${REST}|${REST}[\\s$,]*${NOTHING})`,
  "iu",
);

/** Whether a right side is 0, for all indices that are not named. */
export const isZeroElsewhere = (text: string, { tokens, to }: Link): boolean =>
  tokens.length === 1 && Number(tokens[0]?.text) === 0 && ELSEWHERE.test(text.slice(to, to + MAX_BEHIND));

const ELSEWHERE = new RegExp(`^(?:${GAP}|,)*${REST}(?!\\p{L})`, "iu");
