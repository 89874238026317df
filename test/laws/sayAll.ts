import { readFileSync } from "node:fs";
import { analyze } from "../../src/check/analyze.js";
import { summarize } from "../../src/check/summary.js";
import { PythonReader } from "../../src/read/python/pythonReader.js";

/** All that a value says, without the names of its parts. */
function* said(value: unknown): Generator<string> {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") yield String(value);
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* said(part);
}

/** All that is said of a Python file while a line is put in at its end, in its middle and at its start. */
export function sayAll(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n");
  const reader = new PythonReader();
  const all = [file, ...said(summarize(text, undefined, []))];
  for (const at of [lines.length, lines.length >> 1, 0]) {
    const typed = lines.toSpliced(at, 0, "# a line more", "").join("\n");
    const { findings, claims, hints, lenses, hover } = analyze(typed, "python", "answer", { reader });
    all.push(...said([findings, claims, hints, lenses]));
    for (let i = 0; i < typed.length; i += 31) all.push(...said(hover(i)));
  }
  return all;
}
