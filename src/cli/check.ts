import { analyze, analyzeNotebook } from "../check/analyze.js";
import type { Claim, Finding, Reveal, Span } from "../check/finding.js";
import { readNotebook } from "../read/document/notebook.js";
import { type Ending, readOptions, UsageError } from "./options.js";
import { filesAt, kindOf, readText, Unreadable } from "./readFiles.js";
import { Lines, type Located, printJson, printText, sarif } from "./report.js";
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
  const locate = <T extends { readonly span: Span }>(
    item: T,
    offset: (at: number) => number = (at) => at,
  ): Located<T> => ({
    file: path,
    from: lines.at(offset(item.span.from)),
    to: lines.at(offset(item.span.to)),
    item,
  });
  if (kind !== "notebook") {
    const found = analyze(text, kind, reveal, workspaceAround(path));
    return { findings: found.findings.map((f) => locate(f)), claims: found.claims.map((c) => locate(c)) };
  }
  const notebook = readNotebook(text);
  if ("problem" in notebook) throw new Unreadable(`${path} could not be read: ${notebook.problem}`);
  const analyses = analyzeNotebook(notebook.cells, reveal, workspaceAround(path));
  const inFile = notebook.cells.map((cell) => (at: number) => cell.toFile(at));
  return {
    findings: analyses.flatMap((a, i) => a.findings.map((f) => locate(f, inFile[i]))),
    claims: analyses.flatMap((a, i) => a.claims.map((c) => locate(c, inFile[i]))),
  };
}
