import type { PlanePart, WindowPicture } from "../../src/protocol.js";
import type { Piece, SumLine } from "./marks.js";
import { elementName, namingOf } from "./names.js";
import { bracketed, sign } from "./numbers.js";
import { passOf, type SceneOptions } from "./options.js";
import { powerShare } from "./power.js";
import { type Product, productsOf } from "./sums.js";

/** What the sums have come to when the windows up to one have added their shares; absent cells have nothing yet. */
export function totalsAt({ stamps = [] }: PlanePart, window: number): ReadonlyMap<number, string> {
  const totals = new Map<number, string>();
  for (let before = 0; before <= window; before++)
    for (const [cell, total] of stamps[before] ?? []) totals.set(cell, total);
  return totals;
}

/** For each place that a window adds to: what stood there, the share, and what stands there now. */
export function shareLines(picture: WindowPicture, options: SceneOptions, part: PlanePart, window: number): SumLine[] {
  const before = totalsAt(part, window - 1);
  const { sum } = passOf(picture, options);
  const { role } = namingOf(picture, options, sum);
  const last = new Map(part.stamps?.[window] ?? []);
  const lines: SumLine[] = [];
  for (const [cell, total] of last) {
    const shares = productsOf(picture, options, part, cell).filter(({ term }) => term.windows === window);
    const written = shares.flatMap((share): Piece[] => [
      { text: " + " },
      ...(picture.power ? powerShare(picture, options, picture.power, cell, share, false) : plainShare(share)),
    ]);
    const pieces = [{ text: before.get(cell) ?? "0" }, ...written, sign(total), { text: total, role }];
    lines.push({ label: elementName(picture, options, sum, cell), pieces, current: false });
  }
  return lines;
}

const plainShare = ({ value, valueRole, factor, factorRole, divisor }: Product): Piece[] => [
  { text: bracketed(value), role: valueRole },
  ...(factor === undefined ? [] : [{ text: "·" }, { text: bracketed(factor), role: factorRole }]),
  ...(divisor === undefined ? [] : [{ text: `/${divisor}` }]),
];
