/** A JSON value; a text knows where its characters stand in the file. */
export type Json =
  | { readonly kind: "text"; readonly value: string; readonly pieces: readonly Piece[] }
  | { readonly kind: "list"; readonly items: readonly Json[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Json> }
  | { readonly kind: "other" };

/** From this place of the text on, its characters stand in the file one after another, or (width over 1) each in an escape. */
export interface Piece {
  readonly at: number;
  readonly from: number;
  readonly width: number;
}

/** Why a text is not JSON, with the place. */
export interface JsonProblem {
  readonly problem: string;
  readonly at: number;
}

const MAX_NESTING = 100;

/** Reads JSON, in linear time; anything else is a problem, not an exception. */
export function readJson(source: string): Json | JsonProblem {
  const reader = new Reader(source);
  const value = reader.value(0);
  if (!value || reader.rest() < source.length)
    return { problem: "expected JSON", at: Math.min(reader.rest(), source.length) };
  return value;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

class Reader {
  readonly #source: string;
  #i = 0;

  constructor(source: string) {
    // A byte order mark is no part of what follows.
    this.#i = source.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.#source = source;
  }

  /** The first place that is not read, behind white space. */
  rest(): number {
    while (" \n\r\t".includes(this.#source[this.#i] ?? "x")) this.#i++;
    return this.#i;
  }

  #takes(c: string): boolean {
    if (this.#source[this.rest()] !== c) return false;
    this.#i++;
    return true;
  }

  value(depth: number): Json | undefined {
    if (depth > MAX_NESTING) return undefined;
    const c = this.#source[this.rest()];
    if (c === '"') return this.#text();
    if (c === "[") return this.#list(depth);
    if (c === "{") return this.#object(depth);
    const word = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(
      this.#source.slice(this.#i, this.#i + 60),
    );
    if (!word) return undefined;
    this.#i += word[0].length;
    return { kind: "other" };
  }

  #list(depth: number): Json | undefined {
    this.#i++;
    const items: Json[] = [];
    if (this.#takes("]")) return { kind: "list", items };
    do {
      const item = this.value(depth + 1);
      if (!item) return undefined;
      items.push(item);
    } while (this.#takes(","));
    return this.#takes("]") ? { kind: "list", items } : undefined;
  }

  #object(depth: number): Json | undefined {
    this.#i++;
    const entries = new Map<string, Json>();
    if (this.#takes("}")) return { kind: "object", entries };
    do {
      if (this.#source[this.rest()] !== '"') return undefined;
      const key = this.#text();
      if (key?.kind !== "text" || !this.#takes(":")) return undefined;
      const item = this.value(depth + 1);
      if (!item) return undefined;
      entries.set(key.value, item);
    } while (this.#takes(","));
    return this.#takes("}") ? { kind: "object", entries } : undefined;
  }

  #text(): Json | undefined {
    const source = this.#source;
    const parts: string[] = [];
    const pieces: Piece[] = [];
    let length = 0;
    let i = this.#i + 1;
    for (;;) {
      let end = i;
      while (end < source.length && source[end] !== '"' && source[end] !== "\\") end++;
      if (end >= source.length) return undefined;
      if (end > i) {
        pieces.push({ at: length, from: i, width: 1 });
        parts.push(source.slice(i, end));
        length += end - i;
      }
      if (source[end] === '"') break;
      const c = source[end + 1] ?? "";
      const code = c === "u" ? source.slice(end + 2, end + 6) : "";
      if (c === "u" && !/^[0-9a-fA-F]{4}$/.test(code)) return undefined;
      const width = c === "u" ? 6 : 2;
      parts.push(c === "u" ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[c] ?? c));
      pieces.push({ at: length, from: end, width });
      length++;
      i = end + width;
      this.#i = end;
    }
    const close = source.indexOf('"', i);
    this.#i = close + 1;
    return { kind: "text", value: parts.join(""), pieces };
  }
}
