import type { Model } from "./model.js";
import { arithmetic } from "./render/arithmetic.js";
import { element } from "./render/element.js";
import type { Palette } from "./render/palette.js";
import type { Frame } from "./scenes/marks.js";
import { type Scene, sceneOf } from "./scenes/scene.js";

/** Steps of a scene up to which all are looked at, how many of more, and of how many the height is measured. */
const ALL = 150;
const SOME = 24;
const MEASURED = 6;

/** Characters of a line, about. */
const LINE = 40;

/** Keeps room for what is told and reckoned at the tallest step of a scene, so that what stands below does not move from step to step. */
export function steadyOf(told: HTMLElement, sums: HTMLElement): (model: Model, palette: Palette) => void {
  let known: readonly unknown[] = [];
  return ({ picture, options }, palette) => {
    // The colours are read anew whenever the page looks different, its letters' size included.
    const now = [palette, sums.clientWidth, JSON.stringify({ ...options, known: 0, speed: 0 })];
    if (now.every((part, at) => part === known[at])) return;
    known = now;
    const scene = sceneOf(picture) as Scene;
    const shown = { ...options, predicting: false };
    const steps = scene.steps(shown);
    const every = steps <= ALL ? 1 : Math.ceil(steps / SOME);
    const frames = Array.from({ length: Math.ceil(steps / every) }, (_, at) => scene.frame(at * every, shown));
    reserve(told, frames, ({ sentence }) => sentence.length, toldOf);
    reserve(sums, frames, linesOf, (frame) => arithmetic(frame, () => {}));
  };
}

const toldOf = ({ title, sentence }: Frame): readonly HTMLElement[] => [
  element("h2", { class: "result" }, [title]),
  element("p", { class: "sentence" }, [sentence]),
];

/** How many lines the arithmetic of a frame takes, about. */
const linesOf = ({ tiles, sums }: Frame): number =>
  2 * new Set(tiles.map(({ row }) => row)).size +
  sums.reduce((lines, { pieces }) => lines + 1 + pieces.reduce((all, { text }) => all + text.length, 0) / LINE, 0);

/** Gives a place the height that the tallest of these frames takes there. */
function reserve(
  place: HTMLElement,
  frames: readonly Frame[],
  weigh: (frame: Frame) => number,
  content: (frame: Frame) => readonly HTMLElement[],
): void {
  const tallest = frames
    .map((frame) => [weigh(frame), frame] as const)
    .sort(([a], [b]) => b - a)
    .slice(0, MEASURED);
  const trial = element("div", { class: `${place.className} trial`, "aria-hidden": "true" });
  trial.style.width = `${place.clientWidth}px`;
  place.after(trial);
  const heights = tallest.map(([, frame]) => {
    trial.replaceChildren(...content(frame));
    return Math.ceil(trial.getBoundingClientRect().height);
  });
  trial.remove();
  place.style.minHeight = `${Math.max(...heights)}px`;
}
