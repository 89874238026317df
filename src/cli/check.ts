import { analyze, analyzeNotebook } from "../check/analyze.js";
import type { Claim, Finding, Reveal, Span } from "../check/finding.js";
import { type Ending, readOptions, UsageError } from "./options.js";
import { cellsOf, inCell } from "./programFile.js";
import { filesAt, kindOf, readText, Unreadable } from "./readFiles.js";
import { Lines, type Located, type Position, printJson, printText, sarif } from "./report.js";
import { workspaceAround } from "./workspace.js";

const REVEALS: readonly string[] = ["answer", "hint", "verdict"];
const FORMATS: readonly string[] = ["text", "json", "sarif"];

/** `dimsum check`: prints what is found, file by file. */
export function check(args: readonly string[]): Ending {
  const { options, rest } = readOptions(args, { format: "value", claims: "flag", reveal: "value" });
  const { format = "text", reveal = "answer" } = options;
  if (!FORMATS.includes(format)) throw new UsageError(`--format takes text, json or sarif, not ${format}.`);
  if (!REVEALS.includes(reveal)) throw new UsageError(`--reveal takes answer, hint or verdict, not ${reveal}.`);
  if (rest.length === 0) throw new UsageError("Say which files or folders to check.");
  const all: Located<Finding>[] = [];
  let isWrong = false;
  let isUnread = false;
  let files = 0;
  for (const path of rest) {
    try {
      for (const file of filesAt(path)) {
        try {
          const { findings, claims } = checkFile(file, reveal as Reveal);
          files++;
          isWrong ||= findings.some((f) => f.item.severity !== "information");
          all.push(...findings);
          const shown = options.claims === "true" ? claims : findings;
          for (const one of shown)
            if (format !== "sarif") process.stdout.write(`${format === "json" ? printJson(one) : printText(one)}\n`);
        } catch (error) {
          isUnread = report(error, file);
        }
      }
    } catch (error) {
      isUnread = report(error, path);
    }
  }
  if (format === "sarif") process.stdout.write(`${JSON.stringify(sarif(all), null, 2)}\n`);
  if (format === "text" && options.claims !== "true") process.stdout.write(closing(all, files));
  return { exit: isUnread ? 2 : isWrong ? 1 : 0 };
}

function closing(all: readonly Located<Finding>[], files: number): string {
  const count = (severity: string): number => all.filter((f) => f.item.severity === severity).length;
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
  return `${plural(files, "file")} checked: ${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}.\n`;
}

/** Says which file could not be read, or where Dimsum itself failed; the other files are checked all the same. */
function report(error: unknown, path: string): true {
  const reason = error instanceof Error ? error.message : String(error);
  const said = error instanceof Unreadable ? reason : `${path} could not be checked, by a fault of Dimsum: ${reason}`;
  process.stderr.write(`dimsum: ${said}\n`);
  return true;
}

function checkFile(path: string, reveal: Reveal): { findings: Located<Finding>[]; claims: Located<Claim>[] } {
  const text = readText(path);
  const kind = kindOf(path);
  if (!kind) throw new Unreadable(`${path} could not be read: Dimsum reads .py, .ipynb, .md, .tex and .txt files.`);
  const lines = new Lines(text);
  const around = workspaceAround(path);
  if (kind !== "notebook") {
    const found = analyze(text, kind, reveal, around);
    const locate = <T extends { readonly span: Span }>(item: T): Located<T> => ({
      file: path,
      from: lines.at(item.span.from),
      to: lines.at(item.span.to),
      item,
    });
    return { findings: found.findings.map(locate), claims: found.claims.map(locate) };
  }
  const cells = cellsOf(path, text);
  const analyses = analyzeNotebook(cells, reveal, around);
  const locateIn =
    (i: number) =>
    <T extends { readonly span: Span }>(item: T): Located<T> => {
      const at = (offset: number): Position => lines.at(cells[i]?.toFile(offset) ?? 0);
      const { from, to } = item.span;
      return { file: path, from: at(from), to: at(to), cell: inCell(cells[i], i + 1, from), item };
    };
  return {
    findings: analyses.flatMap((a, i) => a.findings.map(locateIn(i))),
    claims: analyses.flatMap((a, i) => a.claims.map(locateIn(i))),
  };
}
