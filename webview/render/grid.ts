import type { Box, CellMark, GridMark, Target } from "../scenes/marks.js";
import { element, shape } from "./element.js";

/** What the pointer or the keyboard does to a cell. */
export interface GridEvents {
  readonly hover: (target: Target | undefined) => void;
  readonly pick: (target: Target) => void;
  /** Moves the choice within a grid by rows and columns. */
  readonly move: (grid: GridMark, rows: number, columns: number) => void;
}

/** A grid on the page; `draw` changes what differs and leaves the rest. */
export interface GridView {
  readonly element: HTMLElement;
  readonly draw: (grid: GridMark) => void;
  /** The rectangle of a box on the screen, for the lines between grids. */
  readonly rectangle: (box: Box) => DOMRect;
}

const side = 34;
const head = 18;
const digit = 9;

/** A grid as a picture that can be pointed at, walked through with the arrow keys and read by a screen reader; a chooser
 * stands in its title for the number of its channel. */
export function gridView(first: GridMark, events: GridEvents, chooser?: HTMLElement): GridView {
  let grid = first;
  const marks = new Map<Element, CellMark>();
  const drawn: DrawnCell[] = [];
  const headed = first.rowHeads.some((name) => name !== "");
  const left = headed ? head : 0;
  const across = Math.max(side, first.digits * digit + 6);
  const [columns, rows] = [first.colHeads.length, first.rowHeads.length];
  const frame = shape("rect", { class: "frame", rx: 3 });
  const svg = shape("svg", {
    class: `grid ${first.role}`,
    viewBox: `-1.5 -1.5 ${left + columns * across + 3} ${head + rows * side + 3}`,
    role: "grid",
    tabindex: 0,
    "aria-rowcount": rows,
    "aria-colcount": columns,
  });
  svg.style.setProperty("--columns", String((left + columns * across) / side));
  const colHeads = first.colHeads.map((_, col) => label(left + (col + 0.5) * across, head / 2));
  const rowHeads = first.rowHeads.map((_, row) => label(left / 2, head + (row + 0.5) * side));
  svg.append(shape("g", { "aria-hidden": "true" }, [...colHeads, ...rowHeads]));
  for (let row = 0; row < rows; row++) {
    const line = shape("g", { role: "row" });
    for (let col = 0; col < columns; col++) {
      const [x, y] = [left + col * across, head + row * side];
      const text = shape("text", { x: x + across / 2, y: y + side / 2 + 0.5, class: "number" });
      const hatch = shape("rect", { x: x + 1.5, y: y + 1.5, width: across - 3, height: side - 3, rx: 3, fill: "none" });
      const group = shape("g", { role: "gridcell", id: `${first.id}-${row}-${col}` }, [
        shape("rect", { x: x + 1.5, y: y + 1.5, width: across - 3, height: side - 3, rx: 3, class: "ground" }),
        hatch,
        text,
      ]);
      drawn.push({ group, text, hatch });
      line.append(group);
    }
    svg.append(line);
  }
  svg.append(frame);

  const targetOf = (event: Event): Target | undefined => {
    const group = (event.target as Element).closest("[role=gridcell]");
    return group ? marks.get(group)?.target : undefined;
  };
  svg.addEventListener("pointerover", (event) => events.hover(targetOf(event)));
  svg.addEventListener("pointerleave", () => events.hover(undefined));
  svg.addEventListener("click", (event) => {
    const target = targetOf(event);
    if (target) events.pick(target);
  });
  svg.addEventListener("keydown", (event) => {
    const step = arrows[(event as KeyboardEvent).key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    events.move(grid, ...step);
  });

  const scroll = element("div", { class: "scroll" }, [svg]);
  const title = element("h2");
  const caption = element("span", { class: "caption" });
  const part = element("span", { class: "caption" });
  const draw = (next: GridMark): void => {
    grid = next;
    const channel = next.channel === undefined ? "" : ` channel ${next.channel}`;
    title.textContent = chooser ? `${next.title} channel` : next.title + channel;
    caption.textContent = next.caption;
    part.textContent = next.part ?? "";
    svg.setAttribute("aria-label", [next.title + channel, next.caption, next.part].filter(Boolean).join(", "));
    next.colHeads.forEach((name, col) => {
      if (colHeads[col]) colHeads[col].textContent = name;
    });
    next.rowHeads.forEach((name, row) => {
      if (rowHeads[row]) rowHeads[row].textContent = name;
    });
    next.cells.forEach((mark, index) => {
      const cell = drawn[index];
      if (cell) drawCell(cell, mark, marks);
    });
    const active = next.cells.find((mark) => mark.state === "chosen");
    if (active) svg.setAttribute("aria-activedescendant", `${next.id}-${active.row}-${active.col}`);
    else svg.removeAttribute("aria-activedescendant");
    frame.toggleAttribute("hidden", !next.frame);
    if (next.frame) {
      const { x, y, width, height } = pixels(next.frame, left, across);
      frame.setAttribute("x", String(x));
      frame.setAttribute("y", String(y));
      frame.setAttribute("width", String(width));
      frame.setAttribute("height", String(height));
      follow(scroll, x, x + width, (left + columns * across) / svg.clientWidth);
    }
  };
  draw(first);
  const titled = element("div", { class: "grid-title" }, [title, ...(chooser ? [chooser] : []), caption, part]);
  return {
    element: element("figure", { class: `figure ${first.id}` }, [titled, scroll]),
    draw,
    rectangle: (box) => {
      const outer = svg.getBoundingClientRect();
      const scale = outer.width / (left + columns * across + 3);
      const { x, y, width, height } = pixels(box, left, across);
      return new DOMRect(outer.x + (x + 1.5) * scale, outer.y + (y + 1.5) * scale, width * scale, height * scale);
    },
  };
}

const arrows: Readonly<Record<string, [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Brings the window into sight where the grid is wider than the panel. */
function follow(scroll: HTMLElement, from: number, to: number, unitsPerPixel: number): void {
  if (scroll.scrollWidth <= scroll.clientWidth || scroll.matches(":hover")) return;
  const [start, end] = [from / unitsPerPixel, to / unitsPerPixel];
  if (start < scroll.scrollLeft || end > scroll.scrollLeft + scroll.clientWidth) {
    scroll.scrollLeft = (start + end - scroll.clientWidth) / 2;
  }
}

function pixels(
  { row, col, height, width }: Box,
  left: number,
  across: number,
): { x: number; y: number; width: number; height: number } {
  return { x: left + col * across, y: head + row * side, width: width * across, height: height * side };
}

function label(x: number, y: number): SVGElement {
  return shape("text", { x, y, class: "head" });
}

interface DrawnCell {
  readonly group: SVGElement;
  readonly text: SVGElement;
  readonly hatch: SVGElement;
  mark?: CellMark;
}

function drawCell(cell: DrawnCell, mark: CellMark, marks: Map<Element, CellMark>): void {
  const { mark: before } = cell;
  marks.set(cell.group, mark);
  cell.mark = mark;
  if (before?.name !== mark.name) cell.group.setAttribute("aria-label", mark.name);
  if (before?.state !== mark.state || before.ground !== mark.ground) {
    cell.group.setAttribute("class", `cell ${mark.ground} ${mark.state}${mark.target ? " active" : ""}`);
    cell.group.setAttribute("aria-selected", String(mark.state === "chosen"));
  }
  if (before?.ground !== mark.ground)
    cell.hatch.setAttribute("fill", mark.ground === "plain" ? "none" : `url(#${mark.ground})`);
  if (before?.text !== mark.text) {
    cell.text.textContent = mark.text;
  }
}
