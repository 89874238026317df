import type { PanelState, Picture, SourceLine, ToHost, ToPanel } from "../src/protocol.js";
import { clockOf } from "./clock.js";
import { registerControls } from "./controls.js";
import { actionOfKey } from "./keyboard.js";
import { type Action, after, begin, frameShown, type Model } from "./model.js";
import "./styles/page.css";
import "./styles/grid.css";
import "./styles/step.css";
import "./styles/card.css";
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

/** Shows a picture; a layer that was on show, or is remembered, goes on where it stood. */
function show(picture: Picture, kept: PanelState | undefined): void {
  clock.run(false);
  model = begin(picture);
  const states = [kept, host.getState()].filter((state) => state?.layer === layerOf(picture));
  for (const { step, outChannel, inChannel, turned } of states.filter((state) => state !== undefined)) {
    model = after(after(model, { do: "choose", options: { outChannel, inChannel, turned } }), { do: "seek", step });
  }
  const frame = frameShown(model);
  view = picture.kind === "window" && frame ? windowView(picture, frame, act) : undefined;
  root.replaceChildren(...pageOf(picture));
  if (frame) view?.draw(model, frame);
}

function pageOf(picture: Picture): HTMLElement[] {
  if (picture.kind === "message") return [messageView(picture)];
  const reveal = (source: SourceLine): void => host.postMessage({ type: "reveal", source });
  const middle = picture.kind === "card" ? cardView(picture) : view ? [view.element] : [];
  return [headingView(picture.heading, reveal), ...middle, ...formulaView(picture.heading)];
}

function act(action: Action): void {
  // Where motion is not wanted, nothing moves by itself: play is the next beat.
  const still = action.do === "play" && action.on && motionUnwanted();
  const before = model;
  model = after(model, still ? { do: "step", by: 1 } : action);
  const frame = frameShown(model);
  if (model === before || !frame) return;
  view?.draw(model, frame);
  clock.run(model.playing);
  if (!model.playing && action.do !== "hover") keep();
}

function keep(): void {
  const { outChannel, inChannel, turned } = model.options;
  const state = { layer: layerOf(model.picture), step: model.step, outChannel, inChannel, turned };
  host.setState(state);
  host.postMessage({ type: "keep", state });
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
  if (data.type === "picture") show(data.picture, data.state);
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
host.postMessage({ type: "ready" });
