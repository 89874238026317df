import type { MismatchPicture } from "../../src/protocol.js";
import { blockOf, mismatchTexts, placesDrawn } from "../scenes/mismatch.js";
import { figureOf } from "./blockView.js";
import { element, shape } from "./element.js";

/** Pixels of the longer side of what is drawn, and of a place at most. */
const SIDE = 200;
const LARGE = 24;

/** What comes beside what the layer takes, as far as both are known, with the numbers that do not meet. */
export function mismatchView(picture: MismatchPicture): HTMLElement {
  const { comes, takes, say } = mismatchTexts(picture);
  const unequal = element("span", { class: "meets" }, ["≠ "]);
  const named = (figure: HTMLElement, role: string, ...text: (Node | string)[]): HTMLElement => {
    figure.classList.add(role);
    figure.querySelector("figcaption")?.replaceChildren(...text);
    return figure;
  };
  const drawn =
    picture.of === "places"
      ? [placesFigure(picture)]
      : [
          named(figureOf(blockOf(picture, picture.comes), 0, true), "input", comes),
          named(figureOf(blockOf(picture, picture.takes), 0, true), "weight", unequal, takes),
        ];
  const place = element("div", { class: "blocks", role: "img", "aria-label": `${comes}, ${takes}` }, drawn);
  return element("section", { class: "mismatch", "aria-label": "What does not fit" }, [
    element("h2", {}, ["⚠ This does not fit"]),
    element("p", {}, [say]),
    place,
  ]);
}

/** The input under the window, corner on corner. */
function placesFigure(picture: MismatchPicture): HTMLElement {
  const [rows = [1, 1], columns = [1, 1]] = placesDrawn(picture);
  const side = Math.min(LARGE, SIDE / Math.max(...rows, ...columns));
  const { comes, takes } = mismatchTexts(picture);
  const box = (at: 0 | 1, role: string): SVGElement =>
    shape("rect", { x: 2, y: 2, width: columns[at] * side, height: rows[at] * side, class: role });
  const [width, height] = [columns, rows].map((both) => Math.max(...both) * side + 4) as [number, number];
  const lines = (count: number, isDown: boolean): SVGElement[] =>
    Array.from({ length: side < 5 ? 0 : count - 1 }, (_, at) => {
      const d = isDown
        ? `M2 ${2 + (at + 1) * side}h${columns[0] * side}`
        : `M${2 + (at + 1) * side} 2v${rows[0] * side}`;
      return shape("path", { d });
    });
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, [
    box(0, "input"),
    ...lines(rows[0], true),
    ...lines(columns[0], false),
    box(1, "window"),
  ]);
  const figure = element("figure", {}, [
    element("figcaption", {}, [
      element("span", { class: "input" }, [comes]),
      ", ",
      element("span", { class: "meets" }, [takes]),
    ]),
  ]);
  figure.prepend(svg);
  return figure;
}
