import { printCount } from "../../core/dims/print.js";
import type { DocumentTable, Row } from "../../read/document/documentTable.js";
import type { Finding, Fix, Hover, Reveal } from "../finding.js";
import { type CellCheck, countCells, type TableCheck } from "../tables.js";
import { VERDICT_MARKS } from "../verdicts.js";
import { writeCount } from "./cellStyle.js";
import { isTotal } from "./rowWords.js";
import {
  biasesIn,
  findWorkedColumns,
  isMultiple,
  readResult,
  type WorkedColumns,
  type WorkedPair,
} from "./workedColumns.js";

/** Checks a table in which one column says how the numbers of another come about, whatever it is about; undefined for other tables. */
export function checkWorkedTable(table: DocumentTable, reveal: Reveal): TableCheck | undefined {
  const columns = findWorkedColumns(table);
  if (!columns) return undefined;
  const { labels, column, pairs, rows } = columns;
  const about = (row: Row): Pick<CellCheck, "row" | "column"> => ({
    row: row.cells.find((c) => c && c.text !== "")?.text ?? "",
    column: labels[column] ?? "",
  });
  const cells: CellCheck[] = [];
  const findings: Finding[] = [];
  for (const pair of pairs) {
    const { row, cell } = pair;
    const judged = judgePair(pair, columns, reveal);
    cells.push({ span: cell.inner, text: cell.text, ...about(row), ...judged });
    if (judged.verdict === "wrong") findings.push(findingOf(pair, judged.reason, reveal));
  }
  for (const [i, row] of rows.entries()) {
    const cell = row.cells[column];
    const written = cell && isTotal(about(row).row) ? readResult(cell.text) : undefined;
    const sum = sumsAbove(rows.slice(0, i), columns).find((s) => written?.fits(s));
    if (!cell || !written || sum === undefined || pairs.some((p) => p.row === row)) continue;
    const reason = reveal === "answer" ? `The rows add up to ${printCount(sum)}.` : "This fits.";
    const verdict = written.isRounded ? "rounded" : "right";
    cells.push({ span: cell.inner, text: cell.text, ...about(row), verdict, reason });
  }
  cells.sort((a, b) => a.span.from - b.span.from);
  return {
    span: table.span,
    title: table.title ?? `Table, line ${table.line + 1}`,
    cells,
    findings,
    blanks: [],
    counts: countCells(cells),
    hoverAt: (offset) => hoverAt(cells, offset),
    layerAt: () => undefined,
    torch: () => undefined,
  };
}

function judgePair(
  pair: WorkedPair,
  { isCalculation }: WorkedColumns,
  reveal: Reveal,
): Pick<CellCheck, "verdict" | "reason"> {
  const { said, value, written, cell } = pair;
  const result = printNumber(value);
  const answer = reveal === "answer";
  if (written.fits(value))
    return {
      verdict: written.isRounded && written.value !== value ? "rounded" : "right",
      reason: answer ? `${said} = ${result}.` : "This fits.",
    };
  const biases = biasesIn(pair);
  if (biases !== undefined)
    return {
      verdict: "right",
      reason: answer ? `${said} = ${result} weights, and ${printCount(biases)} biases.` : "This fits.",
    };
  if (!isCalculation && (isMultiple(pair) || written.isRounded))
    return { verdict: "not understood", reason: `${said} is ${result}; how that gives ${cell.text} is not said.` };
  const wrong = answer
    ? `${said} is ${result}, not ${cell.text}. Write ${rightText(pair)}.`
    : reveal === "hint"
      ? `${said} does not give ${cell.text}. Work it out again.`
      : "This does not fit.";
  return { verdict: "wrong", reason: wrong };
}

/** The right number, written as the wrong one is. */
const rightText = ({ cell, value, written }: WorkedPair): string =>
  written.alike?.(value) ?? (Number.isInteger(value) ? writeCount(value, [cell.text]) : printNumber(value));

function findingOf(pair: WorkedPair, message: string, reveal: Reveal): Finding {
  const { cell } = pair;
  const text = rightText(pair);
  const fixes: Fix[] =
    reveal === "answer" && !cell.isWrapped
      ? [{ title: `Write ${text}`, edits: [{ span: cell.inner, text }], preferred: true }]
      : [];
  const found: Finding = { span: cell.inner, severity: "error", code: "table/calculation", message };
  return fixes.length > 0 ? { ...found, fixes } : found;
}

const printNumber = (n: number): string => (Number.isInteger(n) ? printCount(n) : String(Number(n.toPrecision(7))));

/** The sums of a column's numbers above a row, back to the total before it: of the right ones, and of those that stand there. */
function sumsAbove(above: readonly Row[], { column, pairs }: WorkedColumns): readonly number[] {
  const last = above.findLastIndex(({ cells }) => isTotal(cells.find((c) => c && c.text !== "")?.text ?? ""));
  const all = above.slice(last + 1).map((row) => {
    const own = readResult(row.cells[column]?.text ?? "");
    const pair = pairs.find((p) => p.row === row);
    const isWrong = pair && !own?.fits(pair.value) && biasesIn(pair) === undefined && !isMultiple(pair);
    return own && !own.isRounded ? { own: own.value, right: isWrong ? pair.value : own.value } : undefined;
  });
  if (all.length < 2 || all.includes(undefined)) return [];
  const sum = (of: "own" | "right"): number => all.reduce((s, n) => s + (n?.[of] ?? 0), 0);
  return [sum("right"), sum("own")];
}

function hoverAt(cells: readonly CellCheck[], offset: number): Hover | undefined {
  const cell = cells.find(({ span }) => span.from <= offset && offset <= span.to);
  return cell && { span: cell.span, markdown: `${VERDICT_MARKS[cell.verdict]} ${cell.reason}` };
}
