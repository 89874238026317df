import * as vscode from "vscode";
import type { Analysis } from "../check/analysis.js";
import { analyze, analyzeNotebook, type Language, type Surroundings } from "../check/analyze.js";
import { StepCache } from "../check/derivations/stepCache.js";
import type { Reveal } from "../check/finding.js";
import { PythonReader } from "../read/python/pythonReader.js";
import type { ChosenInputs } from "./choices.js";
import { notebookOf } from "./programs.js";
import type { WorkspaceFiles } from "./workspaceFiles.js";

/** What VS Code's language ids mean to Dimsum. */
const LANGUAGES: Readonly<Record<string, Language>> = {
  python: "python",
  markdown: "markdown",
  latex: "latex",
  tex: "latex",
  plaintext: "plaintext",
};

/** The documents that Dimsum reads. */
export const SELECTOR: vscode.DocumentSelector = Object.keys(LANGUAGES).map((language) => ({ language }));

/** What a document's language means to Dimsum; undefined for one that it does not read. */
export const languageOf = (document: vscode.TextDocument): Language | undefined => LANGUAGES[document.languageId];

/** A setting of Dimsum's, with its default. */
export const setting = <T>(name: string, fallback: T): T =>
  vscode.workspace.getConfiguration("dimsum").get<T>(name, fallback);

/** Documents longer than this are not read while typing. */
const MAX_LENGTH = 2_000_000;

/** What is said of each open document, computed once a version, on first demand. */
export class Analyses {
  private readonly known = new Map<string, { readonly stamp: string; readonly analysis: Analysis }>();
  /** What makes checking each document or notebook again after an edit quick. */
  private readonly memories = new Map<string, Pick<Surroundings, "reader" | "steps">>();

  constructor(
    private readonly files: WorkspaceFiles,
    private readonly inputs: ChosenInputs,
  ) {}

  /** What is said of a document; undefined for one that Dimsum does not read. */
  of(document: vscode.TextDocument): Analysis | undefined {
    const language = languageOf(document);
    if (!language) return undefined;
    const notebook = notebookOf(document);
    if (notebook) return this.ofCell(notebook, document);
    const stamp = `${document.version} ${language} ${setting("reveal", "answer")} ${this.files.version} ${this.inputs.version}`;
    return this.remember(document, stamp, () => {
      const text = document.getText();
      return text.length > MAX_LENGTH
        ? undefined
        : analyze(
            text,
            language,
            setting<Reveal>("reveal", "answer"),
            this.around(document, document.uri),
            this.inputs.of(document),
          );
    });
  }

  /** Forgets a closed document. */
  forget(document: vscode.TextDocument): void {
    this.known.delete(document.uri.toString());
    this.memories.delete((notebookOf(document)?.uri ?? document.uri).toString());
  }

  /** What checking a document or a cell may use; `program` is the file or the notebook that it is in. */
  private around(document: vscode.TextDocument, program: vscode.Uri): Surroundings {
    const key = program.toString();
    const memory = this.memories.get(key) ?? { reader: new PythonReader(), steps: new StepCache() };
    this.memories.set(key, memory);
    return { ...this.files.around(document), ...memory };
  }

  private remember(
    document: vscode.TextDocument,
    stamp: string,
    make: () => Analysis | undefined,
  ): Analysis | undefined {
    const key = document.uri.toString();
    const old = this.known.get(key);
    if (old?.stamp === stamp) return old.analysis;
    const analysis = make();
    if (analysis) this.known.set(key, { stamp, analysis });
    else this.known.delete(key);
    return analysis;
  }

  /** A cell is judged with the cells before it, so all cells of a notebook are judged at once. */
  private ofCell(notebook: vscode.NotebookDocument, document: vscode.TextDocument): Analysis | undefined {
    const cells = notebook
      .getCells()
      .map((c) => c.document)
      .filter((d) => d.languageId === "python" || d.languageId === "markdown");
    const stamp = `${cells.map((c) => `${c.uri.fragment}@${c.version}`).join()} ${setting("reveal", "answer")} ${this.files.version} ${this.inputs.version}`;
    const old = this.known.get(document.uri.toString());
    if (old?.stamp === stamp) return old.analysis;
    if (!cells.includes(document)) return undefined;
    const texts = cells.map((c) => ({
      kind: c.languageId === "python" ? ("code" as const) : ("markdown" as const),
      text: c.getText(),
    }));
    if (texts.reduce((n, t) => n + t.text.length, 0) > MAX_LENGTH) return undefined;
    for (const [i, analysis] of analyzeNotebook(
      texts,
      setting<Reveal>("reveal", "answer"),
      this.around(document, notebook.uri),
      this.inputs.of(document),
    ).entries()) {
      const cell = cells[i];
      if (cell) this.known.set(cell.uri.toString(), { stamp, analysis });
    }
    return this.known.get(document.uri.toString())?.analysis;
  }
}

/** A stretch of a document as VS Code has it. */
export const toRange = (
  document: vscode.TextDocument,
  span: { readonly from: number; readonly to: number },
): vscode.Range => new vscode.Range(document.positionAt(span.from), document.positionAt(span.to));
