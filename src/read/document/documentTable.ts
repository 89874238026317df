import type { Stretch } from "./written.js";

/** One cell: where it stands, and what a reader sees of it. */
export interface Cell {
  /** The cell's content without the space around it; empty, in the cell's middle, where it has none. */
  readonly span: Stretch;
  /** The same without bold, back-ticks and the like: the stretch to replace by a better number. */
  readonly inner: Stretch;
  readonly text: string;
  /** How many columns it covers, and how many rows. */
  readonly columns: number;
  readonly rows: number;
  /** Whether the text stands on several lines of one cell: it has no one stretch to replace. */
  readonly isWrapped?: boolean;
}

/** A row of cells; the first cell of each column comes at that column's place. */
export interface Row {
  readonly span: Stretch;
  readonly cells: readonly (Cell | undefined)[];
}

/** A line of text beside a table. */
export interface TextLine {
  readonly span: Stretch;
  readonly text: string;
}

/** A table of a document. */
export interface DocumentTable {
  /** `text`: drawn with characters, or in columns under a rule. */
  readonly kind: "markdown" | "latex" | "text";
  readonly span: Stretch;
  /** The line, from 0. */
  readonly line: number;
  /** The nearest heading or the caption. */
  readonly title: string | undefined;
  /** The row that is marked as the header; LaTeX has none. */
  readonly header: Row | undefined;
  /** What the columns are called where no row says it. */
  readonly heads?: readonly string[];
  readonly rows: readonly Row[];
  /** The lines of text behind the table, as far as they may belong to it. */
  readonly after: readonly TextLine[];
}

/** A cell longer than this is not read. */
export const MAX_CELL = 2000;

/** Rows beyond this many are not read, nor columns. */
export const MAX_ROWS = 400;
/** A program prints longer tables than people write. */
export const MAX_PRINTED_ROWS = 3000;
export const MAX_COLUMNS = 40;

/** An empty cell under one that covers several rows shows that one. */
export function spreadRows(rows: readonly Row[]): readonly Row[] {
  const open = new Map<number, { cell: Cell; left: number }>();
  return rows.map((row) => {
    const cells = row.cells.map((cell, column) => {
      if (cell && cell.rows > 1) open.set(column, { cell, left: cell.rows - 1 });
      else {
        const above = open.get(column);
        if (above && above.left-- > 0 && (!cell || cell.text === "")) return above.cell;
        if (above) open.delete(column);
      }
      return cell;
    });
    return { span: row.span, cells };
  });
}
