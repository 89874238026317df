import { ARROWS } from "../keyboard.js";
import { type Box, type GridMark, textAt } from "../scenes/marks.js";
import { element, setText } from "./element.js";
import { broughtIn, cellAt, type GridLayout, layoutOf, pixelsOf } from "./layout.js";
import { changedCells, paintCell, paintHeads, statesOf } from "./paintGrid.js";
import type { Palette } from "./palette.js";
import { canvasSurface, type Surface } from "./surface.js";

/** What the pointer or the keyboard does to a cell. */
export interface GridEvents {
  readonly hover: (grid: GridMark, cell: number | undefined) => void;
  readonly pick: (grid: GridMark, cell: number) => void;
  /** Moves the choice within a grid by rows and columns. */
  readonly move: (grid: GridMark, rows: number, columns: number) => void;
  /** Asks for another number in a cell's place. */
  readonly edit: (grid: GridMark, cell: number, at: DOMRect) => void;
}

/** A grid on the page; `draw` changes what differs and leaves the rest. */
export interface GridView {
  readonly element: HTMLElement;
  readonly draw: (grid: GridMark, palette: Palette) => void;
  /** The rectangle of the frame on the screen, for the lines between grids. */
  readonly framed: () => DOMRect | undefined;
}

/** Whether what is drawn follows the pointer: then no grid scrolls away from the reader. */
let isPointing = false;

/** A grid on a canvas that can be pointed at, walked through with the arrow keys and read by a screen reader. */
export function gridView(first: GridMark, events: GridEvents, room: () => number, chooser?: HTMLElement): GridView {
  let grid = first;
  let shown: { readonly grid: GridMark; readonly layout: GridLayout; readonly palette: Palette } | undefined;
  const canvas = element("canvas", { "aria-hidden": "true" }) as HTMLCanvasElement;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const frame = element("div", { class: "frame", hidden: "" });
  const active = element("div", { role: "gridcell", id: `${first.id}-cell` });
  const row = element("div", { role: "row" }, [active]);
  const spoken = element("div", { class: "heard", role: "presentation" }, [row]);
  const board = element("div", { class: "board", role: "grid", tabindex: "0" }, [canvas, frame, spoken]);

  const cellOf = (event: MouseEvent): number | undefined => {
    if (!shown) return undefined;
    const { x, y } = canvas.getBoundingClientRect();
    return cellAt(shown.layout, event.clientX - x, event.clientY - y);
  };
  let hovered: number | undefined;
  const hover = (cell: number | undefined): void => {
    if (cell === hovered) return;
    hovered = cell;
    isPointing = true;
    events.hover(grid, cell);
    isPointing = false;
  };
  board.addEventListener("pointermove", (event) => hover(cellOf(event)));
  board.addEventListener("pointerleave", () => hover(undefined));
  board.addEventListener("click", (event) => {
    const cell = cellOf(event);
    if (cell !== undefined) events.pick(grid, cell);
  });
  const edit = (cell: number | undefined): void => {
    if (cell === undefined || !shown) return;
    const { columns } = shown.layout;
    const box = { row: Math.floor(cell / columns), col: cell % columns, height: 1, width: 1 };
    const { x, y, width, height } = pixelsOf(box, shown.layout);
    const outer = canvas.getBoundingClientRect();
    events.edit(grid, cell, new DOMRect(outer.x + x, outer.y + y, width, height));
  };
  board.addEventListener("dblclick", (event) => edit(cellOf(event)));
  board.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (event.key === "Enter" || event.key === "F2") edit(grid.chosen);
    else if (step && !event.altKey && !event.ctrlKey && !event.metaKey) events.move(grid, ...step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const scroll = element("div", { class: "scroll" }, [board]);
  const sight = element("div", { class: "sight" }, [scroll]);
  scroll.addEventListener("scroll", () => tellMore(sight, scroll, board), { passive: true });
  let followed = "";
  const title = element("h2");
  const caption = element("span", { class: "caption" });
  const value = element("span", { class: "value-here", "aria-hidden": "true" });

  /** A canvas of its size, in the pixels of the screen. */
  const sized = (layout: GridLayout): Surface => {
    const dots = window.devicePixelRatio || 1;
    canvas.width = Math.ceil((layout.width + 2) * dots);
    canvas.height = Math.ceil((layout.height + 2) * dots);
    canvas.style.width = `${layout.width + 2}px`;
    canvas.style.height = `${layout.height + 2}px`;
    context.setTransform(dots, 0, 0, dots, 0, 0);
    return canvasSurface(context);
  };

  const paint = (next: GridMark, palette: Palette): GridLayout => {
    const isSame = shown !== undefined && shown.grid.base === next.base && shown.palette === palette;
    const layout = isSame && shown ? shown.layout : layoutOf(next.base, room(), cellSize());
    const stateOf = statesOf(next);
    if (isSame && shown) {
      const surface = canvasSurface(context);
      for (const cell of changedCells(shown.grid, next)) paintCell(surface, next, layout, palette, cell, stateOf(cell));
    } else {
      const surface = sized(layout);
      surface.rect(0, 0, layout.width + 2, layout.height + 2, { fill: palette.surface });
      paintHeads(surface, next, layout, palette);
      for (let cell = 0; cell < next.base.texts.length; cell++)
        paintCell(surface, next, layout, palette, cell, stateOf(cell));
    }
    return layout;
  };

  const draw = (next: GridMark, palette: Palette): void => {
    const before = shown?.layout;
    const layout = paint(next, palette);
    shown = { grid: next, layout, palette };
    grid = next;
    outer.className = `figure ${next.id} ${next.role}`;
    setText(title, next.title);
    if (caption.textContent !== next.caption) caption.replaceChildren(...unbroken(next.caption));
    board.setAttribute(
      "aria-label",
      [next.title, next.planes?.names[next.planes.shown], next.caption].filter(Boolean).join(", "),
    );
    board.setAttribute("aria-rowcount", String(layout.rows));
    board.setAttribute("aria-colcount", String(layout.columns));
    const at = next.chosen;
    if (at === undefined) {
      board.removeAttribute("aria-activedescendant");
      setText(active, "");
    } else {
      board.setAttribute("aria-activedescendant", active.id);
      row.setAttribute("aria-rowindex", String(Math.floor(at / layout.columns) + 1));
      active.setAttribute("aria-colindex", String((at % layout.columns) + 1));
      setText(active, `${next.base.name(at)} is ${textAt(next, at) || "empty"}`);
    }
    setText(value, hovered === undefined ? "" : `${next.base.name(hovered)} = ${textAt(next, hovered)}`);
    frame.toggleAttribute("hidden", !next.frame);
    if (next.frame) {
      const { x, y, width, height } = pixelsOf(next.frame, layout);
      Object.assign(frame.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    }
    const sought = soughtIn(next, layout);
    const key = JSON.stringify(sought);
    if (key !== followed && !isPointing && !scroll.matches(":hover")) {
      followed = key;
      follow(scroll, sought);
    }
    if (layout !== before) tellMore(sight, scroll, board);
  };

  const outer = element("figure");
  const titled = element("div", { class: "grid-title" }, [title, ...(chooser ? [chooser] : []), caption]);
  outer.append(titled, sight, value);
  return {
    element: outer,
    draw,
    framed: () => (frame.hasAttribute("hidden") ? undefined : frame.getBoundingClientRect()),
  };

  function cellSize(): number {
    return Number.parseFloat(getComputedStyle(board).getPropertyValue("--cell")) || 32;
  }
}

type Pixels = ReturnType<typeof pixelsOf>;

/** What is to be kept in sight, the largest first: the frame, the cells of the step, and the one at their centre. */
function soughtIn({ frame, lit, chosen }: GridMark, layout: GridLayout): readonly Pixels[] {
  const hull = hullOf(lit, layout.columns);
  const centre = chosen === undefined ? undefined : hullOf([chosen], layout.columns);
  return [frame, hull, centre].flatMap((box) => (box ? [pixelsOf(box, layout)] : []));
}

/** The smallest box around cells. */
function hullOf(cells: readonly number[], columns: number): Box | undefined {
  if (cells.length === 0) return undefined;
  const [rows, cols] = [cells.map((cell) => Math.floor(cell / columns)), cells.map((cell) => cell % columns)];
  const [row, col] = [Math.min(...rows), Math.min(...cols)];
  return { row, col, height: Math.max(...rows) - row + 1, width: Math.max(...cols) - col + 1 };
}

/** Brings what is sought into sight where the grid is larger than its place. */
function follow(scroll: HTMLElement, sought: readonly Pixels[]): void {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroll;
  const left = broughtIn(
    scrollLeft,
    clientWidth,
    sought.map(({ x, width }) => [x, x + width]),
  );
  const top = broughtIn(
    scrollTop,
    clientHeight,
    sought.map(({ y, height }) => [y, y + height]),
  );
  if (left !== scrollLeft) scroll.scrollLeft = left;
  if (top !== scrollTop) scroll.scrollTop = top;
}

/** Marks the sides on which a grid goes on out of sight; a frame on its way over the border is no part of it. */
function tellMore(sight: HTMLElement, scroll: HTMLElement, board: HTMLElement): void {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroll;
  const { offsetWidth, offsetHeight } = board;
  sight.classList.toggle("more-left", scrollLeft > 1);
  sight.classList.toggle("more-right", scrollLeft + clientWidth < offsetWidth - 1);
  sight.classList.toggle("more-above", scrollTop > 1);
  sight.classList.toggle("more-below", scrollTop + clientHeight < offsetHeight - 1);
}

/** A caption whose parts each stay on a line; a comma within brackets parts nothing. */
function unbroken(caption: string): readonly (Node | string)[] {
  return caption
    .split(/(?<=,) (?![^[]*\])/)
    .flatMap((part, index) => [...(index === 0 ? [] : [" "]), element("span", {}, [part])]);
}
