import type { StepNote } from "../check/derivations/derivations.js";
import { countVerdicts, VERDICT_MARKS } from "../check/verdicts.js";
import { escapeHtml, htmlPage, jumpLink, LEGEND } from "./html.js";

/** The steps of one document. */
export interface DocumentSteps {
  readonly uri: string;
  readonly steps: readonly StepNote[];
}

/** A link to a step, with its verdict for who cannot see its mark. */
function stepLink(uri: string, step: StepNote): string {
  const label = escapeHtml(`${step.plain}: ${step.verdict}. ${step.reason}`);
  return jumpLink(uri, step.span, `<span class="text">${escapeHtml(step.plain)}</span>`, ` aria-label="${label}"`);
}

/** One step as a row: its mark, what is written, and why. */
function rowHtml(uri: string, step: StepNote): string {
  const mark = `<span class="mark" aria-hidden="true">${VERDICT_MARKS[step.verdict]}</span>`;
  const why = step.verdict === "not understood" ? "" : escapeHtml(step.reason);
  return `<tr class="${step.verdict.replace(" ", "-")}"><td>${mark}</td><td class="step">${stepLink(uri, step)}</td><td class="why">${why}</td></tr>`;
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

const COUNTED = ["right", "rounded", "wrong", "not understood"] as const;

/** What the claims are about, with how many of them are right, and the first that is wrong. */
function topicsHtml(documents: readonly DocumentSteps[]): string {
  const all = documents.flatMap(({ uri, steps }) => steps.map((step) => ({ uri, step })));
  if (all.length === 0) return "";
  const rows = [...new Set(all.map(({ step }) => step.topic))].map((topic) => {
    const own = all.filter(({ step }) => step.topic === topic);
    const counts = COUNTED.map(
      (verdict) => `<td>${own.filter(({ step }) => step.verdict === verdict).length || ""}</td>`,
    );
    const wrong = own.find(({ step }) => step.verdict === "wrong");
    const first = wrong ? stepLink(wrong.uri, wrong.step) : "";
    return `<tr><th scope="row">${topic}</th>${counts.join("")}<td class="step">${first}</td></tr>`;
  });
  const heads = COUNTED.map(
    (verdict) => `<th scope="col" aria-label="${verdict}" title="${verdict}">${VERDICT_MARKS[verdict]}</th>`,
  );
  return `<div class="scroll"><table class="topics"><tr><th scope="col">Topic</th>${heads.join("")}<th scope="col">First wrong</th></tr>
${rows.join("\n")}</table></div>`;
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
  return htmlPage(
    "Derivations",
    `${topicsHtml(documents)}${sections.join("\n") || nothing}\n${LEGEND}`,
    cspSource,
    style,
  );
}
