import * as vscode from "vscode";

/** Asks where to put a file, beside the one that is open at first, and writes it there. */
export async function saveFile(name: string, base64: string): Promise<void> {
  const folder = vscode.window.activeTextEditor
    ? vscode.Uri.joinPath(vscode.window.activeTextEditor.document.uri, "..")
    : vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    title: "Save the picture",
  });
  if (!uri) return;
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  await vscode.workspace.fs.writeFile(uri, bytes);
  vscode.window.setStatusBarMessage(`Saved ${uri.path.split("/").at(-1)}`, 4000);
}
