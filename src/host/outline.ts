import * as vscode from "vscode";
import { type OutlineItem, outlineOf } from "../check/python/outline.js";
import { setting, toRange } from "./analyses.js";
import type { ChosenInputs } from "./choices.js";
import { notebookOf, programOf } from "./programs.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** Lists the models of a Python file in its outline, beside what other extensions list there. */
export function registerOutline(files: WorkspaceFiles, inputs: ChosenInputs): vscode.Disposable {
  const provideDocumentSymbols = (document: vscode.TextDocument): vscode.DocumentSymbol[] => {
    const program = notebookOf(document) ? undefined : programOf(document, files);
    if (!program || !setting("outline", true)) return [];
    return outlineOf(program.text, inputs.of(document), program.around).map((item) =>
      toSymbol(document, item, vscode.SymbolKind.Class),
    );
  };
  return vscode.languages.registerDocumentSymbolProvider(
    { language: "python" },
    { provideDocumentSymbols },
    { label: "Shapes" },
  );
}

function toSymbol(document: vscode.TextDocument, item: OutlineItem, kind: vscode.SymbolKind): vscode.DocumentSymbol {
  const [whole, name] = [toRange(document, item.span), toRange(document, item.at)];
  const symbol = new vscode.DocumentSymbol(item.name, item.detail, kind, whole, name);
  symbol.children = item.children.map((child) => toSymbol(document, child, vscode.SymbolKind.Field));
  return symbol;
}
