import type { ReportCell, TableReport } from "../check/tableReport.js";
import { countVerdicts, VERDICT_MARKS } from "../check/verdicts.js";
import { escapeHtml, htmlPage, jumpLink, LEGEND } from "./html.js";

/** The tables of one document. */
export interface DocumentReport {
  readonly uri: string;
  readonly tables: readonly TableReport[];
}

function cellHtml(uri: string, cell: ReportCell, isHeader: boolean): string {
  const tag = isHeader ? "th" : "td";
  const span = cell.columns > 1 ? ` colspan="${cell.columns}"` : "";
  const text = escapeHtml(cell.text);
  if (!cell.verdict) return `<${tag}${span}>${text}</${tag}>`;
  const label = `${cell.text || "blank"}: ${cell.verdict}${cell.reason ? `. ${cell.reason}` : ""}`;
  const mark = `<span class="mark" aria-hidden="true">${VERDICT_MARKS[cell.verdict]}</span>`;
  const inside = jumpLink(
    uri,
    cell.span,
    `<span class="text">${text || "&nbsp;"}</span>${mark}`,
    ` aria-label="${escapeHtml(label)}"`,
  );
  return `<${tag}${span} class="${cell.verdict.replace(" ", "-")}" title="${escapeHtml(cell.reason ?? "")}">${inside}</${tag}>`;
}

function tableHtml(uri: string, table: TableReport): string {
  const rows = table.rows
    .map((r) => `<tr>${r.cells.map((c) => cellHtml(uri, c, r.isHeader)).join("")}</tr>`)
    .join("\n");
  const sentences = table.sentences.map((s) => `<li>${jumpLink(uri, s.span, escapeHtml(s.text))}</li>`).join("\n");
  return `<section>
<h2>${jumpLink(uri, { from: table.span.from, to: table.span.from }, escapeHtml(table.title))} <span class="count">${countVerdicts(table.claims)}</span></h2>
<div class="scroll"><table>${rows}</table></div>
${sentences === "" ? "" : `<ul>${sentences}</ul>`}
</section>`;
}

/** The report's page. It has no script; its links are commands. */
export function tablePage(reports: readonly DocumentReport[], cspSource: string, style: string): string {
  const tables = reports.flatMap((r) => r.tables.map((t) => tableHtml(r.uri, t)));
  const body =
    tables.length > 0
      ? tables.join("\n")
      : `<p>There is no CNN table in this file.</p>
<p class="quiet">Dimsum looks for tables whose rows are layers, such as <code>CONV3-10</code>, <code>MaxPool 2×2</code> or <code>FC-3</code>, with their
output shapes or parameter counts. If yours is one, give it a header such as “Layer | Output shape | Parameters”.</p>`;
  return htmlPage("CNN tables", `${body}\n${LEGEND}`, cspSource, style);
}
