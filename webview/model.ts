import type { Picture, Side, WindowPicture } from "../src/protocol.js";
import { frameOf, stepsOf } from "./scenes/frame.js";
import { placeOf, seenAt } from "./scenes/grids.js";
import type { Frame, Target } from "./scenes/marks.js";
import { sameNumber } from "./scenes/numbers.js";
import { firstOptions, passOf, type SceneOptions, settled } from "./scenes/options.js";
import { columnsOf } from "./scenes/terms.js";

/** All that the panel remembers of the picture it shows. */
export interface Model {
  readonly picture: Picture;
  readonly step: number;
  readonly playing: boolean;
  readonly options: SceneOptions;
  /** Under the pointer, and held by a click. */
  readonly hover?: Target | undefined;
  readonly pin?: Target | undefined;
  /** The last number that was predicted for the step, and whether it was right. */
  readonly prediction?: { readonly text: string; readonly isRight: boolean; readonly slip?: string } | undefined;
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
  | { readonly do: "move"; readonly grid: string; readonly rows: number; readonly columns: number }
  | { readonly do: "choose"; readonly options: Partial<SceneOptions> }
  | { readonly do: "predict"; readonly text: string }
  | { readonly do: "show answer" };

/** The model of a picture that has just come: paused on its first step. */
export function begin(picture: Picture): Model {
  return { picture, step: 0, playing: false, options: firstOptions };
}

/** The model after an action; a picture without steps stays as it is. */
export function after(model: Model, action: Action): Model {
  if (model.picture.kind !== "window") return model;
  const { picture } = model;
  const last = stepsOf(picture, model.options) - 1;
  const to = (step: number): number => Math.min(Math.max(0, step), last);
  const free = { ...model, pin: undefined, hover: undefined, prediction: undefined };
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
      if (action.target.grid === "matrix") return atRow(model, picture, action.target.cell);
      return sameTarget(model.pin, action.target)
        ? { ...model, pin: undefined }
        : { ...model, pin: action.target, playing: false, prediction: undefined };
    case "let go":
      return free;
    case "move":
      return moved(model, picture, action);
    case "choose":
      return chosen(model, picture, action.options);
    case "predict":
    case "show answer":
      return predicted(model, action.do === "predict" ? action.text : undefined);
  }
}

/** A row of the layer's matrix is one number of what is summed up. */
function atRow(model: Model, picture: WindowPicture, cell: number): Model {
  const matrix = frameShown(model)?.also?.grids[0];
  const each = stepsOf(picture, model.options);
  if (!matrix || model.options.pass === "weight") return model;
  const row = Math.floor(cell / matrix.base.colHeads.length);
  const isWhole = matrix.base.rowHeads.length > each;
  const options = { ...model.options, ...(isWhole && { plane: Math.floor(row / each) }) };
  return { ...model, pin: undefined, hover: undefined, playing: false, options, step: row % each };
}

/** Another pass, plane or way begins where its steps do; the same goes on where it stood. */
function chosen(model: Model, picture: WindowPicture, asked: Partial<SceneOptions>): Model {
  const options = settled(picture, { ...model.options, ...asked });
  const isOther = stepsOf(picture, options) !== stepsOf(picture, model.options) || options.pass !== model.options.pass;
  const free = isOther ? { step: 0, pin: undefined, hover: undefined, playing: false } : {};
  const known = asked.predicting ? { known: -1 } : {};
  return { ...model, ...free, prediction: undefined, options: { ...options, ...known } };
}

/** A number that is right shows what was hidden; a wrong one is answered with the mistake that gives it. */
function predicted(model: Model, text: string | undefined): Model {
  const { asked } = frameShown(model) ?? {};
  if (!asked) return model;
  const isRight = text === undefined || sameNumber(text, asked.answer);
  const slip = isRight ? undefined : asked.slips.find((other) => sameNumber(text ?? "", other.text))?.say;
  const step = shownStep(model);
  const known = isRight ? { known: Math.max(model.options.known, step) } : {};
  return {
    ...model,
    options: { ...model.options, ...known },
    prediction: text === undefined ? undefined : { text, isRight, ...(slip !== undefined && { slip }) },
  };
}

/** The frame that a model shows; undefined for a picture without windows. */
export function frameShown(model: Model): Frame | undefined {
  const { picture } = model;
  if (picture.kind !== "window") return undefined;
  const target = model.pin ?? model.hover;
  const cell = target && target.grid !== summed(model, picture) ? tensorCell(picture, target) : undefined;
  const probe = target && cell !== undefined ? { probe: { grid: target.grid, cell } } : {};
  return frameOf(picture, shownStep(model), { ...model.options, reached: model.step, ...probe });
}

/** The step that is seen: the one under the pointer or held, else where time stands. */
function shownStep({ picture, options, pin, hover, step }: Model): number {
  const target = pin ?? hover;
  if (!target || picture.kind !== "window" || target.grid !== summed({ options }, picture)) return step;
  return tensorCell(picture, target) ?? step;
}

/** The grid whose cells are the steps. */
const summed = ({ options }: Pick<Model, "options">, picture: WindowPicture): string =>
  options.scattered ? "windows" : passOf(picture, options).sum;

/** The cell of a tensor that is drawn at a target; undefined for a place without a number. */
export function tensorCell(picture: WindowPicture, { grid, cell }: Target): number | undefined {
  if (grid === "windows" || grid === "weight") return cell;
  if (grid !== "seen") return undefined;
  const columns = columnsOf(picture, "at");
  const seen = seenAt(picture, Math.floor(cell / columns), cell % columns);
  return seen < 0 ? undefined : seen;
}

function moved(model: Model, picture: WindowPicture, { grid, rows, columns }: Extract<Action, { do: "move" }>): Model {
  const side = (["windows", "weight", "seen"] as const).find((name) => name === grid);
  if (!side) return model;
  const isStep = side === summed(model, picture);
  const target = model.pin ?? model.hover;
  const held = target?.grid === side ? tensorCell(picture, target) : undefined;
  const start = isStep ? shownStep(model) : held;
  const cell = start === undefined ? 0 : neighbour(picture, side, start, rows, columns);
  if (isStep) return { ...model, pin: undefined, hover: undefined, prediction: undefined, step: cell, playing: false };
  return { ...model, pin: { grid, cell: side === "seen" ? placeOf(picture, cell) : cell }, playing: false };
}

/** The cell beside another one, or the same at the border. */
function neighbour(picture: WindowPicture, side: Side, cell: number, rows: number, columns: number): number {
  const [down, across] = picture.axes;
  const width = columnsOf(picture, side);
  const height = { windows: down.windows.length, weight: down.kernel, seen: down.size }[side];
  const within = (index: number, count: number): number => Math.min(Math.max(0, index), count - 1);
  const flat = across.size === width && height === 1 ? columns || rows : columns;
  return within(Math.floor(cell / width) + rows, height) * width + within((cell % width) + flat, width);
}

function sameTarget(a: Target | undefined, b: Target): boolean {
  return a?.grid === b.grid && a.cell === b.cell;
}
