import type { Blocks, Places } from "../scenes/blocks.js";
import { element, setText, shape } from "./element.js";

/** Units of a face's longer side and of its largest and smallest cells; of a step back to the next channel, or slice; and of what is left out. */
const FACE = 36;
const LARGE = 13;
const SMALL = 5;
const BACK = 7;
const SLICE = 3;
const OMITTED = 14;

/** Units above a block, and below it for a number. */
const ABOVE = 6;
const BELOW = 14;

/** Width of a letter at the edges. */
const LETTER = 6.2;

/** The weights of a layer as blocks, with how they are counted. */
export function blockView(): { readonly element: HTMLElement; readonly draw: (blocks: Blocks | undefined) => void } {
  const place = element("div", { class: "blocks", role: "img" });
  const [say, count, marked] = [element("p"), element("p", { class: "block-count" }), element("p", { class: "why" })];
  const section = element("section", { class: "weights weight", "aria-label": "Weights" }, [
    element("h2", {}, ["Weights"]),
    place,
    say,
    count,
    marked,
  ]);
  let drawn = "";
  const draw = (blocks: Blocks | undefined): void => {
    section.toggleAttribute("hidden", !blocks);
    const key = JSON.stringify(blocks);
    if (!blocks || key === drawn) return;
    drawn = key;
    place.setAttribute("aria-label", blocks.spoken);
    place.classList.toggle("rows", blocks.edges.channels === undefined);
    place.replaceChildren(
      ...blocks.filters.map((filter, index) =>
        filter === undefined ? element("span", { class: "omitted" }, ["…"]) : figureOf(blocks, filter, index === 0),
      ),
    );
    setText(say, blocks.say);
    setText(count, blocks.count);
    setText(marked, blocks.marked);
  };
  return { element: section, draw };
}

/** One filter, or another tensor: its channels from the last to the first, so that the first stands in front, and its bias. */
export function figureOf(blocks: Blocks, filter: number, isFirst: boolean): HTMLElement {
  const { rows, columns, channels, slices, edges, bias, shown, fault } = blocks;
  const longer = rows.length === 1 ? columns.length / 2 : Math.max(rows.length, columns.length);
  const cell = Math.min(LARGE, Math.max(SMALL, FACE / longer));
  const [height, width] = [lengthOf(rows, cell), lengthOf(columns, cell)];
  const steps = channels.map((channel) => (channel === undefined ? OMITTED - BACK : BACK + (slices - 1) * SLICE));
  const backs = steps.map((_, index) => steps.slice(1, index + 1).reduce((sum, step) => sum + step, 0));
  const depth = (backs.at(-1) ?? 0) + (slices - 1) * SLICE;
  const isLabelled = isFirst && edges.rows !== undefined;
  const [tallText, deepText] = [edges.rows ?? "", edges.channels ?? ""].map((text) => text.length * LETTER) as [
    number,
    number,
  ];
  const left = isLabelled ? Math.max(tallText + 6, deepText + 6 - depth / 2) : 1;
  const [right, bottom] = [left + width + depth, ABOVE + depth + height];
  const isShown = shown.filter === undefined || shown.filter === filter;
  const parts: SVGElement[] = [];
  // From the last to the first, which stands in front.
  for (const [index, channel] of [...channels.entries()].reverse()) {
    const back = backs[index] ?? 0;
    const isLit = isShown && (shown.channel === undefined || shown.channel === channel);
    if (channel === undefined) parts.push(dots(left + width + back, bottom - back));
    else
      for (let slice = slices - 1; slice >= 0; slice--)
        parts.push(face(left + back + slice * SLICE, ABOVE + depth - back - slice * SLICE, isLit));
  }
  const size = Math.max(cell, 9);
  if (bias) {
    const isLit = isShown && shown.column === undefined;
    parts.push(
      written(right + 8, bottom - size / 2, "+"),
      shape("rect", { x: right + 14, y: bottom - size, width: size, height: size, class: isLit ? "lit" : "" }),
    );
  }
  if (isLabelled || (isFirst && edges.channels !== undefined))
    parts.push(written(left + width / 2, bottom + 7, edges.columns, fault === "columns"));
  if (isLabelled) parts.push(written(left - 4 - tallText / 2, bottom - height / 2, edges.rows ?? ""));
  if (isFirst && depth > 0)
    parts.push(
      written(left + depth / 2 - 5 - deepText / 2, ABOVE + depth / 2 - 2, edges.channels ?? "", fault === "channels"),
    );
  const wide = right + (bias ? 15 + size : 1);
  const tall = bottom + (edges.channels === undefined ? 1 : BELOW);
  const svg = shape("svg", { viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall }, parts);
  const caption = element("figcaption", {}, [blocks.name(filter)]);
  const figure = element("figure", isShown ? { class: "shown" } : {});
  figure.append(svg, caption);
  return figure;

  /** One channel, or slice of it: a cell for each weight. */
  function face(x: number, y: number, isLit: boolean): SVGElement {
    const cells = rows.flatMap((row, down) =>
      columns.flatMap((column, across) => {
        const at = { x: x + lengthOf(columns.slice(0, across), cell), y: y + lengthOf(rows.slice(0, down), cell) };
        if (rows.length === 1 && column === undefined) return [written(at.x + OMITTED / 2, y + cell / 2 - 2, "…")];
        if (row === undefined || column === undefined) return [];
        const isOwn = isLit && (shown.column === undefined || shown.column === column);
        return [shape("rect", { ...at, width: cell, height: cell, ...(isOwn && { class: "lit" }) })];
      }),
    );
    return shape("g", {}, [shape("rect", { x, y, width, height, class: "face" }), ...cells]);
  }
}

/** What a row of places is long. */
const lengthOf = (places: Places, cell: number): number =>
  places.reduce<number>((sum, place) => sum + (place === undefined ? OMITTED : cell), 0);

const written = (x: number, y: number, text: string, isFault = false): SVGElement =>
  shape("text", { x, y, ...(isFault && { class: "meets" }) }, [text]);

/** What stands for channels that are left out: three dots on their way back. */
const dots = (x: number, y: number): SVGElement =>
  shape(
    "g",
    {},
    [1, 0, -1].map((index) => shape("circle", { cx: x - index * 4, cy: y + index * 4, r: 1.2 })),
  );
