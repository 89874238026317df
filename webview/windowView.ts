import type { Picture, PictureMessage, ToHost, WindowPicture } from "../src/protocol.js";
import { checkbox, dropdown, segments, textButton } from "./controls.js";
import { editor, restoring } from "./editor.js";
import { type Exported, exportView } from "./export/exportView.js";
import { figuresOf } from "./figures.js";
import { layerField } from "./layerField.js";
import type { Action, Model } from "./model.js";
import { predictionOf } from "./prediction.js";
import { arithmetic } from "./render/arithmetic.js";
import { blockView } from "./render/blockView.js";
import { element, setText } from "./render/element.js";
import { type Palette, paper } from "./render/palette.js";
import { stemView } from "./render/stemView.js";
import { noteList } from "./render/words.js";
import { blocksOf } from "./scenes/blocks.js";
import { frameOf } from "./scenes/frame.js";
import type { Frame } from "./scenes/marks.js";
import { notesOf } from "./scenes/notes.js";
import { canScatter, firstOptions, passesOf, planeShown } from "./scenes/options.js";
import { stemRows } from "./scenes/stems.js";
import { steadyOf } from "./steady.js";
import { transportOf } from "./transport.js";

/** A part of the page that shows frames. */
export interface FrameView {
  readonly element: HTMLElement;
  readonly draw: (model: Model, frame: Frame, palette: Palette) => void;
  /** Takes the network around the layer. */
  readonly network?: (picture: Picture) => void;
  /** Says what a check by small steps has found. */
  readonly checked?: (text: string) => void;
}

/** What a view asks of the page around it. */
export interface Around {
  readonly act: (action: Action) => void;
  readonly tell: (message: ToHost) => void;
  readonly reveal: PictureMessage["reveal"];
  /** The pixels that a grid may be wide. */
  readonly room: () => number;
}

const PASSES = {
  forward: { text: "Forward", title: "From the input to the output" },
  input: { text: "Back to dX", title: "The gradient of the input" },
  weight: { text: "Back to dW", title: "The gradient of the kernel and the bias" },
} as const;

const PRESETS = [
  "example numbers",
  "horizontal edges",
  "vertical edges",
  "outline",
  "sharpen",
  "blur",
  "identity",
] as const;

/** The page of a layer with windows: passes, transport, grids, the sentence, the sum, and what is drawn. */
export function windowView(picture: WindowPicture, around: Around): FrameView {
  const { act, tell, reveal, room } = around;
  const passes = segments(
    "Direction",
    passesOf(picture, { turned: false }).map(({ kind }) => ({ value: kind, ...PASSES[kind] })),
    (pass) => act({ do: "choose", options: { pass: pass as "forward" } }),
  );
  const views = segments(
    "View",
    [
      { value: "windows", text: "Windows" },
      { value: "matrix", text: "Matrix", title: "The layer as one product with a matrix" },
      { value: "im2col", text: "im2col", title: "The windows as the rows of a matrix" },
    ],
    (view) => act({ do: "choose", options: { view: view as "windows" } }),
  );
  const transport = transportOf(act);
  const change = editor(tell, picture.largest);
  const figures = figuresOf(act, change.open, room);
  const also = figuresOf(act, () => {}, room);
  const stems = stemView();
  const blocks = blockView();
  const alsoSaid = element("p", { class: "why" });
  const alsoPlace = element("section", { class: "also", "aria-label": "The same in another way" }, [
    alsoSaid,
    also.element,
  ]);
  const prediction = predictionOf(reveal, act);
  const sentence = element("p", { class: "sentence" });
  const title = element("h2", { class: "result" });
  const told = element("div", { role: "status", "aria-atomic": "true" }, [title, sentence]);
  const sums = element("div", { class: "sums" });
  const steady = steadyOf(told, sums);
  const scatter = checkbox("Scatter: one window at a time adds its share", (scattered) =>
    act({ do: "choose", options: { scattered } }),
  );
  const predict = checkbox("Predict: hide the results until they are told", (predicting) =>
    act({ do: "choose", options: { predicting } }),
  );
  const places = checkbox("Colour by the place in the kernel", (byPlace) =>
    act({ do: "choose", options: { byPlace } }),
  );
  const turn =
    picture.turned &&
    checkbox("True convolution: turn the kernel by 180°", (turned) => act({ do: "choose", options: { turned } }));
  const why = element("p", { class: "why" });
  const real =
    picture.real === "no"
      ? undefined
      : checkbox("Your own size in place of a sample", (on) => tell({ type: "real", on }));
  real?.set(picture.real === "shown");
  let now: { readonly model: Model; readonly frame: Frame; readonly palette: Palette } | undefined;
  const exported: Exported = {
    title: picture.heading.title,
    frame: () => now?.frame ?? frameOf(picture, 0, firstOptions),
    frames: (at) => frameOf(picture, at, now?.model.options ?? firstOptions),
    palette: () => now?.palette ?? paper,
  };
  const field = layerField(picture, act, tell);
  field.element.toggleAttribute("hidden", picture.operation === "linear");
  const check = textButton("Check by small steps", () => {
    const pass = now?.model.options.pass;
    if (pass && pass !== "forward") tell({ type: "check", pass });
  });
  const found = element("p", { class: "said", role: "status" });
  const checking = element("div", { class: "prediction" }, [check, found]);
  const step = element("section", { class: "step", "aria-label": "This step" }, [
    told,
    prediction.element,
    sums,
    checking,
  ]);
  const page = element("div", {}, [
    element("div", { class: "passes" }, [
      passes.element,
      ...(picture.operation === "convolution" ? [views.element] : []),
    ]),
    transport.element,
    figures.element,
    change.element,
    stems.element,
    step,
    alsoPlace,
    noteList([picture.sample]),
    field.element,
    blocks.element,
    element("section", { class: "switches" }, [
      scatter.element,
      ...(picture.passes[0]?.slips ? [predict.element] : []),
      ...(real ? [real.element] : []),
      ...(picture.operation === "convolution" ? [places.element] : []),
      ...(turn ? [turn.element, why] : []),
    ]),
    numbersPlace(picture, tell, (tensor) => planeShown(picture, now?.model.options ?? firstOptions, tensor)),
    exportView(exported, tell),
    noteList([...notesOf(picture), picture.heading.text]),
  ]);
  let checked = "";
  const draw = (model: Model, frame: Frame, palette: Palette): void => {
    const { options } = model;
    now = { model, frame, palette };
    steady(model, palette);
    if (checked !== options.pass) setText(found, "");
    checked = options.pass;
    checking.toggleAttribute("hidden", options.pass === "forward" || options.turned);
    passes.set(options.pass);
    views.set(options.view);
    transport.set({ model, frame });
    figures.draw(frame.grids, frame.links, palette);
    for (const role of ["input", "weight", "output", "gradient"]) step.classList.toggle(role, role === frame.role);
    scatter.element.toggleAttribute("hidden", !canScatter(picture, options) || options.predicting);
    scatter.set(options.scattered);
    places.set(options.byPlace);
    predict.element.toggleAttribute("hidden", options.scattered);
    predict.set(options.predicting);
    prediction.set({ model, frame });
    turn?.set(options.turned);
    setText(why, reason(options.turned));
    setText(title, frame.title);
    // A moving sentence would be read out without end; it is spoken when time stands.
    told.setAttribute("aria-live", model.playing ? "off" : "polite");
    setText(sentence, frame.sentence);
    sums.replaceChildren(...arithmetic(frame, (part) => act({ do: "choose", options: { part } })));
    field.draw({ ...model, step: frame.step });
    stems.draw(stemRows(picture, options, frame.step));
    blocks.draw(blocksOf(picture, options, frame.step));
    alsoPlace.toggleAttribute("hidden", !frame.also);
    // What was asked for stands right below the grids; what is shown besides comes after the arithmetic.
    const after = options.view === "windows" ? step : change.element;
    if (alsoPlace.previousElementSibling !== after) after.after(alsoPlace);
    if (!frame.also) return;
    setText(alsoSaid, frame.also.say);
    also.draw(frame.also.grids, undefined, palette);
  };
  return { element: page, draw, network: field.network, checked: (text) => setText(found, text) };
}

const kernelName = ({ operation }: WindowPicture): string => (operation === "linear" ? "weight" : "kernel");

/** Other numbers in place of the example's. */
function numbersPlace(
  picture: WindowPicture,
  tell: (message: ToHost) => void,
  planeOf: (tensor: "input" | "weight") => number,
): HTMLElement {
  const isTwo = picture.rank === 2 && picture.operation === "convolution";
  const { preset = "" } = picture;
  const kernels = dropdown(
    "Kernel",
    [...new Set([...PRESETS, preset])].map((name) => ({ value: name, text: name })),
    (name) => tell({ type: "edit", edit: { do: "preset", name } }),
  );
  kernels.set(preset);
  const paste = (tensor: "input" | "weight"): HTMLElement =>
    textButton(tensor === "input" ? "Matrix at the cursor as input" : `… as ${kernelName(picture)}`, () =>
      tell({ type: "paste", tensor, plane: planeOf(tensor) }),
    );
  return element("section", { class: "numbers" }, [
    element("h2", {}, ["Numbers"]),
    element("p", { class: "why" }, [
      "Double-click a number, or press Enter on it, to change it. A matrix of your file goes into the channel that is shown.",
    ]),
    element("div", { class: "row" }, [
      ...(isTwo ? [element("span", { class: "label" }, ["Kernel"]), kernels.element] : []),
      paste("input"),
      ...(picture.passes[0]?.weight ? [paste("weight")] : []),
      ...restoring(tell),
    ]),
  ]);
}

function reason(turned: boolean): string {
  return turned
    ? "Now the kernel is turned before it slides, as the convolution of mathematics asks. Your framework does not turn it."
    : "Off, as in your framework: it slides the kernel as it stands, a cross-correlation. The weights are learned, so nothing is lost.";
}
