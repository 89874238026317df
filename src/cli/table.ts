import { modelTable } from "../check/modelTable/modelTable.js";
import { TABLE_FORMATS, type TableFormat, writeTable } from "../check/modelTable/writeTable.js";
import { modelOf } from "./chosen.js";
import { type Ending, readOptions, UsageError } from "./options.js";

/** `dimsum table`: a model of a file as a CNN table. */
export function table(args: readonly string[]): Ending {
  const { options, rest } = readOptions(args, { model: "value", input: "value", format: "value" });
  const { format = "markdown" } = options;
  const isFormat = (text: string): text is TableFormat => (TABLE_FORMATS as readonly string[]).includes(text);
  if (!isFormat(format)) throw new UsageError(`--format takes markdown, latex or csv, not ${format}.`);
  const found = modelOf(rest, options, process.stderr);
  if ("exit" in found) return found;
  process.stdout.write(writeTable(modelTable(found.model), format));
  return found.end(process.stderr);
}
