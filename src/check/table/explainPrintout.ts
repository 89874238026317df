import type { Explained } from "./explainTable.js";
import type { Judged } from "./judge.js";
import type { Layout } from "./layouts.js";
import { parseRow } from "./parsedRow.js";
import { type Fit, fit, sameRaw, volumeOf } from "./printedLayer.js";
import { type Fitting, nextTakes, type Repair, repairCount, repairOutput, type Surrounding } from "./printedRepair.js";
import { sumsOf } from "./printedSums.js";
import type { PrintedRow, Printout, Raw } from "./printout.js";
import type { RowResult } from "./walk.js";

/** Earlier shapes that may flow into a row by a branch. */
const MOST_EARLIER = 24;

/** Layers that are fitted anew for one printout. */
const BUDGET = 4000;

/** What was fitted before: a printout is read again after each keystroke. */
const known = new Map<string, Fit | undefined>();

/** What was made of a row: the layer that fits, what it takes, and the number that is wrong. */
interface Found {
  readonly fit: Fit;
  readonly repair?: Repair | undefined;
}

/** What a printout's rows come to: each follows from the row before, from an earlier one, or from something that is not printed. */
export function explainPrintout(printout: Printout): Explained {
  const { rows, isKeras } = printout;
  const layout: Layout = {
    axes: 2,
    order: isKeras ? "last" : "first",
    batch: rows.some((r) => (r.output?.[0] ?? -1) >= 0),
    writesChannels: true,
  };
  const results = walkRows(printout, layout);
  const wrong = results.flatMap((r) => r.verdicts).filter((v) => v.status === "wrong");
  return {
    best: {
      layout,
      habit: { bias: "counted", norm: isKeras ? 4 : 2 },
      cost: 0,
      results,
      wrong: new Set(wrong.map((v) => v.claim.claim.cell.span.from)),
    },
    others: [],
  };
}

/** One pass over the rows. */
function walkRows(printout: Printout, layout: Layout): readonly RowResult[] {
  const { rows, isKeras, isSequential } = printout;
  const { agreed, rows: sum } = sumsOf(printout);
  const lacking = agreed === undefined || sum === undefined ? undefined : agreed - sum;
  let budget = BUDGET;
  const named = new Map<string, Raw | undefined>();
  /** Shapes of rows that may be the wrong ones themselves. */
  const doubtful = new Set<Raw>();
  const open: PrintedRow[] = [];
  /** What the rows before give, the latest first. */
  let flow: readonly Raw[] = [];
  const pass = (raw: Raw | undefined): void => {
    if (raw) flow = [raw, ...flow.filter((e) => !sameRaw(e, raw))].slice(0, MOST_EARLIER);
  };
  const fitted: Fitting = ({ given, output, count }, input, right = output, own = count) => {
    if (!given || !right) return undefined;
    const key = `${given.kind} ${given.name} ${given.axes} ${given.groups} ${input} ${right} ${own} ${isKeras}`;
    if (!known.has(key) && budget-- > 0) {
      if (known.size > 20_000) known.clear();
      known.set(key, fit(given, input, right, own, isKeras));
    }
    return known.get(key);
  };
  /** Whether the row behind takes neither this row's output nor an earlier one, though nothing else is wrong with it. */
  const isRefused = (output: Raw, input: Raw, around: Surrounding, behind: PrintedRow | undefined): boolean => {
    const { next } = around;
    if (lacking || !next?.given || !next.output || next.sources || next.input || nextTakes(output, around) !== false)
      return false;
    if (!isSequential && [input, ...flow].some((e) => fitted(next, e))) return false;
    return !repairOutput(next, output, { ...around, next: behind, isCertain: false });
  };
  const find = (row: PrintedRow, inputs: readonly Raw[], around: Surrounding, i: number): Found | undefined => {
    const [first] = inputs;
    if (!row.given || !row.output || !first) return undefined;
    let odd: Found | undefined;
    for (const input of inputs) {
      const made = fitted(row, input);
      if (made && !made.isOdd) {
        const repair = isRefused(row.output, input, around, rows[i + 2])
          ? (repairOutput(row, input, around) ?? repairOutput(row, first, around))
          : undefined;
        return { fit: repair?.fit ?? made, repair };
      }
      if (made) odd ??= { fit: made };
    }
    // An unusual layer is likelier than a slip that nothing behind it shows.
    const certainly = { ...around, isCertain: around.isCertain && !odd };
    const repair = repairCount(row, first, around) ?? repairOutput(row, first, certainly);
    return repair ? { fit: repair.fit, repair } : odd;
  };
  const results: RowResult[] = [];
  for (const [i, row] of rows.entries()) {
    // A module that holds others hands on its own output when its last row is read.
    while ((open.at(-1)?.depth ?? -1) >= row.depth) pass(open.pop()?.output);
    if (row.isContainer) {
      open.push(row);
      continue;
    }
    const parsed = parseRow(row.row, layout);
    const source = row.sources?.length === 1 ? named.get(row.sources[0] ?? "") : undefined;
    const certain = row.input ?? source ?? (isSequential ? flow[0] : undefined);
    const inputs = certain ? [certain] : (row.sources?.length ?? 0) > 1 ? [] : flow;
    const isCertain = certain !== undefined && !row.input && !doubtful.has(certain);
    const found = find(row, inputs, { next: rows[i + 1], isCertain, lacking, fit: fitted, isKeras }, i);
    const right = found?.repair?.output ?? row.output;
    named.set(row.name, right);
    pass(right);
    if (row.given && right && inputs.length > 0 && (!found || (found.fit.isOdd && !found.repair))) doubtful.add(right);
    const done = found?.fit.done;
    if (!found || !done || !right) {
      const isInput = row.row.readings[0]?.steps[0]?.kind === "input";
      const verdicts = parsed.claims.filter((c) => isInput && c.number?.value === 0);
      results.push({
        row: parsed,
        worked: undefined,
        input: undefined,
        verdicts: verdicts.map((claim) => ({ claim, status: "right", right: 0, cost: 0 })),
      });
      continue;
    }
    const after = volumeOf(right, isKeras);
    results.push({
      row: parsed,
      worked: {
        right: [done],
        own: undefined,
        ownFilters: undefined,
        mayLackBias: false,
        output: after,
        ownOutput: undefined,
      },
      input: done.input,
      verdicts: parsed.claims.flatMap((claim): readonly Judged[] => {
        const { kind } = claim.claim;
        const isWrong = found.repair?.kind === kind;
        // A linear layer on every token has its channels last.
        const isPlaced = row.given?.kind === "linear" && !isKeras && after.axes.length > 0;
        if (kind === "output")
          return [{ claim, status: isWrong ? "wrong" : "right", ...(isPlaced ? {} : { right: after }), cost: 0 }];
        const count = found.repair?.count ?? found.fit.count;
        if (claim.state !== "number" || count === undefined) return [];
        return [{ claim, status: isWrong ? "wrong" : "right", right: count, cost: 0 }];
      }),
    });
  }
  // The total says of one row at most that it is the wrong one.
  const counts = results.flatMap((r) => r.verdicts).filter((v) => v.status === "wrong" && typeof v.right === "number");
  if (counts.length < 2) return results;
  return results.map((r) => ({ ...r, verdicts: r.verdicts.filter((v) => !counts.includes(v)) }));
}
