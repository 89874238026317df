import { printCount } from "../../core/dims/print.js";
import type { Finding, Fix, Reveal, Span, Verdict } from "../finding.js";
import { type CellCheck, type Counts, countCells, type TableCheck } from "../tables.js";
import { biasRemark } from "./biasRemark.js";
import { sayVolume, writeCount } from "./cellStyle.js";
import { explainPrintout } from "./explainPrintout.js";
import { agreedVerdicts, type Explained, explainTable } from "./explainTable.js";
import { isFarOff } from "./farOff.js";
import { blankValue, isDetermined, type Judged } from "./judge.js";
import type { ParsedClaim } from "./parsedRow.js";
import { judgeSums } from "./printedSums.js";
import { sayRight, sayUnknown, sayWrong, type Telling } from "./sentences.js";
import { tableLookups } from "./tableHover.js";
import type { TableModel } from "./tableModel.js";
import { type JudgedTotal, judgeTotals } from "./totals.js";
import type { Volume } from "./volume.js";
import type { RowResult } from "./walk.js";
import { spaced, writeRight } from "./writeRight.js";

const VERDICTS: Readonly<Record<Judged["status"], Verdict>> = {
  right: "right",
  rounded: "rounded",
  follows: "right",
  wrong: "wrong",
  unknown: "not understood",
};

/** Everything that is said of a table that describes a network. */
export function reportTable(text: string, model: TableModel, input: string | undefined, reveal: Reveal): TableCheck {
  const explained = model.printout ? explainPrintout(model.printout) : explainTable(model, input);
  return explained ? new Report(text, model, explained, reveal).check() : empty(model);
}

const titleOf = ({ table }: TableModel): string => table.title ?? `Table, line ${table.line + 1}`;

const NO_COUNTS: Counts = { right: 0, rounded: 0, wrong: 0, blank: 0, notUnderstood: 0 };

const empty = (model: TableModel): TableCheck => ({
  span: model.table.span,
  title: titleOf(model),
  cells: [],
  findings: [],
  blanks: [],
  counts: NO_COUNTS,
  hoverAt: () => undefined,
  layerAt: () => undefined,
  torch: () => undefined,
});

/** The making of one table's report. */
class Report {
  readonly #text: string;
  readonly #model: TableModel;
  readonly #explained: Explained;
  readonly #told: Telling;
  readonly #verdicts: ReadonlyMap<number, Judged>;
  readonly #cells: CellCheck[] = [];
  readonly #findings: Finding[] = [];
  /** Whether every wrong cell has one right value. */
  #isSure = true;
  readonly #blanks: { span: Span; fix: Fix }[] = [];

  constructor(text: string, model: TableModel, explained: Explained, reveal: Reveal) {
    this.#text = text;
    this.#model = model;
    this.#explained = explained;
    this.#told = { layout: explained.best.layout, habit: explained.best.habit, reveal };
    this.#verdicts = isFarOff(explained) ? new Map() : agreedVerdicts(explained);
  }

  check(): TableCheck {
    const { results } = this.#explained.best;
    const { reveal } = this.#told;
    const seen = new Set<number>();
    for (const result of results) {
      for (const claim of result.row.claims) {
        const at = claim.claim.cell.span.from;
        if (seen.has(at) && claim.state !== "blank") continue;
        seen.add(at);
        this.#addClaim(claim, result);
      }
    }
    this.#addTotals();
    const remark = this.#verdicts.size === 0 ? undefined : biasRemark(this.#model, this.#explained.best, reveal);
    if (remark) this.#findings.push(remark);
    this.#offerAllBlanks();
    this.#cells.sort((a, b) => a.span.from - b.span.from);
    this.#findings.sort((a, b) => a.span.from - b.span.from);
    return {
      span: this.#model.table.span,
      title: titleOf(this.#model),
      cells: this.#cells,
      findings: this.#findings,
      blanks: this.#blanks,
      counts: countCells(this.#cells),
      ...tableLookups(results, this.#cells, reveal, this.#model.printout?.isSequential ?? true),
    };
  }

  #addClaim(claim: ParsedClaim, result: RowResult): void {
    const { kind } = claim.claim;
    const isInput = result.row.row.readings[0]?.steps[0]?.kind === "input";
    if (claim.state === "blank") this.#addBlank(claim, result, isInput);
    if (claim.state === "blank" || claim.state === "none") return;
    const judged = this.#verdicts.get(claim.claim.cell.span.from);
    if (!judged) {
      // What flows into the network is given, not claimed.
      if (isInput && (kind === "output" || kind === "input")) return;
      if (kind === "input" && result.verdicts.length > 0 && claim.state === "shape") return;
      this.#addUnknown({ claim, status: "unknown", cost: 0 }, result);
      return;
    }
    const verdict = VERDICTS[judged.status];
    if (judged.status === "follows") this.#add(claim, verdict, this.#sayFollows(claim));
    else if (judged.status === "unknown") this.#addUnknown(judged, result);
    else if (judged.status === "wrong") this.#addWrong(judged, result);
    else this.#add(claim, verdict, sayRight(judged, result, this.#told));
  }

  /** Adds a claim of a layer that is not known: its own sum may still be right or wrong. */
  #addUnknown(judged: Judged, result: RowResult): void {
    const { sum, formula, value = 0, isRounded } = judged.claim.number ?? {};
    const reason = `${formula} = ${printCount(value)}.`;
    if (sum) this.#addWrong({ ...judged, status: "wrong", right: sum.value }, result);
    else if (formula) this.#add(judged.claim, isRounded ? "rounded" : "right", reason);
    else this.#add(judged.claim, "not understood", sayUnknown(judged, result));
  }

  #add(claim: ParsedClaim, verdict: Verdict, reason: string, mistake?: string): void {
    const { cell, column } = claim.claim;
    this.#cells.push({
      span: cell.inner,
      text: cell.text,
      row: this.#rowLabel(claim),
      column: this.#model.labels[column] ?? "",
      verdict,
      reason,
      ...(mistake ? { mistake } : {}),
    });
  }

  #rowLabel(claim: ParsedClaim): string {
    return this.#explained.best.results.find((r) => r.row.claims.includes(claim))?.row.row.label ?? "";
  }

  #sayFollows(claim: ParsedClaim): string {
    const before = this.#cells.findLast((c) => c.verdict === "wrong" && c.span.from < claim.claim.cell.span.from);
    return before ? `It follows from the ${before.text} above.` : "It follows from the numbers above.";
  }

  /** The right values that the possible explanations give for a claim. */
  #rightValues(at: number): ReadonlySet<string> {
    const values = new Set<string>();
    for (const e of [this.#explained.best, ...this.#explained.others]) {
      const judged = e.results.flatMap((r) => r.verdicts).find((v) => v.claim.claim.cell.span.from === at);
      if (judged?.right !== undefined)
        values.add(typeof judged.right === "number" ? String(judged.right) : sayVolume(judged.right, e.layout));
    }
    return values;
  }

  #addWrong(judged: Judged, result: RowResult): void {
    const { claim, mistake } = judged;
    const { cell, kind } = claim.claim;
    const { reveal } = this.#told;
    const isCertain = this.#rightValues(cell.span.from).size === 1 && this.#leavesNothingOpen(judged, result);
    if (!isCertain) this.#isSure = false;
    const message = sayWrong(judged, result, this.#told, isCertain);
    this.#add(claim, "wrong", message, reveal === "verdict" ? undefined : mistake?.code);
    const right =
      isCertain && reveal === "answer" && judged.right !== undefined && !cell.isWrapped
        ? this.#write(judged.right, claim)
        : undefined;
    const fixes: Fix[] =
      right === undefined
        ? []
        : [{ title: `Write ${right}`, edits: [{ span: cell.inner, text: right }], preferred: true }];
    this.#findings.push({
      span: cell.inner,
      severity: "error",
      code: mistake && reveal !== "verdict" ? `table/${kind}/${mistake.code}` : `table/${kind}`,
      message,
      ...(fixes.length > 0 ? { fixes } : {}),
    });
  }

  #leavesNothingOpen({ claim, right }: Judged, { worked }: RowResult): boolean {
    if (["size", "input", "inputs"].includes(claim.claim.kind) || right === 0) return true;
    return worked === undefined || isDetermined(worked.right, claim.claim.kind === "output" ? "shape" : "count");
  }

  #write(right: Volume | number, claim: ParsedClaim): string | undefined {
    return writeRight(right, claim, this.#explained.best, this.#model.table.kind === "latex", this.#text);
  }

  #addBlank(claim: ParsedClaim, result: RowResult, isInput: boolean): void {
    const { worked } = result;
    const { kind, cell } = claim.claim;
    if (isInput || kind === "input" || !worked) return;
    const right = blankValue(kind, worked, this.#told.habit);
    this.#add(
      claim,
      "blank",
      right === undefined ? "It cannot be worked out from what this table says." : "Nothing is written here yet.",
    );
    if (
      right === undefined ||
      this.#told.reveal !== "answer" ||
      this.#explained.others.some((e) => e.wrong.size !== this.#explained.best.wrong.size && e.cost < 0.01)
    )
      return;
    const text = this.#write(right, claim);
    if (text === undefined) return;
    const filled = cell.inner.from === cell.inner.to ? spaced(text, this.#text, cell.inner.from) : text;
    this.#blanks.push({
      span: cell.inner,
      fix: { title: `Fill in ${text}`, edits: [{ span: cell.inner, text: filled }], preferred: true },
    });
  }

  /** Besides its own fix each blank offers to fill all of them. */
  #offerAllBlanks(): void {
    if (this.#blanks.length < 2) return;
    const edits = this.#blanks.flatMap((b) => b.fix.edits);
    const all: Fix = { title: `Fill in all ${edits.length} blank cells of this table`, edits };
    this.#blanks.push(...this.#blanks.map((b) => ({ span: b.span, fix: all })));
  }

  #totals(): readonly JudgedTotal[] {
    const { printout } = this.#model;
    if (!printout) return judgeTotals(this.#model, this.#explained.best, this.#verdicts, this.#told.reveal);
    const isDecided = this.#cells.every((c) => c.verdict === "right");
    return judgeSums(printout, isDecided, this.#told.reveal);
  }

  #addTotals(): void {
    if (this.#verdicts.size === 0) return;
    const near = this.#cells.some((c) => c.verdict === "wrong");
    for (const total of this.#totals()) {
      const isDoubtful = total.verdict === "wrong" && near && (this.#explained.others.length > 0 || !this.#isSure);
      const verdict = isDoubtful ? "not understood" : total.verdict;
      this.#cells.push({
        span: total.inner,
        text: total.text,
        row: total.row,
        column: total.column,
        verdict,
        reason: total.reason,
      });
      if (verdict !== "wrong" || !total.message) continue;
      const right =
        total.right !== undefined && this.#told.reveal === "answer" && total.inner !== total.span
          ? printCount(total.right)
          : undefined;
      this.#findings.push({
        span: total.inner,
        severity: "error",
        code: "table/total",
        message: total.message,
        ...(right
          ? {
              fixes: [
                {
                  title: `Write ${right}`,
                  edits: [{ span: total.inner, text: writeCount(total.right ?? 0, [total.text]) }],
                  preferred: true,
                },
              ],
            }
          : {}),
      });
    }
  }
}
