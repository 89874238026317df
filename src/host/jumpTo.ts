import * as vscode from "vscode";

/** Selects a stretch of a document, in the editor that shows it. */
export async function jumpTo(address: string, from: number, to: number): Promise<void> {
  const uri = vscode.Uri.parse(address);
  const document =
    vscode.workspace.textDocuments.find((d) => d.uri.toString() === address) ??
    (await vscode.workspace.openTextDocument(uri));
  const selection = new vscode.Range(document.positionAt(from), document.positionAt(to));
  const notebook = vscode.workspace.notebookDocuments.find((n) => n.getCells().some((c) => c.document === document));
  if (notebook) {
    const index = notebook.getCells().findIndex((c) => c.document === document);
    await vscode.window.showNotebookDocument(notebook, {
      viewColumn: vscode.ViewColumn.One,
      selections: [new vscode.NotebookRange(index, index + 1)],
    });
    return;
  }
  const open = vscode.window.visibleTextEditors.find((e) => e.document === document);
  await vscode.window.showTextDocument(document, { selection, viewColumn: open?.viewColumn ?? vscode.ViewColumn.One });
}
