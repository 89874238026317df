import * as vscode from "vscode";
import type { Claim } from "../check/finding.js";
import { countVerdicts } from "../check/verdicts.js";
import { type Analyses, SELECTOR, setting } from "./analyses.js";

/** Milliseconds without typing before the marks are set anew. */
const PAUSE = 250;

/** Registers the quiet marks beside what is right, and the count of the file at hand in the status bar. */
export function registerVerdictMarks(analyses: Analyses, extensionUri: vscode.Uri): vscode.Disposable {
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, "media", `right-${theme}.svg`);
  const right = vscode.window.createTextEditorDecorationType({
    gutterIconSize: "70%",
    light: { gutterIconPath: icon("light") },
    dark: { gutterIconPath: icon("dark") },
  });
  const count = vscode.window.createStatusBarItem("dimsum.verdicts", vscode.StatusBarAlignment.Right, 90);
  count.name = "Dimsum: Verdicts";
  count.command = "dimsum.checkDerivations";
  count.tooltip = "What Dimsum says of the claims in this file";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    for (const editor of vscode.window.visibleTextEditors) mark(editor, right, claimsOf(analyses, editor.document));
    const active = vscode.window.activeTextEditor?.document;
    const steps = (active && analyses.of(active)?.steps) ?? [];
    const decided = steps.filter((s) => s.verdict !== "not understood");
    if (decided.length === 0) count.hide();
    else {
      count.text = countVerdicts(decided);
      count.show();
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  };
  soon();
  return vscode.Disposable.from(
    right,
    count,
    vscode.window.onDidChangeVisibleTextEditors(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.workspace.onDidChangeTextDocument(soon),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration("dimsum") && soon()),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

function claimsOf(analyses: Analyses, document: vscode.TextDocument): readonly Claim[] {
  if (!setting("marks", true) || vscode.languages.match(SELECTOR, document) === 0) return [];
  return analyses.of(document)?.steps ?? [];
}

/** Marks the lines on which something is right and nothing is wrong. */
function mark(editor: vscode.TextEditor, right: vscode.TextEditorDecorationType, claims: readonly Claim[]): void {
  const lineOf = (claim: Claim): number => editor.document.positionAt(claim.span.to).line;
  const wrong = new Set(claims.filter((c) => c.verdict === "wrong").map(lineOf));
  const lines = new Set(claims.filter((c) => c.verdict === "right" || c.verdict === "rounded").map(lineOf));
  editor.setDecorations(
    right,
    [...lines].filter((line) => !wrong.has(line)).map((line) => new vscode.Range(line, 0, line, 0)),
  );
}
