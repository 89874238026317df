import { shape } from "./element.js";

/** Lines from the corners of one frame to those of another, drawn behind the grids. */
export function links(around: HTMLElement): {
  readonly element: SVGElement;
  readonly draw: (from: DOMRect | undefined, to: DOMRect | undefined) => void;
} {
  const lines = [shape("line"), shape("line")] as const;
  const svg = shape("svg", { class: "links", "aria-hidden": "true" }, lines);
  const draw = (from: DOMRect | undefined, to: DOMRect | undefined): void => {
    // Between grids that stand below each other the lines would cross the numbers.
    const shown = from !== undefined && to !== undefined && to.left >= from.right;
    svg.toggleAttribute("hidden", !shown);
    if (!shown) return;
    const { x, y } = around.getBoundingClientRect();
    const ends = [
      [from.right, from.top, to.left, to.top],
      [from.right, from.bottom, to.left, to.bottom],
    ];
    ends.forEach((end, index) => {
      ["x1", "y1", "x2", "y2"].forEach((name, place) => {
        lines[index as 0 | 1].setAttribute(name, String((end[place] as number) - (place % 2 ? y : x)));
      });
    });
  };
  return { element: svg, draw };
}
