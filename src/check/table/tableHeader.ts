import type { DocumentTable, Row } from "../../read/document/documentTable.js";
import { roleOf } from "./columns.js";
import { readCount } from "./countText.js";
import { layerWords } from "./layerWords.js";
import { readShape } from "./shapeText.js";

/** Markdown marks its header; in LaTeX, and where the first row is a layer already, it is found by its words. */
export function findHeader(table: DocumentTable): { header: Row | undefined; rows: readonly Row[] } {
  if (table.heads) return { header: undefined, rows: table.rows };
  if (table.header) {
    const isData = looksLikeLayer(table.header);
    const isBlank = table.header.cells.every((c) => (c?.text ?? "") === "");
    if (isData) return { header: undefined, rows: [table.header, ...table.rows] };
    if (!isBlank) return { header: table.header, rows: table.rows };
    const [first, ...rest] = table.rows;
    return first && isHeaderRow(first) ? { header: first, rows: rest } : { header: undefined, rows: table.rows };
  }
  const at = table.rows.slice(0, 4).findIndex(isHeaderRow);
  return at < 0 ? { header: undefined, rows: table.rows } : { header: table.rows[at], rows: table.rows.slice(at + 1) };
}

/** What the cells of a row say. */
export const textsOf = (row: Row): readonly string[] => row.cells.map((c) => c?.text ?? "");

const looksLikeLayer = (row: Row): boolean => {
  const texts = textsOf(row);
  return (
    texts.some((t) => layerWords(t).length > 0 || /^input\b/i.test(t)) && texts.filter((t) => isFigure(t)).length > 0
  );
};

const isHeaderRow = (row: Row): boolean => {
  const texts = textsOf(row);
  return (
    !looksLikeLayer(row) && texts.filter((t) => roleOf(t) !== undefined).length >= 2 && !texts.some((t) => isFigure(t))
  );
};

/** Whether a text is a shape or a count. */
export const isFigure = (text: string): boolean =>
  /\d/.test(text) && (readShape(text) !== undefined || readCount(text)?.kind === "number");
