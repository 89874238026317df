import { readBars } from "./barTables.js";
import { readColumns } from "./columnTables.js";
import { type Cell, type DocumentTable, MAX_CELL, type TextLine } from "./documentTable.js";
import type { Line } from "./lines.js";
import { trimmed } from "./written.js";

/** Longer lines are no part of a table that is drawn with characters. */
const MAX_LINE = 500;

/** The tables that are drawn with characters: with bars, or in columns under a rule, as programs print them. */
export function textTables(text: string, lines: readonly Line[]): readonly DocumentTable[] {
  const tables: DocumentTable[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!isRule(text, lines[i])) continue;
    const found = readBars(text, lines, i) ?? readColumns(text, lines, i);
    if (!found) continue;
    const [first, last] = [lines[found.start] as Line, lines[found.end - 1] as Line];
    tables.push({
      kind: "text",
      span: { from: first.from, to: last.to },
      line: first.line,
      title: titleAbove(text, lines, found.start),
      header: found.header,
      rows: found.rows,
      after: linesAfter(text, lines, found.end),
    });
    i = Math.max(i, found.end - 1);
  }
  return tables.map((t, i) => {
    const next = tables[i + 1]?.span.from ?? text.length;
    return { ...t, after: t.after.filter((l) => l.span.from < next) };
  });
}

/** Whether a line is drawn: `+---+`, `=====`, `├───┼───┤`; what stands under the head of a Markdown table is not. */
export function isRule(text: string, line: Line | undefined): boolean {
  if (!line || line.to - line.from > MAX_LINE || line.to - line.from < 9) return false;
  let drawn = 0;
  let [hasBar, hasCross] = [false, false];
  for (let i = line.from; i < line.to; i++) {
    const c = text.charCodeAt(i);
    if (c === 45 || c === 61 || c === 95 || (c >= 0x2500 && c <= 0x257f)) drawn++;
    else if (c === 43) hasCross = true;
    else if (c === 124 || c === 58) hasBar = true;
    else if (c !== 32 && c !== 9) return false;
  }
  return drawn >= 9 && (hasCross || !hasBar);
}

/** Whether a line has text that may be a row. */
export function isText(text: string, line: Line | undefined): line is Line {
  if (!line || line.to - line.from > MAX_LINE) return false;
  const { from, to } = trimmed(text, line.from, line.to);
  return from < to && !isRule(text, line);
}

/** A cell of plain text. */
export function plainCell(text: string, from: number, to: number): Cell {
  const span = trimmed(text, from, to);
  const written = span.to - span.from > MAX_CELL ? "…" : text.slice(span.from, span.to).replace(/\s+/g, " ");
  return { span, inner: span, text: written, columns: 1, rows: 1 };
}

/** A cell together with what stands under it in the same box; a word is cut anywhere while a bracket is open. */
export function joinCells(above: Cell | undefined, below: Cell | undefined): Cell | undefined {
  if (!above || above.text === "") return below ?? above;
  if (!below || below.text === "") return above;
  const isOpen = above.text.split(/[([]/).length > above.text.split(/[)\]]/).length;
  return {
    ...above,
    text: `${above.text}${isOpen && !below.text.startsWith("(") ? "" : " "}${below.text}`,
    isWrapped: true,
  };
}

/** What a program says of its model in the lines above: `Model: "sequential"`. */
function titleAbove(text: string, lines: readonly Line[], start: number): string | undefined {
  for (const line of lines.slice(Math.max(0, start - 2), start).reverse()) {
    const said = /^\s*Model:\s*"([^"]{1,80})"/.exec(text.slice(line.from, Math.min(line.to, line.from + 120)));
    if (said) return said[1];
  }
  return undefined;
}

/** The lines behind a table that may say its totals. */
function linesAfter(text: string, lines: readonly Line[], start: number): readonly TextLine[] {
  const after: TextLine[] = [];
  for (const line of lines.slice(start, start + 14)) {
    if (line.to - line.from > MAX_LINE || text.startsWith("```", line.from)) break;
    const span = trimmed(text, line.from, line.to);
    if (span.from < span.to && !isRule(text, line)) after.push({ span, text: text.slice(span.from, span.to) });
  }
  return after;
}
