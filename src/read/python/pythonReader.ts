import { moved } from "./moved.js";
import { fileOf, MAX_FILE, type Part, parseParts, parsePython } from "./parse.js";
import type { PythonFile } from "./syntax.js";

/** A text that the grammar knows all of, with its parts. */
interface ReadText {
  readonly text: string;
  readonly parts: readonly Part[];
}

/**
 * Reads one file again and again while it is being written. What stands before an edit and cannot have been changed by it is not read again,
 * nor is what stands behind it, if what is between is complete.
 */
export class PythonReader {
  private last: PythonFile | undefined;
  private whole: ReadText | undefined;

  /** The file with this text, just as `parsePython` reads it. */
  read(text: string): PythonFile {
    if (text.length > MAX_FILE) return parsePython(text);
    if (this.last?.text === text) return this.last;
    const { parts, isWhole } = this.whole ? rereadParts(this.whole, text) : parseParts(text, 0);
    if (isWhole) this.whole = { text, parts };
    this.last = fileOf(text, parts);
    return this.last;
  }
}

/** The parts of a text, those taken from an earlier one that are the same in both. */
function rereadParts(before: ReadText, text: string): { readonly parts: readonly Part[]; readonly isWhole: boolean } {
  const start = sameAtStart(before.text, text);
  const end = sameAtEnd(before.text, text, start);
  const growth = text.length - before.text.length;
  const old = before.parts;
  // The part in front of an edit may go on in what is written, and the one behind it may belong to that.
  const first = old.findLastIndex((p) => p.to < start && isAtLine(before.text, p));
  const behind = old.findIndex((p) => p.from > before.text.length - end && p.statements.length > 0);
  const next = behind < 0 ? -1 : old.findIndex((p, i) => i > behind && isAtLine(before.text, p));
  const kept = old.slice(0, Math.max(0, first));
  const from = old[first]?.from ?? 0;
  const until = old[next];
  if (until) {
    const between = parseParts(text.slice(from, until.from + growth), from);
    if (between.isWhole)
      return { parts: [...kept, ...between.parts, ...moved(old.slice(next), growth)], isWhole: true };
  }
  const rest = parseParts(text.slice(from), from);
  return { parts: [...kept, ...rest.parts], isWhole: rest.isWhole };
}

/** Whether a part begins its line. */
const isAtLine = (text: string, { from }: Part): boolean => from === 0 || text[from - 1] === "\n";

function sameAtStart(a: string, b: string): number {
  const shortest = Math.min(a.length, b.length);
  let n = 0;
  while (n < shortest && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}

/** How many characters are the same at the ends of two texts whose first `start` are the same. */
function sameAtEnd(a: string, b: string, start: number): number {
  const shortest = Math.min(a.length, b.length) - start;
  let n = 0;
  while (n < shortest && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n)) n++;
  return n;
}
