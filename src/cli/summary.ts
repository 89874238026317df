import { reportModel } from "../check/summary/modelReport.js";
import { printReport } from "../check/summary/printReport.js";
import type { UnknownPart } from "../check/summary/unknownParts.js";
import { summaryOf } from "../check/summary.js";
import { type FileModel, modelOf } from "./chosen.js";
import { type Ending, readOptions, UsageError } from "./options.js";

/** `dimsum summary`: a model of a file, layer by layer. */
export function summary(args: readonly string[]): Ending {
  const { options, rest } = readOptions(args, { model: "value", input: "value", format: "value", explain: "flag" });
  const { format = "table" } = options;
  if (format !== "table" && format !== "json") throw new UsageError(`--format takes table or json, not ${format}.`);
  // JSON on standard output stays JSON.
  const out = format === "json" ? process.stderr : process.stdout;
  const found = modelOf(rest, options, out);
  if ("exit" in found) {
    const { input, exit } = found;
    const nothing = { model: options.model ?? null, input, output: null, params: null, trainable: null, leaves: [] };
    if (input && format === "json") process.stdout.write(`${JSON.stringify(nothing)}\n`);
    return { exit };
  }
  const report = format === "table" || options.explain ? reportModel(found.model) : undefined;
  if (format === "table" && report) process.stdout.write(`${printReport(report)}\n`);
  else {
    const { mismatches: _, ...shown } = summaryOf(found.model);
    process.stdout.write(`${JSON.stringify(shown)}\n`);
  }
  if (options.explain && report) out.write(explain(found, report.unknown));
  else if (report) out.write(sayUnknown(report.unknown));
  return found.end(out);
}

function sayUnknown(parts: readonly UnknownPart[]): string {
  const { length } = parts.filter((p) => p.what !== "products");
  return length === 0 ? "" : `${length} ${length === 1 ? "part is" : "parts are"} unknown; --explain lists them.\n`;
}

/** One line for each part that is not known: its place, what it is and why. */
function explain({ file }: FileModel, parts: readonly UnknownPart[]): string {
  if (parts.length === 0) return "Nothing is unknown.\n";
  return parts
    .map(({ place, name, what, reason }) => {
      const where = place ? file.placeOf(place.from) : file.path;
      return `${where}: ${name}: ${SAYS[what]} ${reason}\n`;
    })
    .join("");
}

const SAYS: Readonly<Record<UnknownPart["what"], string>> = {
  output: "output unknown.",
  parameters: "parameters unknown.",
  "multiply-adds": "multiply-adds unknown.",
  value: "value unknown.",
  products: "a product of tensors.",
};
