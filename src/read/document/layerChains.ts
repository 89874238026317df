import type { Cell, Row } from "./documentTable.js";
import { SHAPE } from "./ownInput.js";
import type { Stretch } from "./written.js";

const ARROW = /→|⟶|->|=>|⇒/;
const WHOLE = new RegExp(String.raw`^(?:[\w ]{0,40}:\s*)?(?:input\b[\s:]*)?(${SHAPE})[\s.]*$`, "i");
const FLAT = /^(flatten\w*)[\s:]+(?:to )?(\d[\d,]*)[\s.]*$/i;

/**
 * The rows of a line in which shapes and layers take turns, `28x28x1 → conv 5×5, 6 → 24x24x6 → pool 2 → 12x12x6`; none where
 * it is no such line.
 */
export function chainRows(
  line: string,
  cell: (at: Stretch) => Cell,
  row: (cells: Row["cells"]) => Row,
): readonly Row[] {
  const rows: Row[] = [];
  let layer: Cell | undefined;
  let shapes = 0;
  let from = 0;
  for (const part of line.split(ARROW)) {
    const to = from + part.length;
    const text = part.trim();
    const place = (said: string): Cell =>
      cell({ from: line.lastIndexOf(said, to), to: line.lastIndexOf(said, to) + said.length });
    const flat = FLAT.exec(text);
    const shape = (flat?.[2] ?? WHOLE.exec(text)?.[1])?.trimEnd();
    if (rows.length === 0 && !layer) {
      if (!shape || !/[x×*,]/.test(shape)) return [];
      rows.push(row([{ ...place(shape), text: "input" }, undefined, place(shape)]));
    } else if (shape) {
      if (flat && layer) rows.push(row([layer]));
      const own = flat?.[1] ? place(flat[1]) : layer;
      if (!own) return [];
      rows.push(row([own, undefined, place(shape)]));
      layer = undefined;
      shapes++;
    } else {
      if (layer) rows.push(row([layer]));
      layer = place(text);
    }
    // Arrows have one sign or two.
    from = to + (/^(?:->|=>)/.test(line.slice(to)) ? 2 : 1);
  }
  if (layer) rows.push(row([layer]));
  return shapes > 1 ? rows : [];
}
