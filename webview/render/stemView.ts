import type { StemRow } from "../scenes/stems.js";
import { element, shape } from "./element.js";

/** Units of a position, of a row, and of the longest stem. */
const ACROSS = 30;
const TALL = 96;
const LONGEST = 22;

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
    const width = columns * ACROSS + 8;
    const svg = shape("svg", {
      viewBox: `0 0 ${width} ${rows.length * TALL}`,
      class: "stem-plot",
      role: "img",
      "aria-label": rows.map(spoken).join("; "),
    });
    svg.style.setProperty("--columns", String(columns));
    rows.forEach((row, index) => {
      svg.append(rowOf(row, index * TALL, width));
    });
    place.replaceChildren(svg);
  };
  return { element: section, draw };
}

const spoken = ({ title, stems }: StemRow): string =>
  `${title}: ${stems.map(({ at, text }) => `${text} at ${at}`).join(", ")}`;

function rowOf({ title, role, stems }: StemRow, top: number, width: number): SVGElement {
  const highest = Math.max(1, ...stems.map(({ value }) => Math.abs(value)));
  const base = top + 32 + LONGEST;
  const row = shape("g", { class: role }, [
    shape("text", { x: 2, y: top + 11, class: "stem-title" }, [title]),
    shape("line", { x1: 0, y1: base, x2: width, y2: base, class: "axis" }),
  ]);
  for (const { at, value, text, state } of stems) {
    const [x, y] = [at * ACROSS + ACROSS / 2 + 4, base - (value / highest) * LONGEST];
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
