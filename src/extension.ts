import * as vscode from "vscode";
import { Analyses } from "./host/analyses.js";
import { showDiagnostics } from "./host/diagnostics.js";
import { registerFeatures } from "./host/features.js";
import { followCursor } from "./host/follow.js";
import { registerTableReport } from "./host/tableReport.js";
import { WorkspaceFiles } from "./host/workspaceFiles.js";

/** Registers what Dimsum offers; does no work beyond that. */
export function activate(context: vscode.ExtensionContext): void {
  const files = new WorkspaceFiles();
  const analyses = new Analyses(files);
  context.subscriptions.push(
    files,
    showDiagnostics(analyses, files),
    registerFeatures(analyses, files),
    followCursor(analyses, context.extensionUri),
    registerTableReport(context.extensionUri),
    vscode.commands.registerCommand("dimsum.openSample", async (name: string) => {
      await vscode.commands.executeCommand(
        "vscode.open",
        vscode.Uri.joinPath(context.extensionUri, "media", "samples", name),
      );
    }),
  );
}
