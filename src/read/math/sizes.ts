import type { MathExpr, MathPlace } from "../../core/math/expression.js";
import type { MatrixShape } from "../../core/math/matrixShape.js";
import type { Stretch } from "../document/written.js";
import { type Link, linkOf, readLink } from "./chains.js";
import { plainReading } from "./tokenStream.js";
import { typedTokens } from "./typedTokens.js";

/** `WᵀW is d_in × d_in`: what is said to have a size, and the size. */
export interface SizeSaid extends MathPlace {
  readonly of: Link;
  readonly shape: MatrixShape;
  readonly isLatex: boolean;
}

/** `d_out × d_in`, as rows and columns; undefined for anything else. */
export function sizeIn(link: Link, isLatex: boolean): MatrixShape | undefined {
  const at = link.tokens.findIndex((t) => t.kind === "sign" && t.text === "×");
  if (at < 1) return undefined;
  const read = (tokens: Link["tokens"]): MathExpr | undefined =>
    tokens.length > 0 && !tokens.some((t) => t.text === "×")
      ? readLink(linkOf(tokens), plainReading(isLatex))
      : undefined;
  const [rows, columns] = [read(link.tokens.slice(0, at)), read(link.tokens.slice(at + 1))];
  const isSize = (e: MathExpr | undefined): e is MathExpr =>
    e !== undefined && e.kind !== "matrix" && e.kind !== "transpose";
  return isSize(rows) && isSize(columns) ? { rows, columns } : undefined;
}

/** The words between a matrix and its size. */
export const IS_OF_SIZE =
  /^[\s$]*(?:\\\))?[\s$]*(?:is|has (?:shape|size|dimensions?)|is of (?:shape|size))(?: an?)?[\s$]*(?:\\\()?[\s$]*$/;

/** `W is d_out × d_in` in plain words. */
const TYPED =
  /(?<![\w\\$^.-])([A-Za-z](?:[A-Za-z_0-9]|ᵀ|\^T| )*?) +(?:is|has (?:shape|size)) +(?:an? +)?([A-Za-z_0-9]{1,9}) ?(?:×|x|by) ?([A-Za-z_0-9]{1,9})(?! ?[×\w])/g;

/** The sizes that a stretch of plain text says of matrices. */
export function typedSizes(text: string, { from, to }: Stretch): readonly SizeSaid[] {
  const found: SizeSaid[] = [];
  for (const m of text.slice(from, to).matchAll(TYPED)) {
    const [all, name = "", rows = "", columns = ""] = m;
    const start = from + m.index;
    // A word of prose is no matrix.
    if (/[a-z]{2}|\s[a-zA-Z]+\s/.test(name)) continue;
    const link = linkOf(typedTokens(text, { from: start, to: start + name.length }));
    const end = start + all.length;
    const part = (width: number, stop: number): MathExpr | undefined =>
      readLink(linkOf(typedTokens(text, { from: stop - width, to: stop })), plainReading(false));
    const columnsRead = part(columns.length, end);
    const gap = all.length - columns.length;
    const rowsStop = start + all.lastIndexOf(rows, gap - 1) + rows.length;
    const rowsRead = part(rows.length, rowsStop);
    if (rowsRead && columnsRead)
      found.push({ of: link, shape: { rows: rowsRead, columns: columnsRead }, isLatex: false, from: start, to: end });
  }
  return found;
}

/** A shape in plain text, with at least one 1 in it: `1×1×1×C`. */
const SHAPE = /(?<![\w×])(?=[^\n]{0,12}1)(?:[1A-Z] ?[×x] ?){1,4}[1A-Z](?![\w×])/g;

/** The shapes that stand in a stretch of plain text. */
export const typedShapes = (text: string, { from, to }: Stretch): readonly Link[] =>
  [...text.slice(from, to).matchAll(SHAPE)].map((m) => {
    const start = from + m.index;
    const tokens = typedTokens(text, { from: start, to: start + m[0].length });
    return linkOf(tokens);
  });
