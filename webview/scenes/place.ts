import type { Cell, WindowPicture } from "../../src/protocol.js";
import type { SceneOptions } from "./options.js";

/** The number of steps: one for each output cell of a channel. */
export function stepsOf(picture: WindowPicture): number {
  return picture.axes[0].windows.length * picture.axes[1].windows.length;
}

/** The output's row and column at a step. */
export function placeOf(picture: WindowPicture, step: number): { readonly row: number; readonly col: number } {
  const columns = picture.axes[1].windows.length;
  return { row: Math.floor(step / columns), col: step % columns };
}

/** The output cell of a step. */
export function cellAt(picture: WindowPicture, step: number, options: SceneOptions): Cell {
  const { row, col } = placeOf(picture, step);
  const channels = options.turned && picture.turned ? picture.turned : picture.output;
  return channels[options.outChannel]?.[row]?.[col] ?? { text: "" };
}

/** An element's name with indices from 0, as in the code: `x[0, 2]`, or `x[2]` in 1-D. */
export function indexed(picture: WindowPicture, letter: string, row: number, col: number): string {
  return picture.rank === 1 ? `${letter}[${minus(col)}]` : `${letter}[${minus(row)}, ${minus(col)}]`;
}

/** An integer with a true minus sign. */
export function minus(value: number): string {
  return value < 0 ? `−${-value}` : String(value);
}

/** A number as a factor or a later term of a sum: negative ones in brackets. */
export function bracketed(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}
