import { notebookProgram } from "../check/analyze.js";
import { type NotebookCell, readNotebook } from "../read/document/notebook.js";
import { kindOf, readText, Unreadable } from "./readFiles.js";
import { type InCell, Lines, sayPlace } from "./report.js";

/** A file with a Python program in it: a file of Python, or the code cells of a notebook. */
export interface ProgramFile {
  readonly path: string;
  readonly text: string;
  /** Where an offset of the text is, as a command line says it: `model.py:12:30`. */
  placeOf(offset: number): string;
}

/** The cells of a notebook's text. */
export function cellsOf(path: string, text: string): readonly NotebookCell[] {
  const notebook = readNotebook(text);
  if ("problem" in notebook) throw new Unreadable(`${path} could not be read: ${notebook.problem}`);
  return notebook.cells;
}

/** The place of an offset in a notebook's cell, whose number counts from 1. */
export function inCell(cell: NotebookCell | undefined, number: number, offset: number): InCell {
  return { number, line: (cell?.text ?? "").slice(0, offset).split("\n").length };
}

/** Reads the program of a file. */
export function readProgram(path: string): ProgramFile {
  const text = readText(path);
  const lines = new Lines(text);
  if (kindOf(path) !== "notebook") return { path, text, placeOf: (offset) => sayPlace(path, lines.at(offset)) };
  const cells = cellsOf(path, text);
  const program = notebookProgram(cells);
  return {
    path,
    text: program.text,
    placeOf: (offset) => {
      const at = program.starts.findLastIndex((start, i) => start <= offset && cells[i]?.kind === "code");
      const within = offset - (program.starts[at] ?? 0);
      return sayPlace(path, lines.at(cells[at]?.toFile(within) ?? 0), inCell(cells[at], at + 1, within));
    },
  };
}
