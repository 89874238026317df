import { groupEnd } from "../document/latexText.js";
import type { Stretch } from "../document/written.js";

/** A stretch of a document that is mathematics, without the signs around it. */
export interface Formula extends Stretch {
  readonly isLatex: boolean;
}

/** Environments of LaTeX that hold mathematics. */
const ENVIRONMENT = /^(?:align|alignat|equation|gather|multline|eqnarray|displaymath|math|flalign)\*?$/;

/** Environments of LaTeX whose text is not read. */
const VERBATIM = /^(?:verbatim|lstlisting|minted|comment|Verbatim|tabular|tabularx|longtable)\*?$/;

/** A listing without a language in which nothing looks like a program. */
const IS_CALCULATION =
  /^`+(?:te?xt)?[ \t]*\n(?!.*(?:[;"'#&|{}]|==|\w\.\w+\(|:\s*$|\b(?:import|return|print|assert)\b)|[\s\S]{4000})/ms;

/** Characters of one formula that are read. */
const MAX_FORMULA = 20_000;

/** Where a text stands next. */
type Finder = (what: string, from: number) => number;

/** Finds texts in a document from places that only grow: what is not there is looked for once. */
function finderIn(text: string): Finder {
  const missing = new Set<string>();
  return (what, from) => {
    const at = missing.has(what) ? -1 : text.indexOf(what, from);
    if (at < 0) missing.add(what);
    return at;
  };
}

/** The formulas between signs of mathematics in Markdown or LaTeX; `rest` is the text between them that may hold typed mathematics. */
export function formulasIn(
  text: string,
  language: "markdown" | "latex",
): { readonly formulas: readonly Formula[]; readonly rest: readonly Stretch[] } {
  const formulas: Formula[] = [];
  const rest: Stretch[] = [];
  const find = finderIn(text);
  let start = 0;
  let i = 0;
  const skip = (to: number): void => {
    if (i > start) rest.push({ from: start, to: i });
    i = Math.min(to, text.length);
    start = i;
  };
  const take = (from: number, to: number, end: number): void => {
    if (to - from <= MAX_FORMULA) formulas.push({ from, to, isLatex: true });
    skip(end);
  };
  while (i < text.length) {
    const c = text[i];
    if (language === "markdown" && c === "`") {
      const fence = /^`+/.exec(text.slice(i, i + 80))?.[0] ?? "`";
      const isFence = fence.length >= 3 && /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, i - 40), i));
      const close = find(isFence ? `\n${fence}` : fence, i + fence.length);
      if (isFence && /^`{3,}[ \t]*math\b/.test(text.slice(i, i + 20)))
        take(
          text.indexOf("\n", i) + 1,
          close < 0 ? text.length : close,
          close < 0 ? text.length : close + fence.length + 1,
        );
      else if (close < 0) i += fence.length;
      else if (isFence && IS_CALCULATION.test(text.slice(i, close))) {
        skip(text.indexOf("\n", i));
        i = close;
        skip(close + fence.length + 1);
      } else skip(close + fence.length + (isFence ? 1 : 0));
    } else if (language === "markdown" && text.startsWith("<!--", i)) {
      const close = find("-->", i);
      skip(close < 0 ? text.length : close + 3);
    } else if (language === "latex" && c === "%") {
      const line = text.indexOf("\n", i);
      skip(line < 0 ? text.length : line);
    } else if (c === "\\") i = command(text, i, language, find, take, skip) ?? i;
    else if (c === "$") {
      const end = dollars(text, i, language, find);
      if (end === undefined) i += text[i + 1] === "$" ? 2 : 1;
      else {
        const width = text[i + 1] === "$" ? 2 : 1;
        take(i + width, end, end + width);
      }
    } else i++;
  }
  if (i > start) rest.push({ from: start, to: i });
  return { formulas, rest };
}

/** Reads what begins with a backslash; where to go on, undefined if it was taken or skipped. */
function command(
  text: string,
  i: number,
  language: "markdown" | "latex",
  find: Finder,
  take: (from: number, to: number, end: number) => void,
  skip: (to: number) => void,
): number | undefined {
  const next = text[i + 1];
  if (next === "(" || next === "[") {
    const close = find(next === "(" ? "\\)" : "\\]", i + 2);
    if (close < 0) return i + 2;
    take(i + 2, close, close + 2);
    return undefined;
  }
  const begin = /^\\begin\s*\{([A-Za-z]+\*?)\}/.exec(text.slice(i, i + 60));
  const name = begin?.[1] ?? "";
  if (begin && (ENVIRONMENT.test(name) || (language === "latex" && VERBATIM.test(name)))) {
    const close = find(`\\end{${name}}`, i);
    if (close < 0) return i + begin[0].length;
    const end = close + name.length + 6;
    if (ENVIRONMENT.test(name)) take(i + begin[0].length, close, end);
    else skip(end);
    return undefined;
  }
  if (
    language === "latex" &&
    /^\\(?:re)?newcommand|^\\def\b|^\\usepackage|^\\documentclass/.test(text.slice(i, i + 16))
  ) {
    const open = text.indexOf("{", i);
    const first = open < 0 ? i + 2 : groupEnd(text, open, Math.min(text.length, open + 2000));
    skip(
      text[first] === "{" || text[first] === "["
        ? groupEnd(text, text.indexOf("{", first), Math.min(text.length, first + 2000))
        : first,
    );
    return undefined;
  }
  return i + 2;
}

/** Where the formula that opens with a dollar ends; undefined where it is a price. */
function dollars(text: string, open: number, language: "markdown" | "latex", find: Finder): number | undefined {
  if (text[open + 1] === "$") {
    const close = find("$$", open + 2);
    return close < 0 ? undefined : close;
  }
  const blank = find("\n\n", open);
  const limit = blank < 0 ? text.length : blank;
  for (let i = open + 1; i < limit; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "$") {
      // As Markdown's own rule has it: no space inside the signs, and no digit behind them.
      const isPrice =
        language === "markdown" &&
        (/\s/.test(text[open + 1] ?? "") || /\s/.test(text[i - 1] ?? "") || /\d/.test(text[i + 1] ?? ""));
      return isPrice ? undefined : i;
    }
  }
  return undefined;
}
