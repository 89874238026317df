import { readFileSync } from "node:fs";
import { type CellCheck, checkTables, type TableCheck } from "../../../src/check/tables.js";

/** A fixture's text. */
export const fixture = (name: string): string => readFileSync(`test/fixtures/tables/${name}`, "utf8");

/** The only CNN table of a text. */
export function onlyTable(text: string, language: "markdown" | "latex" = "markdown"): TableCheck {
  const [table, ...more] = checkTables(text, language, { reveal: "answer" });
  if (!table || more.length > 0) throw new Error(`${more.length + (table ? 1 : 0)} tables in\n${text}`);
  return table;
}

/** The cells of a table with a verdict, as texts. */
export const withVerdict = (table: TableCheck, verdict: CellCheck["verdict"]): readonly string[] =>
  table.cells.filter((c) => c.verdict === verdict).map((c) => c.text);

/** The codes and places of what is found. */
export const findings = (text: string, table: TableCheck): readonly string[] =>
  table.findings.map((f) => `${text.slice(f.span.from, f.span.to)} ${f.code}`);

/** A Markdown table from its rows, cells parted by semicolons. */
export const tableOf = (...rows: readonly string[]): string => {
  const lines = rows.map(
    (r) =>
      `| ${r
        .split(";")
        .map((c) => c.trim())
        .join(" | ")} |`,
  );
  const [head = "", ...rest] = lines;
  return [head, `|${"---|".repeat(head.split("|").length - 2)}`, ...rest, ""].join("\n");
};
