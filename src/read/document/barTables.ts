import { type Cell, MAX_COLUMNS, MAX_PRINTED_ROWS, type Row } from "./documentTable.js";
import type { Line } from "./lines.js";
import { isRule, isText, joinCells, plainCell } from "./textTables.js";
import { trimmed } from "./written.js";

/** A table's lines, the end excluded, and what they hold. */
export interface TextTable {
  readonly start: number;
  readonly end: number;
  readonly header: Row;
  readonly rows: readonly Row[];
}

const BARS = "|│┃║";

/** The table with bars between its cells whose first rule stands at a line. */
export function readBars(text: string, lines: readonly Line[], rule: number): TextTable | undefined {
  const start = isBarred(text, lines[rule - 1]) ? rule - 1 : rule;
  // Rows between two rules stand together: they may be one row whose cells are wrapped.
  const groups: Row[][] = [[]];
  let end = start;
  for (; end < lines.length && end - start < MAX_PRINTED_ROWS; end++) {
    const line = lines[end] as Line;
    if (isRule(text, line)) {
      if (end > start && groups.at(-1)?.length === 0) break;
      groups.push([]);
    } else if (isBarred(text, line)) groups.at(-1)?.push(readRow(text, line));
    else break;
  }
  const [head, ...body] = groups.filter((g) => g.length > 0);
  const [header] = head ? joined(head) : [];
  if (!head || !header || body.length === 0 || header.cells.length < 2) return undefined;
  const rows = body.flatMap(joined);
  const fitting = rows.filter((r) => r.cells.length === header.cells.length).length;
  return fitting < 2 || fitting < 0.8 * rows.length ? undefined : { start, end, header, rows };
}

function isBarred(text: string, line: Line | undefined): boolean {
  if (!isText(text, line)) return false;
  for (let i = line.from; i < line.to; i++) if (BARS.includes(text[i] ?? " ")) return true;
  return false;
}

function readRow(text: string, line: Line): Row {
  const span = trimmed(text, line.from, line.to);
  const cells: Cell[] = [];
  let from = span.from;
  for (let i = span.from; i <= span.to; i++) {
    if (i < span.to && !BARS.includes(text[i] ?? " ")) continue;
    const isEdge = (i === span.from && from === i) || (i === span.to && from === i);
    if (!isEdge && cells.length < MAX_COLUMNS) cells.push(plainCell(text, from, i));
    from = i + 1;
  }
  return { span, cells };
}

/** The rows of a group: one, where each further line leaves cells empty, as wrapped ones do. */
function joined(group: readonly Row[]): readonly Row[] {
  const [first, ...others] = group;
  const isEmpty = (c: Cell | undefined): boolean => !c || c.text === "";
  if (!first || others.length > 5 || !others.every((r) => r.cells.some(isEmpty))) return group;
  return [
    others.reduce<Row>(
      (row, { span, cells }) => ({
        span: { from: row.span.from, to: span.to },
        cells: row.cells.map((c, i) => joinCells(c, cells[i])),
      }),
      first,
    ),
  ];
}
