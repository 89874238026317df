import type { Side, WindowPicture } from "../../src/protocol.js";
import type { Role } from "./marks.js";
import { minus } from "./numbers.js";
import { passOf, type SceneOptions } from "./options.js";
import { columnsOf } from "./terms.js";

/** What a tensor is in the pass that is shown: its letter, its colour, and its name. */
export interface Naming {
  readonly letter: string;
  readonly role: Role;
  readonly title: string;
}

/** The name of one of the three tensors; a gradient is named after what it belongs to. */
export function namingOf(picture: WindowPicture, options: SceneOptions, side: Side): Naming {
  const { kind } = passOf(picture, options);
  const isInput = (side === "seen") !== picture.transposed;
  if (side === "weight") {
    const what = picture.operation === "linear" ? "weight" : "kernel";
    if (kind === "weight") return { letter: "dW", role: "gradient", title: `Gradient of the ${what}` };
    if (what === "weight") return { letter: "w", role: "weight", title: "Weight" };
    return { letter: "w", role: "weight", title: options.turned ? "Kernel, turned" : "Kernel" };
  }
  if (isInput && kind === "input") return { letter: "dX", role: "gradient", title: "Gradient of the input" };
  if (isInput) return { letter: "x", role: "input", title: "Input" };
  if (kind === "forward") return { letter: "y", role: "output", title: "Output" };
  return { letter: "dY", role: "gradient", title: "Gradient of the output" };
}

/** The name of an element with indices from 0, as in the code: `x[0, 2]`, or `x[2]` in 1-D. */
export function elementName(picture: WindowPicture, options: SceneOptions, side: Side, cell: number): string {
  const columns = columnsOf(picture, side);
  const { row, col } = ownPlace(picture, options, side, Math.floor(cell / columns), cell % columns);
  const { letter } = namingOf(picture, options, side);
  if (picture.operation === "linear" && side !== "weight") return `${letter}[${minus(side === "seen" ? col : row)}]`;
  return picture.rank === 1 ? `${letter}[${minus(col)}]` : `${letter}[${minus(row)}, ${minus(col)}]`;
}

/** The place in the tensor itself of what is drawn at a place: a turned kernel stands upside down. */
export function ownPlace(
  { axes: [down, across] }: WindowPicture,
  { turned }: SceneOptions,
  side: Side,
  row: number,
  col: number,
): { readonly row: number; readonly col: number } {
  return side === "weight" && turned ? { row: down.kernel - 1 - row, col: across.kernel - 1 - col } : { row, col };
}

/** A size as it is read: `3 × 3`, or `length 3`. */
export const sizeText = ({ rank }: WindowPicture, rows: number, columns: number): string =>
  rank === 1 ? `length ${columns}` : `${rows} × ${columns}`;
