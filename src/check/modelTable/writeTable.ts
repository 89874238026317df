import type { ModelTable } from "./modelTable.js";

/** The forms in which a table can be written. */
export const TABLE_FORMATS = ["markdown", "latex", "csv"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** A table as text that ends with a line break. */
export function writeTable(table: ModelTable, format: TableFormat): string {
  return { markdown: toMarkdown, latex: toLatex, csv: toCsv }[format](table);
}

/** A cell of Markdown: a bar in it would end it. */
export const escapeCell = (text: string): string => text.replaceAll("|", "\\|");

const isCall = (layer: string): boolean => /\w\(/.test(layer);

function toMarkdown({ header, rows }: ModelTable): string {
  const cells = rows.map(([layer, ...rest]) => [
    isCall(layer) ? `\`${layer}\`` : layer === "Total" ? "**Total**" : layer,
    ...rest,
  ]);
  const all = [header, ...cells].map((row) => row.map(escapeCell));
  const widths = header.map((_, i) => Math.max(3, ...all.map((row) => row[i]?.length ?? 0)));
  const isNumber = (i: number): boolean => i === header.length - 1;
  const line = (row: readonly string[]): string =>
    `| ${row.map((c, i) => (isNumber(i) ? c.padStart(widths[i] ?? 0) : c.padEnd(widths[i] ?? 0))).join(" | ")} |`;
  const rule = widths.map((w, i) => (isNumber(i) ? `${"-".repeat(w - 1)}:` : "-".repeat(w)));
  const [head = [], ...body] = all;
  return [line(head), line(rule), ...body.map(line), ""].join("\n");
}

const LATEX: Readonly<Record<string, string>> = {
  "&": "\\&",
  "%": "\\%",
  "#": "\\#",
  $: "\\$",
  _: "\\_",
  "{": "\\{",
  "}": "\\}",
  "×": "$\\times$",
  "⌊": "$\\lfloor$",
  "⌋": "$\\rfloor$",
  "⌈": "$\\lceil$",
  "⌉": "$\\rceil$",
  "·": "$\\cdot$",
  "−": "$-$",
  "–": "--",
};

const latexText = (text: string): string => text.replace(/[&%#$_{}×⌊⌋⌈⌉·−–]/g, (c) => LATEX[c] ?? c);

function toLatex({ header, rows }: ModelTable): string {
  const line = (row: readonly string[]): string => `    ${row.join(" & ")} \\\\`;
  const body = rows.map(([layer, ...rest]) => {
    const name = latexText(layer);
    return line([isCall(layer) ? `\\texttt{${name}}` : name, ...rest.map(latexText)]);
  });
  return [
    `\\begin{tabular}{${header.map((_, i) => (i === header.length - 1 ? "r" : "l")).join("")}}`,
    "    \\hline",
    line(header),
    "    \\hline",
    ...body.slice(0, -1),
    "    \\hline",
    ...body.slice(-1),
    "    \\hline",
    "\\end{tabular}",
    "",
  ].join("\n");
}

function toCsv({ header, rows }: ModelTable): string {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}
