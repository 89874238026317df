import { readTables } from "../read/document/readTables.js";
import type { Language } from "./analyze.js";
import type { Claim, Reveal, Span, Verdict } from "./finding.js";
import { checkTables } from "./tables.js";

/** One cell of a table as a report shows it; a cell that claims nothing has no verdict. */
export interface ReportCell {
  readonly text: string;
  readonly span: Span;
  readonly verdict?: Verdict;
  readonly reason?: string;
  readonly columns: number;
}

/** A table with the verdict of each of its cells. */
export interface TableReport {
  readonly title: string;
  readonly span: Span;
  readonly rows: readonly { readonly isHeader: boolean; readonly cells: readonly ReportCell[] }[];
  readonly claims: readonly Claim[];
  /** What to say in words: wrong cells, and remarks on the whole table. */
  readonly sentences: readonly { readonly span: Span; readonly text: string }[];
}

/** The report on every CNN table of a document. */
export function reportTables(text: string, language: Language, reveal: Reveal): readonly TableReport[] {
  if (language === "python") return [];
  const read = readTables(text, language);
  return checkTables(text, language, { reveal }).map((check): TableReport => {
    const table = read.find((t) => t.span.from < check.span.to && check.span.from < t.span.to);
    const header = table?.header ? [{ isHeader: true, row: table.header }] : [];
    const rows = [...header, ...(table?.rows ?? []).map((row) => ({ isHeader: false, row }))];
    return {
      title: check.title,
      span: check.span,
      claims: check.cells,
      sentences: check.findings.map((f) => ({ span: f.span, text: f.message })),
      rows: rows.map(({ isHeader, row }) => ({
        isHeader,
        cells: row.cells.flatMap((cell): readonly ReportCell[] => {
          if (!cell) return [];
          const claim = check.cells.find((c) => c.span.from <= cell.span.to && cell.span.from <= c.span.to);
          const said = claim ? { verdict: claim.verdict, reason: claim.reason } : {};
          return [{ text: cell.text, span: claim?.span ?? cell.span, columns: cell.columns, ...said }];
        }),
      })),
    };
  });
}
