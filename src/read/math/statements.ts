import { groupEnd, latexText } from "../document/latexText.js";
import { markdownText } from "../document/markdownText.js";
import type { Stretch } from "../document/written.js";
import { type Chain, chainsOf, type Link, linkOf } from "./chains.js";
import { type Declaration, declarationsIn } from "./declarations.js";
import { formulasIn } from "./formulas.js";
import { latexTokens } from "./latexTokens.js";
import { type Macros, readMacros } from "./macros.js";
import { type SizeSaid, typedShapes, typedSizes } from "./sizes.js";
import type { Token } from "./token.js";
import { plainReading } from "./tokenStream.js";
import { typedFormulas } from "./typedFormulas.js";

/** What a document says in mathematics, and where its sections begin. */
export type Statement =
  | { readonly kind: "chain"; readonly at: number; readonly chain: Chain }
  /** A formula that says nothing by itself: the words before it may. */
  | { readonly kind: "expression"; readonly at: number; readonly link: Link; readonly isLatex: boolean }
  | { readonly kind: "declaration"; readonly at: number; readonly declaration: Declaration }
  | { readonly kind: "size"; readonly at: number; readonly size: SizeSaid }
  | { readonly kind: "heading"; readonly at: number; readonly level: number; readonly title: string };

/** The languages that documents are written in. */
export type DocumentLanguage = "markdown" | "latex" | "plaintext";

/** Statements of one document that are read. */
const MOST = 20_000;

/** The statements of a document in their order, apart from what stands in `elsewhere`. */
export function statementsIn(
  text: string,
  language: DocumentLanguage,
  elsewhere: readonly Stretch[] = [],
): readonly Statement[] {
  const macros: Macros = readMacros(text);
  const { formulas, rest } =
    language === "plaintext" ? { formulas: [], rest: [{ from: 0, to: text.length }] } : formulasIn(text, language);
  const isFree = ({ from, to }: Stretch): boolean => !elsewhere.some((s) => from < s.to && s.from < to);
  const found: Statement[] = [...headingsIn(text, language)];
  const addChains = (chains: readonly Chain[]): void => {
    for (const chain of chains) if (isFree(chain)) found.push({ kind: "chain", at: chain.from, chain });
  };
  for (const formula of formulas) {
    const tokens = isFree(formula) ? latexTokens(text, formula, macros) : undefined;
    if (!tokens) continue;
    const chains = chainsOf(tokens, true);
    addChains(chains);
    const declarations = declarationsIn(tokens, plainReading(true));
    for (const declaration of declarations) found.push({ kind: "declaration", at: declaration.from, declaration });
    const [first] = tokens;
    if (first && chains.length + declarations.length === 0)
      found.push({ kind: "expression", at: formula.from, link: linkOf(tokens), isLatex: true });
  }
  for (const stretch of rest) {
    if (language === "latex") {
      const typed = typedFormulas(text, stretch).filter(isArithmetic);
      for (const tokens of typed) addChains(chainsOf(tokens[0]?.text === "=" ? tokens.slice(1) : tokens, false));
      continue;
    }
    for (const link of typedShapes(text, stretch))
      if (isFree(link)) found.push({ kind: "expression", at: link.from, link, isLatex: false });
    for (const size of typedSizes(text, stretch)) if (isFree(size)) found.push({ kind: "size", at: size.from, size });
    for (const tokens of typedFormulas(text, stretch)) {
      const [first, ...more] = tokens;
      // `output size = (W - K)/S + 1` has words on its left side.
      if (first?.text !== "=") addChains(chainsOf(tokens, false));
      else if (isFree({ from: first.from, to: tokens.at(-1)?.to ?? first.to }))
        found.push({ kind: "expression", at: first.from, link: linkOf(more), isLatex: false });
    }
  }
  return found.sort((a, b) => a.at - b.at).slice(0, MOST);
}

/** Whether tokens are numbers with signs between them, and at most a name before: in LaTeX, letters without dollars are words. */
const isArithmetic = (tokens: readonly Token[]): boolean =>
  tokens.every((t, i) => t.kind === "number" || /^(?:floor|ceil|sqrt)$/.test(t.text) || t.kind === "sign" || i === 0) &&
  tokens.some((t) => /^[*/·×]$/.test(t.text));

/** What stands in the braces that open at an offset. */
const titleAt = (text: string, open: number): string =>
  latexText(text, { from: open + 1, to: groupEnd(text, open, Math.min(text.length, open + 500)) - 1 }).text;

const LEVELS = ["chapter", "section", "subsection", "subsubsection", "paragraph"];

function headingsIn(text: string, language: DocumentLanguage): readonly Statement[] {
  if (language === "plaintext") return [];
  if (language === "markdown")
    return [...text.matchAll(/^(?:(#{1,6}) (.*)|(?! {0,3}[-*+>|#])(.+)\n(=+|-{2,}) *)$/gm)].map((m) => {
      const [, signs, , underlined = "", line] = m;
      const from = m.index + (signs ? signs.length + 1 : 0);
      return {
        kind: "heading",
        at: m.index,
        level: signs?.length ?? (line?.startsWith("=") ? 1 : 2),
        title: markdownText(text, { from, to: signs ? m.index + m[0].length : from + underlined.length }).text,
      };
    });
  return [...text.matchAll(/\\(chapter|section|subsection|subsubsection|paragraph)\*?\s*\{/g)].map((m) => ({
    kind: "heading",
    at: m.index,
    level: LEVELS.indexOf(m[1] ?? ""),
    title: titleAt(text, m.index + m[0].length - 1),
  }));
}
