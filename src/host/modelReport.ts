import * as vscode from "vscode";
import { type FileModel, fileModels } from "../check/summary/fileModels.js";
import { reportModel } from "../check/summary/modelReport.js";
import { markdownReport, printReport } from "../check/summary/printReport.js";
import type { ChosenInputs } from "./choices.js";
import { modelPage } from "./modelPage.js";
import { type OpenProgram, programOf } from "./programs.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** Milliseconds without typing before the report is made anew. */
const PAUSE = 400;

/** What every file with a model says. */
const MAY_BE_MODEL = /\b(?:torch|keras|tensorflow|lightning)\b/;

/** Registers *Model Summary*: a report beside the file, which follows what is typed. */
export function registerModelReport(
  extensionUri: vscode.Uri,
  files: WorkspaceFiles,
  inputs: ChosenInputs,
): vscode.Disposable {
  let panel: vscode.WebviewPanel | undefined;
  let document: vscode.TextDocument | undefined;
  let wanted: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let html = "";
  const media = vscode.Uri.joinPath(extensionUri, "media");
  const modelsOf = (program: OpenProgram | undefined): readonly FileModel[] =>
    program && document ? fileModels(program.text, inputs.of(document), program.around) : [];
  const shownOf = (models: readonly FileModel[]): FileModel | undefined =>
    models.find((m) => m.name === wanted) ?? models[0];
  const fill = (): void => {
    if (!panel) return;
    const program = programOf(document, files);
    const models = modelsOf(program);
    const shown = shownOf(models);
    const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(media, "report.css")).toString();
    const next = modelPage(
      shown && { model: shown, report: reportModel(shown.chosen) },
      models.map((m) => m.name),
      program?.locate ?? (() => ["", 0, 0]),
      panel.webview.cspSource,
      style,
    );
    // What is folded stays so while nothing changes.
    if (next !== html) panel.webview.html = html = next;
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(fill, PAUSE);
  };
  const show = async (uri?: vscode.Uri, offset?: number): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    const given = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : editor?.document;
    const program = programOf(given, files);
    if (!given || !program) {
      await vscode.window.showInformationMessage("Open the Python file or the notebook that has the model.");
      return;
    }
    document = given;
    const at = typeof offset === "number" ? offset : editor ? given.offsetAt(editor.selection.active) : 0;
    wanted = modelAt(modelsOf(program), program, given, at)?.name;
    if (panel) panel.reveal(undefined, true);
    else {
      panel = vscode.window.createWebviewPanel(
        "dimsum.model",
        "Model Summary",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        {
          enableCommandUris: ["dimsum.jumpTo", "dimsum.showSummaryOf", "dimsum.useInput", "dimsum.copySummary"],
          localResourceRoots: [media],
        },
      );
      html = "";
      panel.onDidDispose(() => {
        panel = undefined;
      });
    }
    fill();
  };
  const copy = async (form: "text" | "markdown"): Promise<void> => {
    const shown = shownOf(modelsOf(programOf(document, files)));
    if (!shown) return;
    const report = reportModel(shown.chosen);
    await vscode.env.clipboard.writeText(form === "markdown" ? markdownReport(report) : `${printReport(report)}\n`);
    vscode.window.setStatusBarMessage(`Copied the summary of ${shown.name}.`, 4000);
  };
  // The button in the editor's title is there where there is something to show.
  const offer = (): void => {
    const program = programOf(vscode.window.activeTextEditor?.document, files);
    const hasModel = program !== undefined && MAY_BE_MODEL.test(program.text);
    void vscode.commands.executeCommand("setContext", "dimsum.hasModel", hasModel);
  };
  offer();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(offer),
    vscode.workspace.onDidSaveTextDocument(offer),
    vscode.commands.registerCommand("dimsum.showSummary", show),
    vscode.commands.registerCommand("dimsum.showSummaryOf", (name: string) => {
      wanted = name;
      fill();
    }),
    vscode.commands.registerCommand("dimsum.useInput", (model: string, key: string) => {
      if (document) inputs.choose(document, model, key);
    }),
    vscode.commands.registerCommand("dimsum.copySummary", copy),
    inputs.onDidChange(fill),
    files.onDidChange(soon),
    vscode.workspace.onDidChangeTextDocument((e) => {
      if (panel && programOf(document, files)?.documents.includes(e.document)) soon();
    }),
    new vscode.Disposable(() => {
      clearTimeout(timer);
      panel?.dispose();
    }),
  );
}

/** The model whose class or name stands at or before an offset, the nearest one; else the first. */
export function modelAt(
  models: readonly FileModel[],
  program: OpenProgram,
  document: vscode.TextDocument,
  offset: number,
): FileModel | undefined {
  // A model is found from the start of the line that names it.
  const lineEnd = document.offsetAt(document.lineAt(document.positionAt(offset).line).range.end);
  const own = models.flatMap((m) => {
    const [uri, from] = program.locate(m.at);
    return uri === document.uri.toString() && from <= lineEnd ? [{ m, from }] : [];
  });
  return own.sort((a, b) => b.from - a.from)[0]?.m ?? models[0];
}
