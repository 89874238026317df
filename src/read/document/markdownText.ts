import { type Cell, MAX_CELL } from "./documentTable.js";
import { writeLatex } from "./latexText.js";
import { isSpace, type Stretch, trimmed, Writer, type Written } from "./written.js";

const ENTITIES: Readonly<Record<string, string>> = {
  times: "×",
  middot: "·",
  nbsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  rarr: "→",
  mdash: "—",
  ndash: "–",
  minus: "-",
  asymp: "≈",
  lfloor: "⌊",
  rfloor: "⌋",
  vert: "|",
};

const PUNCTUATION = /[!-/:-@[-`{-~]/;

/** What a stretch of Markdown shows: without back-ticks, bold, links, tags and mathematics' own marks. */
export function markdownText(source: string, { from, to }: Stretch): Written {
  const writer = new Writer(from);
  let i = from;
  while (i < to) i = step(writer, source, i, from, to);
  return writer.end();
}

/** A cell of a table between two offsets. */
export function readCell(text: string, between: Stretch): Cell {
  const span = trimmed(text, between.from, between.to);
  const written = span.to - span.from > MAX_CELL ? { text: "…", inner: span } : markdownText(text, span);
  const inner = written.text === "" ? span : written.inner;
  return { span, inner, text: written.text, columns: 1, rows: 1 };
}

/** Writes what begins at an offset, and says where to go on. */
function step(writer: Writer, source: string, i: number, from: number, to: number): number {
  const c = source[i] ?? "";
  const next = source[i + 1] ?? "";
  if (c === "\\" && i + 1 < to && PUNCTUATION.test(next)) {
    if (next === "(" || next === "[") {
      const close = find(source, next === "(" ? "\\)" : "\\]", i + 2, to);
      if (close >= 0) {
        writeLatex(writer, source, { from: i + 2, to: close });
        return close + 2;
      }
    }
    writer.add(next, i, i + 2);
    return i + 2;
  }
  if (c === "`") return i + 1;
  if (c === "$") {
    const width = next === "$" ? 2 : 1;
    const close = find(source, "$".repeat(width), i + width, to);
    if (close >= 0) {
      writeLatex(writer, source, { from: i + width, to: close });
      return close + width;
    }
    return i + width;
  }
  if (c === "*" || c === "_" || (c === "~" && next === "~")) return mark(writer, source, i, from, to);
  if (c === "<") {
    const close = find(source, ">", i, to);
    if (/[a-zA-Z/!]/.test(next) && close >= 0 && close - i < 300) {
      const tag = source.slice(i, i + 6);
      if (/^<(?:br|\/p|\/div)\b/i.test(tag)) writer.add(" ", i, close + 1);
      // 56<sup>2</sup> is no 562.
      if (/^<sup\b/i.test(tag)) writer.add("^", i, close + 1);
      return close + 1;
    }
  }
  if (c === "&") {
    const entity = /^&(?:([a-z]{2,7})|#(\d{2,5}));/i.exec(source.slice(i, Math.min(i + 10, to)));
    const character = entity?.[2]
      ? String.fromCharCode(Number(entity[2]))
      : ENTITIES[(entity?.[1] ?? "").toLowerCase()];
    if (entity && character) {
      writer.add(character, i, i + entity[0].length);
      return i + entity[0].length;
    }
  }
  if (c === "!" && next === "[") return i + 1;
  if (c === "]" && next === "(") {
    const close = find(source, ")", i, to);
    if (close >= 0 && isAddress(source.slice(i + 2, close))) return close + 1;
  }
  if (c === "[" && opensLink(source, i, to)) return i + 1;
  writer.add(c, i, i + 1);
  return i + 1;
}

/** Looks no further than the cell's end, so that a document of half-open marks is read in linear time. */
function find(source: string, what: string, from: number, to: number): number {
  const found = source.slice(from, to).indexOf(what);
  return found < 0 ? -1 : from + found;
}

const isAddress = (text: string): boolean => /^(?:[a-z]+:|#|\.{0,2}\/|[\w./-]+\.\w)/i.test(text.trim());

function opensLink(source: string, open: number, to: number): boolean {
  const close = find(source, "](", open, to);
  const end = close < 0 ? -1 : find(source, ")", close, to);
  return end >= 0 && isAddress(source.slice(close + 2, end));
}

/** Stars and underscores at the edge of a word are emphasis; between factors and spaces they are what they look like. */
function mark(writer: Writer, source: string, i: number, from: number, to: number): number {
  const c = source[i] ?? "";
  let end = i;
  while (end < to && source[end] === c) end++;
  const before = i > from ? (source[i - 1] ?? " ") : " ";
  const after = end < to ? (source[end] ?? " ") : " ";
  const [spaceBefore, spaceAfter] = [isSpace(before.charCodeAt(0)), isSpace(after.charCodeAt(0))];
  const opens = !spaceAfter && !isFactorEnd(before);
  const closes = !spaceBefore && !isFactorStart(after);
  const isMark = c === "~" || (opens !== closes && !(spaceBefore && spaceAfter)) || (opens && closes && end - i > 1);
  if (!isMark) for (let at = i; at < end; at++) writer.add(c, at, at + 1);
  return end;
}

const isFactorEnd = (c: string): boolean => /[\w)\]$²³]|[^\0-\u00bf×]/.test(c);
const isFactorStart = (c: string): boolean => /[\w([$]|[^\0-\u00bf×]/.test(c);
