import * as vscode from "vscode";
import { notebookProgram } from "../check/analyze.js";
import type { Span } from "../check/finding.js";
import type { Around } from "../read/python/models.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** A Python program that is open: a file, or the code cells of a notebook. */
export interface OpenProgram {
  /** What choices for it are kept under. */
  readonly key: string;
  readonly documents: readonly vscode.TextDocument[];
  readonly text: string;
  readonly around: Around;
  /** The document in which a place of the program stands, and the place there. */
  locate(place: Span): readonly [uri: string, from: number, to: number];
}

/** The notebook in which a document is a cell. */
export const notebookOf = (document: vscode.TextDocument): vscode.NotebookDocument | undefined =>
  vscode.workspace.notebookDocuments.find((n) => n.getCells().some((c) => c.document === document));

/** What choices for a document's program are kept under. */
export const programKey = (document: vscode.TextDocument): string =>
  (notebookOf(document)?.uri ?? document.uri).toString();

/** The program of a Python document; undefined for any other. */
export function programOf(document: vscode.TextDocument | undefined, files: WorkspaceFiles): OpenProgram | undefined {
  if (document?.languageId !== "python") return undefined;
  const key = programKey(document);
  const around = files.around(document);
  const cells = notebookOf(document)
    ?.getCells()
    .map((c) => c.document)
    .filter((d) => d.languageId === "python");
  if (!cells) {
    const locate: OpenProgram["locate"] = ({ from, to }) => [document.uri.toString(), from, to];
    return { key, documents: [document], text: document.getText(), around, locate };
  }
  const { text, starts } = notebookProgram(cells.map((c) => ({ kind: "code", text: c.getText() })));
  const locate: OpenProgram["locate"] = ({ from, to }) => {
    const at = Math.max(
      0,
      starts.findLastIndex((start) => start <= from),
    );
    const start = starts[at] ?? 0;
    return [(cells[at] ?? document).uri.toString(), from - start, to - start];
  };
  return { key, documents: cells, text, around, locate };
}
