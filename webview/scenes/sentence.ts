import type { WindowPicture } from "../../src/protocol.js";
import type { SceneOptions } from "./options.js";
import { cellAt, indexed, minus, placeOf, stepsOf } from "./place.js";
import { counted } from "./pooling.js";
import { readingsAt } from "./reading.js";
import type { Uses } from "./uses.js";

/** How the step's output comes about, for reading and for a screen reader. */
export function stepSentence(picture: WindowPicture, step: number, options: SceneOptions): string {
  const { row, col } = placeOf(picture, step);
  const cell = cellAt(picture, step, options);
  const readings = readingsAt(picture, step, options.inChannel);
  const padding = readings.filter((reading) => reading.padding).length;
  const partly =
    padding === 0 ? "" : `; ${padding} of its ${readings.length} places ${padding === 1 ? "is" : "are"} padding`;
  const where = `The window lies on ${placesText(picture, row, col)}${partly}.`;
  if (picture.operation === "convolution") return where;
  if (picture.operation === "max") {
    if (!cell.chosen) return `${where} It sees no number at all.`;
    const inside = readings.length - padding;
    const place = indexed(picture, "x", ...cell.chosen);
    return `${where} ${inside === 1 ? "It sees one number," : `The largest of its ${inside} numbers is`} ${place}.`;
  }
  const count = counted(picture, step, options).length;
  const added =
    count === 1 ? `One number, ${minus(cell.sum ?? 0)},` : `Its ${count} numbers add up to ${minus(cell.sum ?? 0)},`;
  return `${where} ${added} divided by ${cell.divisor}.`;
}

/** What a selected input cell or weight takes part in. */
export function probeSentence(picture: WindowPicture, options: SceneOptions, uses: Uses): string {
  const { probe } = options;
  if (!probe) return "";
  const fed = Array.from({ length: stepsOf(picture) }, (_, step) => placeOf(picture, step)).filter(({ row, col }) =>
    uses.output(row, col),
  );
  const names = fed.slice(0, 6).map(({ row, col }) => indexed(picture, "y", row, col));
  const more = fed.length > names.length ? ` and ${fed.length - names.length} more` : "";
  if (probe.kind === "weight") {
    const name = indexed(picture, "w", probe.row, probe.col);
    if (fed.length === 1) return `${name} is used for the one output there is.`;
    return `${name} is used for all ${fed.length} outputs: one weight, shared by every position.`;
  }
  const name = indexed(picture, "x", probe.row, probe.col);
  if (fed.length === 0) return `${name} is read by no window, so no output depends on it.`;
  const windows = fed.length === 1 ? "one window" : `${fed.length} windows`;
  return `${name} is read by ${windows}: it feeds ${names.join(names.length === 2 && !more ? " and " : ", ")}${more}.`;
}

function placesText(picture: WindowPicture, row: number, col: number): string {
  const [rows, columns] = picture.axes;
  const range = ([first, last]: readonly [number, number]): string =>
    first === last ? minus(first) : `${minus(first)} to ${minus(last)}`;
  const across = columns.reach[col] ?? [0, 0];
  if (picture.rank === 1) return `position${across[0] === across[1] ? "" : "s"} ${range(across)}`;
  return `rows ${range(rows.reach[row] ?? [0, 0])}, columns ${range(across)}`;
}
