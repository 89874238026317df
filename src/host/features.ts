import * as vscode from "vscode";
import type { Fix } from "../check/finding.js";
import { type Analyses, SELECTOR, setting, toRange } from "./analyses.js";
import type { ChosenInputs } from "./choices.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** Registers hovers, hints, lenses and fixes: each a thin converter of what the check says. */
export function registerFeatures(analyses: Analyses, files: WorkspaceFiles, inputs: ChosenInputs): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    files.onDidChange(() => changed.fire()),
    inputs.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration("dimsum") && changed.fire()),
    vscode.languages.registerHoverProvider(SELECTOR, {
      provideHover: (document, position) => hover(analyses, document, position),
    }),
    vscode.languages.registerInlayHintsProvider(SELECTOR, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: (document, range) => hints(analyses, document, range),
    }),
    vscode.languages.registerCodeLensProvider(SELECTOR, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lenses(analyses, document),
    }),
    vscode.languages.registerCodeActionsProvider(
      SELECTOR,
      { provideCodeActions: (document, range) => actions(analyses, document, range) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite] },
    ),
  );
}

function hover(analyses: Analyses, document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  const found = analyses.of(document)?.hover(document.offsetAt(position));
  return found && new vscode.Hover(new vscode.MarkdownString(found.markdown), toRange(document, found.span));
}

function hints(analyses: Analyses, document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
  const which = setting<"all" | "changed" | "none">("inlayShapes", "all");
  if (which === "none") return [];
  const all = analyses.of(document)?.hints ?? [];
  const shown = which === "all" ? all : all.filter((h) => !h.isSame);
  return shown
    .map((h) => {
      const hint = new vscode.InlayHint(document.positionAt(h.at), h.text, vscode.InlayHintKind.Type);
      hint.paddingLeft = true;
      if (h.tooltip) hint.tooltip = h.tooltip;
      return hint;
    })
    .filter((h) => range.contains(h.position));
}

/** What a click on a lens runs. */
const LENS_COMMANDS = {
  model: "dimsum.showSummary",
  inputs: "dimsum.chooseInput",
  table: "dimsum.checkTable",
} as const;

function lenses(analyses: Analyses, document: vscode.TextDocument): vscode.CodeLens[] {
  if (!setting("codeLens", true)) return [];
  const analysis = analyses.of(document);
  return (analysis?.lenses ?? []).map(
    (l) =>
      new vscode.CodeLens(toRange(document, l.span), {
        title: l.title,
        command: LENS_COMMANDS[l.opens ?? "table"],
        arguments: [document.uri, l.span.from],
      }),
  );
}

function actions(analyses: Analyses, document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
  const analysis = analyses.of(document);
  if (!analysis) return [];
  const here = { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
  const touches = (span: { readonly from: number; readonly to: number }): boolean =>
    span.from <= here.to && here.from <= span.to;
  const quick = analysis.findings
    .filter((f) => touches(f.span))
    .flatMap((f) => (f.fixes ?? []).map((fix) => toAction(document, fix, vscode.CodeActionKind.QuickFix)));
  const fills = analysis.tables.flatMap((t) =>
    t.blanks.filter((b) => touches(b.span)).map((b) => toAction(document, b.fix, vscode.CodeActionKind.QuickFix)),
  );
  return [...quick, ...fills];
}

function toAction(document: vscode.TextDocument, fix: Fix, kind: vscode.CodeActionKind): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, kind);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) action.edit.replace(document.uri, toRange(document, edit.span), edit.text);
  if (fix.preferred) action.isPreferred = true;
  return action;
}
