import type { Frame, Part, SumLine, Tile } from "../scenes/marks.js";
import { element } from "./element.js";

/** The written sum of a frame: the products as tiles in the window's arrangement where they fit, then line by line.
 * What the tiles show is written for a screen reader only. */
export function arithmetic(frame: Frame, choose: (channel: number) => void): readonly HTMLElement[] {
  const wide = Math.max(...frame.tiles.map((tile) => tile.col), 0) > 4 || frame.tiles.length > 25;
  const tiled = frame.tiles.length > 0 && !wide;
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

function tileOf({ value, weight, padding, lit }: Tile, index: number): HTMLElement {
  const name = `tile${padding ? " padding" : ""}${lit ? " lit" : ""}${index === 0 ? " first" : ""}`;
  return element("div", { class: name }, [
    element("span", { class: "value" }, [value]),
    element("span", { class: "times" }, [`× ${weight}`]),
  ]);
}

function sumLine(
  { label, parts, channel, current }: SumLine,
  choose: (channel: number) => void,
  tiled: boolean,
): HTMLElement {
  const result = tiled ? -1 : -2;
  const scrolls: Readonly<Record<string, string>> = parts.length > 200 ? { class: "lengthy", tabindex: "0" } : {};
  const written = element("span", tiled ? { class: "heard" } : scrolls, parts.slice(0, result).map(partOf));
  const text = element("span", { class: "sum" }, [written, ...parts.slice(result).map(partOf)]);
  const line = element("div", {
    class: `line${current ? " current" : ""}${tiled && channel === undefined ? " heard" : ""}`,
  });
  if (channel !== undefined) {
    const name = current ? `${label}, shown` : `Show ${label}`;
    const button = element("button", { class: "channel", "aria-label": name, "aria-pressed": String(current) }, [
      label,
    ]);
    button.addEventListener("click", () => choose(channel));
    line.append(button);
  } else if (label !== "") line.append(element("span", { class: "label" }, [label]));
  line.append(text);
  return line;
}

function partOf({ text, role, lit }: Part): Node {
  return role ? element("span", { class: `${role}${lit ? " lit" : ""}` }, [text]) : document.createTextNode(text);
}
