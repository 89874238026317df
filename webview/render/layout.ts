import type { Box, GridBase } from "../scenes/marks.js";

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

/** Sides of a cell: as it is comfortable, where numbers are read with ease, at least where a grid then need not scroll, and at least at all. */
const COMFORTABLE = 32;
const READABLE = 21;
const TIGHT = 17;
const LEAST = 3;

/** Columns up to which a grid keeps its numbers and scrolls; a grid of one row, which is nothing but its numbers, may be longer. */
const SCROLLED = 30;
const SCROLLED_ROW = 100;

/** The smallest letters that can be read. */
const SMALLEST = 7;

/** Width of a digit against the size of the letters. */
const DIGIT = 0.61;

/** The layout of a grid in the room that there is. */
export function layoutOf(
  base: Pick<GridBase, "rowHeads" | "colHeads" | "digits">,
  room: number,
  comfortable = COMFORTABLE,
): GridLayout {
  const [rows, columns] = [base.rowHeads.length, base.colHeads.length];
  const wish = Math.max(1, (base.digits * 9 + 6) / COMFORTABLE);
  const isHeaded = base.rowHeads.some((name) => name !== "");
  // Whole pixels: a cell is painted anew over itself, without a seam to its neighbours.
  const fits = Math.floor((room - (isHeaded ? 16 : 0) - 2) / columns / wish);
  const isKept = rows === 1 ? columns <= SCROLLED_ROW : columns <= SCROLLED && rows <= 4 * SCROLLED;
  const acrossOf = (side: number): number => (isKept || side >= READABLE ? Math.floor(side * wish) : side);
  const lettersOf = (side: number): number => Math.min(15, side * 0.47, (acrossOf(side) - 7) / (base.digits * DIGIT));
  const isTight = fits >= TIGHT && fits < READABLE && lettersOf(fits) >= SMALLEST;
  const least = isTight || !isKept ? LEAST : READABLE;
  const side = Math.max(least, Math.min(comfortable, fits));
  const [across, letters] = [acrossOf(side), lettersOf(side)];
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
    letters: letters < SMALLEST ? 0 : letters,
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

/** Pixels at an edge where a grid fades that goes on behind it. */
const FADE = 20;

/** Where a view of some length is to begin so that the first stretch which fits into it is seen whole; where it is, if none does. */
export function broughtIn(
  start: number,
  length: number,
  stretches: readonly (readonly [from: number, to: number])[],
): number {
  const fitting = stretches.find(([from, to]) => to - from <= length);
  if (!fitting) return start;
  const [from, to] = fitting;
  const margin = Math.min(FADE, (length - (to - from)) / 2);
  const isSeen = from >= start + margin && to <= start + length - margin;
  return isSeen ? start : Math.max(0, (from + to - length) / 2);
}
