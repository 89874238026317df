import type { Frame } from "../scenes/marks.js";
import { shape } from "./element.js";
import type { GridView } from "./grid.js";

/** Lines from the corners of the window to the output cell that it makes, drawn behind the grids. */
export function links(around: HTMLElement): {
  readonly element: SVGElement;
  readonly draw: (frame: Frame, views: ReadonlyMap<string, GridView>) => void;
} {
  const lines = [shape("line"), shape("line")] as const;
  const svg = shape("svg", { class: "links", "aria-hidden": "true" }, lines);
  const draw = (frame: Frame, views: ReadonlyMap<string, GridView>): void => {
    const boxes = ["input", "output"].map((id) => {
      const frameBox = frame.grids.find((grid) => grid.id === id)?.frame;
      return frameBox && views.get(id)?.rectangle(frameBox);
    });
    const [from, to] = boxes;
    // Between grids that stand below each other the lines would cross the numbers.
    const [left, right] = ["input", "output"].map((id) => views.get(id)?.element.getBoundingClientRect());
    const beside = left !== undefined && right !== undefined && right.left >= left.right && right.top < left.bottom;
    const shown = frame.links && beside && from !== undefined && to !== undefined;
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
