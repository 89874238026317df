import type { ImportedState } from "./importedState.js";
import { parsePython } from "./parse.js";
import type { Place, PythonFile } from "./syntax.js";

/** A file of a program, with the stretch of places that is its own. */
export interface Source {
  readonly path: string;
  readonly base: number;
  readonly file: PythonFile;
}

/** Reads the text of a file by its path, parts joined by `/`; undefined where there is none. */
export type FileReader = (path: string) => string | undefined;

/** Files that are kept parsed. */
const MAX_FILES = 2000;

/**
 * The files that are imported, parsed once each for as long as their texts stay the same. Each has a stretch of places of its own, behind all
 * those that a file at hand may take, so that a place says which file it is in.
 */
export class ImportedSources {
  private readonly sources = new Map<string, Source>();
  private readonly byBase: Source[] = [];
  private next = FIRST_BASE;
  /** What the programs of a folder have imported, by the folder. */
  readonly states = new Map<string, ImportedState>();

  /** The file of this path and text. */
  parse(path: string, text: string): Source {
    const known = this.sources.get(path);
    if (known?.file.text === text) return known;
    if (this.sources.size >= MAX_FILES) this.sources.clear();
    const source: Source = { path, base: this.next, file: parsePython(text, this.next) };
    this.next += text.length + 1;
    this.sources.set(path, source);
    this.byBase.push(source);
    return source;
  }

  /** The imported file that a place is in; undefined for the file at hand. */
  at({ from }: Place): Source | undefined {
    return from < FIRST_BASE ? undefined : this.byBase.findLast((s) => s.base <= from);
  }
}

/** Where the places of imported files begin: no file at hand is that long. */
export const FIRST_BASE = 2 ** 26;

/** What the paths of the files of libraries begin with that are known by heart, of whose lines nothing is said. */
export const LIBRARY = "torchvision:";
