import type { Span } from "../check/finding.js";
import type { FileModel } from "../check/summary/fileModels.js";
import type { ModelReport, ReportRow } from "../check/summary/modelReport.js";
import { commandLink, escapeHtml, htmlPage } from "./html.js";

/** A model as the page shows it. */
export interface ShownModel {
  readonly model: FileModel;
  readonly report: ModelReport;
}

/** Where a place of the program stands: a document and the place in it. */
export type Locate = (place: Span) => readonly [uri: string, from: number, to: number];

/** Levels of the tree that are open at first. */
const OPEN_LEVELS = 2;

/** The report's page on one of a file's models. It has no script; its links are commands. */
export function modelPage(
  shown: ShownModel | undefined,
  names: readonly string[],
  locate: Locate,
  cspSource: string,
  style: string,
): string {
  const body = shown ? [modelLinks(names, shown), modelHtml(shown, locate)].join("\n") : NONE;
  return htmlPage("Model summary", body, cspSource, style);
}

const NONE = `<p>There is no model in this file whose layers Dimsum can follow.</p>
<p class="quiet">A model is a class of <code>nn.Module</code>, an <code>nn.Sequential</code> or a model of Keras. If yours is made in a function,
call it once in the file: <code>model = build()</code>, then <code>model(torch.randn(1, 3, 224, 224))</code>.</p>`;

/** The models of the file to choose from, where there are several. */
function modelLinks(names: readonly string[], { model }: ShownModel): string {
  if (names.length < 2) return "";
  const links = names.map((name) =>
    name === model.name ? `<b>${escapeHtml(name)}</b>` : commandLink("dimsum.showSummaryOf", [name], escapeHtml(name)),
  );
  return `<nav class="choices"><span class="quiet">Models:</span> ${links.join(" ")}</nav>`;
}

function inputLinks({ model }: ShownModel): string {
  if (model.candidates.length < 2) return "";
  const links = model.candidates.map(({ key, inputs }) =>
    key === model.shown
      ? `<b>${escapeHtml(inputs)}</b>`
      : commandLink("dimsum.useInput", [model.name, key], escapeHtml(inputs)),
  );
  return `<nav class="choices"><span class="quiet">Inputs in this file:</span> ${links.join(" ")}</nav>`;
}

function modelHtml(shown: ShownModel, locate: Locate): string {
  const { report } = shown;
  const totals = report.totals
    .map(({ label, value, detail }) => {
      const isPart = label.startsWith(" ");
      return `<dt${isPart ? ' class="part"' : ""}>${escapeHtml(label.trim())}</dt><dd>${escapeHtml(value)}${detail ? ` <span class="quiet">(${escapeHtml(detail)})</span>` : ""}</dd>`;
    })
    .join("\n");
  const unknown = report.unknown.filter((u) => u.what !== "products");
  return `<section class="model">
<h2>${escapeHtml(report.name)} <span class="count">${escapeHtml(report.input || "?")} → ${escapeHtml(report.output)}</span></h2>
${inputLinks(shown)}
<p class="buttons">${commandLink("dimsum.copySummary", ["text"], "Copy as text", ' class="button"')}
${commandLink("dimsum.copySummary", ["markdown"], "Copy as Markdown", ' class="button"')}</p>
<div class="scroll"><div class="tree">
<div class="row head"><span>Layer (class)</span><span>Output shape</span><span>Parameters</span><span>Share</span><span>Multiply-adds</span><span>Memory</span></div>
${rowHtml(report.root, locate, 0)}
</div></div>
<dl class="totals">${totals}</dl>
${report.conventions.map((c) => `<p class="quiet">${escapeHtml(c)}</p>`).join("\n")}
${unknown.length > 0 ? unknownHtml(unknown, locate) : ""}
</section>`;
}

const unknownHtml = (parts: ModelReport["unknown"], locate: Locate): string =>
  `<h3>Unknown</h3><ul>${parts
    .map(({ name, what, reason, place }) => {
      const text = `${name}: ${what} unknown. ${reason}`;
      return `<li>${place ? jump(place, locate, escapeHtml(text)) : escapeHtml(text)}</li>`;
    })
    .join("\n")}</ul>`;

const jump = (place: Span, locate: Locate, inside: string): string =>
  commandLink("dimsum.jumpTo", locate(place), `<span class="text">${inside}</span>`);

function rowHtml(row: ReportRow, locate: Locate, level: number): string {
  if (row.children.length === 0) return `<div class="row leaf">${cells(row, locate)}</div>`;
  const isOpen = level < OPEN_LEVELS && row.like === undefined;
  return `<details${isOpen ? " open" : ""}><summary class="row">${cells(row, locate)}</summary>
<div class="kids">${row.children.map((child) => rowHtml(child, locate, level + 1)).join("\n")}</div></details>`;
}

function cells(row: ReportRow, locate: Locate): string {
  const name =
    row.name === ""
      ? `<b>${escapeHtml(row.className)}</b>`
      : `${escapeHtml(row.name)} <i>${escapeHtml(row.className)}</i>`;
  const linked = row.place ? jump(row.place, locate, name) : `<span class="text">${name}</span>`;
  const times = row.calls > 1 ? ` <span class="badge" title="called ${row.calls} times">×${row.calls}</span>` : "";
  const like = row.like === undefined ? "" : ` <span class="quiet">built like ${escapeHtml(row.like)}</span>`;
  const output = row.calls === 0 && row.output === "" ? "" : row.output;
  return [
    `<span class="name">${linked}${times}${like}</span>`,
    `<span>${escapeHtml(output)}</span>`,
    `<span>${row.params === "0" ? "–" : escapeHtml(row.params)}</span>`,
    `<span>${share(row)}</span>`,
    `<span>${row.macs === "0" ? "–" : escapeHtml(row.macs)}</span>`,
    `<span>${escapeHtml(row.memory)}</span>`,
  ].join("");
}

function share({ share: part }: ReportRow): string {
  if (part === undefined || part === 0) return "";
  const text = part < 0.001 ? "<0.1 %" : `${(100 * part).toFixed(1)} %`;
  return `<progress max="1" value="${part.toFixed(4)}" aria-hidden="true"></progress> ${escapeHtml(text)}`;
}
