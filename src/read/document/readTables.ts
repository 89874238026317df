import type { DocumentTable } from "./documentTable.js";
import { latexTables } from "./latexTables.js";
import { markdownTables } from "./markdownTables.js";

/** The languages in which tables are read. */
export type TableLanguage = "markdown" | "latex" | "plaintext";

/** The tables of a document, in order; a Markdown text may hold LaTeX tables too. */
export function readTables(text: string, language: TableLanguage): readonly DocumentTable[] {
  if (language === "latex") return latexTables(text);
  const tables = markdownTables(text);
  if (!text.includes("\\begin{")) return tables;
  const inside = latexTables(text).filter((t) =>
    tables.every((m) => t.span.to <= m.span.from || t.span.from >= m.span.to),
  );
  return [...tables, ...inside].sort((a, b) => a.span.from - b.span.from);
}
