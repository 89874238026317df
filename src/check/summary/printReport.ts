import { escapeCell } from "../modelTable/writeTable.js";
import type { ModelReport, ReportRow } from "./modelReport.js";

interface Line {
  /** The branches of the tree in front of the name. */
  readonly branch: string;
  readonly depth: number;
  readonly row: ReportRow;
}

/** The rows of a report from the top, each with its place in the tree. */
function linesOf(row: ReportRow, branch = "", under = "", depth = 0): readonly Line[] {
  const below = row.children.flatMap((child, i) => {
    const isLast = i === row.children.length - 1;
    return linesOf(child, `${under}${isLast ? "└─ " : "├─ "}`, `${under}${isLast ? "   " : "│  "}`, depth + 1);
  });
  return [{ branch, depth, row }, ...below];
}

const labelOf = (row: ReportRow): string =>
  `${row.name === "" ? row.className : `${row.name} (${row.className})`}${row.calls > 1 ? ` ×${row.calls}` : ""}`;

const percent = ({ share }: ReportRow): string =>
  share === undefined || share === 0 ? "" : share < 0.001 ? "<0.1 %" : `${(100 * share).toFixed(1)} %`;

const HEAD = ["Layer (class)", "Output shape", "Parameters", "Share", "Multiply-adds"];

const cellsOf = ({ branch, row }: Line): readonly string[] => [
  branch + labelOf(row),
  row.output,
  row.params === "0" ? "–" : row.params,
  percent(row),
  row.macs === "0" ? "–" : row.macs,
];

/** A report as aligned text, with the tree's branches drawn. */
export function printReport(report: ModelReport): string {
  const rows = linesOf(report.root).map(cellsOf);
  const widths = HEAD.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((c, i) => (i < 2 ? c.padEnd(widths[i] ?? 0) : c.padStart(widths[i] ?? 0))).join("  ");
  const rule = "─".repeat(widths.reduce((sum, w) => sum + w + 2, -2));
  const labels = Math.max(...report.totals.map((t) => t.label.length));
  const values = Math.max(...report.totals.map((t) => t.value.length));
  const totals = report.totals.map(
    (t) => `${t.label.padEnd(labels)}  ${t.value.padStart(values)}${t.detail ? `  (${t.detail})` : ""}`,
  );
  const head = `${report.name}: ${report.input || "?"} → ${report.output}`;
  return [
    head,
    rule,
    line(HEAD),
    rule,
    ...rows.map((r) => line(r).trimEnd()),
    rule,
    ...totals,
    "",
    ...report.conventions,
  ].join("\n");
}

/** A report as a table of Markdown, the tree as dots in front of the names. */
export function markdownReport(report: ModelReport): string {
  const rows = linesOf(report.root).map(({ depth, row }) => {
    const cells = cellsOf({ branch: "", depth, row });
    return `| ${"· ".repeat(depth)}${cells.map(escapeCell).join(" | ")} |`;
  });
  return [
    `**${report.name}**: ${report.input || "?"} → ${report.output}`,
    "",
    `| ${HEAD.join(" | ")} |`,
    "| --- | --- | ---: | ---: | ---: |",
    ...rows,
    "",
    ...report.totals.map(
      (t) => `${t.label.startsWith(" ") ? "  " : ""}- ${t.label.trim()}: ${t.value}${t.detail ? ` (${t.detail})` : ""}`,
    ),
    "",
    ...report.conventions,
    "",
  ].join("\n");
}
