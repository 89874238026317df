import { isSpace, type Stretch, Writer, type Written } from "./written.js";

/** Commands that stand for a character. */
const CHARACTERS: Readonly<Record<string, string>> = {
  times: "×",
  cdot: "·",
  ast: "*",
  star: "*",
  div: "/",
  pm: "±",
  lfloor: "⌊",
  rfloor: "⌋",
  lceil: "⌈",
  rceil: "⌉",
  to: "→",
  rightarrow: "→",
  Rightarrow: "→",
  longrightarrow: "→",
  approx: "≈",
  sim: "~",
  simeq: "≈",
  textasciitilde: "~",
  textasciicircum: "^",
  lbrack: "[",
  rbrack: "]",
  textemdash: "—",
  textendash: "–",
  ldots: "…",
  dots: "…",
  cdots: "…",
  vdots: "…",
  infty: "∞",
  quad: " ",
  qquad: " ",
  newline: " ",
  backslash: "\\",
};

/** Commands whose argument in braces is not seen. */
const UNSEEN = new Set(
  "label ref cite citep citet footnote color textcolor cellcolor rowcolor hspace vspace includegraphics hskip vskip rule phantom hphantom vphantom fontsize arraystretch index".split(
    " ",
  ),
);

/** The end of a group that opens at an offset, behind its closing brace. */
export function groupEnd(source: string, open: number, end: number): number {
  let depth = 0;
  for (let i = open; i < end; i++) {
    const c = source[i];
    if (c === "\\") i++;
    else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return i + 1;
  }
  return end;
}

/** The place of the next character that is not white space. */
export function skipSpace(source: string, from: number, end: number): number {
  let i = from;
  while (i < end && isSpace(source.charCodeAt(i))) i++;
  return i;
}

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** The end of the command whose backslash stands at an offset: its letters, or one other character. */
export function commandEnd(source: string, backslash: number, end: number): number {
  let i = backslash + 1;
  if (i >= end || !isLetter(source.charCodeAt(i))) return Math.min(i + 1, end);
  while (i < end && isLetter(source.charCodeAt(i))) i++;
  return i;
}

/** Writes what a stretch of LaTeX shows; groups and formatting commands show what is in them. */
export function writeLatex(writer: Writer, source: string, { from, to }: Stretch): void {
  let i = from;
  while (i < to) {
    const c = source[i] ?? "";
    if (c === "%") {
      const line = source.indexOf("\n", i);
      i = line < 0 || line >= to ? to : line + 1;
    } else if (c === "{" && source[i + 1] === "," && source[i + 2] === "}") {
      writer.add(",", i, i + 3);
      i += 3;
    } else if (c === "$" || c === "{" || c === "}") {
      i++;
    } else if (c === "~" || c === "&") {
      writer.add(" ", i, i + 1);
      i++;
    } else if (c === "\\") {
      i = writeCommand(writer, source, i, to);
    } else if (c === "-" && source[i + 1] === "-") {
      const end = source[i + 2] === "-" ? i + 3 : i + 2;
      writer.add("–", i, end);
      i = end;
    } else {
      writer.add(c, i, i + 1);
      i++;
    }
  }
}

function writeCommand(writer: Writer, source: string, at: number, to: number): number {
  const end = commandEnd(source, at, to);
  const name = source.slice(at + 1, end);
  const character = Object.hasOwn(CHARACTERS, name) ? CHARACTERS[name] : undefined;
  if (character !== undefined) {
    writer.add(character, at, end);
    // A space ends a command's name and is not seen; an operator with space before it has some behind it too.
    const next = skipSpace(source, end, to);
    if (next > end && at > 0 && isSpace(source.charCodeAt(at - 1))) writer.add(" ", end, next);
    return next;
  }
  if (name.length === 1 && !isLetter(name.charCodeAt(0))) {
    if ("&%$#_{}".includes(name)) writer.add(name, at, end);
    else if (name !== "!" && !"()[]".includes(name)) writer.add(" ", at, end);
    return end;
  }
  let next = skipSpace(source, end, to);
  if (UNSEEN.has(name)) {
    if (source[next] === "[") next = skipSpace(source, bracketEnd(source, next, to), to);
    return source[next] === "{" ? groupEnd(source, next, to) : next;
  }
  return source[next] === "{" ? next : end;
}

/** The place behind a bracket that opens at an offset; the same place where it does not close. */
export function bracketEnd(source: string, open: number, end: number): number {
  const limit = Math.min(end, open + 200);
  for (let i = open + 1; i < limit; i++) if (source[i] === "]") return i + 1;
  return open;
}

/** What a stretch of LaTeX shows. */
export function latexText(source: string, stretch: Stretch): Written {
  const writer = new Writer(stretch.from);
  writeLatex(writer, source, stretch);
  return writer.end();
}
