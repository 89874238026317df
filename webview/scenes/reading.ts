import type { WindowPicture } from "../../src/protocol.js";
import type { SceneOptions } from "./options.js";
import { minus, placeOf } from "./place.js";

/** One place under the window at a step: where it is, which weight meets it, and the number that is seen there. */
export interface Reading {
  /** Position in the padded input. */
  readonly row: number;
  readonly col: number;
  /** Place in the window. */
  readonly tapRow: number;
  readonly tapCol: number;
  /** The input's own row and column, −1 where the padding has no number of its own. */
  readonly fromRow: number;
  readonly fromCol: number;
  readonly padding: boolean;
  readonly text: string;
}

/** Everything under the window at a step, row by row, on one input channel. */
export function readingsAt(picture: WindowPicture, step: number, channel: number): Reading[] {
  const { row, col } = placeOf(picture, step);
  const [rows, columns] = picture.axes;
  return (rows.windows[row] ?? []).flatMap((down) =>
    (columns.windows[col] ?? []).map((across): Reading => {
      const seen = seenAt(picture, channel, down.at, across.at);
      return { row: down.at, col: across.at, tapRow: down.tap, tapCol: across.tap, ...seen };
    }),
  );
}

type Seen = Pick<Reading, "fromRow" | "fromCol" | "padding" | "text">;

/** What stands at a position of the padded input. */
export function seenAt(picture: WindowPicture, channel: number, row: number, col: number): Seen {
  const [rows, columns] = picture.axes;
  const fromRow = rows.seen[row + rows.before] ?? -1;
  const fromCol = columns.seen[col + columns.before] ?? -1;
  const padding = row < 0 || col < 0 || row >= rows.size || col >= columns.size;
  if (fromRow >= 0 && fromCol >= 0) {
    return { fromRow, fromCol, padding, text: minus(picture.input[channel]?.[fromRow]?.[fromCol] ?? 0) };
  }
  return { fromRow: -1, fromCol: -1, padding, text: picture.padding === "nothing" ? "−∞" : "0" };
}

/** The kernel's own row and column that stand at a place of the window; the turned kernel stands upside down. */
export function weightPlace(
  picture: WindowPicture,
  { turned }: SceneOptions,
  row: number,
  col: number,
): { readonly row: number; readonly col: number } {
  const [rows, columns] = picture.axes;
  return turned ? { row: rows.kernel - 1 - row, col: columns.kernel - 1 - col } : { row, col };
}

/** The weight at a place of the window, for the chosen output channel and one channel of its group. */
export function weightText(
  picture: WindowPicture,
  options: SceneOptions,
  part: number,
  row: number,
  col: number,
): string {
  const place = weightPlace(picture, options, row, col);
  return minus(picture.weight?.[options.outChannel]?.[part]?.[place.row]?.[place.col] ?? 0);
}
