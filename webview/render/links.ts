import { shape } from "./element.js";

/** Lines from the corners of one frame to those of another, drawn behind the grids. */
export function links(around: HTMLElement): {
  readonly element: SVGElement;
  readonly draw: (from: DOMRect | undefined, to: DOMRect | undefined) => void;
} {
  const lines = [shape("line"), shape("line")] as const;
  const svg = shape("svg", { class: "links", "aria-hidden": "true" }, lines);
  const draw = (from: DOMRect | undefined, to: DOMRect | undefined): void => {
    const shown = from !== undefined && to !== undefined && to.left >= from.right && areBeside(around, from, to);
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

/** Whether two frames are in sight in grids side by side: between grids below each other the lines would cross the numbers. */
function areBeside(around: HTMLElement, from: DOMRect, to: DOMRect): boolean {
  const figures = [...around.querySelectorAll(".figure")].map((figure) => figure.getBoundingClientRect());
  const [a, b] = [from, to].map((frame) => figures.find((figure) => holds(figure, frame)));
  return a !== undefined && b !== undefined && a.top < b.bottom && b.top < a.bottom;
}

/** Whether the middle of a frame lies in a figure. */
function holds(figure: DOMRect, { left, right, top, bottom }: DOMRect): boolean {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return x >= figure.left && x <= figure.right && y >= figure.top && y <= figure.bottom;
}
