import { type Json, type Piece, readJson } from "./json.js";

/** A cell of a notebook that is code or text; raw cells are neither. */
export interface NotebookCell {
  readonly kind: "code" | "markdown";
  /** The language of a code cell (`python`), else `markdown`. */
  readonly language: string;
  readonly text: string;
  /** Where a character of the cell's text stands in the file; behind the last one, where the text ends. */
  readonly toFile: (offset: number) => number;
}

/** A notebook's cells, or the sentence that says why it cannot be read. */
export type Notebook = { readonly cells: readonly NotebookCell[] } | { readonly problem: string };

/** Reads an `.ipynb` file. */
export function readNotebook(source: string): Notebook {
  const json = readJson(source);
  if ("problem" in json) {
    const line = source.slice(0, json.at).split("\n").length;
    return { problem: `This notebook is not JSON: line ${line} cannot be read.` };
  }
  const cells = field(json, "cells") ?? firstWorksheet(json);
  if (cells?.kind !== "list") return { problem: "This file is JSON, but no notebook: it has no list of cells." };
  const metadata = field(json, "metadata");
  const language =
    textOf(field(field(metadata, "language_info"), "name")) ??
    textOf(field(field(metadata, "kernelspec"), "language")) ??
    "python";
  return { cells: cells.items.flatMap((cell) => readCell(cell, language.toLowerCase())) };
}

const field = (json: Json | undefined, name: string): Json | undefined =>
  json?.kind === "object" ? json.entries.get(name) : undefined;

const textOf = (json: Json | undefined): string | undefined => (json?.kind === "text" ? json.value : undefined);

/** Notebooks of version 3 keep their cells in worksheets. */
function firstWorksheet(json: Json): Json | undefined {
  const sheets = field(json, "worksheets");
  return sheets?.kind === "list" ? field(sheets.items[0], "cells") : undefined;
}

const KINDS: Readonly<Record<string, NotebookCell["kind"]>> = {
  code: "code",
  markdown: "markdown",
  heading: "markdown",
};

function readCell(cell: Json, language: string): readonly NotebookCell[] {
  const kind = KINDS[textOf(field(cell, "cell_type")) ?? ""];
  const source = field(cell, "source") ?? field(cell, "input");
  if (!kind || !source) return [];
  const texts = source.kind === "list" ? source.items : [source];
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  for (const item of texts) {
    if (item.kind !== "text") continue;
    for (const p of item.pieces) pieces.push({ ...p, at: p.at + length });
    parts.push(item.value);
    length += item.value.length;
  }
  const spoken = kind === "code" ? language : "markdown";
  return [{ kind, language: spoken, text: parts.join(""), toFile: (offset) => placeOf(pieces, offset, length) }];
}

function placeOf(pieces: readonly Piece[], offset: number, length: number): number {
  const isEnd = offset >= length;
  const wanted = isEnd ? length - 1 : offset;
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return 0;
  return piece.width > 1 ? piece.from + (isEnd ? piece.width : 0) : piece.from + wanted - piece.at + (isEnd ? 1 : 0);
}
