import { groupEnd, skipSpace } from "../document/latexText.js";

/** What the commands that a document defines stand for. */
export type Macros = ReadonlyMap<string, { readonly count: number; readonly body: string }>;

/** Definitions of one document that are read. */
const MOST = 500;

/** The macros that a document defines with `\newcommand`, `\renewcommand`, `\def` and `\DeclareMathOperator`. */
export function readMacros(text: string): Macros {
  const macros = new Map<string, { count: number; body: string }>();
  const definition =
    /\\(?:re)?newcommand\*?\s*\{?\\([A-Za-z]+)\}?\s*(?:\[(\d)\])?|\\def\s*\\([A-Za-z]+)((?:#\d)*)|\\DeclareMathOperator\*?\s*\{?\\([A-Za-z]+)\}?/g;
  for (const found of text.matchAll(definition)) {
    const open = skipSpace(text, found.index + found[0].length, text.length);
    if (text[open] !== "{" || macros.size >= MOST) continue;
    const inside = text.slice(open + 1, groupEnd(text, open, Math.min(text.length, open + 2000)) - 1);
    const name = found[1] ?? found[3] ?? found[5] ?? "";
    const count = found[1] ? Number(found[2] ?? 0) : (found[4]?.length ?? 0) / 2;
    macros.set(name, { count, body: found[5] ? `\\operatorname{${inside}}` : inside });
  }
  return macros;
}

/** The lines of a document that define macros: where they are the same, so are its macros. */
export const macroLines = (text: string): string =>
  [...text.matchAll(/\\(?:(?:re)?newcommand|def|DeclareMathOperator)\b[^\n]*/g)].join("\n");
