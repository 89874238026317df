import type { Picture } from "../src/protocol.js";
import { type Frame, sizeOf, type Target } from "./scenes/marks.js";
import { sameNumber } from "./scenes/numbers.js";
import { firstOptions, type SceneOptions } from "./scenes/options.js";
import { type Scene, sceneOf } from "./scenes/scene.js";

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

/** The model of a picture that has just come: paused on its first step, with what holds for any layer as it was. */
export function begin(picture: Picture, { speed, field } = firstOptions): Model {
  return { picture, step: 0, playing: false, options: { ...firstOptions, speed, field } };
}

/** The model after an action; a picture without steps stays as it is. */
export function after(model: Model, action: Action): Model {
  const scene = sceneOf(model.picture);
  if (!scene) return model;
  const last = scene.steps(model.options) - 1;
  const to = (step: number): number => Math.min(Math.max(0, step), last);
  const free = { ...model, pin: undefined, hover: undefined, prediction: undefined };
  switch (action.do) {
    case "seek":
      return { ...free, step: to(action.step), playing: false };
    case "step":
      return { ...free, step: to(shownStep(model, scene) + action.by), playing: false };
    case "play":
      return { ...free, playing: action.on && last > 0, step: action.on && model.step === last ? 0 : model.step };
    case "tick":
      return model.playing ? { ...model, step: to(model.step + 1), playing: model.step + 1 < last } : model;
    case "hover":
      return { ...model, hover: action.target };
    case "pick":
      if (action.target.grid === "matrix") return atRow(model, scene, action.target.cell);
      return sameTarget(model.pin, action.target)
        ? { ...model, pin: undefined }
        : { ...model, pin: action.target, playing: false, prediction: undefined };
    case "let go":
      return free;
    case "move":
      return moved(model, scene, action);
    case "choose":
      return chosen(model, scene, action.options);
    case "predict":
    case "show answer":
      return predicted(model, scene, action.do === "predict" ? action.text : undefined);
  }
}

/** A row of the layer's matrix is one number of what is summed up. */
function atRow(model: Model, scene: Scene, cell: number): Model {
  const matrix = frameShown(model)?.also?.grids[0];
  const each = scene.steps(model.options);
  if (!matrix || model.options.pass === "weight") return model;
  const row = Math.floor(cell / matrix.base.colHeads.length);
  const isWhole = matrix.base.rowHeads.length > each;
  const options = { ...model.options, ...(isWhole && { plane: Math.floor(row / each) }) };
  return { ...model, pin: undefined, hover: undefined, playing: false, options, step: row % each };
}

/** Another pass, plane or way begins where its steps do; the same goes on where it stood. */
function chosen(model: Model, scene: Scene, asked: Partial<SceneOptions>): Model {
  const options = scene.settled({ ...model.options, ...asked });
  const isOther = scene.steps(options) !== scene.steps(model.options) || options.pass !== model.options.pass;
  const free = isOther ? { step: 0, pin: undefined, hover: undefined, playing: false } : {};
  const known = asked.predicting ? { known: -1 } : {};
  return { ...model, ...free, prediction: undefined, options: { ...options, ...known } };
}

/** A number that is right shows what was hidden; a wrong one is answered with the mistake that gives it. */
function predicted(model: Model, scene: Scene, text: string | undefined): Model {
  const { asked } = frameShown(model) ?? {};
  if (!asked) return model;
  const isRight = text === undefined || sameNumber(text, asked.answer);
  const slip = isRight ? undefined : asked.slips.find((other) => sameNumber(text ?? "", other.text))?.say;
  const known = isRight ? { known: Math.max(model.options.known, shownStep(model, scene)) } : {};
  return {
    ...model,
    options: { ...model.options, ...known },
    prediction: text === undefined ? undefined : { text, isRight, ...(slip !== undefined && { slip }) },
  };
}

/** The frame that a model shows; undefined for a picture without steps. */
export function frameShown(model: Model): Frame | undefined {
  const scene = sceneOf(model.picture);
  if (!scene) return undefined;
  const target = model.pin ?? model.hover;
  const probe = target && scene.stepAt(target, model.options) === undefined ? scene.probeAt(target) : undefined;
  const options = { ...model.options, reached: model.step, ...(probe && { probe }) };
  return scene.frame(shownStep(model, scene), options);
}

/** The step that is seen: the one under the pointer or held, else where time stands. */
function shownStep({ options, pin, hover, step }: Model, scene: Scene): number {
  const target = pin ?? hover;
  return (target && scene.stepAt(target, options)) ?? step;
}

/** Another cell of a grid is another step, or its uses are asked for. */
function moved(model: Model, scene: Scene, { grid, rows, columns }: Extract<Action, { do: "move" }>): Model {
  const { options } = model;
  const at = ({ grids, also }: Frame) => [...grids, ...(also?.grids ?? [])].find(({ id }) => id === grid);
  const shown = frameShown(model);
  const mark = shown && at(shown);
  if (!mark) return model;
  const [height, width] = sizeOf(mark.base);
  const isTarget = (cell: number): boolean =>
    scene.stepAt({ grid, cell }, options) !== undefined || scene.probeAt({ grid, cell }) !== undefined;
  const isStep = scene.stepAt({ grid, cell: firstOf(width * height, isTarget) }, options) !== undefined;
  // What is asked for elsewhere hides the step, from which the step's own grid goes on.
  const plain = isStep ? at(scene.frame(shownStep(model, scene), options)) : mark;
  const cell = plain?.chosen === undefined ? firstOf(width * height, isTarget) : beside(plain.chosen);
  if (!isTarget(cell)) return model;
  const step = scene.stepAt({ grid, cell }, options);
  const free = { ...model, prediction: undefined, playing: false };
  return step === undefined ? { ...free, pin: { grid, cell } } : { ...free, pin: undefined, hover: undefined, step };

  function beside(from: number): number {
    const within = (index: number, count: number): number => Math.min(Math.max(0, index), count - 1);
    // Up and down go through a single row, too.
    const across = height === 1 ? columns || rows : columns;
    const next = within(Math.floor(from / width) + rows, height) * width + within((from % width) + across, width);
    return isTarget(next) ? next : from;
  }
}

const firstOf = (count: number, isTarget: (cell: number) => boolean): number => {
  for (let cell = 0; cell < count; cell++) if (isTarget(cell)) return cell;
  return 0;
};

function sameTarget(a: Target | undefined, b: Target): boolean {
  return a?.grid === b.grid && a.cell === b.cell;
}
