import { printSummary, summarize } from "../check/summary.js";
import type { Dim } from "../core/dims/dim.js";
import type { Shape } from "../core/layer/op.js";
import { type Ending, readOptions, UsageError } from "./options.js";
import { readText, Unreadable } from "./readFiles.js";
import { Lines } from "./report.js";
import { workspaceAround } from "./workspace.js";

/** `dimsum summary`: a model of a file, layer by layer. */
export function summary(args: readonly string[]): Ending {
  const { options, rest } = readOptions(args, { model: "value", input: "value", format: "value" });
  const { format = "table" } = options;
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0) throw new UsageError("Say which file the model is in.");
  if (format !== "table" && format !== "json") throw new UsageError(`--format takes table or json, not ${format}.`);
  const inputs = options.input === undefined ? [] : options.input.split(",").map(readSizes);
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    process.stderr.write(`dimsum: ${error.message}\n`);
    return { exit: 2 };
  }
  const found = summarize(text, options.model, inputs, workspaceAround(file));
  const { mismatches = [] } = found;
  const inFile = mismatches.filter((m) => m.place.from < text.length || "problem" in found);
  if ("problem" in found) {
    process.stderr.write(`dimsum: ${found.problem}\n`);
    return { exit: inFile.length > 0 ? 1 : 2 };
  }
  const { mismatches: _, ...shown } = found;
  process.stdout.write(`${format === "json" ? JSON.stringify(shown) : printSummary(found)}\n`);
  const lines = new Lines(text);
  for (const m of inFile) {
    const { line, column } = lines.at(m.place.from);
    // JSON on standard output stays JSON.
    const out = format === "json" ? process.stderr : process.stdout;
    out.write(`${file}:${line}:${column}: ${m.severity}: ${m.say} ${m.advise} [${m.code}]\n`);
  }
  return { exit: inFile.length > 0 ? 1 : 0 };
}

function readSizes(text: string): Shape {
  const sizes: Dim[] = text.split(/[x×]/).map((t) => Number(t.trim()));
  if (!sizes.every((s) => Number.isSafeInteger(s) && (s as number) > 0))
    throw new UsageError(`--input takes sizes such as 1x3x32x32, not ${text}.`);
  return sizes;
}
