import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkTables, type TableCheck } from "../../../src/check/tables.js";
import { markdownTables } from "../../../src/read/document/markdownTables.js";
import { pick, randomFrom } from "../../random.js";
import { renderTable, type Stack } from "./renderTable.js";

const stacks: readonly Stack[] = readFileSync("test/oracle/tables.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** Ways to write the same cells. */
const FORMS: Readonly<Record<string, (rows: readonly (readonly string[])[]) => string>> = {
  html: (rows) => {
    const [head = [], ...body] = rows;
    const row = (cells: readonly string[], tag: string): string =>
      `  <tr>${cells.map((c) => `<${tag} align="left">${escaped(c)}</${tag}>`).join("")}</tr>`;
    return `<table>\n<thead>\n${row(head, "th")}\n</thead>\n${body.map((r) => row(r, "td")).join("\n")}\n</table>`;
  },
  "html without ends": (rows) =>
    `<TABLE>${rows.map((r, i) => `<tr>\n${r.map((c) => `<${i === 0 ? "th" : "td"}><b>${escaped(c)}</b>`).join("\n")}`).join("\n")}\n</TABLE>`,
  grid: (rows) => drawn(rows, "+-|", true),
  "head and frame": (rows) => drawn(rows, "+=|", false),
  boxes: (rows) => drawn(rows, "┼─│", true),
  columns: (rows) => columns(rows, (text, width) => text.padEnd(width)),
  "columns to the right": (rows) => columns(rows, (text, width) => text.padStart(width)),
};

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("×", "&times;")
    .replaceAll("*", "\\*")
    .replaceAll("_", "\\_");

const widthsOf = (rows: readonly (readonly string[])[]): readonly number[] =>
  (rows[0] ?? []).map((_, c) => Math.max(...rows.map((r) => r[c]?.length ?? 0), 3));

function drawn(rows: readonly (readonly string[])[], [cross = "", line = "", bar = ""]: string, all: boolean): string {
  const widths = widthsOf(rows);
  const rule = cross + widths.map((w) => line.repeat(w + 2)).join(cross) + cross;
  const written = rows.map((r) => `${bar} ${widths.map((w, c) => (r[c] ?? "").padEnd(w)).join(` ${bar} `)} ${bar}`);
  const [head = "", ...body] = written;
  return [rule, head, rule, ...(all ? body.flatMap((r) => [r, rule]) : [...body, rule])].join("\n");
}

function columns(rows: readonly (readonly string[])[], pad: (text: string, width: number) => string): string {
  const widths = widthsOf(rows);
  // An empty cell is a dash where nothing else parts the columns.
  const written = rows.map((r) =>
    widths
      .map((w, c) => pad(r[c] || "-", w))
      .join("   ")
      .trimEnd(),
  );
  const rule = "-".repeat(Math.max(...written.map((w) => w.length), 12));
  const [head = "", ...body] = written;
  return [rule, head, rule, ...body, rule].join("\n");
}

const verdicts = (check: TableCheck | undefined): readonly string[] =>
  check?.cells.map((c) => `${c.text} ${c.verdict} ${c.reason}`) ?? [];

/** A Markdown table's cells as they are seen. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const [table] = markdownTables(text);
  if (!table?.header) return [];
  return [table.header, ...table.rows].map((r) => r.cells.map((c) => c?.text ?? ""));
}

for (const [n, [form, write]] of Object.entries(FORMS).entries()) {
  test(`a table as ${form} gets the verdicts of the same table in Markdown, right and with one cell changed`, () => {
    let compared = 0;
    for (const [i, stack] of stacks.entries()) {
      if (i % 12 !== n) continue;
      const random = randomFrom(40009 + 13 * i);
      const table = renderTable(stack, random);
      if (table.language !== "markdown") continue;
      const cell = pick(random, table.cells);
      const changed = cell ? table.text.slice(0, cell.from) + cell.wrong + table.text.slice(cell.to) : table.text;
      for (const text of [table.text, changed]) {
        const rows = cellsOf(text);
        // Columns need a head that says what they are, and no line without an end.
        const heads = rows[0] ?? [];
        // Under this head stands what a program printed, which is read as such.
        if (!form.startsWith("html") && /^layer \(type/i.test(heads[0] ?? "")) continue;
        if (heads.some((h) => h === "") || rows.some((r) => r.length !== heads.length)) continue;
        if (form.startsWith("columns") && (!/layer|shape|param|output/i.test(heads.join(" ")) || heads.length < 2))
          continue;
        const [markdown] = checkTables(tableText(rows), "markdown", { reveal: "answer" });
        const other = `Text.\n\n${write(rows)}\n\nMore.\n`;
        const [found] = checkTables(other, "markdown", { reveal: "answer" });
        const blanks = verdicts(markdown).some((v) => v.includes(" blank "));
        if (form.startsWith("columns") && blanks) continue;
        assert.deepEqual(verdicts(found), verdicts(markdown), other);
        // What is said of a cell is said at the very characters.
        for (const finding of found?.findings ?? [])
          assert.ok(
            found?.cells.some((c) => c.span.from === finding.span.from),
            other,
          );
        compared++;
      }
    }
    assert.ok(compared > 12, `${compared} tables`);
  });
}

function tableText(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows.map((r) =>
    r.map((c) => c.replaceAll("|", "\\|").replaceAll("*", "\\*").replaceAll("_", "\\_")),
  );
  return [head, head.map(() => "---"), ...body].map((r) => `| ${r.join(" | ")} |`).join("\n");
}
