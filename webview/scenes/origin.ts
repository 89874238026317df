import type { PlanePart, WindowPicture } from "../../src/protocol.js";
import { placeOf, tensorGrid, windowBox } from "./grids.js";
import type { GridMark, Target } from "./marks.js";
import { passOf, type SceneOptions } from "./options.js";
import { cellsOf } from "./sentence.js";
import { countTerms, termsOf } from "./terms.js";

/** Meetings of a cell up to which all numbers that it competes with are lit. */
const MOST_LIT = 400;

/** The grid of the input itself, beside the gradient of it. */
export const ORIGIN = "origin";

/**
 * The input beside its gradient, cell for cell, where its numbers decide what goes back: under a maximum and a p-norm. At a window, all that it
 * sees and its largest number; at a number, all that the windows over it see. Undefined for any other pass.
 */
export function originGrid(
  picture: WindowPicture,
  options: SceneOptions,
  part: PlanePart,
  { grid, cell }: Target,
): GridMark | undefined {
  const isDeciding = picture.operation === "max" || picture.power !== undefined;
  if (passOf(picture, options).kind !== "input" || !isDeciding) return undefined;
  const isWindow = grid === "windows";
  const around = (window: number): number[] => cellsOf(termsOf(picture, "windows", window), "at");
  const over = isWindow || countTerms(picture, "seen", cell) > MOST_LIT ? [] : termsOf(picture, "seen", cell);
  const [plane, largest] = picture.routes?.[part.planes.windows]?.[cell] ?? [];
  const centre = !isWindow ? cell : plane === part.planes.seen ? largest : undefined;
  const box = isWindow ? windowBox(picture, cell) : undefined;
  const { planes, ...mark } = tensorGrid(picture, { ...options, pass: "forward" }, "seen", part, {
    lit: isWindow ? around(cell) : [...new Set(over.flatMap(({ windows }) => around(windows)))],
    ...(centre !== undefined && { chosen: placeOf(picture, centre) }),
    ...(box && { frame: box }),
  });
  const name = planes ? `, ${picture.planes.seen[part.planes.seen]}` : "";
  return { ...mark, id: ORIGIN, caption: mark.caption + name };
}
