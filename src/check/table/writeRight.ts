import { writeCount, writeShape } from "./cellStyle.js";
import type { Explanation } from "./explainTable.js";
import type { ParsedClaim } from "./parsedRow.js";
import { isKnown, type Volume } from "./volume.js";

/** A right value in the table's own writing; undefined where it is not wholly known. */
export function writeRight(
  right: Volume | number,
  claim: ParsedClaim,
  { results, layout }: Explanation,
  isLatex: boolean,
  text: string,
): string | undefined {
  const { kind, column } = claim.claim;
  const raw = ({ claim: { cell } }: ParsedClaim): string => text.slice(cell.inner.from, cell.inner.to);
  const claims = results.flatMap((r) => r.row.claims);
  const isShape = (c: ParsedClaim): boolean => c.claim.kind === "output" || c.claim.kind === "input";
  if (typeof right === "number") return writeCount(right, claims.filter((c) => !isShape(c)).map(raw));
  if (!isKnown(right)) return undefined;
  const others = claims.filter((c) => c.state === "shape" && c !== claim && isShape(c));
  const near = [...others.filter((c) => c.claim.column === column), ...others.filter((c) => c.claim.column !== column)];
  const templates = [...(claim.state === "shape" && kind === "output" ? [claim] : []), ...near].map(raw);
  return writeShape(right, layout, templates, isLatex);
}

/** A text for a blank cell, with a space on each side that lacks one. */
export function spaced(written: string, text: string, at: number): string {
  const before = /\s/.test(text[at - 1] ?? " ") ? "" : " ";
  return `${before}${written}${/[|&\\]/.test(text[at] ?? "") ? " " : ""}`;
}
