import type { Control } from "./controls.js";
import type { Action } from "./model.js";
import { planeChooser } from "./planeChoosers.js";
import { element } from "./render/element.js";
import { type GridEvents, type GridView, gridView } from "./render/grid.js";
import { links } from "./render/links.js";
import type { Palette } from "./render/palette.js";
import type { Frame, GridMark } from "./scenes/marks.js";

/** Grids side by side with lines between them; other grids take the place of those that a frame does not have. */
export interface Figures {
  readonly element: HTMLElement;
  readonly draw: (grids: readonly GridMark[], ends: Frame["links"], palette: Palette) => void;
}

/** Pixels on both sides that a grid leaves free. */
const MARGIN = 4;

/** An empty place for grids. */
export function figuresOf(act: (action: Action) => void, edit: GridEvents["edit"], room: () => number): Figures {
  const place = element("div", { class: "figures" });
  const link = links(place);
  place.append(link.element);
  const views = new Map<string, { readonly view: GridView; readonly chooser: Control<GridMark> }>();
  let order = "";
  let drawLinks = (): void => {};
  const events: GridEvents = {
    hover: ({ id }, cell) => act({ do: "hover", target: cell === undefined ? undefined : { grid: id, cell } }),
    pick: ({ id }, cell) => act({ do: "pick", target: { grid: id, cell } }),
    move: ({ id }, rows, columns) => act({ do: "move", grid: id, rows, columns }),
    edit,
  };
  new ResizeObserver(() => drawLinks()).observe(place);
  return {
    element: place,
    draw: (grids, ends, palette) => {
      for (const grid of grids) {
        if (views.has(grid.id)) continue;
        const chooser = planeChooser(act);
        views.set(grid.id, { view: gridView(grid, events, () => room() - MARGIN, chooser.element), chooser });
      }
      const shown = grids.map(({ id }) => id).join();
      if (shown !== order) {
        order = shown;
        place.replaceChildren(link.element, ...grids.flatMap(({ id }) => views.get(id)?.view.element ?? []));
      }
      for (const grid of grids) {
        views.get(grid.id)?.chooser.set(grid);
        views.get(grid.id)?.view.draw(grid, palette);
      }
      drawLinks = () =>
        link.draw(
          ...((ends?.map((id) => views.get(id)?.view.framed()) ?? [undefined, undefined]) as [DOMRect?, DOMRect?]),
        );
      drawLinks();
    },
  };
}
