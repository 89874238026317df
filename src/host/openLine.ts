import * as vscode from "vscode";
import type { SourceLine } from "../protocol.js";

/** Opens a file with the cursor at the beginning of a line. */
export async function openLine({ uri, line }: SourceLine): Promise<void> {
  const start = new vscode.Position(line, 0);
  await vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(uri), {
    selection: new vscode.Range(start, start),
  });
}

/** Shows the layer that a line makes, and the line beside it. */
export async function showLayerOf(source: SourceLine): Promise<void> {
  await openLine(source);
  const uri = vscode.Uri.parse(source.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.commands.executeCommand("dimsum.showLayer", uri, document.offsetAt(new vscode.Position(source.line, 0)));
}
