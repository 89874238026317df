import type { Frame, Piece, SumLine, Tile } from "../scenes/marks.js";
import { element } from "./element.js";

/** The written sum of a frame: the products as tiles in the window's arrangement where they fit, then line by line.
 * What the tiles show is written for a screen reader only. */
export function arithmetic(frame: Frame, choose: (part: number) => void): readonly HTMLElement[] {
  const wide = Math.max(...frame.tiles.map((tile) => tile.col), 0) > 4 || frame.tiles.length > 25;
  const places = new Set(frame.tiles.map(({ row, col }) => `${row} ${col}`));
  // Where padding repeats a number it meets a weight more than once, and the tiles would lie on each other.
  const tiled = frame.tiles.length > 0 && !wide && places.size === frame.tiles.length;
  const lines = frame.sums.map((line) => sumLine(line, choose, tiled && line.current));
  return tiled ? [tileGrid(frame), ...lines] : lines;
}

function tileGrid({ tiles, tilesTotal }: Frame): HTMLElement {
  const columns = Math.max(...tiles.map((tile) => tile.col)) + 1;
  const grid = element("div", { class: "tiles", "aria-hidden": "true" });
  grid.style.setProperty("--columns", String(columns));
  grid.append(...tiles.map(tileOf));
  return element("div", { class: "tile-sum" }, [grid, element("span", { class: "equals" }, [`= ${tilesTotal}`])]);
}

function tileOf({ row, col, value, factor, roles, lit }: Tile, index: number): HTMLElement {
  const name = `tile${lit ? " lit" : ""}${index === 0 ? " first" : ""}`;
  const tile = element("div", { class: name }, [
    element("span", { class: `value ${roles[0]}` }, [value]),
    element("span", { class: `times ${roles[1]}` }, [`× ${factor}`]),
  ]);
  tile.style.gridArea = `${row + 1} / ${col + 1}`;
  return tile;
}

function sumLine(
  { label, pieces, part, current }: SumLine,
  choose: (part: number) => void,
  tiled: boolean,
): HTMLElement {
  const result = tiled ? -1 : -2;
  const scrolls: Readonly<Record<string, string>> = pieces.length > 200 ? { class: "lengthy", tabindex: "0" } : {};
  const written = element("span", tiled ? { class: "heard" } : scrolls, pieces.slice(0, result).map(pieceOf));
  const [total, ...before] = pieces.slice(result).reverse();
  const last = total ? [element("span", { class: `total ${total.role ?? ""}` }, [total.text])] : [];
  const text = element("span", { class: "sum" }, [written, ...before.map(pieceOf), ...last]);
  const line = element("div", {
    class: `line${current ? " current" : ""}${tiled && part === undefined ? " heard" : ""}`,
  });
  if (part !== undefined) {
    const name = current ? `${label}, shown` : `Show ${label}`;
    const button = element("button", { class: "channel", "aria-label": name, "aria-pressed": String(current) }, [
      label,
    ]);
    button.addEventListener("click", () => choose(part));
    line.append(button);
  } else if (label !== "") line.append(element("span", { class: "label" }, [label]));
  line.append(text);
  return line;
}

function pieceOf({ text, role, lit }: Piece): Node {
  return role ? element("span", { class: `${role}${lit ? " lit" : ""}` }, [text]) : document.createTextNode(text);
}
