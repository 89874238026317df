import { printCount } from "../../core/dims/print.js";
import type { Stretch } from "../../read/document/written.js";
import type { Reveal, Verdict } from "../finding.js";
import { readCount, type WrittenNumber } from "./countText.js";
import { countParams } from "./done.js";
import type { Explanation } from "./explainTable.js";
import type { Judged } from "./judge.js";
import { claimOf } from "./parsedRow.js";
import type { TableModel } from "./tableModel.js";

/** A total of a table, judged. */
export interface JudgedTotal {
  readonly span: Stretch;
  readonly inner: Stretch;
  readonly text: string;
  readonly row: string;
  readonly column: string;
  readonly verdict: Verdict;
  readonly reason: string;
  /** What it should be, where that is certain. */
  readonly right?: number;
  readonly message?: string;
}

interface Sums {
  /** The right numbers added up, and the student's own; unknown where a layer's count is. */
  readonly right: number | undefined;
  readonly own: number | undefined;
  /** Batch norms' running statistics, and the channels of convolutions whose batch norm may be left out of the table. */
  readonly running: number;
  readonly channels: number;
  readonly isComplete: boolean;
  /** Whether some count may be so much larger, by another kernel that the row does not rule out. */
  readonly mayDiffer: (by: number) => boolean;
}

/** Judges the totals in a table's rows and in the lines behind it. */
export function judgeTotals(
  model: TableModel,
  explanation: Explanation,
  agreed: ReadonlyMap<number, Judged>,
  reveal: Reveal,
): readonly JudgedTotal[] {
  const sums = sumsOf(explanation, agreed, "params");
  const found: JudgedTotal[] = [];
  for (const row of model.rows) {
    if (row.role !== "total") continue;
    for (const [i, cell] of row.row.cells.entries()) {
      const number = cell && cell.text !== "" ? numberIn(cell.text) : undefined;
      if (!cell || !number) continue;
      const role = model.roles[i];
      const only = row.row.cells.filter((c) => c && numberIn(c.text)).length === 1;
      if (role === "size" || (role === "input" && !only)) continue;
      const isCount = role === "params" || role === "weights" || role === "biases";
      const above = model.rows
        .slice(0, model.rows.indexOf(row))
        .flatMap((r) => (r.role === "total" ? [] : (numberIn(r.row.cells[i]?.text ?? "")?.value ?? [])));
      // What stands under numbers of another kind is their total.
      if (!isCount && (!only || above.length > 0)) continue;
      const own = role === "weights" || role === "biases" ? sumsOf(explanation, agreed, role) : sums;
      const kind = role === "weights" || role === "biases" ? role : "params";
      const label = `${row.label} ${cell.text}`;
      const place = {
        span: cell.span,
        inner: cell.inner,
        text: cell.text,
        row: row.label,
        column: model.labels[i] ?? "",
      };
      const judged = judgeTotal(place, number, label, own, kind, reveal, true);
      const isSum = judged.verdict === "wrong" && number.fits(above.reduce((sum, n) => sum + n, 0));
      found.push(isSum ? { ...place, ...AS_THEY_STAND } : judged);
    }
  }
  if (!model.roles.includes("params")) return found;
  const claimed = model.rows.flatMap((r) => r.claims.map((c) => c.kind));
  const kind = !claimed.includes("params") && claimed.includes("weights") ? "weights" : "params";
  for (const line of model.table.after) {
    const match =
      /^\W*(total|trainable|non-?\s*trainable)\s*(?:(?:number of )?(?:trainable )?(?:params?|parameters?))\W*?(?:[:=]|is|are|of)?\W*?(\d[\d,. ]*\d|\d)\s*([KM]\b)?/i.exec(
        line.text,
      );
    if (!match || line.text.length > 200) continue;
    const text = `${(match[2] ?? "").trim().replace(/[.,]$/, "")}${match[3] ?? ""}`;
    const number = numberIn(text);
    if (!number) continue;
    found.push(
      judgeTotal(
        { span: line.span, inner: line.span, text, row: match[0], column: "" },
        number,
        match[0],
        kind === "params" ? sums : sumsOf(explanation, agreed, kind),
        kind,
        reveal,
        false,
      ),
    );
  }
  return found;
}

function numberIn(text: string): WrittenNumber | undefined {
  const bare = text.replace(/^\D*?(?:params?|parameters?|weights)\s*[:=]?\s*/i, "");
  const count = readCount(bare);
  return count?.kind === "number" ? count : undefined;
}

/** Adds up a table's counts; a row that is not understood counts as it says itself. */
function sumsOf(
  { results, habit }: Explanation,
  agreed: ReadonlyMap<number, Judged>,
  kind: "params" | "weights" | "biases",
): Sums {
  let [right, own, running, channels]: (number | undefined)[] = [0, 0, 0, 0];
  let isComplete = true;
  const open: ((by: number) => boolean)[] = [];
  const plus = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined || b === undefined ? undefined : a + b;
  for (const { row, worked } of results) {
    const claim = claimOf(row, kind);
    const verdict = results.flatMap((r) => r.verdicts).find((v) => v.claim === claim);
    const isDoubted = claim !== undefined && agreed.get(claim.claim.cell.span.from)?.status === "unknown";
    if (isDoubted && verdict?.status !== "unknown") isComplete = false;
    const stated = claim?.number && !claim.number.isRounded ? claim.number.value : undefined;
    const computed = worked && countParams(worked.right, kind === "weights" ? { ...habit, bias: "left out" } : habit);
    const exact =
      typeof verdict?.right === "number"
        ? verdict.right
        : kind === "biases"
          ? undefined
          : typeof computed === "number"
            ? computed
            : undefined;
    const isInput = row.row.readings[0]?.steps[0]?.kind === "input";
    right = plus(right, exact ?? stated ?? (isInput ? 0 : undefined));
    own = plus(own, stated ?? exact ?? (isInput ? 0 : undefined));
    if (!worked && !isInput && stated === undefined) isComplete = false;
    for (const step of worked?.right ?? []) {
      // What only the count itself speaks for is no ground for another error.
      const kernel = step.args.kernel_size;
      if (step.given.kind === "conv" && !step.given.kernel && (Array.isArray(kernel) || !claimOf(row, "output")))
        isComplete = false;
      if (step.given.kind === "linear" && step.given.filters === undefined && !claimOf(row, "output"))
        isComplete = false;
      const { weights, biases, input } = step;
      if (
        step.given.kind === "conv" &&
        !step.given.kernel &&
        typeof weights === "number" &&
        typeof biases === "number" &&
        typeof input.channels === "number"
      ) {
        const each = biases * input.channels;
        open.push((by) => (weights + by) % each === 0 && isPower((weights + by) / each, input.axes.length));
      }
      if (step.given.kind === "batchnorm" && typeof step.norm === "number") running = plus(running, step.norm);
      if (step.given.kind === "conv" && typeof step.biases === "number") channels = plus(channels, step.biases);
    }
  }
  return {
    right,
    own,
    running: running ?? 0,
    channels: channels ?? 0,
    isComplete,
    mayDiffer: (by) => open.some((test) => test(by)),
  };
}

const isPower = (n: number, exponent: number): boolean => n > 0 && Math.round(n ** (1 / exponent)) ** exponent === n;

const AS_THEY_STAND = { verdict: "right", reason: "It is the sum of the counts above, as they stand there." } as const;

type Place = Pick<JudgedTotal, "span" | "inner" | "text" | "row" | "column">;

function judgeTotal(
  place: Place,
  number: WrittenNumber,
  label: string,
  sums: Sums,
  kind: string,
  reveal: Reveal,
  isInside: boolean,
): JudgedTotal {
  const { right, own, running, channels } = sums;
  const answer = reveal === "answer";
  const say = (verdict: Verdict, reason: string): JudgedTotal => ({ ...place, verdict, reason });
  const isPart = /trainable/i.test(label) || /non/i.test(label);
  if (right === undefined || own === undefined) return say("not understood", "Not every row's count is known.");
  const fits = (n: number): JudgedTotal | undefined => {
    if (!number.fits(n)) return undefined;
    const reason = answer ? `The rows add up to ${printCount(n)}.` : "This fits.";
    return say(number.isRounded ? "rounded" : "right", reason);
  };
  if (/non-?\s*trainable/i.test(label))
    return fits(running) ?? fits(0) ?? say("not understood", "Which of the parameters are not trained is not said.");
  const exact = fits(right);
  if (exact) return exact;
  if (number.fits(own)) return { ...place, ...AS_THEY_STAND };
  const others = [
    right - running,
    own - running,
    right + running,
    right + 2 * channels,
    right + 4 * channels,
    right - channels,
    own + 2 * channels,
    own + 4 * channels,
  ];
  for (const n of others)
    if (number.fits(n))
      return say("not understood", "It fits if batch norms or biases are counted another way than in the rows.");
  // Keras 3 counts the optimizer's numbers along: two or three times the weights.
  const ratio = number.value / right;
  if (isPart || !sums.isComplete || (ratio > 1.99 && ratio < 3.02) || (!isInside && ratio > 1))
    return say("not understood", "It may count more than the rows of this table.");
  if (sums.mayDiffer(number.value - own))
    return say("not understood", "It fits if one of the convolutions has another kernel than its count says.");
  const value = printCount(right);
  const message =
    reveal === "verdict"
      ? "This does not fit."
      : answer
        ? `${place.text}: the ${kind === "params" ? "counts" : kind} above add up to ${value}. Write ${value}.`
        : `${place.text} is not the sum of the counts above. Add them up again.`;
  return { ...place, verdict: "wrong", reason: message, right, message };
}
