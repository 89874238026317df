import type { AxisPicture, WindowPicture } from "../../src/protocol.js";
import type { CellMark, GridMark, Ground } from "./marks.js";
import type { SceneOptions } from "./options.js";
import { cellAt, indexed, minus, placeOf, stepsOf } from "./place.js";
import { readingsAt, seenAt, weightPlace, weightText } from "./reading.js";
import type { Uses } from "./uses.js";

/** The input with its padding; the window's frame lies on it. */
export function inputGrid(
  picture: WindowPicture,
  step: number,
  options: SceneOptions,
  uses: Uses | undefined,
): GridMark {
  const [rows, columns] = picture.axes;
  const [downs, acrosses] = [positionsOf(rows), positionsOf(columns)];
  const under = new Set(readingsAt(picture, step, options.inChannel).map(({ row, col }) => `${row} ${col}`));
  const chosen = cellAt(picture, step, options).chosen;
  const [readRows, readColumns] = [readOf(rows), readOf(columns)];
  const cells = downs.flatMap((row) =>
    acrosses.map((col): CellMark => {
      const beyond = row >= rows.size + rows.after || col >= columns.size + columns.after;
      const seen = seenAt(picture, options.inChannel, row, col);
      const unread = !(readRows.has(row) && readColumns.has(col));
      const ground: Ground = beyond ? "beyond" : seen.padding ? "padding" : unread ? "unread" : "plain";
      const centre = uses
        ? options.probe?.kind === "input" && options.probe.row === row && options.probe.col === col
        : chosen && chosen[0] === row && chosen[1] === col;
      const lit = uses ? uses.input(row, col) : under.has(`${row} ${col}`);
      const name = indexed(picture, "x", row, col);
      return {
        row: row + rows.before,
        col: col + columns.before,
        text: beyond ? "" : seen.text,
        ground,
        state: centre ? "chosen" : lit && !beyond ? "lit" : "quiet",
        name: beyond ? "past the padding" : `${ground === "padding" ? "padding" : name} is ${seen.text}`,
        ...(seen.fromRow >= 0 &&
          !beyond && { target: { kind: "input" as const, row: seen.fromRow, col: seen.fromCol } }),
      };
    }),
  );
  return {
    id: "input",
    role: "input",
    title: "Input",
    ...(picture.input.length > 1 && { channel: options.inChannel }),
    caption: inputCaption(picture),
    rowHeads: downs.map((at) => (picture.rank === 1 ? "" : minus(at))),
    colHeads: acrosses.map(minus),
    digits: 3,
    cells,
    ...(!uses && { frame: windowBox(picture, step) }),
  };
}

/** The kernel as it lies on the input: turned around for the convolution of mathematics. */
export function kernelGrid(
  picture: WindowPicture,
  options: SceneOptions,
  part: number,
  uses: Uses | undefined,
): GridMark {
  const [rows, columns] = picture.axes;
  const [downs, acrosses] = [upTo(rows.kernel), upTo(columns.kernel)];
  const cells = downs.flatMap((row) =>
    acrosses.map((col): CellMark => {
      const own = weightPlace(picture, options, row, col);
      const text = weightText(picture, options, part, row, col);
      const { probe } = options;
      const centre = probe?.kind === "weight" && probe.row === own.row && probe.col === own.col;
      return {
        row,
        col,
        text,
        ground: "plain",
        state: centre ? "chosen" : uses && !uses.tap(row, col) ? "quiet" : "lit",
        name: `${indexed(picture, "w", own.row, own.col)} is ${text}`,
        target: { kind: "weight", ...own },
      };
    }),
  );
  const several = picture.output.length > 1 || (picture.weight?.[0]?.length ?? 1) > 1;
  return {
    id: "kernel",
    role: "weight",
    title: options.turned ? "Kernel, turned" : "Kernel",
    caption: sizeText(picture, rows.kernel, columns.kernel),
    ...(several && { part: `weight[${options.outChannel}, ${part}]` }),
    rowHeads: downs.map((row) => (picture.rank === 1 ? "" : minus(weightPlace(picture, options, row, 0).row))),
    colHeads: acrosses.map((col) => minus(weightPlace(picture, options, 0, col).col)),
    digits: 3,
    cells,
  };
}

/** The output of one channel; cells that time has not reached are faint. */
export function outputGrid(
  picture: WindowPicture,
  step: number,
  options: SceneOptions,
  uses: Uses | undefined,
): GridMark {
  const [rows, columns] = picture.axes;
  const current = placeOf(picture, step);
  const reached = options.reached ?? step;
  const cells = upTo(stepsOf(picture)).map((index): CellMark => {
    const { row, col } = placeOf(picture, index);
    const { text } = cellAt(picture, index, options);
    const lit = uses?.output(row, col);
    const quiet = index > reached ? "later" : "quiet";
    return {
      row,
      col,
      text,
      ground: "plain",
      state: lit ? "lit" : !uses && index === step ? "chosen" : quiet,
      name: `${indexed(picture, "y", row, col)} is ${text}`,
      target: { kind: "output", step: index },
    };
  });
  return {
    id: "output",
    role: "output",
    title: "Output",
    ...(picture.output.length > 1 && { channel: options.outChannel }),
    caption: sizeText(picture, rows.windows.length, columns.windows.length),
    rowHeads: upTo(rows.windows.length).map((row) => (picture.rank === 1 ? "" : minus(row))),
    colHeads: upTo(columns.windows.length).map(minus),
    digits: Math.max(...[...picture.output, ...(picture.turned ?? [])].flat(2).map((cell) => cell.text.length)),
    cells,
    frame: { ...current, height: 1, width: 1 },
  };
}

function windowBox(picture: WindowPicture, step: number): NonNullable<GridMark["frame"]> {
  const { row, col } = placeOf(picture, step);
  const [rows, columns] = picture.axes;
  const [top, bottom] = rows.reach[row] ?? [0, 0];
  const [left, right] = columns.reach[col] ?? [0, 0];
  return { row: top + rows.before, col: left + columns.before, height: bottom - top + 1, width: right - left + 1 };
}

function inputCaption(picture: WindowPicture): string {
  const [rows, columns] = picture.axes;
  const size = sizeText(picture, rows.size, columns.size);
  const padded = [rows, columns].map((axis) => axis.size + axis.before + axis.after) as [number, number];
  const text = sizeText(picture, ...padded);
  return text === size ? size : `${size}, after padding ${text.replace("length ", "")}`;
}

function sizeText(picture: WindowPicture, rows: number, columns: number): string {
  return picture.rank === 1 ? `length ${columns}` : `${rows} × ${columns}`;
}

function positionsOf(axis: AxisPicture): number[] {
  return upTo(axis.before + axis.size + axis.after + axis.beyond).map((index) => index - axis.before);
}

/** The positions that stand for an input index some window reads. */
function readOf(axis: AxisPicture): ReadonlySet<number> {
  const indices = new Set(axis.windows.flat().map(({ at }) => axis.seen[at + axis.before]));
  return new Set(positionsOf(axis).filter((at) => indices.has(axis.seen[at + axis.before])));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
