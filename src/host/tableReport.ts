import * as vscode from "vscode";
import type { Reveal } from "../check/finding.js";
import { reportTables } from "../check/tableReport.js";
import { languageOf, setting } from "./analyses.js";
import { type DocumentReport, reportPage } from "./reportPage.js";

/** Milliseconds without typing before the report is made anew. */
const PAUSE = 300;

/** Registers *Check CNN Table*: a report beside the file, which follows what is typed. */
export function registerTableReport(extensionUri: vscode.Uri): vscode.Disposable {
  let panel: vscode.WebviewPanel | undefined;
  let shown: readonly vscode.TextDocument[] = [];
  let first = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const media = vscode.Uri.joinPath(extensionUri, "media");
  const fill = (): void => {
    if (!panel) return;
    const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(media, "report.css")).toString();
    panel.webview.html = reportPage(
      shown.map((document) => reportOf(document, first)),
      panel.webview.cspSource,
      style,
    );
  };
  const check = async (uri?: vscode.Uri, offset?: number): Promise<void> => {
    const documents = await documentsAt(uri);
    if (!documents) {
      await vscode.window.showInformationMessage("Open the Markdown, LaTeX or notebook file that has the table.");
      return;
    }
    shown = documents;
    const editor = vscode.window.activeTextEditor;
    first = offset ?? (editor && editor.document === shown[0] ? editor.document.offsetAt(editor.selection.active) : 0);
    if (panel) panel.reveal(undefined, true);
    else {
      panel = vscode.window.createWebviewPanel(
        "dimsum.tables",
        "CNN Tables",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        {
          enableCommandUris: ["dimsum.jumpTo"],
          localResourceRoots: [media],
        },
      );
      panel.onDidDispose(() => {
        panel = undefined;
      });
    }
    fill();
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("dimsum.checkTable", check),
    vscode.commands.registerCommand("dimsum.jumpTo", jumpTo),
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

/** The report on one document; the table at an offset comes first. */
function reportOf(document: vscode.TextDocument, offset: number): DocumentReport {
  const language = languageOf(document);
  const tables = language ? reportTables(document.getText(), language, setting<Reveal>("reveal", "answer")) : [];
  const isHere = (t: (typeof tables)[number]): boolean => t.span.from <= offset && offset <= t.span.to;
  return { uri: document.uri.toString(), tables: [...tables.filter(isHere), ...tables.filter((t) => !isHere(t))] };
}

/** Selects a stretch of a document, in the editor that shows it. */
async function jumpTo(address: string, from: number, to: number): Promise<void> {
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
