import { readFileSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { Around } from "../read/python/models.js";
import { ImportedSources } from "../read/python/sources.js";

const imported = new ImportedSources();

/** What a file of the disk can import: the files beside it and in the folders around it. */
export const workspaceAround = (file: string): Around => ({
  path: resolve(file).split(sep).join("/"),
  read: readFile,
  imported,
});

const texts = new Map<string, string | undefined>();

function readFile(path: string): string | undefined {
  if (texts.has(path)) return texts.get(path);
  let text: string | undefined;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    text = undefined;
  }
  texts.set(path, text);
  return text;
}
