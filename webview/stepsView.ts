import type { FlattenPicture, NormPicture } from "../src/protocol.js";
import { segments } from "./controls.js";
import { exportView } from "./export/exportView.js";
import { figuresOf } from "./figures.js";
import type { Model } from "./model.js";
import { arithmetic } from "./render/arithmetic.js";
import { element, setText } from "./render/element.js";
import { type Palette, paper } from "./render/palette.js";
import { noteList } from "./render/words.js";
import type { Frame } from "./scenes/marks.js";
import { firstOptions } from "./scenes/options.js";
import { type Scene, sceneOf } from "./scenes/scene.js";
import { transportOf } from "./transport.js";
import type { Around, FrameView } from "./windowView.js";

/** The page of a layer in plain steps: direction, transport, grids, the sentence and the arithmetic. */
export function stepsView(picture: FlattenPicture | NormPicture, { act, tell, room }: Around): FrameView {
  const scene = sceneOf(picture) as Scene;
  const passes = segments(
    "Direction",
    [
      { value: "forward", text: "Forward" },
      { value: "input", text: "Back to dX" },
    ],
    (pass) => act({ do: "choose", options: { pass: pass as "forward" } }),
  );
  const transport = transportOf(act);
  const figures = figuresOf(act, () => {}, room);
  const [title, sentence] = [element("h2", { class: "result" }), element("p", { class: "sentence" })];
  const told = element("div", { role: "status", "aria-atomic": "true" }, [title, sentence]);
  const sums = element("div", { class: "sums" });
  const step = element("section", { class: "step", "aria-label": "This step" }, [told, sums]);
  let now: { readonly model: Model; readonly frame: Frame; readonly palette: Palette } | undefined;
  const exported = {
    title: picture.heading.title,
    frame: () => now?.frame ?? scene.frame(0, firstOptions),
    frames: (at: number) => scene.frame(at, now?.model.options ?? firstOptions),
    palette: () => now?.palette ?? paper,
  };
  const page = element("div", {}, [
    element("div", { class: "passes" }, [passes.element]),
    transport.element,
    figures.element,
    step,
    noteList([picture.sample]),
    exportView(exported, tell),
    noteList([...picture.notes, picture.heading.summary]),
  ]);
  const draw = (model: Model, frame: Frame, palette: Palette): void => {
    now = { model, frame, palette };
    passes.set(model.options.pass === "forward" ? "forward" : "input");
    transport.set({ model, frame });
    figures.draw(frame.grids, undefined, palette);
    for (const role of ["output", "gradient"]) step.classList.toggle(role, role === frame.role);
    setText(title, frame.title);
    told.setAttribute("aria-live", model.playing ? "off" : "polite");
    setText(sentence, frame.sentence);
    sums.replaceChildren(...arithmetic(frame, () => {}));
  };
  return { element: page, draw };
}
