import * as vscode from "vscode";
import type { InputChoices } from "../check/python/inputChoices.js";
import { INPUT_PROMPT, inputDirective, whyNoSize } from "../check/python/inputDirective.js";
import { type FileModel, fileModels } from "../check/summary/fileModels.js";
import { toRange } from "./analyses.js";
import { type OpenProgram, programKey, programOf } from "./programs.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

const NONE: InputChoices = new Map();

/** Which input each model is shown with, for as long as the window is open. */
export class ChosenInputs implements vscode.Disposable {
  private readonly choices = new Map<string, Map<string, string>>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  /** Counts changes, so that an analysis can be told from a newer one. */
  version = 0;

  /** The choices for the models of a document's program. */
  of(document: vscode.TextDocument): InputChoices {
    return this.choices.get(programKey(document)) ?? NONE;
  }

  /** Shows a model of a document's program with this input from now on. */
  choose(document: vscode.TextDocument, model: string, key: string): void {
    const own = this.choices.get(programKey(document)) ?? new Map<string, string>();
    own.set(model, key);
    this.choices.set(programKey(document), own);
    this.version++;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Registers the choice among the inputs with which a file calls a model. */
export function registerInputChoice(inputs: ChosenInputs, files: WorkspaceFiles): vscode.Disposable {
  return vscode.commands.registerCommand("dimsum.chooseInput", async (uri?: vscode.Uri, offset?: number) => {
    const document =
      uri instanceof vscode.Uri
        ? await vscode.workspace.openTextDocument(uri)
        : vscode.window.activeTextEditor?.document;
    const program = programOf(document, files);
    if (!document || !program) return;
    const models = fileModels(program.text, inputs.of(document), program.around);
    const isHere = (m: FileModel): boolean => {
      const [address, from] = program.locate(m.at);
      return address === document.uri.toString() && from === offset;
    };
    const here = models.find(isHere) ?? (models.length === 1 ? models[0] : undefined);
    const items = (here ? [here] : models.filter((m) => m.candidates.length > 1)).flatMap((m) =>
      m.candidates.map((c): Choice => {
        const [address, from] = program.locate(c.place);
        const cell = program.documents.find((d) => d.uri.toString() === address);
        return {
          label: c.inputs || "?",
          description: c.origin ?? (cell ? cell.lineAt(cell.positionAt(from)).text.trim() : ""),
          ...(here ? {} : { detail: m.name }),
          picked: c.key === m.shown,
          pick: () => inputs.choose(document, m.name, c.key),
        };
      }),
    );
    if (here && !here.isCalled)
      items.push({
        label: "Another size…",
        description: "is written above the model as a comment",
        pick: () => writeInput(program, here),
      });
    if (items.length === 0) {
      await vscode.window.showInformationMessage("No model of this file is called with inputs of different sizes.");
      return;
    }
    const placeHolder = "Which input should the shapes be shown for?";
    const picked = await vscode.window.showQuickPick(items, { placeHolder });
    await picked?.pick();
  });
}

/** An input to choose, and what choosing it does. */
interface Choice extends vscode.QuickPickItem {
  readonly pick: () => Promise<void> | void;
}

/** Asks for the size of a model's input and writes it into the program. */
async function writeInput(program: OpenProgram, model: FileModel): Promise<void> {
  const said = await vscode.window.showInputBox({
    prompt: INPUT_PROMPT,
    value: model.candidates[0]?.inputs.replace(/^\((.*)\)$/, "$1") ?? "",
    validateInput: whyNoSize,
  });
  const edit = said === undefined ? undefined : inputDirective(program.text, model.chosen.value, said);
  if (!edit) return;
  const [address, from, to] = program.locate(edit.span);
  const document = program.documents.find((d) => d.uri.toString() === address);
  if (!document) return;
  const changes = new vscode.WorkspaceEdit();
  changes.replace(document.uri, toRange(document, { from, to }), edit.text);
  await vscode.workspace.applyEdit(changes);
}
