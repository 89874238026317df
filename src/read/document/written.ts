/** A stretch of a document: offsets in UTF-16 units, the end excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a reader sees of a stretch of markup: plain text, and for each of its characters where it comes from. */
export interface Written {
  readonly text: string;
  /** The stretch that holds exactly what is seen, without the marks around it. */
  readonly inner: Stretch;
}

/** Collects plain text together with where each character stands. */
export class Writer {
  #text = "";
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #start: number;

  constructor(start: number) {
    this.#start = start;
  }

  /** Adds what stands at an offset; a run of spaces is one space, and none comes first. */
  add(text: string, from: number, to: number): void {
    const blank = /^\s*$/.test(text);
    if (blank && (this.#text === "" || this.#text.endsWith(" "))) return;
    const seen = blank ? " " : text;
    this.#text += seen;
    for (let i = 0; i < seen.length; i++) {
      this.#from.push(from);
      this.#to.push(to);
    }
  }

  /** Adds plain text that stands in the document as it is. */
  addPlain(text: string, from: number): void {
    for (let i = 0; i < text.length; i++) this.add(text[i] ?? "", from + i, from + i + 1);
  }

  /** What was written, without a space at the end. */
  end(): Written {
    const text = this.#text.trimEnd();
    if (text === "") return { text, inner: { from: this.#start, to: this.#start } };
    return { text, inner: { from: this.#from[0] ?? 0, to: this.#to[text.length - 1] ?? 0 } };
  }
}

/** A stretch without the white space at both of its ends. */
export function trimmed(source: string, from: number, to: number): Stretch {
  let [a, b] = [from, to];
  while (a < b && isSpace(source.charCodeAt(a))) a++;
  while (b > a && isSpace(source.charCodeAt(b - 1))) b--;
  return a < b ? { from: a, to: b } : { from: Math.min(from + 1, to), to: Math.min(from + 1, to) };
}

/** Whether a character is white space. */
export const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 160;
