import { type Box, type GridBase, sizeOf } from "../scenes/marks.js";

/** Where a grid's cells lie, in pixels. */
export interface GridLayout {
  readonly rows: number;
  readonly columns: number;
  /** The width and height of a cell, and where the first one begins. */
  readonly across: number;
  readonly side: number;
  readonly left: number;
  readonly head: number;
  readonly width: number;
  readonly height: number;
  /** The size of the numbers; 0 where a cell is too small for them. */
  readonly letters: number;
}

/** Sides of a cell: as it is comfortable, at least where numbers are read, and at least at all. */
const COMFORTABLE = 32;
const READABLE = 21;
const LEAST = 3;

/** Columns up to which a grid keeps its numbers and scrolls. */
const SCROLLED = 30;

/** Width of a digit against the size of the letters. */
const DIGIT = 0.61;

/** The layout of a grid in the room that there is. */
export function layoutOf(base: GridBase, room: number, comfortable = COMFORTABLE): GridLayout {
  const [rows, columns] = sizeOf(base);
  const wish = Math.max(1, (base.digits * 9 + 6) / COMFORTABLE);
  const isHeaded = base.rowHeads.some((name) => name !== "");
  const most = Math.floor((room - (isHeaded ? 16 : 0) - 2) / columns / wish);
  const least = columns <= SCROLLED && rows <= 4 * SCROLLED ? READABLE : LEAST;
  const side = Math.max(least, Math.min(comfortable, most));
  const across = side < READABLE ? side : Math.round(side * wish);
  const letters = Math.min(15, side * 0.47, (across - 7) / (base.digits * DIGIT));
  const head = side < 12 ? 0 : Math.round(Math.max(12, side * 0.5));
  const left = isHeaded ? head : 0;
  return {
    rows,
    columns,
    across,
    side,
    left,
    head,
    width: left + columns * across,
    height: head + rows * side,
    letters: letters < 7 ? 0 : letters,
  };
}

/** The pixels of a box of cells. */
export function pixelsOf(
  { row, col, height, width }: Box,
  { left, head, across, side }: GridLayout,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  return { x: left + col * across, y: head + row * side, width: width * across, height: height * side };
}

/** The cell at a place in pixels; undefined outside of them. */
export function cellAt(
  { left, head, across, side, rows, columns }: GridLayout,
  x: number,
  y: number,
): number | undefined {
  const [row, col] = [Math.floor((y - head) / side), Math.floor((x - left) / across)];
  return row >= 0 && col >= 0 && row < rows && col < columns ? row * columns + col : undefined;
}
