import type { TextTable } from "./barTables.js";
import { type Cell, MAX_COLUMNS, MAX_PRINTED_ROWS, type Row } from "./documentTable.js";
import type { Line } from "./lines.js";
import { isRule, isText, joinCells, plainCell } from "./textTables.js";
import { isSpace, type Stretch } from "./written.js";

/** Words that one of a network's column heads has. */
const HEAD = /layer|shape|param|output|operation/i;

/** Behind these words stand the sums, no more rows. */
const SUMS = /^\s*(?:total|trainable|non-?trainable|optimizer|input size|forward|estimated)\b[^:]{0,40}:/i;

/** The table in columns under a rule, with a second one over its heads or not, and with rules between rows or not. */
export function readColumns(text: string, lines: readonly Line[], rule: number): TextTable | undefined {
  const above = headsOf(text, lines[rule - 1]);
  const isBetween = !above && isRule(text, lines[rule + 2]);
  const head = isBetween ? rule + 1 : rule - 1;
  const heads = above ?? (isBetween ? headsOf(text, lines[head]) : undefined);
  if (!heads) return undefined;
  const rows: Row[] = [];
  let end = head + 2;
  for (let i = end; i < lines.length && rows.length < MAX_PRINTED_ROWS; i++) {
    const line = lines[i] as Line;
    if (isRule(text, line)) continue;
    if (!isText(text, line)) {
      // Programs leave a line empty under a wrapped cell, people behind a table.
      if (isBetween && isText(text, lines[i + 1]) && !isRule(text, lines[i - 1])) continue;
      break;
    }
    const pieces = piecesOf(text, line, heads);
    const [first] = pieces;
    // Keras draws a nested model in a box of its own.
    const written = text.slice(line.from, line.to);
    if (!first || SUMS.test(written) || written.includes("¯")) break;
    const before = rows.at(-1);
    const cells = placed(text, pieces, heads);
    const isWrapped = !cells[0] || (pieces.length === 1 && /\([^)]*$/.test(before?.cells[0]?.text ?? ""));
    if (before && isWrapped && !/[├└]/.test(text.slice(line.from, first.from))) {
      rows[rows.length - 1] = { ...before, cells: heads.map((_, c) => joinCells(before.cells[c], cells[c])) };
    } else if (pieces.length < 2) break;
    else rows.push({ span: { from: line.from, to: line.to }, cells });
    end = i + 1;
  }
  if (rows.length < 2) return undefined;
  const header = lines[head] as Line;
  return {
    start: isBetween ? rule : head,
    end,
    header: { span: { from: header.from, to: header.to }, cells: heads.map((h) => plainCell(text, h.from, h.to)) },
    rows,
  };
}

function headsOf(text: string, line: Line | undefined): readonly Stretch[] | undefined {
  if (!isText(text, line) || !HEAD.test(text.slice(line.from, line.to))) return undefined;
  const heads = apart(text, line.from, line.to);
  return heads.length < 2 || heads.length > MAX_COLUMNS ? undefined : heads;
}

/** The stretches of a line with two spaces or a tab between them. */
function apart(text: string, from: number, to: number): readonly Stretch[] {
  const found: Stretch[] = [];
  let start = -1;
  let last = from;
  for (let i = from; i <= to; i++) {
    const c = i < to ? text.charCodeAt(i) : 32;
    if (!isSpace(c) && i < to) {
      if (start < 0) start = i;
      last = i + 1;
    } else if (start >= 0 && (i === to || c === 9 || i > last)) {
      found.push({ from: start, to: last });
      start = -1;
    }
  }
  return found;
}

/** A row's pieces, behind the branches of a tree; one space parts them where the next column begins. */
function piecesOf(text: string, line: Line, heads: readonly Stretch[]): readonly Stretch[] {
  let from = line.from;
  while (from < line.to && " \t│├└─|".includes(text[from] ?? "x")) from++;
  const pieces = apart(text, from, line.to);
  if (pieces.length >= heads.length) return pieces;
  return pieces.flatMap((piece) => {
    const cuts = heads
      .map((h) => line.from + h.from - lineStart(text, h.from))
      .filter((at) => at > piece.from + 1 && at < piece.to && text[at - 1] === " " && text[at] !== " ");
    return [...cuts, piece.to].map((to, i) => ({ from: cuts[i - 1] ?? piece.from, to }));
  });
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Puts a row's pieces under the heads: in order where there are as many, else where they overlap. */
function placed(text: string, pieces: readonly Stretch[], heads: readonly Stretch[]): readonly (Cell | undefined)[] {
  const cells: (Cell | undefined)[] = heads.map(() => undefined);
  const rowStart = lineStart(text, pieces[0]?.from ?? 0);
  const headStart = lineStart(text, heads[0]?.from ?? 0);
  let next = 0;
  for (const [i, piece] of pieces.entries()) {
    let column = i;
    if (pieces.length !== heads.length) {
      const overlap = ({ from, to }: Stretch): number =>
        Math.min(to - headStart, piece.to - rowStart) - Math.max(from - headStart, piece.from - rowStart);
      column = next;
      for (let c = next + 1; c < heads.length; c++)
        if (overlap(heads[c] as Stretch) > overlap(heads[column] as Stretch)) column = c;
    }
    if (column >= heads.length) break;
    cells[column] = plainCell(text, piece.from, piece.to);
    next = column + 1;
  }
  return cells;
}
