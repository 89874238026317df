import type { PanelState, Picture, SourceLine, ToHost, ToPanel } from "../src/protocol.js";
import { clockOf } from "./clock.js";
import { iconButton, registerControls } from "./controls.js";
import { actionOfKey } from "./keyboard.js";
import { type Action, after, begin, frameShown, type Model } from "./model.js";
import "./styles/page.css";
import "./styles/grid.css";
import "./styles/step.css";
import "./styles/card.css";
import { pagePalette } from "./render/palette.js";
import { cardView, formulaView, headingView, messageView } from "./render/words.js";
import { type FrameView, windowView } from "./windowView.js";

interface Host {
  readonly postMessage: (message: ToHost) => void;
  readonly setState: (state: PanelState) => void;
  readonly getState: () => PanelState | undefined;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById("panel") ?? document.body;
const clock = clockOf(() => act({ do: "tick" }));
let model: Model = begin({ kind: "message", text: "", advice: "" });
let view: FrameView | undefined;
let palette = pagePalette(document.body);
const tell = (message: ToHost): void => host.postMessage(message);

/** Shows a picture; a layer that was on show, or is remembered, goes on where it stood. */
function show({ picture, state, pinned, reveal }: ToPanel): void {
  clock.run(false);
  const isSame = layerOf(picture) !== "" && layerOf(picture) === layerOf(model.picture);
  const scrolled = scrollY;
  const before = isSame ? stateOf(model) : [state, host.getState()].find((kept) => kept?.layer === layerOf(picture));
  model = begin(picture);
  if (before) {
    const options = { ...model.options, ...before.options };
    model = after(after(model, { do: "choose", options }), { do: "seek", step: before.step });
  }
  view = picture.kind === "window" ? windowView(picture, { act, tell, reveal, room }) : undefined;
  root.replaceChildren(...pageOf(picture, pinned));
  draw();
  if (isSame) scrollTo(0, scrolled);
}

/** The width that a grid may take. */
const room = (): number => root.clientWidth;

function pageOf(picture: Picture, pinned: boolean): HTMLElement[] {
  if (picture.kind === "message") return [messageView(picture)];
  const reveal = (source: SourceLine): void => tell({ type: "reveal", source });
  const pin = iconButton(
    pinned
      ? { icon: "pinned", label: "Pinned: follow the cursor again" }
      : { icon: "pin", label: "Pin: stay with this layer" },
    () => tell({ type: "pin", on: !pinned }),
  );
  pin.element.classList.add("pin");
  const middle = picture.kind === "card" ? cardView(picture) : view ? [view.element] : [];
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
  const state = stateOf(model);
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
});
addEventListener("keydown", (event) => {
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
