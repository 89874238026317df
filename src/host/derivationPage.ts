import type { StepNote } from "../check/derivations/derivations.js";
import { countVerdicts, VERDICT_MARKS } from "../check/verdicts.js";
import { escapeHtml, htmlPage, jumpLink, LEGEND } from "./html.js";

/** The steps of one document. */
export interface DocumentSteps {
  readonly uri: string;
  readonly steps: readonly StepNote[];
}

/** One step as a row: its mark, what is written, and why. */
function rowHtml(uri: string, step: StepNote): string {
  const mark = `<span class="mark" aria-hidden="true">${VERDICT_MARKS[step.verdict]}</span>`;
  const label = `${step.plain}: ${step.verdict}. ${step.reason}`;
  const inside = jumpLink(
    uri,
    step.span,
    `<span class="text">${escapeHtml(step.plain)}</span>`,
    ` aria-label="${escapeHtml(label)}"`,
  );
  const why = step.verdict === "not understood" ? "" : escapeHtml(step.reason);
  return `<tr class="${step.verdict.replace(" ", "-")}"><td>${mark}</td><td class="step">${inside}</td><td class="why">${why}</td></tr>`;
}

/** The steps under one heading. */
function sectionHtml(uri: string, title: string, steps: readonly StepNote[]): string {
  const decided = steps.filter((s) => s.verdict !== "not understood");
  const others = steps.filter((s) => s.verdict === "not understood");
  const table = (rows: readonly StepNote[]): string =>
    `<div class="scroll"><table class="steps">${rows.map((s) => rowHtml(uri, s)).join("\n")}</table></div>`;
  const more =
    others.length > 0 ? `<details><summary>${others.length} not understood</summary>${table(others)}</details>` : "";
  return `<section>
<h2>${escapeHtml(title)} <span class="count">${countVerdicts(steps)}</span></h2>
${decided.length > 0 ? table(decided) : ""}
${more}
</section>`;
}

/** The report's page. It has no script; its links are commands. */
export function derivationPage(documents: readonly DocumentSteps[], cspSource: string, style: string): string {
  const sections = documents.flatMap(({ uri, steps }) => {
    const titles = [...new Set(steps.map((s) => s.section))];
    return titles.map((title) =>
      sectionHtml(
        uri,
        title === "" ? "Derivations" : title,
        steps.filter((s) => s.section === title),
      ),
    );
  });
  const nothing = `<p>There is no equation in this file whose steps Dimsum can follow.</p>
<p class="quiet">Dimsum reads mathematics between dollar signs, in <code>align</code> and the like, and typed sums such as <code>3*3*10*10+10 = 910</code>.</p>`;
  return htmlPage("Derivations", `${sections.join("\n") || nothing}\n${LEGEND}`, cspSource, style);
}
