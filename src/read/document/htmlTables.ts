import { type Cell, type DocumentTable, MAX_COLUMNS, MAX_ROWS, type Row, spreadRows } from "./documentTable.js";
import { type Line, lineAt } from "./lines.js";
import { readCell } from "./markdownText.js";

const TAG = /<(\/?)(table|tr|td|th|caption)\b([^<>]*)>/gi;

/** The HTML tables of a text; one inside a cell of another is not read. */
export function htmlTables(text: string, lines: readonly Line[]): readonly DocumentTable[] {
  const tables: DocumentTable[] = [];
  let open:
    | {
        readonly from: number;
        title: string | undefined;
        readonly rows: { readonly row: Row; readonly isHead: boolean }[];
      }
    | undefined;
  let depth = 0;
  let cells: (Cell | undefined)[] = [];
  let row = { from: 0, isHead: false };
  let cell: { readonly from: number; readonly tag: string; readonly attributes: string } | undefined;
  const endCell = (to: number): void => {
    if (!cell || !open) return;
    const { from, tag, attributes } = cell;
    cell = undefined;
    const read = readCell(text, { from, to });
    if (tag === "caption") open.title = read.text || undefined;
    else {
      if (tag === "td") row.isHead = false;
      const span = (name: string): number =>
        Number(new RegExp(`${name}\\s*=\\s*["']?(\\d{1,2})`, "i").exec(attributes)?.[1] ?? 1) || 1;
      const columns = Math.min(span("colspan"), MAX_COLUMNS - cells.length);
      if (columns > 0)
        cells.push(
          { ...read, columns, rows: span("rowspan") },
          ...Array.from({ length: columns - 1 }, () => undefined),
        );
    }
  };
  const endRow = (to: number): void => {
    endCell(to);
    if (open && cells.length > 0 && open.rows.length < MAX_ROWS)
      open.rows.push({ row: { span: { from: row.from, to }, cells }, isHead: row.isHead });
    cells = [];
  };
  for (const match of text.matchAll(TAG)) {
    const [whole, close, name = "", attributes = ""] = match;
    const [at, tag] = [match.index, name.toLowerCase()];
    if (tag === "table") {
      depth += close ? -1 : 1;
      if (!close && depth === 1) open = { from: at, title: undefined, rows: [] };
      if (depth > 0 || !open) continue;
      endRow(at);
      const [first, ...others] = open.rows;
      const rows = (first?.isHead ? others : open.rows).map((r) => r.row);
      if (rows.length > 0)
        tables.push({
          kind: "markdown",
          span: { from: open.from, to: at + whole.length },
          line: lineAt(lines, open.from),
          title: open.title,
          header: first?.isHead ? first.row : undefined,
          rows: spreadRows(rows),
          after: [],
        });
      open = undefined;
      depth = 0;
    } else if (depth === 1 && tag === "tr") {
      endRow(at);
      row = { from: at, isHead: true };
    } else if (depth === 1) {
      endCell(at);
      if (!close) cell = { from: at + whole.length, tag, attributes };
    }
  }
  return tables;
}
