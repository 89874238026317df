import type { DocumentTable } from "./documentTable.js";
import { htmlTables } from "./htmlTables.js";
import { latexTables, verbatimTexts } from "./latexTables.js";
import { layerLists } from "./layerLists.js";
import { linesOf } from "./lines.js";
import { markdownTables } from "./markdownTables.js";
import { textTables } from "./textTables.js";

/** The languages in which tables are read. */
export type TableLanguage = "markdown" | "latex" | "plaintext";

/** The tables of a document, in order; a Markdown text may hold LaTeX tables too, and any text may hold what a program printed. */
export function readTables(text: string, language: TableLanguage): readonly DocumentTable[] {
  const lines = linesOf(text);
  if (language === "latex") {
    const inside = verbatimTexts(text);
    let n = 0;
    const verbatim = lines.filter(({ from, to }) => {
      while ((inside[n]?.to ?? to) < to) n++;
      return (inside[n]?.from ?? to + 1) <= from;
    });
    return inOrder([latexTables(text), textTables(text, verbatim), layerLists(text, verbatim)]);
  }
  return inOrder([
    markdownTables(text),
    text.includes("\\begin{") ? latexTables(text) : [],
    /<table\b/i.test(text) ? htmlTables(text, lines) : [],
    textTables(text, lines),
    layerLists(text, lines),
  ]);
}

/** All tables by their place; what was found first is not found again. */
function inOrder(lists: readonly (readonly DocumentTable[])[]): readonly DocumentTable[] {
  const found: DocumentTable[] = [];
  for (const list of lists)
    found.push(...list.filter((t) => found.every((f) => t.span.to <= f.span.from || t.span.from >= f.span.to)));
  return found.sort((a, b) => a.span.from - b.span.from);
}
