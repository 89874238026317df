import type * as vscode from "vscode";
import type { Analyses } from "./analyses.js";
import { type DocumentSteps, derivationPage } from "./derivationPage.js";
import { registerReport } from "./reportPanel.js";

/** Registers *Check Derivations*: every step of a file's derivations with its verdict. */
export const registerDerivationReport = (extensionUri: vscode.Uri, analyses: Analyses): vscode.Disposable =>
  registerReport(extensionUri, {
    command: "dimsum.checkDerivations",
    view: "dimsum.derivations",
    title: "Derivations",
    missing: "Open the Markdown, LaTeX or notebook file that has the derivation.",
    page: (documents, _offset, cspSource, style) =>
      derivationPage(
        documents.map(
          (document): DocumentSteps => ({
            uri: document.uri.toString(),
            steps: analyses.of(document)?.steps ?? [],
          }),
        ),
        cspSource,
        style,
      ),
  });
