import type { WindowPicture } from "../src/protocol.js";
import { type Control, checkbox, dropdown, iconButton, rail } from "./controls.js";
import type { Action, Model } from "./model.js";
import { arithmetic } from "./render/arithmetic.js";
import { element } from "./render/element.js";
import { type GridView, gridView } from "./render/grid.js";
import { hatches } from "./render/hatches.js";
import { links } from "./render/links.js";
import { noteList } from "./render/words.js";
import type { Frame } from "./scenes/marks.js";
import { channelsRead } from "./scenes/options.js";

/** A part of the page that shows frames. */
export interface FrameView {
  readonly element: HTMLElement;
  readonly draw: (model: Model, frame: Frame) => void;
}

/** The page of a layer with windows: transport, grids, the sentence, the sum, and what is drawn. */
export function windowView(picture: WindowPicture, first: Frame, act: (action: Action) => void): FrameView {
  const transport = transportOf(act);
  const channels = channelControls(picture, act);
  const views = new Map<string, GridView>();
  const figures = element("div", { class: `figures${picture.rank === 1 ? " stacked" : ""}` });
  const link = links(figures);
  figures.append(link.element);
  for (const grid of first.grids) {
    const view = gridView(grid, {
      hover: (target) => act({ do: "hover", target }),
      pick: (target) => act({ do: "pick", target }),
      move: ({ id }, rows, columns) => act({ do: "move", grid: id, rows, columns }),
    });
    views.set(grid.id, view);
    figures.append(view.element);
  }
  const turn =
    picture.turned &&
    checkbox("True convolution: turn the kernel by 180°", (turned) => act({ do: "choose", options: { turned } }));
  const why = element("p", { class: "why" });
  const sentence = element("p", { class: "sentence" });
  const title = element("h3", { class: "result" });
  const told = element("div", { role: "status", "aria-atomic": "true" }, [title, sentence]);
  const sums = element("div", { class: "sums" });
  const page = element("div", {}, [
    hatches(),
    transport.element,
    ...(channels.length > 0
      ? [
          element(
            "div",
            { class: "channels" },
            channels.map((control) => control.element),
          ),
        ]
      : []),
    figures,
    element("p", { class: "sample" }, [picture.sample]),
    element("section", { class: "step", "aria-label": "This step" }, [told, sums]),
    ...(turn ? [element("section", { class: "switch" }, [turn.element, why])] : []),
    noteList([...picture.notes, picture.heading.summary]),
  ]);
  new ResizeObserver(() => shown && link.draw(shown, views)).observe(figures);
  let shown: Frame | undefined;
  const draw = (model: Model, frame: Frame): void => {
    shown = frame;
    transport.set({ model, frame });
    for (const control of channels) control.set(model);
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

/** A list for the output channel and one for the input channel, where there is a choice. */
function channelControls(picture: WindowPicture, act: (action: Action) => void): Control<Model>[] {
  const numbers = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ value: String(first + index), text: String(first + index) }));
  const made: Control<Model>[] = [];
  const labelled = (text: string, list: HTMLElement): HTMLElement => element("div", { class: "choice" }, [text, list]);
  if (picture.output.length > 1) {
    const label = picture.operation === "convolution" ? "Output channel" : "Channel";
    const list = dropdown(label, numbers(0, picture.output.length), (value) =>
      act({ do: "choose", options: { outChannel: Number(value) } }),
    );
    made.push({ element: labelled(label, list.element), set: ({ options }) => list.set(String(options.outChannel)) });
  }
  if (picture.operation === "convolution" && channelsRead(picture, 0).count > 1) {
    const place = element("div", { class: "choice" });
    let shown = -1;
    let list: Control<string> | undefined;
    const set = ({ options }: Model): void => {
      const { first, count } = channelsRead(picture, options.outChannel);
      if (first !== shown) {
        shown = first;
        list = dropdown("Input channel", numbers(first, count), (value) =>
          act({ do: "choose", options: { inChannel: Number(value) } }),
        );
        place.replaceChildren("Input channel", list.element);
      }
      list?.set(String(options.inChannel));
    };
    made.push({ element: place, set });
  }
  return made;
}

function reason(turned: boolean): string {
  return turned
    ? "Now the kernel is turned before it slides, as the convolution of mathematics asks. Your framework does not turn it."
    : "Off, as in your framework: it slides the kernel as it stands, a cross-correlation. The weights are learned, so nothing is lost.";
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
