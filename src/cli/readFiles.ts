import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { Language } from "../check/analyze.js";

/** What the endings of files mean. */
const KINDS: Readonly<Record<string, Language | "notebook">> = {
  ".py": "python",
  ".ipynb": "notebook",
  ".md": "markdown",
  ".markdown": "markdown",
  ".tex": "latex",
  ".txt": "plaintext",
};

/** The kind of a file by its ending. */
export const kindOf = (path: string): Language | "notebook" | undefined => KINDS[extname(path).toLowerCase()];

/** A file that could not be read, and why, as a sentence. */
export class Unreadable extends Error {}

/** The text of a file in UTF-8. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Unreadable(
      `${path} could not be read: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message}.`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable(`${path} could not be read: it is not UTF-8; save it in that encoding.`);
  }
}

const SKIPPED = new Set(["node_modules", "__pycache__", "venv", "site-packages"]);

/** The files at a path: itself, or those of its folder and the folders in it that Dimsum reads. */
export function* filesAt(path: string): Generator<string> {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new Unreadable(`${path} could not be read: there is no such file.`);
  }
  if (!isFolder) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesAt(inner);
    else if (entry.isFile() && kindOf(inner)) yield inner;
  }
}
