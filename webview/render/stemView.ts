import { minus } from "../scenes/numbers.js";
import { type StemRow, ticksWritten } from "../scenes/stems.js";
import { element, shape } from "./element.js";
import { layoutOf } from "./layout.js";

/** Pixels of a row, of the longest stem, at least between stems that are to be read, and that a grid leaves free. */
const TALL = 114;
const LONGEST = 22;
const APART = 28;
const MARGIN = 4;

/** Pixels of a digit of the axis, and behind the axis for its letter. */
const DIGIT = 7;
const LETTER = 14;

/** Pixels from the top of a row to the numbers of its axis, below all stems and theirs. */
const TICKS = 102;

/** Rows of stems below each other over the same positions. */
export function stemView(): {
  readonly element: HTMLElement;
  readonly draw: (rows: readonly StemRow[] | undefined) => void;
} {
  // A plot that is wider than the panel is scrolled with the arrow keys.
  const place = element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Stems" });
  const section = element("section", { class: "stems", "aria-label": "The same as stems" }, [place]);
  const draw = (rows: readonly StemRow[] | undefined): void => {
    section.toggleAttribute("hidden", !rows);
    if (!rows) return;
    const columns = Math.max(...rows.flatMap(({ stems }) => stems.map(({ at }) => at + 1)));
    const across = acrossOf(rows, columns, place);
    const [width, height] = [columns * across + LETTER, rows.length * TALL];
    const svg = shape("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      class: "stem-plot",
      role: "img",
      "aria-label": rows.map(spoken).join("; "),
    });
    rows.forEach((row, index) => {
      svg.append(rowOf(row, index * TALL, width, across));
    });
    place.replaceChildren(svg);
  };
  return { element: section, draw };
}

/** Pixels that a grid of the first row's numbers gives each of them: the stems stand below its cells, where these are not too close. */
function acrossOf([first]: readonly StemRow[], columns: number, place: HTMLElement): number {
  const texts = first?.stems.map(({ text }) => text) ?? [];
  const base = {
    rowHeads: [""],
    colHeads: Array.from({ length: columns }, String),
    digits: Math.max(1, ...texts.map(({ length }) => length)),
  };
  const cell = Number.parseFloat(getComputedStyle(place).getPropertyValue("--cell")) || undefined;
  return Math.max(APART, layoutOf(base, place.clientWidth - MARGIN, cell).across);
}

const spoken = ({ title, stems, letter, ticks }: StemRow): string => {
  const indices = new Map(ticks.map(({ at, index }) => [at, minus(index)]));
  return `${title}: ${stems.map(({ at, text }) => `${text} at ${letter} = ${indices.get(at)}`).join(", ")}`;
};

function rowOf({ title, role, stems, letter, ticks }: StemRow, top: number, width: number, across: number): SVGElement {
  const highest = Math.max(1, ...stems.map(({ value }) => Math.abs(value)));
  const base = top + 32 + LONGEST;
  const row = shape("g", { class: role }, [
    shape("text", { x: 2, y: top + 11, class: "stem-title" }, [title]),
    shape("line", { x1: 0, y1: base, x2: width - LETTER, y2: base, class: "axis" }),
    shape("text", { x: width - LETTER / 2, y: top + TICKS, class: "tick letter" }, [letter]),
  ]);
  const longest = Math.max(1, ...ticks.map(({ index }) => minus(index).length));
  for (const { at } of ticks) {
    const x = (at + 0.5) * across;
    row.append(shape("line", { x1: x, y1: base - 3, x2: x, y2: base + 3, class: "axis" }));
  }
  for (const { at, index } of ticksWritten(ticks, across, (longest + 1) * DIGIT))
    row.append(shape("text", { x: (at + 0.5) * across, y: top + TICKS, class: "tick" }, [minus(index)]));
  for (const { at, value, text, state } of stems) {
    const [x, y] = [(at + 0.5) * across, base - (value / highest) * LONGEST];
    row.append(
      shape("g", { class: `stem ${state}` }, [
        shape("line", { x1: x, y1: base, x2: x, y2: y }),
        shape("circle", { cx: x, cy: y, r: state === "chosen" ? 4.5 : 3.5 }),
        shape("text", { x, y: value < 0 ? y + 12 : y - 7 }, [text]),
      ]),
    );
  }
  return row;
}
