import type { WindowPicture } from "../src/protocol.js";
import { channelChoosers } from "./channelChoosers.js";
import { type Control, checkbox, iconButton, rail } from "./controls.js";
import type { Action, Model } from "./model.js";
import { arithmetic } from "./render/arithmetic.js";
import { element } from "./render/element.js";
import { type GridEvents, type GridView, gridView } from "./render/grid.js";
import { hatches } from "./render/hatches.js";
import { links } from "./render/links.js";
import { noteList } from "./render/words.js";
import type { Frame } from "./scenes/marks.js";

/** A part of the page that shows frames. */
export interface FrameView {
  readonly element: HTMLElement;
  readonly draw: (model: Model, frame: Frame) => void;
}

/** The page of a layer with windows: transport, grids, the sentence, the sum, and what is drawn. */
export function windowView(picture: WindowPicture, first: Frame, act: (action: Action) => void): FrameView {
  const transport = transportOf(act);
  const choosers = channelChoosers(picture, act);
  const views = new Map<string, GridView>();
  const figures = element("div", { class: `figures${picture.rank === 1 ? " stacked" : ""}` });
  const link = links(figures);
  figures.append(link.element);
  for (const grid of first.grids) {
    const events: GridEvents = {
      hover: (target) => act({ do: "hover", target }),
      pick: (target) => act({ do: "pick", target }),
      move: ({ id }, rows, columns) => act({ do: "move", grid: id, rows, columns }),
    };
    const view = gridView(grid, events, choosers.find((chooser) => chooser.grid === grid.id)?.element);
    views.set(grid.id, view);
    figures.append(view.element);
  }
  const turn =
    picture.turned &&
    checkbox("True convolution: turn the kernel by 180°", (turned) => act({ do: "choose", options: { turned } }));
  const why = element("p", { class: "why" });
  const sentence = element("p", { class: "sentence" });
  const title = element("h2", { class: "result" });
  const told = element("div", { role: "status", "aria-atomic": "true" }, [title, sentence]);
  const sums = element("div", { class: "sums" });
  const page = element("div", {}, [
    hatches(),
    transport.element,
    figures,
    element("section", { class: "step", "aria-label": "This step" }, [told, sums]),
    noteList([picture.sample]),
    ...(turn ? [element("section", { class: "switch" }, [turn.element, why])] : []),
    noteList([...picture.notes, picture.heading.summary]),
  ]);
  new ResizeObserver(() => shown && link.draw(shown, views)).observe(figures);
  let shown: Frame | undefined;
  const draw = (model: Model, frame: Frame): void => {
    shown = frame;
    transport.set({ model, frame });
    for (const chooser of choosers) chooser.set(model);
    for (const grid of frame.grids) views.get(grid.id)?.draw(grid);
    turn?.set(model.options.turned);
    if (turn) setText(why, reason(model.options.turned));
    setText(title, frame.title);
    // A moving sentence would be read out without end; it is spoken when time stands.
    told.setAttribute("aria-live", model.playing ? "off" : "polite");
    setText(sentence, frame.sentence);
    sums.replaceChildren(...arithmetic(frame, (inChannel) => act({ do: "choose", options: { inChannel } })));
    link.draw(frame, views);
  };
  return { element: page, draw };
}

function transportOf(act: (action: Action) => void): Control<{ model: Model; frame: Frame }> {
  let playing = false;
  const back = iconButton({ icon: "back", label: "Step back (←)" }, () => act({ do: "step", by: -1 }));
  const play = iconButton({ icon: "play", label: "Play (Space)" }, () => act({ do: "play", on: !playing }));
  const next = iconButton({ icon: "next", label: "Step (→)" }, () => act({ do: "step", by: 1 }));
  const time = rail("Step", (step) => act({ do: "seek", step }));
  const count = element("span", { class: "count", "aria-hidden": "true" });
  return {
    element: element("div", { class: "transport", role: "group", "aria-label": "Time" }, [
      back.element,
      play.element,
      next.element,
      time.element,
      count,
    ]),
    set: ({ model, frame }) => {
      playing = model.playing;
      play.set(playing ? { icon: "pause", label: "Pause (Space)" } : { icon: "play", label: "Play (Space)" });
      time.set({ step: model.step, steps: frame.steps, text: `step ${model.step + 1} of ${frame.steps}` });
      setText(count, `${model.step + 1} / ${frame.steps}`);
    },
  };
}

function reason(turned: boolean): string {
  return turned
    ? "Now the kernel is turned before it slides, as the convolution of mathematics asks. Your framework does not turn it."
    : "Off, as in your framework: it slides the kernel as it stands, a cross-correlation. The weights are learned, so nothing is lost.";
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
