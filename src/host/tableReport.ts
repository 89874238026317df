import type * as vscode from "vscode";
import type { Reveal } from "../check/finding.js";
import { reportTables } from "../check/tableReport.js";
import { languageOf, setting } from "./analyses.js";
import { registerReport } from "./reportPanel.js";
import { type DocumentReport, tablePage } from "./tablePage.js";

/** Registers *Check CNN Table*. */
export const registerTableReport = (extensionUri: vscode.Uri): vscode.Disposable =>
  registerReport(extensionUri, {
    command: "dimsum.checkTable",
    view: "dimsum.tables",
    title: "CNN Tables",
    missing: "Open the Markdown, LaTeX or notebook file that has the table.",
    page: (documents, offset, cspSource, style) =>
      tablePage(
        documents.map((document) => reportOf(document, offset)),
        cspSource,
        style,
      ),
  });

/** The report on one document; the table at an offset comes first. */
function reportOf(document: vscode.TextDocument, offset: number): DocumentReport {
  const language = languageOf(document);
  const tables = language ? reportTables(document.getText(), language, setting<Reveal>("reveal", "answer")) : [];
  const isHere = (t: (typeof tables)[number]): boolean => t.span.from <= offset && offset <= t.span.to;
  return { uri: document.uri.toString(), tables: [...tables.filter(isHere), ...tables.filter((t) => !isHere(t))] };
}
