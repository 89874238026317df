import { readDirectives } from "../read/document/directives.js";
import type { DocumentTable } from "../read/document/documentTable.js";
import { readTables, type TableLanguage } from "../read/document/readTables.js";
import type { Claim, Finding, Fix, Hover, Reveal, Span, Verdict } from "./finding.js";
import type { LayerCall } from "./picture.js";
import { reportTable } from "./table/reportTable.js";
import { readModel } from "./table/tableModel.js";
import type { TableTorch } from "./table/tableTorch.js";
import { checkWorkedTable } from "./table/workedTable.js";

/** One cell that claims something, and what is said of it. */
export interface CellCheck extends Claim {
  /** The row's own name, and the column's. */
  readonly row: string;
  readonly column: string;
  /** The mistake's code, such as `M2`, where one gives the number. */
  readonly mistake?: string;
}

/** How many cells of a table got each verdict. */
export interface Counts {
  readonly right: number;
  readonly rounded: number;
  readonly wrong: number;
  readonly blank: number;
  readonly notUnderstood: number;
}

/** A table, checked. */
export interface TableCheck {
  readonly span: Span;
  readonly title: string;
  /** Every cell that claims something, in reading order. */
  readonly cells: readonly CellCheck[];
  readonly findings: readonly Finding[];
  /** What to fill blank cells with, where that is known and may be told. */
  readonly blanks: readonly { readonly span: Span; readonly fix: Fix }[];
  readonly counts: Counts;
  readonly hoverAt: (offset: number) => Hover | undefined;
  readonly layerAt: (offset: number) => LayerCall | undefined;
  /** The layers as a program of PyTorch, where that may be told. */
  readonly torch: () => TableTorch | undefined;
}

/** How many cells got each verdict. */
export function countCells(cells: readonly CellCheck[]): Counts {
  const count = (verdict: Verdict): number => cells.filter((c) => c.verdict === verdict).length;
  return {
    right: count("right"),
    rounded: count("rounded"),
    wrong: count("wrong"),
    blank: count("blank"),
    notUnderstood: count("not understood"),
  };
}

/** Checks the tables of a document that describe a network layer by layer, or say how their numbers come about. It never throws. */
export function checkTables(
  text: string,
  language: TableLanguage,
  options: { readonly reveal: Reveal },
): readonly TableCheck[] {
  const tables = readTables(text, language);
  if (tables.length === 0) return [];
  const directives = readDirectives(text);
  return tables.flatMap((table, i) => {
    const before = directives.filter((d) => d.span.from < table.span.from);
    const isIgnored = before.some(
      (d) => d.name === "ignore" && !tables.slice(0, i).some((t) => t.span.from > d.span.from),
    );
    const input = before.findLast((d) => d.name === "input")?.value;
    const check = isIgnored ? undefined : checkTable(text, table, input, options.reveal);
    return check ? [check] : [];
  });
}

function checkTable(
  text: string,
  table: DocumentTable,
  input: string | undefined,
  reveal: Reveal,
): TableCheck | undefined {
  const model = readModel(table, text);
  return model ? reportTable(text, model, input, reveal) : checkWorkedTable(table, reveal);
}
