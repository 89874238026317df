import * as vscode from "vscode";
import type { InputChoices } from "../check/python/inputChoices.js";
import { fileModels } from "../check/summary/fileModels.js";
import { programKey, programOf } from "./programs.js";
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
    const models = fileModels(program.text, inputs.of(document), program.around).filter((m) => m.candidates.length > 1);
    const isHere = (m: (typeof models)[number]): boolean => {
      const [address, from] = program.locate(m.at);
      return address === document.uri.toString() && from === offset;
    };
    const here = models.find(isHere);
    const items = (here ? [here] : models).flatMap((m) =>
      m.candidates.map((c) => {
        const [address, from] = program.locate(c.place);
        const cell = program.documents.find((d) => d.uri.toString() === address);
        return {
          label: c.inputs || "?",
          description: cell ? cell.lineAt(cell.positionAt(from)).text.trim() : "",
          ...(models.length > 1 && !here ? { detail: m.name } : {}),
          picked: c.key === m.shown,
          model: m.name,
          key: c.key,
        };
      }),
    );
    if (items.length === 0) {
      await vscode.window.showInformationMessage("No model of this file is called with inputs of different sizes.");
      return;
    }
    const placeHolder = "Which input should the shapes be shown for?";
    const picked = await vscode.window.showQuickPick(items, { placeHolder });
    if (picked) inputs.choose(document, picked.model, picked.key);
  });
}
