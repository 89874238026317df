import type { Picture, WindowPicture } from "../../src/protocol.js";
import { flattenScene } from "./flatten.js";
import { frameOf, stepsOf } from "./frame.js";
import { seenAt } from "./grids.js";
import type { Frame, Target } from "./marks.js";
import { mlpScene } from "./mlp.js";
import { normScene } from "./norm.js";
import { passOf, type SceneOptions, settled } from "./options.js";
import { ORIGIN } from "./origin.js";
import { columnsOf } from "./terms.js";

/** A picture in steps: frames, and what a cell of them stands for. */
export interface Scene {
  /** Options that fit the picture. */
  readonly settled: (options: SceneOptions) => SceneOptions;
  readonly steps: (options: SceneOptions) => number;
  readonly frame: (step: number, options: SceneOptions) => Frame;
  /** The step of a cell that is one. */
  readonly stepAt: (target: Target, options: SceneOptions) => number | undefined;
  /** What is asked for with any other cell: its uses. */
  readonly probeAt: (target: Target) => Target | undefined;
}

/** The scene of a picture; undefined for one without steps. */
export function sceneOf(picture: Picture): Scene | undefined {
  if (picture.kind === "window") return windowScene(picture);
  if (picture.kind === "flatten") return flattenScene(picture);
  if (picture.kind === "mlp") return mlpScene(picture);
  return picture.kind === "norm" ? normScene(picture) : undefined;
}

/** The tensor that a grid shows; the input stands for its gradient, cell for cell. */
const sideOf = (grid: string): string => (grid === ORIGIN ? "seen" : grid);

function windowScene(picture: WindowPicture): Scene {
  const cellOf = ({ grid: own, cell }: Target): number | undefined => {
    const grid = sideOf(own);
    if (grid === "windows" || grid === "weight") return cell;
    if (grid !== "seen") return undefined;
    const columns = columnsOf(picture, "at");
    const seen = seenAt(picture, Math.floor(cell / columns), cell % columns);
    return seen < 0 ? undefined : seen;
  };
  return {
    settled: (options) => settled(picture, options),
    steps: (options) => stepsOf(picture, options),
    frame: (step, options) => frameOf(picture, step, options),
    stepAt: (target, options) => {
      const grid = options.scattered ? "windows" : passOf(picture, options).sum;
      return sideOf(target.grid) === grid ? cellOf(target) : undefined;
    },
    probeAt: (target) => {
      const cell = cellOf(target);
      return cell === undefined ? undefined : { grid: sideOf(target.grid), cell };
    },
  };
}
