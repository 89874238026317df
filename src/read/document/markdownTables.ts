import { type Cell, type DocumentTable, MAX_COLUMNS, MAX_ROWS, type Row, type TextLine } from "./documentTable.js";
import { type Line, linesOf } from "./lines.js";
import { markdownText, readCell } from "./markdownText.js";
import { isSpace, trimmed } from "./written.js";

/** Lines longer than this are no rows of a table that anybody reads. */
const MAX_LINE = 20_000;

/** The pipe tables of a Markdown text, outside code and comments. */
export function markdownTables(text: string): readonly DocumentTable[] {
  const lines = linesOf(text);
  const tables: DocumentTable[] = [];
  const skip = new Skipper(text);
  let title: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line;
    if (skip.isSkipped(line)) continue;
    title = headingOn(text, line) ?? title;
    const next = lines[i + 1];
    if (!next || !hasPipe(text, line) || !isDelimiter(text, next)) continue;
    const table = readTable(text, lines, i, title);
    tables.push(table);
    i += table.rows.length + 1;
  }
  return tables;
}

/** Keeps count of fences and comments. */
class Skipper {
  readonly #text: string;
  #fence: string | undefined;
  #isComment = false;

  constructor(text: string) {
    this.#text = text;
  }

  isSkipped(line: Line): boolean {
    const { from, to } = line;
    const start = contentStart(this.#text, line);
    const c = this.#text[start];
    if (this.#isComment) {
      if (this.#find("-->", from, to) >= 0) this.#isComment = false;
      return true;
    }
    if (c === "`" || c === "~") {
      let end = start;
      while (end < to && this.#text[end] === c) end++;
      const marks = this.#text.slice(start, Math.min(end, start + 40));
      if (this.#fence !== undefined) {
        if (marks.startsWith(this.#fence) && trimmed(this.#text, end, to).from >= to) this.#fence = undefined;
        return true;
      }
      if (marks.length >= 3 && !(c === "`" && this.#find("`", end, to) >= 0)) {
        this.#fence = marks;
        return true;
      }
    }
    if (this.#fence !== undefined) return true;
    const open = this.#find("<!--", from, to);
    if (open >= 0 && this.#find("-->", open, to) < 0) {
      this.#isComment = true;
      return true;
    }
    return false;
  }

  #find(what: string, from: number, to: number): number {
    const found = to - from > MAX_LINE ? -1 : this.#text.slice(from, to).indexOf(what);
    return found < 0 ? -1 : from + found;
  }
}

/** Where a line's content begins, behind the marks of block quotes and lists. */
function contentStart(text: string, { from, to }: Line): number {
  const limit = Math.min(to, from + 200);
  let i = from;
  for (;;) {
    while (i < limit && isSpace(text.charCodeAt(i))) i++;
    if (text[i] === ">") i++;
    else {
      const item = /^(?:[-+*]|\d{1,4}[.)])[ \t]+/.exec(text.slice(i, Math.min(i + 12, limit)));
      if (!item) return Math.min(i, to);
      i += item[0].length;
    }
  }
}

function hasPipe(text: string, { from, to }: Line): boolean {
  if (to - from > MAX_LINE) return false;
  return text.slice(from, to).includes("|");
}

/** Whether a line is `|---|:-:|`: at least one pipe, or one column between bars. */
function isDelimiter(text: string, line: Line): boolean {
  const start = contentStart(text, line);
  if (line.to - start > MAX_LINE || line.to - start < 2) return false;
  const content = text.slice(start, line.to);
  return /^[|\-:\s]+$/.test(content) && content.includes("|") && content.includes("-");
}

function headingOn(text: string, line: Line): string | undefined {
  if (line.to - line.from > 400) return undefined;
  const content = text.slice(contentStart(text, line), line.to);
  const heading =
    /^#{1,6}\s+(.*?)[\s#]*$/.exec(content)?.[1] ?? /^(?:\*\*|__)([^*_]{2,120})(?:\*\*|__)[:.]?\s*$/.exec(content)?.[1];
  if (!heading) return undefined;
  return markdownText(heading, { from: 0, to: heading.length }).text.replace(/:$/, "") || undefined;
}

function readTable(text: string, lines: readonly Line[], at: number, title: string | undefined): DocumentTable {
  const first = lines[at] as Line;
  const rows: Row[] = [];
  let last = lines[at + 1] as Line;
  for (let i = at + 2; i < lines.length && rows.length < MAX_ROWS; i++) {
    const line = lines[i] as Line;
    if (!hasPipe(text, line)) break;
    rows.push(readRow(text, line));
    last = line;
  }
  const header = readRow(text, first);
  return {
    kind: "markdown",
    span: { from: header.span.from, to: last.to },
    line: at,
    title,
    header,
    rows,
    after: linesAfter(text, lines, at + 2 + rows.length),
  };
}

/** The text behind a table up to a heading, another table or a dozen lines. */
function linesAfter(text: string, lines: readonly Line[], start: number): readonly TextLine[] {
  const after: TextLine[] = [];
  for (const line of lines.slice(start, start + 14)) {
    if (
      headingOn(text, line)?.length &&
      /^\s*#/.test(text.slice(line.from, line.from + 10)) &&
      !/total/i.test(text.slice(line.from, line.to))
    )
      break;
    if (line.to - line.from > 1000 || isDelimiter(text, line)) break;
    const span = trimmed(text, line.from, line.to);
    if (span.from < span.to) after.push({ span, text: markdownText(text, span).text });
  }
  return after;
}

function readRow(text: string, line: Line): Row {
  const start = contentStart(text, line);
  const span = trimmed(text, start, line.to);
  const cells: Cell[] = [];
  let from = text[span.from] === "|" ? span.from + 1 : span.from;
  let to = from;
  const push = (): void => {
    if (cells.length < MAX_COLUMNS) cells.push(readCell(text, { from, to }));
  };
  for (to = from; to < span.to; to++) {
    const c = text[to];
    if (c === "\\") to++;
    else if (c === "|") {
      push();
      from = to + 1;
    }
  }
  to = Math.min(to, span.to);
  if (from < span.to) push();
  return { span, cells };
}
