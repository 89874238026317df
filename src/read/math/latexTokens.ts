import { commandEnd, groupEnd, skipSpace } from "../document/latexText.js";
import type { Stretch } from "../document/written.js";
import { FACES, FUNCTION_COMMANDS, LETTERS, SIGNS, SPACES, WORDS } from "./latexSigns.js";
import type { Macros } from "./macros.js";
import { withSlashDerivatives } from "./slashDerivatives.js";
import type { Token } from "./token.js";

/** Tokens of one formula beyond which it is not read. */
const MAX_TOKENS = 4000;

/** Macros within macros that are replaced. */
const MAX_MACROS = 400;

/** The tokens of a stretch of LaTeX's mathematics; undefined where it is too long to be read. */
export function latexTokens(source: string, { from, to }: Stretch, macros: Macros): readonly Token[] | undefined {
  const reader = new TokenReader(macros);
  reader.read(source, from, to, undefined);
  return reader.tokens.length <= MAX_TOKENS ? withSlashDerivatives(reader.tokens) : undefined;
}

/** `3.14`, `1{,}728`, `1\,728`, `1,728`, `.5`. */
const NUMBER =
  /^(?:\d+(?:\{,\}\d{3})+|[1-9]\d{0,2}(?:\\,\d{3})+(?!\d|\\,\d)|\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?|^\.\d+/;

/** Names of whole words that people write in formulas without saying that they are none of letters: `net_{h1}`, `out_1`. */
const NAMES = /^(?:net|out|target|loss|cost|error|logit|score|pred|grad|total)(?![A-Za-z])/;

/** Whether a command only shows what is in its braces: a box, or bold digits. */
function isFrame(name: string, source: string, end: number, to: number): boolean {
  if (name === "boxed" || name === "ensuremath") return source[skipSpace(source, end, to)] === "{";
  return /^(?:text|math)bf$/.test(name) && /^\s*\{[-\d.,{}]+\}/.test(source.slice(end, Math.min(to, end + 40)));
}

class TokenReader {
  readonly tokens: Token[] = [];
  private replaced = 0;

  constructor(private readonly macros: Macros) {}

  /** `at` is where all tokens stand, for those that a macro stands for. */
  read(source: string, from: number, to: number, at: Stretch | undefined): void {
    let i = from;
    const add = (kind: Token["kind"], text: string, start: number, end: number): void => {
      if (this.tokens.length <= MAX_TOKENS)
        this.tokens.push({ kind, text, from: at?.from ?? start, to: at?.to ?? end });
    };
    while (i < to && this.tokens.length <= MAX_TOKENS) {
      const c = source[i] ?? "";
      const named =
        /[a-z]/.test(c) && !/[A-Za-z\\]/.test(source[i - 1] ?? "") ? NAMES.exec(source.slice(i, i + 8)) : null;
      const number = /[\d.]/.test(c) ? NUMBER.exec(source.slice(i, Math.min(to, i + 60))) : null;
      if (number) {
        add("number", number[0].replace(/\{,\}|\\,/g, ","), i, i + number[0].length);
        i += number[0].length;
      } else if (source.startsWith("...", i)) {
        add("sign", "…", i, i + 3);
        i += 3;
      } else if (c === "%") {
        const line = source.indexOf("\n", i);
        i = line < 0 || line > to ? to : line + 1;
      } else if (c === "\\") i = this.command(source, i, to, at, add);
      else if (/\s/.test(c) || c === "~") i++;
      else if (named) {
        add("text", named[0], i, i + named[0].length);
        i += named[0].length;
      } else if (/[A-Za-zͰ-Ͽℓħ]/.test(c)) {
        add("word", c, i, i + 1);
        i++;
      } else if ((c === ":" && source[i + 1] === "=") || (c === "|" && source[i + 1] === "|")) {
        add("sign", c === "|" ? "‖" : ":=", i, i + 2);
        i += 2;
      } else {
        add("sign", c === "−" ? "-" : c, i, i + 1);
        i++;
      }
    }
  }

  private command(
    source: string,
    i: number,
    to: number,
    at: Stretch | undefined,
    add: (kind: Token["kind"], text: string, start: number, end: number) => void,
  ): number {
    const end = commandEnd(source, i, to);
    const name = source.slice(i + 1, end);
    const macro = this.macros.get(name);
    if (macro) return this.macro(macro, source, i, end, to, at);
    if (name === "\\") {
      const next = skipSpace(source, end, to);
      add("sign", "\\\\", i, end);
      const gap = /^\[-?[\d.]+\s*[a-z]{2}\]/.exec(source.slice(next, Math.min(to, next + 20)));
      return gap ? next + gap[0].length : end;
    }
    if (SPACES.has(name) || name === " " || name === "\n") return end;
    if (Object.hasOwn(SIGNS, name)) add("sign", SIGNS[name] ?? "", i, end);
    else if (Object.hasOwn(LETTERS, name)) add("word", LETTERS[name] ?? "", i, end);
    else if (Object.hasOwn(FUNCTION_COMMANDS, name)) add("word", FUNCTION_COMMANDS[name] ?? "", i, end);
    else if (FACES.has(name)) {
      // `\mathbb{E}` is the letter alone.
      const letter = /^\s*\{([A-Za-z])\}/.exec(source.slice(end, Math.min(to, end + 12)));
      if (letter?.[1]) add("word", letter[1], i, end + letter[0].length);
      return letter ? end + letter[0].length : end;
    } else if (isFrame(name, source, end, to)) {
      const open = skipSpace(source, end, to);
      const close = groupEnd(source, open, to);
      this.read(source, open + 1, close - 1, at);
      return close;
    } else if (WORDS.has(name) || name === "begin" || name === "end" || name === "label" || name === "tag") {
      let open = skipSpace(source, end, to);
      if (source[open] === "*") open++;
      const close = source[open] === "{" ? groupEnd(source, open, to) : open;
      const inside = source.slice(open + 1, close - 1).trim();
      if (name === "begin" || name === "end") add("command", `${name} ${inside}`, i, close);
      else if (name !== "label" && name !== "tag" && close > open) add("text", inside, i, close);
      return close;
    } else add("command", name, i, end);
    return end;
  }

  /** Reads what a macro stands for in its place. */
  private macro(
    macro: { readonly count: number; readonly body: string },
    source: string,
    i: number,
    end: number,
    to: number,
    at: Stretch | undefined,
  ): number {
    const args: string[] = [];
    let next = end;
    for (let n = 0; n < macro.count; n++) {
      const open = skipSpace(source, next, to);
      const close = source[open] === "{" ? groupEnd(source, open, to) : Math.min(to, open + 1);
      args.push(source[open] === "{" ? source.slice(open + 1, close - 1) : source.slice(open, close));
      next = close;
    }
    if (++this.replaced > MAX_MACROS) {
      this.tokens.push({ kind: "unknown", text: source.slice(i, next), from: at?.from ?? i, to: at?.to ?? next });
      return next;
    }
    const body = macro.body.replace(/#([1-9])/g, (all, n: string) => args[Number(n) - 1] ?? all);
    if (body.length <= 2000) this.read(body, 0, body.length, at ?? { from: i, to: next });
    return next;
  }
}
