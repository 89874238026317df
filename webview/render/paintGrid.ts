import { type CellState, type GridMark, textAt } from "../scenes/marks.js";
import { type GridLayout, pixelsOf } from "./layout.js";
import type { Palette } from "./palette.js";
import type { Surface } from "./surface.js";

/** The states of a grid's cells at a step. */
export function statesOf({ lit, chosen, later }: GridMark): (cell: number) => CellState {
  const belongs = new Set(lit);
  return (cell) =>
    cell === chosen ? "chosen" : belongs.has(cell) ? "lit" : later !== undefined && cell >= later ? "later" : "quiet";
}

/** Paints one cell over what stood there. */
export function paintCell(
  surface: Surface,
  grid: GridMark,
  { left, head, across, side, columns, letters }: GridLayout,
  palette: Palette,
  cell: number,
  state: CellState,
): void {
  const { role, base } = grid;
  const [x, y] = [left + (cell % columns) * across, head + Math.floor(cell / columns) * side];
  const ground = base.grounds[cell] ?? "plain";
  const hue = palette.roles[role];
  const isSmallSide = side < 12;
  // Where no number stands, the colour alone tells a cell.
  const isBare = isSmallSide || letters === 0;
  const isOutside = ground === "padding" || ground === "beyond";
  // What is empty in a matrix leaves the shape of the rest to be seen.
  const isEmpty = isOutside || (ground === "plain" && textAt(grid, cell) === "");
  const quiet = isEmpty ? palette.surface : isBare ? palette.lit[role] : palette.ground[role];
  const [row, col] = grid.places?.get(cell) ?? [];
  const placed = row === undefined || col === undefined ? undefined : palette.places[row % 3]?.[col % 7];
  const lit = placed ?? (isBare ? hue : palette.lit[role]);
  const fill = state === "chosen" ? hue : state === "lit" ? lit : (placed ?? quiet);
  const gap = isSmallSide ? 0 : 1;
  // Some colours let through what stood here before.
  surface.rect(x, y, across, side, { fill: palette.surface });
  const isMarked = state === "chosen" || state === "lit";
  const stroke = isMarked ? hue : palette.quiet;
  // Where numbers to come are not faint, their border tells them.
  const isUnfaded = state === "later" && palette.later === 1;
  const own = isSmallSide && !isMarked && isOutside ? palette.quiet : fill;
  surface.rect(x + gap, y + gap, across - 2 * gap, side - 2 * gap, {
    fill: own,
    ...(!isSmallSide && { stroke, line: isMarked ? palette.line : 1, dashed: (isOutside && !isMarked) || isUnfaded }),
  });
  if (side >= 12 && ground !== "plain" && state !== "chosen")
    surface.hatch(x + 2, y + 2, across - 4, side - 4, ground, palette.hatch);
  const text = textAt(grid, cell);
  if (letters === 0 || text === "") return;
  surface.text(x + across / 2, y + side / 2 + 0.5, text, {
    fill: state === "chosen" ? palette.surface : isOutside ? palette.soft : palette.text,
    font: palette.mono,
    size: letters,
    bold: isMarked,
    opacity: state === "later" ? palette.later : 1,
  });
}

/** Paints the indices of rows and columns. */
export function paintHeads(surface: Surface, { base }: GridMark, layout: GridLayout, palette: Palette): void {
  const { left, head, across, side } = layout;
  if (head === 0) return;
  const letters = { fill: palette.soft, font: palette.sans, size: Math.min(10.5, side * 0.4) };
  for (const [col, name] of base.colHeads.entries())
    if (name !== "") surface.text(left + (col + 0.5) * across, head / 2, name, letters);
  for (const [row, name] of base.rowHeads.entries())
    if (name !== "") surface.text(left / 2, head + (row + 0.5) * side, name, letters);
}

/** Paints a whole grid with its frame. */
export function paintGrid(surface: Surface, grid: GridMark, layout: GridLayout, palette: Palette): void {
  paintHeads(surface, grid, layout, palette);
  const stateOf = statesOf(grid);
  for (let cell = 0; cell < layout.rows * layout.columns; cell++)
    paintCell(surface, grid, layout, palette, cell, stateOf(cell));
  if (!grid.frame) return;
  const { x, y, width, height } = pixelsOf(grid.frame, layout);
  surface.rect(x - 1, y - 1, width + 2, height + 2, { stroke: palette.frame, line: 3 });
}

/** The cells that look different in two marks of one base. */
export function changedCells(before: GridMark, now: GridMark): Set<number> {
  const [was, is] = [statesOf(before), statesOf(now)];
  const candidates = new Set([...before.lit, ...now.lit]);
  for (const cell of [...(before.places?.keys() ?? []), ...(now.places?.keys() ?? [])]) candidates.add(cell);
  for (const cell of [before.chosen, now.chosen]) if (cell !== undefined) candidates.add(cell);
  for (const cell of [...(before.over?.keys() ?? []), ...(now.over?.keys() ?? [])])
    if (textAt(before, cell) !== textAt(now, cell)) candidates.add(cell);
  const last = now.base.texts.length;
  const [from, to] = [before.later ?? last, now.later ?? last].toSorted((a, b) => a - b) as [number, number];
  for (let cell = from; cell < Math.min(to, last); cell++) candidates.add(cell);
  return new Set(
    [...candidates].filter(
      (cell) =>
        was(cell) !== is(cell) ||
        textAt(before, cell) !== textAt(now, cell) ||
        before.places?.get(cell)?.join() !== now.places?.get(cell)?.join(),
    ),
  );
}
