import {
  type Cell,
  type DocumentTable,
  MAX_CELL,
  MAX_COLUMNS,
  MAX_ROWS,
  type Row,
  spreadRows,
  type TextLine,
} from "./documentTable.js";
import { bracketEnd, commandEnd, groupEnd, latexText, skipSpace } from "./latexText.js";
import { lineAt, linesOf } from "./lines.js";
import { type Stretch, trimmed } from "./written.js";

/** Environments that hold cells, with the number of arguments before the content. */
const ENVIRONMENTS: Readonly<Record<string, number>> = {
  tabular: 1,
  "tabular*": 2,
  tabularx: 2,
  tabulary: 2,
  tabu: 1,
  longtable: 1,
  array: 1,
};

/** Rules and the like between rows; those with an argument in brackets or braces take it along. */
const RULES = new Set(
  "hline toprule midrule bottomrule cline cmidrule specialrule addlinespace noalign endhead endfirsthead endfoot endlastfoot rowcolor arrayrulecolor centering small footnotesize hhline Xhline".split(
    " ",
  ),
);

/** Environments whose text is shown as it stands, and comments. */
const VERBATIM = /^(?:[vV]erbatim|lstlisting|minted|alltt|comment)\*?$/;

/** Nested environments deeper than this are not read. */
const MAX_DEPTH = 8;

/** The tables of a LaTeX text. */
export function latexTables(text: string): readonly DocumentTable[] {
  const tables: DocumentTable[] = [];
  const lines = linesOf(text);
  let title: string | undefined;
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    if (c === 37) i = endOfLine(text, i);
    else if (c !== 92) i++;
    else {
      const end = commandEnd(text, i, text.length);
      const name = text.slice(i + 1, Math.min(end, i + 40));
      if (name === "verb") {
        i = verbEnd(text, end);
        continue;
      }
      const open = skipSpace(text, text[end] === "*" ? end + 1 : end, Math.min(text.length, end + 200));
      if (text[open] === "{" && /^(?:section|subsection|subsubsection|paragraph|chapter)$/.test(name)) {
        const close = groupEnd(text, open, Math.min(text.length, open + 1000));
        title = latexText(text, { from: open, to: close }).text || title;
        i = close;
        continue;
      }
      if (name === "begin" && text[open] === "{") {
        const close = groupEnd(text, open, Math.min(text.length, open + 60));
        const environment = text.slice(open + 1, close - 1);
        if (VERBATIM.test(environment)) {
          const done = text.indexOf(`\\end{${environment}}`, close);
          i = done < 0 ? text.length : done;
          continue;
        }
        if (Object.hasOwn(ENVIRONMENTS, environment)) {
          const table = readTable(text, i, close, environment);
          tables.push({ ...table, line: lineAt(lines, i), title: captionFor(text, table.span) ?? title });
          i = table.span.to;
          continue;
        }
        i = close;
        continue;
      }
      i = end;
    }
  }
  return tables;
}

/** The stretches of a LaTeX text that are shown as they stand. */
export function verbatimTexts(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let at = text.indexOf("\\begin{"); at >= 0; at = text.indexOf("\\begin{", at + 1)) {
    const environment = text.slice(at + 7, at + 24).split("}", 1)[0] ?? "";
    if (!VERBATIM.test(environment) || environment === "comment") continue;
    const to = text.indexOf(`\\end{${environment}}`, at);
    found.push({ from: at, to: to < 0 ? text.length : to });
    at = to < 0 ? text.length : to;
  }
  return found;
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
};

function verbEnd(text: string, from: number): number {
  const close = text.indexOf(text[from] ?? "\n", from + 1);
  return close < 0 || close - from > 300 ? from + 1 : close + 1;
}

/** The caption of the floating table around a stretch, before or behind it. */
function captionFor(text: string, { from, to }: Stretch): string | undefined {
  const before = Math.max(0, from - 3000);
  const opened = text.slice(before, from).lastIndexOf("\\begin{table") + before;
  if (opened < before || text.slice(opened, from).includes("\\end{table")) return undefined;
  const end = text.slice(to, to + 1500).indexOf("\\end{table");
  for (const [start, stop] of [
    [opened, from],
    [to, to + (end < 0 ? 1500 : end)],
  ] as const) {
    const at = text.slice(start, stop).search(/\\caption\s*(?:\[[^\]\n]{0,200}\]\s*)?\{/);
    if (at < 0) continue;
    const open = text.indexOf("{", start + at);
    const close = groupEnd(text, open, Math.min(text.length, open + 1000));
    const caption = latexText(text, { from: open, to: close }).text;
    if (caption) return caption;
  }
  return undefined;
}

type Bare = Omit<DocumentTable, "line" | "title">;

function readTable(text: string, begin: number, open: number, environment: string): Bare {
  let start = skipSpace(text, open, text.length);
  if (text[start] === "[") start = skipSpace(text, bracketEnd(text, start, text.length), text.length);
  for (let n = ENVIRONMENTS[environment] ?? 1; n > 0 && text[start] === "{"; n--)
    start =
      n > 1 ? skipSpace(text, groupEnd(text, start, text.length), text.length) : groupEnd(text, start, text.length);
  const rows: Row[] = [];
  const end = readRows(text, start, rows);
  const close = text.startsWith("\\end", end) ? groupEnd(text, text.indexOf("{", end), text.length) : end;
  return {
    kind: "latex",
    span: { from: begin, to: close },
    header: undefined,
    rows: spreadRows(rows),
    after: linesAfter(text, close),
  };
}

/** Reads rows up to the end of the environment; cells may hold groups and environments of their own. */
function readRows(text: string, start: number, rows: Row[]): number {
  let i = start;
  let from = start;
  let braces = 0;
  let depth = 0;
  let cells: Stretch[] = [];
  const endRow = (to: number): void => {
    cells.push({ from, to });
    const read = cells.map((s) => readCell(text, s));
    if (rows.length < MAX_ROWS && read.some((c) => c.text !== "")) rows.push(placeCells(read));
    cells = [];
  };
  while (i < text.length) {
    const c = text[i];
    if (c === "%") i = endOfLine(text, i);
    else if (c === "{") {
      braces++;
      i++;
    } else if (c === "}") {
      // A brace too many is a slip of the pen, not the end of the table.
      braces = Math.max(0, braces - 1);
      i++;
    } else if (c === "&" && braces === 0 && depth === 0) {
      if (cells.length < MAX_COLUMNS) cells.push({ from, to: i });
      from = ++i;
    } else if (c === "\\") {
      const end = commandEnd(text, i, text.length);
      const name = text.slice(i + 1, Math.min(end, i + 30));
      if (name === "begin") depth++;
      if (name === "end" && (depth === 0 || braces > 50)) {
        if (trimmed(text, from, i).from < i || cells.length > 0) endRow(i);
        return i;
      }
      if (name === "end") depth--;
      const isBreak = (name === "\\" || name === "tabularnewline") && braces === 0 && depth === 0;
      i = end;
      if (isBreak) {
        endRow(end - name.length - 1);
        if (text[i] === "*") i++;
        if (text[i] === "[") i = bracketEnd(text, i, text.length);
        from = i;
      }
      if (depth > MAX_DEPTH) return i;
    } else i++;
  }
  return i;
}

/** A cell without the rules before it, and with what \multicolumn and \multirow say taken off. */
function readCell(text: string, between: Stretch): Cell {
  let { from } = between;
  const { to } = between;
  let [columns, rows] = [1, 1];
  for (;;) {
    from = skipSpace(text, from, to);
    if (text[from] === "%") {
      from = Math.min(endOfLine(text, from), to);
      continue;
    }
    if (text[from] !== "\\") break;
    const end = commandEnd(text, from, to);
    const name = text.slice(from + 1, end);
    if (RULES.has(name)) from = skipArguments(text, end, to);
    else if (name === "multicolumn" || name === "multirow") {
      const count = /^\{\s*(-?\d{1,2})\s*\}/.exec(text.slice(skipSpace(text, end, to), Math.min(end + 12, to)));
      if (count && name === "multicolumn") columns = Math.min(MAX_COLUMNS, Math.max(1, Number(count[1])));
      if (count && name === "multirow") rows = Math.min(MAX_ROWS, Math.max(1, Number(count[1])));
      let last = skipSpace(text, end, to);
      for (let n = 0; n < 2; n++) {
        if (text[last] === "[") last = skipSpace(text, bracketEnd(text, last, to), to);
        if (text[last] === "{") last = skipSpace(text, groupEnd(text, last, to), to);
        else if (text[last] === "*") last = skipSpace(text, last + 1, to);
      }
      if (last >= to) break;
      from = last;
      if (text[from] !== "{") break;
    } else break;
  }
  const span = trimmed(text, Math.min(from, to), to);
  const written = span.to - span.from > MAX_CELL ? { text: "…", inner: span } : latexText(text, span);
  const inner = written.text === "" ? span : written.inner;
  return { span, inner, text: written.text, columns, rows };
}

function skipArguments(text: string, from: number, to: number): number {
  let i = from;
  for (let n = 0; n < 4; n++) {
    const next = skipSpace(text, i, to);
    if (text[next] === "{") i = groupEnd(text, next, to);
    else if (text[next] === "[") i = Math.max(bracketEnd(text, next, to), next + 1);
    else if (text[next] === "(") i = Math.min(to, text.indexOf(")", next) + 1 || to);
    else return i;
  }
  return i;
}

function placeCells(cells: readonly Cell[]): Row {
  const placed: (Cell | undefined)[] = [];
  for (const cell of cells) {
    placed.push(cell);
    for (let n = 1; n < cell.columns && placed.length < MAX_COLUMNS; n++) placed.push(undefined);
  }
  const [first, last] = [cells[0], cells.at(-1)];
  return { span: { from: first?.span.from ?? 0, to: last?.span.to ?? 0 }, cells: placed };
}

/** The text behind a table, up to a heading or another table. */
function linesAfter(text: string, start: number): readonly TextLine[] {
  const after: TextLine[] = [];
  const window = text.slice(start, start + 1500);
  const stop = window.search(/\\(?:sub)*section\b|\\begin\{tab/);
  for (const line of linesOf(stop < 0 ? window : window.slice(0, stop)).slice(0, 14)) {
    const span = trimmed(text, start + line.from, start + line.to);
    if (span.from < span.to) after.push({ span, text: latexText(text, span).text });
  }
  return after;
}
