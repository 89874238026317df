import * as vscode from "vscode";
import type { Around } from "../read/python/models.js";
import { ImportedSources } from "../read/python/sources.js";

/** A longer file is not read. */
const MAX_LENGTH = 500_000;

/**
 * The files of the workspace that Python files import. They are read when an analysis has asked for them, and `onDidChange` says when what an
 * analysis was told is no longer so.
 */
export class WorkspaceFiles implements vscode.Disposable {
  private readonly texts = new Map<string, string | undefined>();
  private readonly imported = new ImportedSources();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly watcher = vscode.workspace.createFileSystemWatcher("**/*.py");
  private readonly reading = new Set<string>();
  /** Counts changes, so that an analysis can be told from a newer one. */
  version = 0;
  readonly onDidChange = this.changed.event;
  private readonly listening: vscode.Disposable;

  constructor() {
    const forget = (uri: vscode.Uri): void => {
      if (!this.texts.has(uri.path)) return;
      this.texts.delete(uri.path);
      this.tell();
    };
    this.listening = vscode.Disposable.from(
      this.watcher.onDidChange(forget),
      this.watcher.onDidCreate(forget),
      this.watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeTextDocument(({ document }) => forget(document.uri)),
    );
  }

  /** What a document can import. */
  around(document: vscode.TextDocument): Around {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (!folder) return { path: document.uri.path, imported: this.imported };
    const root = folder.uri.path.replace(/\/$/, "");
    const read = (path: string): string | undefined => {
      if (!path.startsWith(`${root}/`)) return undefined;
      if (!this.texts.has(path) && !this.reading.has(path)) void this.load(folder.uri.with({ path }));
      return this.texts.get(path);
    };
    return { path: document.uri.path, read, imported: this.imported };
  }

  private async load(uri: vscode.Uri): Promise<void> {
    this.reading.add(uri.path);
    const text = await textOf(uri);
    this.reading.delete(uri.path);
    const isNew = this.texts.get(uri.path) !== text;
    this.texts.set(uri.path, text);
    if (isNew) this.tell();
  }

  private tell(): void {
    this.version++;
    this.changed.fire();
  }

  dispose(): void {
    this.listening.dispose();
    this.watcher.dispose();
    this.changed.dispose();
  }
}

/** The text of a file as its editor has it, else as it is stored; undefined where there is none. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > MAX_LENGTH ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
