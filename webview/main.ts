import type { PanelKind, PanelState, Picture, PictureMessage, SourceLine, ToHost, ToPanel } from "../src/protocol.js";
import { clockOf } from "./clock.js";
import { iconButton, registerControls, segments } from "./controls.js";
import { actionOfKey } from "./keyboard.js";
import { type Action, after, begin, frameShown, type Model } from "./model.js";
import "./styles/page.css";
import "./styles/grid.css";
import "./styles/step.css";
import "./styles/card.css";
import "./styles/network.css";
import "./styles/filters.css";
import { filtersView } from "./filters/filtersView.js";
import { networkView } from "./network/networkView.js";
import { element } from "./render/element.js";
import { mismatchView } from "./render/mismatchView.js";
import { pagePalette } from "./render/palette.js";
import { cardView, formulaView, headingView, messageView } from "./render/words.js";
import { stepsView } from "./stepsView.js";
import { type Around, type FrameView, windowView } from "./windowView.js";

interface Host {
  readonly postMessage: (message: ToHost) => void;
  readonly setState: (state: PanelState) => void;
  readonly getState: () => PanelState | undefined;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById("panel") ?? document.body;
const clock = clockOf(
  () => act({ do: "tick" }),
  () => model.options.speed,
);
let model: Model = begin({ kind: "message", text: "", advice: "" });
let view: FrameView | undefined;
let kept: PanelState | undefined;
let drawPage = (): void => {};
let answered = (_: readonly number[]): void => {};
let palette = pagePalette(document.body);
const tell = (message: ToHost): void => host.postMessage(message);

/** Shows a picture; a layer that was on show, or is remembered, goes on where it stood. */
function show({ picture, view: topic, state, pinned, reveal }: PictureMessage): void {
  clock.run(false);
  const isSame = layerOf(picture) !== "" && layerOf(picture) === layerOf(model.picture);
  const scrolled = scrollY;
  // The page is built anew, and whoever was in a grid stays in it.
  const focused = document.activeElement?.querySelector("[role=gridcell]")?.id ?? "";
  // Pages that are no steps keep what was chosen themselves.
  const isPage = picture.kind === "network" || picture.kind === "filters";
  const before = isSame
    ? isPage
      ? kept
      : stateOf(model)
    : [state, host.getState()].find((known) => known?.layer === layerOf(picture));
  // The same page may come again before anything of it is chosen anew.
  if (isPage) kept = before;
  model = begin(picture, model.options);
  if (before && !isPage) {
    const options = { ...model.options, ...before.options };
    model = after(after(model, { do: "choose", options }), { do: "seek", step: before.step });
  }
  view = viewOf(picture, { act, tell, reveal, room });
  drawPage = () => {};
  root.replaceChildren(topicOf(topic), ...pageOf(picture, pinned, before));
  drawPage();
  draw();
  scrollTo(0, isSame ? scrolled : 0);
  const board = isSame ? document.getElementById(focused)?.closest<HTMLElement>(".board") : undefined;
  board?.focus({ preventScroll: true });
}

function viewOf(picture: Picture, around: Around): FrameView | undefined {
  if (picture.kind === "window") return windowView(picture, around);
  return picture.kind === "flatten" || picture.kind === "norm" || picture.kind === "mlp"
    ? stepsView(picture, around)
    : undefined;
}

/** The width that a grid may take. */
const room = (): number => root.clientWidth;

/** The switch between the layer at the cursor and the network around it. */
function topicOf(topic: PanelKind): HTMLElement {
  const choice = segments("What is shown", TOPICS, (chosen) => tell({ type: "show", view: chosen as PanelKind }));
  choice.set(topic);
  return element("div", { class: "topic" }, [choice.element]);
}

const TOPICS = [
  { value: "layer", text: "Layer", title: "The layer at the cursor" },
  { value: "network", text: "Network", title: "The model around the cursor" },
  { value: "mlp", text: "MLP", title: "The numbers of a small network, neuron by neuron" },
  { value: "filters", text: "Filters", title: "What a kernel answers to in an image" },
] as const;

function pageOf(picture: Picture, pinned: boolean, state: PanelState | undefined): HTMLElement[] {
  if (picture.kind === "message") return [messageView(picture)];
  const reveal = (source: SourceLine): void => tell({ type: "reveal", source });
  const pin = iconButton(
    pinned
      ? { icon: "pinned", label: "Pinned: follow the cursor again" }
      : { icon: "pin", label: `Pin: stay with this ${picture.kind === "network" ? "network" : "layer"}` },
    () => tell({ type: "pin", on: !pinned }),
  );
  pin.element.classList.add("pin");
  if (picture.kind === "filters") {
    const filters = filtersView(picture, state?.options ?? {}, {
      tell,
      room,
      palette: () => palette,
      keep: (options) => keepState({ layer: picture.heading.key, step: 0, options: { ...options } }),
    });
    [drawPage, answered] = [filters.draw, filters.filtered];
    return [filters.element];
  }
  if (picture.kind === "network") {
    const network = networkView(picture, state?.options ?? {}, {
      reveal,
      inside: (source) => tell({ type: "show", view: "layer", source }),
      room,
      keep: (options) => keepState({ layer: picture.heading.key, step: 0, options: { ...options } }),
    });
    drawPage = network.draw;
    return [headingView(picture.heading, reveal, pin.element), network.element];
  }
  const middle =
    picture.kind === "card"
      ? cardView(picture)
      : picture.kind === "mismatch"
        ? [mismatchView(picture)]
        : view
          ? [view.element]
          : [];
  return [headingView(picture.heading, reveal, pin.element), ...middle, ...formulaView(picture.heading)];
}

function draw(): void {
  const frame = frameShown(model);
  if (frame) view?.draw(model, frame, palette);
}

function act(action: Action): void {
  // Where motion is not wanted, nothing moves by itself: play is the next beat.
  const still = action.do === "play" && action.on && motionUnwanted();
  const before = model;
  model = after(model, still ? { do: "step", by: 1 } : action);
  if (model === before) return;
  draw();
  clock.run(model.playing);
  if (!model.playing && action.do !== "hover") keep();
}

function keep(): void {
  keepState(stateOf(model));
}

function keepState(state: PanelState): void {
  kept = state;
  host.setState(state);
  tell({ type: "keep", state });
}

/** What is kept of a layer: how far time has come, and what was chosen; not what lies under the pointer. */
function stateOf({ picture, step, options }: Model): PanelState {
  const { reached, probe, ...kept } = options;
  return { layer: layerOf(picture), step, options: kept };
}

/** Colours are read anew when the theme changes, and grids are laid out anew when the panel is another size. */
function refresh(): void {
  palette = pagePalette(document.body);
  draw();
  drawPage();
}

function layerOf(picture: Picture): string {
  return picture.kind === "message" ? "" : picture.heading.key;
}

function motionUnwanted(): boolean {
  return (
    document.body.classList.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}

registerControls();
addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  if (data.type === "picture") show(data);
  else if (data.type === "filtered") answered(data.response);
  else if (data.type === "network") view?.network?.(data.picture);
  else view?.checked?.(data.text);
});
addEventListener("keydown", (event) => {
  const isUndo =
    event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (isUndo && /window|mlp/.test(model.picture.kind) && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    tell({ type: "edit", edit: { do: "undo" } });
    return;
  }
  const action = actionOfKey(event, model.playing);
  if (!action) return;
  event.preventDefault();
  act(action);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) act({ do: "play", on: false });
});
new MutationObserver(refresh).observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });
new MutationObserver(refresh).observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
addEventListener("resize", refresh);
tell({ type: "ready" });
