import * as vscode from "vscode";
import type { Finding } from "../check/finding.js";
import { type Analyses, SELECTOR, toRange } from "./analyses.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** Milliseconds without typing before the findings are shown anew. */
const PAUSE = 200;

/** Shows the findings of every open document as squiggles, and keeps them up to date while typing. */
export function showDiagnostics(analyses: Analyses, files: WorkspaceFiles): vscode.Disposable {
  const shown = vscode.languages.createDiagnosticCollection("dimsum");
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const refresh = (document: vscode.TextDocument): void => {
    if (document.isClosed || vscode.languages.match(SELECTOR, document) === 0) return;
    const findings = analyses.of(document)?.findings ?? [];
    shown.set(
      document.uri,
      findings.map((f) => toDiagnostic(document, f)),
    );
  };
  const soon = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        refresh(document);
      }, PAUSE),
    );
  };
  const all = (): void => vscode.workspace.textDocuments.forEach(soon);
  all();
  return vscode.Disposable.from(
    shown,
    files.onDidChange(all),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument((e) => {
      const notebook = vscode.workspace.notebookDocuments.find((n) =>
        n.getCells().some((c) => c.document === e.document),
      );
      for (const document of notebook?.getCells().map((c) => c.document) ?? [e.document]) soon(document);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      shown.delete(document.uri);
      analyses.forget(document);
    }),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration("dimsum") && all()),
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  );
}

function toDiagnostic(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toRange(document, finding.span),
    finding.message,
    SEVERITIES[finding.severity],
  );
  diagnostic.source = "Dimsum";
  diagnostic.code = finding.code;
  diagnostic.relatedInformation = (finding.related ?? []).map(
    (r) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, toRange(document, r.span)), r.message),
  );
  return diagnostic;
}
