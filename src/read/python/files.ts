import { ending } from "./exceptions.js";
import { addOwners } from "./importedState.js";
import type { Interpreter } from "./interpreter.js";
import { type Changes, Names, type Owner, restore } from "./journal.js";
import { Scope } from "./scope.js";
import type { Place } from "./syntax.js";
import type { FileValue } from "./values.js";
import { stringValue } from "./values.js";

/** Files within files that are imported. */
const MAX_DEPTH = 40;

/** Folders of installed packages, of which only the package at hand is read. */
const INSTALLED = /\/(site|dist)-packages$/;

/** The files of the workspace that a program imports, each followed once. */
export class Files {
  private readonly known: Map<string, FileValue | undefined>;
  private readonly texts: Map<string, string | undefined>;
  private readonly owners: Set<Owner>;
  private readonly changed: Changes = new Map();
  private depth = 0;
  /** Whether the work of imports is used up. */
  private isSpent = false;
  /** The file at hand, as another file imports it. */
  private readonly own: FileValue | undefined;
  private isOwnImported = false;

  /** The files that are known already are those that the programs of the same folder have imported, where none of them has changed since. */
  constructor(
    private readonly engine: Interpreter,
    scope: Scope,
  ) {
    const { path, imported } = engine.program;
    const before = path === undefined ? undefined : imported.states.get(folderOf(path));
    const isSame = before && [...before.texts].every(([file, text]) => engine.program.read(file) === text);
    if (before) restore(before.changed);
    const kept = isSame ? before : undefined;
    this.known = new Map(kept?.files);
    this.texts = new Map(kept?.texts);
    this.owners = new Set(kept?.owners);
    engine.isCutShort = kept?.isCutShort ?? false;
    engine.journal.watch(this.owners, this.changed);
    this.own = path === undefined ? undefined : { kind: "file", path, names: scope.names };
    if (path !== undefined) this.known.delete(path);
  }

  /** Keeps what was imported for the next program of this folder. */
  keep(): void {
    const { path, imported } = this.engine.program;
    if (path === undefined) return;
    const isKept = !this.isOwnImported && !this.engine.journal.isTangled;
    if (!isKept) {
      restore(this.changed);
      imported.states.delete(folderOf(path));
      return;
    }
    const { known: files, texts, owners, changed } = this;
    imported.states.set(folderOf(path), { files, texts, owners, changed, isCutShort: this.engine.isCutShort });
  }

  private read(path: string): string | undefined {
    const text = this.engine.program.read(path);
    this.texts.set(path, text);
    return text;
  }

  /** What `module` stands for in a file: `.a.b` beside it, `a.b` under one of the folders around the file at hand. */
  find(module: string, importer: string): FileValue | undefined {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const parts = module
      .slice(dots)
      .split(".")
      .filter((p) => p !== "");
    if (dots > 0) {
      const folder = importer.split("/").slice(0, -dots).join("/");
      return this.at(folder, parts);
    }
    const { path } = this.engine.program;
    const folders = path?.split("/").slice(0, -1) ?? [];
    for (let length = folders.length; length > 0; length--) {
      const folder = folders.slice(0, length).join("/");
      if (INSTALLED.test(folder) && folders[length] !== parts[0]) continue;
      const found = this.at(folder, parts);
      if (found) return found;
      if (INSTALLED.test(folder)) break;
    }
    return undefined;
  }

  /** A file of a library that is known by heart. */
  library(path: string, text: string): FileValue | undefined {
    return this.follow(path, text);
  }

  /** A file or package within a package. */
  within(of: FileValue, name: string): FileValue | undefined {
    const folder = /^(.*)\/__init__\.py$/.exec(of.path)?.[1] ?? (of.path.endsWith(".py") ? undefined : of.path);
    return folder === undefined ? undefined : this.at(folder, [name]);
  }

  /** The file of `a.b` in a folder; the packages on the way are followed first, unless the file at hand is in them. */
  private at(folder: string, parts: readonly string[]): FileValue | undefined {
    const leaf = [folder, ...parts].join("/");
    const paths = [...(parts.length > 0 ? [`${leaf}.py`] : []), `${leaf}/__init__.py`];
    const path = paths.find((p) => this.exists(p));
    if (path === undefined) return undefined;
    const own = this.engine.program.path ?? "";
    let above: FileValue | undefined;
    for (let i = 1; i < parts.length; i++) {
      const package_ = [folder, ...parts.slice(0, i)].join("/");
      const init = `${package_}/__init__.py`;
      const around = own.startsWith(`${package_}/`) ? undefined : this.follow(init);
      if (above && around) above.names.set(parts[i - 1] ?? "", around);
      above = around;
    }
    const found = this.follow(path);
    if (above && found && !above.names.has(parts.at(-1) ?? "")) above.names.set(parts.at(-1) ?? "", found);
    return found;
  }

  /** The name under which Python keeps the file that a place is in: `timm.models.resnet`. */
  nameAt(place: Place): string {
    const { program } = this.engine;
    const path = program.imported.at(place)?.path ?? program.path;
    return path === undefined ? program.name : path === program.path ? program.name : this.dotted(path);
  }

  /** The file with a name as `nameAt` gives it; undefined where none has it. */
  named(name: string): FileValue | undefined {
    const { program } = this.engine;
    if (this.own && name === program.name) return this.own;
    for (const [path, file] of this.known) if (file && this.dotted(path) === name) return file;
    return undefined;
  }

  /** A file's name with those of the packages that it is in. */
  private dotted(path: string): string {
    const parts = path.replace(/(\/__init__)?\.py$/, "").split("/");
    let from = parts.length - 1;
    while (from > 0 && this.exists([...parts.slice(0, from), "__init__.py"].join("/"))) from--;
    return parts.slice(from).join(".");
  }

  private exists(path: string): boolean {
    return this.known.get(path) !== undefined || this.own?.path === path || this.read(path) !== undefined;
  }

  /** A file, followed from its first statement to its last; undefined where there is none. */
  private follow(path: string, ownText?: string): FileValue | undefined {
    if (this.own?.path === path) {
      this.isOwnImported = true;
      return this.own;
    }
    if (this.known.has(path)) return this.known.get(path);
    const { program, journal, trace } = this.engine;
    const isOpen = this.depth < MAX_DEPTH && !this.isSpent;
    const text = isOpen ? (ownText ?? this.read(path)) : undefined;
    if (text === undefined) {
      this.known.set(path, undefined);
      return undefined;
    }
    const source = program.imported.parse(path, text);
    const scope = new Scope();
    const value: FileValue = { kind: "file", path, names: scope.names };
    this.known.set(path, value);
    scope.names.set("__name__", stringValue(this.dotted(path)));
    scope.names.set("__file__", stringValue(path));
    this.depth++;
    try {
      // What one way of a condition imports is there for the other, too.
      const isDone = this.engine.budget.importing(() =>
        journal.permanently(() =>
          trace.muted(() => this.engine.apart(() => ending(() => this.engine.execute(source.file.body, scope)))),
        ),
      );
      if (!isDone) {
        this.isSpent = true;
        this.engine.isCutShort = true;
      }
    } finally {
      this.depth--;
    }
    addOwners(this.owners, scope.names);
    return value;
  }
}

const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

/** The folder of `a` for the file of `a.b`: a package without a file of its own. */
export const folderAbove = (file: FileValue, levels: number): FileValue => ({
  kind: "file",
  path: file.path
    .replace(/(\/__init__)?\.py$/, "")
    .split("/")
    .slice(0, -levels)
    .join("/"),
  names: new Names(),
});
