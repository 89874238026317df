import type { Cell, DocumentTable, Row } from "../../read/document/documentTable.js";

/** A layer with what comes out of it: `CONV3-64: [224x224x64]`. */
const SHAPED = /^(.*\p{L}.*?)\s*[:,]?\s*(\[\s*\d+(?:\s*[x×*]\s*\d+){1,3}\s*\])$/u;

/** Rows from which it is seen that a column holds both. */
const MIN_ROWS = 3;

function apart(cell: Cell | undefined, document: string): readonly (Cell | undefined)[] {
  const [, name, shape] = (cell && SHAPED.exec(cell.text)) ?? [];
  const raw = cell ? document.slice(cell.inner.from, cell.inner.to) : "";
  const [from, to] = [raw.lastIndexOf("["), raw.lastIndexOf("]") + 1];
  if (!cell || name === undefined || shape === undefined || from < 0 || to <= from) return [cell, undefined];
  const span = { from: cell.inner.from + from, to: cell.inner.from + to };
  const before = { from: cell.inner.from, to: span.from };
  return [
    { ...cell, text: name, span: before, inner: before },
    { ...cell, text: shape, span, inner: span },
  ];
}

/** A table in which the shapes that stand behind the names of layers are a column of their own; undefined where there are none. */
export function withShapesApart(table: DocumentTable, document: string): DocumentTable | undefined {
  const shaped = table.rows.filter((row) => SHAPED.test(row.cells[0]?.text ?? ""));
  if (table.heads || shaped.length < MIN_ROWS || shaped.length < table.rows.length / 2) return undefined;
  const split = (row: Row): Row => ({ ...row, cells: [...apart(row.cells[0], document), ...row.cells.slice(1)] });
  return { ...table, header: table.header && split(table.header), rows: table.rows.map(split) };
}
