import * as vscode from "vscode";
import { languageOf } from "./analyses.js";

/** Milliseconds without typing before a report is made anew. */
const PAUSE = 300;

/** A report beside the file, and the command that opens it. */
export interface Report {
  readonly command: string;
  readonly view: string;
  readonly title: string;
  /** What is said where no file is open that could have any. */
  readonly missing: string;
  /** The page for these documents; what stands at the offset of the first comes first. */
  readonly page: (
    documents: readonly vscode.TextDocument[],
    offset: number,
    cspSource: string,
    style: string,
  ) => string;
}

/** Registers a report, which follows what is typed. */
export function registerReport(extensionUri: vscode.Uri, report: Report): vscode.Disposable {
  let panel: vscode.WebviewPanel | undefined;
  let shown: readonly vscode.TextDocument[] = [];
  let first = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const media = vscode.Uri.joinPath(extensionUri, "media");
  const fill = (): void => {
    if (!panel) return;
    const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(media, "report.css")).toString();
    panel.webview.html = report.page(shown, first, panel.webview.cspSource, style);
  };
  const check = async (uri?: vscode.Uri, offset?: number): Promise<void> => {
    const documents = await documentsAt(uri);
    if (!documents) {
      await vscode.window.showInformationMessage(report.missing);
      return;
    }
    shown = documents;
    const editor = vscode.window.activeTextEditor;
    first = offset ?? (editor && editor.document === shown[0] ? editor.document.offsetAt(editor.selection.active) : 0);
    if (panel) panel.reveal(undefined, true);
    else {
      panel = vscode.window.createWebviewPanel(
        report.view,
        report.title,
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableCommandUris: ["dimsum.jumpTo"], localResourceRoots: [media] },
      );
      panel.onDidDispose(() => {
        panel = undefined;
      });
    }
    fill();
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(report.command, check),
    vscode.workspace.onDidChangeTextDocument((e) => {
      if (!panel || !shown.includes(e.document)) return;
      clearTimeout(timer);
      timer = setTimeout(fill, PAUSE);
    }),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration("dimsum") && fill()),
    new vscode.Disposable(() => {
      clearTimeout(timer);
      panel?.dispose();
    }),
  );
}

/** The documents to report on: the file given or open, or all text cells of the notebook at hand. */
async function documentsAt(uri: vscode.Uri | undefined): Promise<readonly vscode.TextDocument[] | undefined> {
  const document = uri ? await vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  const cells = notebook?.getCells().map((c) => c.document) ?? [];
  if (cells.length > 0 && (!document || cells.includes(document)))
    return cells.filter((c) => c.languageId === "markdown");
  return document && languageOf(document) ? [document] : undefined;
}
