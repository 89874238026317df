import { shape } from "./element.js";

/** The patterns that the grids refer to: padding, past the padding, and read by no window; each by its own strokes. */
export function hatches(): SVGElement {
  const pattern = (id: string, ...paths: string[]): SVGElement =>
    shape(
      "pattern",
      { id, width: 7, height: 7, patternUnits: "userSpaceOnUse" },
      paths.map((d) => shape("path", { d, class: "hatch" })),
    );
  const [rising, falling] = ["M-1 1l2-2M0 7l7-7M6 8l2-2", "M-1 6l2 2M0 0l7 7M6-1l2 2"];
  return shape("svg", { class: "hatches", "aria-hidden": "true" }, [
    shape("defs", {}, [pattern("padding", rising), pattern("unread", falling), pattern("beyond", rising, falling)]),
  ]);
}
