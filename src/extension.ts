import * as vscode from "vscode";
import { Analyses } from "./host/analyses.js";
import { ChosenInputs, registerInputChoice } from "./host/choices.js";
import { registerDerivationReport } from "./host/derivationReport.js";
import { showDiagnostics } from "./host/diagnostics.js";
import { registerFeatures } from "./host/features.js";
import { followCursor } from "./host/follow.js";
import { jumpTo } from "./host/jumpTo.js";
import { registerModelReport } from "./host/modelReport.js";
import { Networks } from "./host/networks.js";
import { registerOutline } from "./host/outline.js";
import { registerTableReport } from "./host/tableReport.js";
import { registerVerdictMarks } from "./host/verdictMarks.js";
import { WorkspaceFiles } from "./host/workspaceFiles.js";
import { registerWriting } from "./host/writing.js";

/** Registers what Dimsum offers; does no work beyond that. */
export function activate(context: vscode.ExtensionContext): void {
  const files = new WorkspaceFiles();
  const inputs = new ChosenInputs();
  const analyses = new Analyses(files, inputs);
  context.subscriptions.push(
    files,
    inputs,
    showDiagnostics(analyses, files),
    registerFeatures(analyses, files, inputs),
    followCursor(analyses, new Networks(files, inputs), context),
    registerTableReport(context.extensionUri),
    registerDerivationReport(context.extensionUri, analyses),
    registerVerdictMarks(analyses, context.extensionUri),
    vscode.commands.registerCommand("dimsum.jumpTo", jumpTo),
    registerModelReport(context.extensionUri, files, inputs),
    registerInputChoice(inputs, files),
    registerOutline(files, inputs),
    registerWriting(analyses, files, inputs),
    vscode.commands.registerCommand("dimsum.openSample", async (name: string) => {
      await vscode.commands.executeCommand(
        "vscode.open",
        vscode.Uri.joinPath(context.extensionUri, "media", "samples", name),
      );
    }),
  );
}
