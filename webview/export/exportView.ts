import type { ToHost } from "../../src/protocol.js";
import { textButton } from "../controls.js";
import { element, setText } from "../render/element.js";
import type { Palette } from "../render/palette.js";
import type { Frame } from "../scenes/marks.js";
import { drawingOf, svgOf } from "./drawFrame.js";
import { latexOf, markdownOf } from "./frameTexts.js";
import { base64, gifOf, pngOf } from "./images.js";

/** Frames of an animation that are kept; of a longer one every so manieth. */
const MOST_FRAMES = 80;

/** What can be exported: the frame that is shown, and all of them. */
export interface Exported {
  readonly title: string;
  readonly frame: () => Frame;
  readonly frames: (step: number) => Frame;
  readonly palette: () => Palette;
}

/** Buttons that copy the arithmetic and save the frame, or all frames as an animation with its progress and a way to end it. */
export function exportView(of: Exported, tell: (message: ToHost) => void): HTMLElement {
  const said = element("p", { class: "why", role: "status" });
  const bar = element("progress", {
    max: "1",
    value: "0",
    "aria-label": "Animation",
    hidden: "",
  }) as HTMLProgressElement;
  let isEnded = false;
  const cancel = textButton("Cancel", () => {
    isEnded = true;
  });
  cancel.hidden = true;
  const name = of.title.split("(")[0]?.replace(/^.*\./, "") || "layer";
  const save = (ending: string, bytes: string): void =>
    tell({ type: "save", name: `${name}.${ending}`, base64: bytes });
  const copy = (text: string, what: string): void => {
    tell({ type: "copy", text });
    setText(said, `${what} is on the clipboard.`);
  };
  const drawn = (): ReturnType<typeof drawingOf> => drawingOf(of.title, of.frame(), of.palette());
  const animate = async (): Promise<void> => {
    if (!cancel.hidden) return;
    isEnded = false;
    [cancel.hidden, bar.hidden] = [false, false];
    const { steps } = of.frame();
    const every = Math.ceil(steps / MOST_FRAMES);
    const shown = Array.from({ length: Math.ceil(steps / every) }, (_, index) => of.frames(index * every));
    const drawings = shown.map((frame) => drawingOf(of.title, frame, of.palette()));
    const bytes = await gifOf(drawings, of.palette(), async (done) => {
      bar.value = done;
      // The page draws its bar, and hears of a click, between two frames.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return !isEnded;
    });
    [cancel.hidden, bar.hidden] = [true, true];
    setText(said, bytes === undefined ? "The animation was ended." : every > 1 ? `Every ${every}. step is in it.` : "");
    if (bytes !== undefined) save("gif", bytes);
  };
  return element("section", { class: "exports", "aria-label": "Export" }, [
    element("h2", {}, ["Export"]),
    element("div", { class: "row" }, [
      textButton("SVG", () => save("svg", base64(new TextEncoder().encode(svgOf(drawn(), of.palette()))))),
      textButton("PNG", () => save("png", pngOf(drawn(), of.palette()))),
      textButton("GIF", () => void animate()),
      textButton("Markdown", () => copy(markdownOf(of.title, of.frame()), "The step as Markdown")),
      textButton("LaTeX", () => copy(latexOf(of.title, of.frame()), "The step as LaTeX")),
      bar,
      cancel,
    ]),
    said,
  ]);
}
