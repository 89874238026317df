import { readDirectives } from "../read/document/directives.js";
import type { DocumentLanguage } from "../read/math/statements.js";
import type { Analysis } from "./analysis.js";
import { checkDerivations, type DerivationCheck, type StepNote } from "./derivations/derivations.js";
import type { StepCache } from "./derivations/stepCache.js";
import type { Claim, Hover, Reveal, Span } from "./finding.js";
import { checkTables, type TableCheck } from "./tables.js";
import { countVerdicts, VERDICT_MARKS } from "./verdicts.js";

/** A document whose claims stand in tables and in derivations. */
export function analyzeDocument(text: string, language: DocumentLanguage, reveal: Reveal, cache?: StepCache): Analysis {
  const tables = checkTables(text, language, { reveal });
  const elsewhere = [...tables.map((t) => t.span), ...ignoredIn(text)];
  return analysisOf(tables, checkDerivations(text, language, reveal, elsewhere, cache));
}

/** The text cells of a notebook: each has tables of its own, and what one says of its letters holds in those behind it. */
export function analyzeTextCells(cells: readonly string[], reveal: Reveal, cache?: StepCache): readonly Analysis[] {
  const tables = cells.map((cell) => checkTables(cell, "markdown", { reveal }));
  const text = cells.join(BETWEEN);
  let next = 0;
  const starts = cells.map((cell) => {
    const start = next;
    next += cell.length + BETWEEN.length;
    return start;
  });
  const elsewhere = tables.flatMap((list, i) => list.map((t) => movedBy(t.span, starts[i] ?? 0)));
  const all = checkDerivations(text, "markdown", reveal, [...elsewhere, ...ignoredIn(text)], cache);
  return cells.map((cell, i) => {
    const start = starts[i] ?? 0;
    const isHere = ({ span }: { readonly span: Span }): boolean => span.from >= start && span.to <= start + cell.length;
    const here = <T extends { readonly span: Span }>(list: readonly T[]): readonly T[] =>
      list.filter(isHere).map((item) => ({ ...item, span: movedBy(item.span, -start) }));
    return analysisOf(tables[i] ?? [], { claims: here(all.claims), findings: here(all.findings) });
  });
}

const BETWEEN = "\n\n";

const movedBy = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by });

/** The paragraphs that a directive says to leave alone. */
function ignoredIn(text: string): readonly Span[] {
  return readDirectives(text)
    .filter((d) => d.name === "ignore")
    .map(({ span }) => {
      const start = text.slice(span.to).search(/\S/);
      const from = start < 0 ? text.length : span.to + start;
      const blank = text.slice(from).search(/\n\s*\n/);
      return { from: span.from, to: blank < 0 ? text.length : from + blank };
    });
}

function analysisOf(tables: readonly TableCheck[], derivations: DerivationCheck): Analysis {
  // How a step was decided holds numbers that are no plain data.
  const steps = derivations.claims.map(({ answer: _, ...note }): StepNote => note);
  const stepAt = (offset: number): Hover | undefined => {
    const claim = steps.find(
      ({ span, verdict }) => span.from <= offset && offset <= span.to && verdict !== "not understood",
    );
    // What is wrong is said by the finding wherever that stands.
    if (!claim || derivations.findings.some(({ span }) => span.from <= offset && offset <= span.to)) return undefined;
    return { span: claim.span, markdown: `${VERDICT_MARKS[claim.verdict]} ${claim.reason}` };
  };
  const tableAt = (offset: number): TableCheck | undefined =>
    tables.find((t) => t.span.from <= offset && offset <= t.span.to);
  return {
    findings: [...tables.flatMap((t) => t.findings), ...derivations.findings],
    claims: [...tables.flatMap((t): readonly Claim[] => t.cells), ...steps],
    hints: [],
    lenses: tables.map((t) => ({ span: { from: t.span.from, to: t.span.from }, title: countVerdicts(t.cells) })),
    tables,
    steps,
    hover: (offset) => tableAt(offset)?.hoverAt(offset) ?? stepAt(offset),
    layer: (offset) => tableAt(offset)?.layerAt(offset),
  };
}
