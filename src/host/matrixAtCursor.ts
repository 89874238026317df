import * as vscode from "vscode";
import { matrixAt, rowsOf } from "../check/picture/matrixAt.js";

/** The rows of the matrix that is chosen in the editor, or else of the one at its cursor. */
export function matrixAtCursor(): ReturnType<typeof rowsOf> {
  const { selection, document } = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0] ?? {};
  if (!selection || !document) return undefined;
  const chosen = selection.isEmpty ? undefined : rowsOf(document.getText(selection));
  return chosen ?? matrixAt(document.getText(), document.offsetAt(selection.active));
}
