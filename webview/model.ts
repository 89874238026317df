import type { Picture, WindowPicture } from "../src/protocol.js";
import { frameOf } from "./scenes/frame.js";
import type { Frame, Target } from "./scenes/marks.js";
import { firstOptions, type SceneOptions, settled } from "./scenes/options.js";
import { placeOf, stepsOf } from "./scenes/place.js";

/** All that the panel remembers of the picture it shows. */
export interface Model {
  readonly picture: Picture;
  readonly step: number;
  readonly playing: boolean;
  readonly options: SceneOptions;
  /** Under the pointer, and held by a click. */
  readonly hover?: Target | undefined;
  readonly pin?: Target | undefined;
}

/** What the reader, or time, does. */
export type Action =
  | { readonly do: "seek"; readonly step: number }
  | { readonly do: "step"; readonly by: number }
  | { readonly do: "play"; readonly on: boolean }
  | { readonly do: "tick" }
  | { readonly do: "hover"; readonly target: Target | undefined }
  | { readonly do: "pick"; readonly target: Target }
  | { readonly do: "let go" }
  | {
      readonly do: "move";
      readonly grid: "input" | "kernel" | "output";
      readonly rows: number;
      readonly columns: number;
    }
  | { readonly do: "choose"; readonly options: Partial<SceneOptions> };

/** The model of a picture that has just come: paused on its first step. */
export function begin(picture: Picture): Model {
  return { picture, step: 0, playing: false, options: firstOptions };
}

/** The model after an action; a picture without steps stays as it is. */
export function after(model: Model, action: Action): Model {
  if (model.picture.kind !== "window") return model;
  const { picture } = model;
  const last = stepsOf(picture) - 1;
  const to = (step: number): number => Math.min(Math.max(0, step), last);
  const free = { ...model, pin: undefined, hover: undefined };
  switch (action.do) {
    case "seek":
      return { ...free, step: to(action.step), playing: false };
    case "step":
      return { ...free, step: to(shownStep(model) + action.by), playing: false };
    case "play":
      return { ...free, playing: action.on && last > 0, step: action.on && model.step === last ? 0 : model.step };
    case "tick":
      return model.playing ? { ...model, step: to(model.step + 1), playing: model.step + 1 < last } : model;
    case "hover":
      return { ...model, hover: action.target };
    case "pick":
      return sameTarget(model.pin, action.target)
        ? { ...model, pin: undefined }
        : { ...model, pin: action.target, playing: false };
    case "let go":
      return free;
    case "move":
      return moved(model, picture, action);
    case "choose":
      return { ...model, options: settled(picture, { ...model.options, ...action.options }) };
  }
}

/** The frame that a model shows; undefined for a picture without windows. */
export function frameShown(model: Model): Frame | undefined {
  if (model.picture.kind !== "window") return undefined;
  const target = model.pin ?? model.hover;
  const probe = target && target.kind !== "output" ? target : undefined;
  return frameOf(model.picture, shownStep(model), { ...model.options, reached: model.step, ...(probe && { probe }) });
}

/** The step that is seen: the one under the pointer or held, else where time stands. */
function shownStep({ pin, hover, step }: Model): number {
  const target = pin ?? hover;
  return target?.kind === "output" ? target.step : step;
}

function moved(model: Model, picture: WindowPicture, { grid, rows, columns }: Extract<Action, { do: "move" }>): Model {
  const [down, across] = picture.axes;
  const within = (index: number, count: number): number => Math.min(Math.max(0, index), count - 1);
  if (grid === "output") {
    const { row, col } = placeOf(picture, shownStep(model));
    const width = across.windows.length;
    const step = within(row + rows, down.windows.length) * width + within(col + columns, width);
    return { ...model, pin: undefined, hover: undefined, step, playing: false };
  }
  const kind = grid === "input" ? "input" : "weight";
  const sizes = grid === "input" ? [down.size, across.size] : [down.kernel, across.kernel];
  const direction = grid === "kernel" && model.options.turned ? -1 : 1;
  const start = model.pin?.kind === kind ? model.pin : undefined;
  const pin: Target = start
    ? {
        kind,
        row: within(start.row + direction * rows, sizes[0] as number),
        col: within(start.col + direction * columns, sizes[1] as number),
      }
    : { kind, row: 0, col: 0 };
  return { ...model, pin, playing: false };
}

function sameTarget(a: Target | undefined, b: Target): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
