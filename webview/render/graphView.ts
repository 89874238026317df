import type { GraphMark } from "../scenes/marks.js";
import { element } from "./element.js";
import { type GraphLayout, graphLayout, paintGraph } from "./paintGraph.js";
import type { Palette } from "./palette.js";
import { canvasSurface } from "./surface.js";

/** A graph on the page, whose nodes can be pointed at; `draw` paints it anew. */
export interface GraphView {
  readonly element: HTMLElement;
  readonly draw: (graph: GraphMark, name: string, palette: Palette) => void;
}

/** A graph on a canvas; a node is named by its place among all nodes, row by row. */
export function graphView(
  point: (node: number | undefined) => void,
  pick: (node: number) => void,
  room: () => number,
): GraphView {
  const canvas = element("canvas", { role: "img" }) as HTMLCanvasElement;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  let layout: GraphLayout | undefined;
  let pointed: number | undefined;
  const nodeAt = (event: MouseEvent): number | undefined => {
    const { x, y } = canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - x, event.clientY - y];
    const at = (layout?.boxes ?? [])
      .flat()
      .findIndex((box) => left >= box.left && left <= box.right && top >= box.top && top <= box.bottom);
    return at < 0 ? undefined : at;
  };
  const hover = (node: number | undefined): void => {
    if (node === pointed) return;
    pointed = node;
    point(node);
  };
  canvas.addEventListener("pointermove", (event) => hover(nodeAt(event)));
  canvas.addEventListener("pointerleave", () => hover(undefined));
  canvas.addEventListener("click", (event) => {
    const node = nodeAt(event);
    if (node !== undefined) pick(node);
  });
  const draw = (graph: GraphMark, name: string, palette: Palette): void => {
    layout = graphLayout(graph, room());
    const { width, height } = layout;
    const dots = window.devicePixelRatio || 1;
    const [across, down] = [Math.ceil(width * dots), Math.ceil(height * dots)];
    if (canvas.width !== across || canvas.height !== down) {
      [canvas.width, canvas.height] = [across, down];
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    context.setTransform(dots, 0, 0, dots, 0, 0);
    const surface = canvasSurface(context);
    surface.rect(0, 0, width, height, { fill: palette.surface });
    paintGraph(surface, graph, layout, palette);
    canvas.setAttribute("aria-label", name);
  };
  // Left and right step through the neurons, wherever the focus is.
  return { element: element("div", { class: "graph" }, [canvas]), draw };
}
