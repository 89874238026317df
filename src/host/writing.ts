import * as vscode from "vscode";
import { modelTable } from "../check/modelTable/modelTable.js";
import { type TableFormat, writeTable } from "../check/modelTable/writeTable.js";
import { shapeComments } from "../check/python/shapeComments.js";
import { type FileModel, fileModels } from "../check/summary/fileModels.js";
import type { TableCheck } from "../check/tables.js";
import { type Analyses, languageOf, toRange } from "./analyses.js";
import type { ChosenInputs } from "./choices.js";
import { notebookOf, programOf } from "./programs.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** Python files of the workspace that are searched for models. */
const MAX_FILES = 60;

/** Registers the commands that write: shapes as comments, a model as a table, a table as a model. */
export function registerWriting(analyses: Analyses, files: WorkspaceFiles, inputs: ChosenInputs): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand("dimsum.insertShapeComments", () => insertComments(files, inputs)),
    vscode.commands.registerCommand("dimsum.insertTable", () => insertTable(files, inputs)),
    vscode.commands.registerCommand("dimsum.copyAsPyTorch", () => copyAsPyTorch(analyses)),
  );
}

const say = (text: string): Thenable<string | undefined> => vscode.window.showInformationMessage(text);

async function insertComments(files: WorkspaceFiles, inputs: ChosenInputs): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const program = programOf(editor?.document, files);
  if (!editor || !program) {
    await say("Open the Python file that has the model.");
    return;
  }
  const { document } = editor;
  const own = document.uri.toString();
  const edits = shapeComments(program.text, inputs.of(document), program.around).flatMap(({ span, text }) => {
    const [uri, from, to] = program.locate(span);
    return uri === own ? [{ span: { from, to }, text }] : [];
  });
  const news = edits.filter((e) => document.getText(toRange(document, e.span)) !== e.text);
  if (edits.length === 0) {
    const whose = notebookOf(document) ? "this cell" : "this file";
    await say(
      `No line of a model in ${whose} has a shape that Dimsum knows. Call the model once with an input, and its shapes follow.`,
    );
    return;
  }
  await editor.edit((all) => {
    for (const { span, text } of news) all.replace(toRange(document, span), text);
  });
  const lines = news.length === 1 ? "1 line" : `${news.length} lines`;
  vscode.window.setStatusBarMessage(
    news.length === 0 ? "The shape comments are up to date." : `Wrote the shapes of ${lines}.`,
    4000,
  );
}

async function insertTable(files: WorkspaceFiles, inputs: ChosenInputs): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const language = editor && languageOf(editor.document);
  const model = await pickModel(files, inputs, language === "python" ? editor?.document : undefined);
  if (!model) return;
  const format = await formatFor(language);
  if (!format) return;
  const text = writeTable(modelTable(model.chosen), format);
  if (editor && (language === "markdown" || language === "latex")) {
    const { active } = editor.selection;
    const isInLine = editor.document.lineAt(active.line).text.slice(0, active.character).trim() !== "";
    await editor.edit((all) => all.insert(active, isInLine ? `\n\n${text}` : text));
    return;
  }
  await vscode.env.clipboard.writeText(text);
  await say(`The table of ${model.name} is on the clipboard.`);
}

/** The form of a table: that of the file it goes into, else what is chosen. */
async function formatFor(language: string | undefined): Promise<TableFormat | undefined> {
  if (language === "markdown" || language === "latex") return language;
  const items = [
    { label: "Markdown", format: "markdown" },
    { label: "LaTeX", format: "latex" },
    { label: "CSV", format: "csv" },
  ] as const;
  return (await vscode.window.showQuickPick(items, { placeHolder: "How should the table be written?" }))?.format;
}

/** A model of the file at hand, else one of the workspace's; what there is to choose from is asked. */
async function pickModel(
  files: WorkspaceFiles,
  inputs: ChosenInputs,
  document: vscode.TextDocument | undefined,
): Promise<FileModel | undefined> {
  const documents = document ? [document] : await pythonDocuments();
  const items = documents.flatMap((d) => {
    const program = programOf(d, files);
    const models = program ? fileModels(program.text, inputs.of(d), program.around) : [];
    const path = vscode.workspace.asRelativePath(d.uri);
    return models.map((model) => ({ label: model.name, description: document ? "" : path, model }));
  });
  if (items.length === 0) {
    await say(
      document
        ? "There is no model in this file that Dimsum can follow."
        : "There is no Python file with a model here that Dimsum can follow.",
    );
    return undefined;
  }
  if (items.length === 1) return items[0]?.model;
  return (await vscode.window.showQuickPick(items, { placeHolder: "Which model?" }))?.model;
}

/** The Python files that are open, and those of the workspace. */
async function pythonDocuments(): Promise<readonly vscode.TextDocument[]> {
  const open = vscode.workspace.textDocuments.filter((d) => d.languageId === "python" && !notebookOf(d));
  const found = await vscode.workspace.findFiles("**/*.py", "**/{node_modules,.venv,venv,site-packages}/**", MAX_FILES);
  const others = found.filter((uri) => !open.some((d) => d.uri.toString() === uri.toString()));
  const read = others.map((uri) => vscode.workspace.openTextDocument(uri).then(undefined, () => undefined));
  return [...open, ...(await Promise.all(read)).filter((d) => d !== undefined)];
}

async function copyAsPyTorch(analyses: Analyses): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const tables = (editor && analyses.of(editor.document)?.tables) ?? [];
  const at = editor ? editor.document.offsetAt(editor.selection.active) : 0;
  const isHere = (t: TableCheck): boolean => t.span.from <= at && at <= t.span.to;
  const table = tables.find(isHere) ?? (tables.length === 1 ? tables[0] : undefined);
  if (!table) {
    await say(
      tables.length === 0
        ? "There is no CNN table in this file. Open the Markdown, LaTeX or notebook file that has it."
        : "Put the cursor into the CNN table that you want as PyTorch.",
    );
    return;
  }
  const torch = table.torch();
  if (!torch) {
    await say("No row of this table is a layer that Dimsum may write as PyTorch.");
    return;
  }
  await vscode.env.clipboard.writeText(torch.code);
  const left = torch.left.length === 0 ? "" : ` Not understood, and left as comments: ${torch.left.join(", ")}.`;
  await say(`The table is on the clipboard as an nn.Sequential.${left}`);
}
