import { completions } from "./completions.js";
import type { Done } from "./done.js";
import { anewEntries, type Entry, entriesOf } from "./entries.js";
import { type Judged, judgeOutput, judgeParams, judgeSize, type Worked } from "./judge.js";
import type { RowReading } from "./layerGiven.js";
import { claimOf, type ParsedClaim, type ParsedRow, statedVolume } from "./parsedRow.js";
import { readShape } from "./shapeText.js";
import { type Reading, replay } from "./stepReadings.js";
import { agree, fillIn, type Volume } from "./volume.js";
import type { Path, Setting } from "./walk.js";

/** What one reading makes of a row. */
export interface RowOutcome {
  readonly right: Volume | undefined;
  readonly own: Volume | undefined;
  readonly cost: number;
  readonly worked: Worked | undefined;
  readonly input: Volume | undefined;
  readonly verdicts: readonly Judged[];
}

/** What it costs to take a row for one that is not understood, after all. */
const UNREADABLE = 1.6;

/** The outcomes of all ways to read a row. */
export function judgeRow(
  row: ParsedRow,
  next: ParsedRow | undefined,
  path: Path,
  setting: Setting,
): readonly RowOutcome[] {
  const [first] = row.row.readings;
  const kind = first?.steps[0]?.kind;
  if (kind === "input") return [inputRow(row, path, setting)];
  const outcomes: RowOutcome[] = [unreadable(row, path, kind === "opaque" ? 0 : UNREADABLE)];
  for (const reading of row.row.readings) {
    if (reading.steps.some((s) => s.kind === "opaque" || s.kind === "input")) continue;
    const isKept =
      reading.steps.every((s) => s.kind === "norm" || s.kind === "keep") && repeats(row, path.last?.result.row);
    for (const entry of entriesOf(row, reading, path, setting))
      outcomes.push(...readRow(row, next, reading, entry, setting).map((o) => (isKept ? withoutWrongOutput(o) : o)));
  }
  const isWrong = (o: RowOutcome): boolean => o.verdicts.some((v) => v.status === "wrong");
  return outcomes.slice(1).every(isWrong) ? [...outcomes, ...anew(row, next, path, setting)] : outcomes;
}

/** The outcomes of a row of a list that does not follow from the row before, but begins anew. */
function anew(row: ParsedRow, next: ParsedRow | undefined, path: Path, setting: Setting): readonly RowOutcome[] {
  return row.row.readings.flatMap((reading) =>
    anewEntries(row, reading, path, setting).flatMap((entry) => {
      const isGiven = row.row.isExercise && entry.right === setting.list?.given;
      return readRow(row, next, reading, entry, setting).map((o) => (isGiven ? o : undecided(o)));
    }),
  );
}

/** An outcome that says nothing of its row: it may be a chance that it fits. */
const undecided = (outcome: RowOutcome): RowOutcome => ({
  ...outcome,
  verdicts: outcome.verdicts.map(({ claim }): Judged => ({ claim, status: "unknown", cost: 0 })),
});

/** Whether a row says the same sizes as its own input, or as what comes out of the row before. */
function repeats(row: ParsedRow, before: ParsedRow | undefined): boolean {
  const sizes = (of: ParsedRow | undefined, kind: "input" | "output"): string | undefined => {
    const text = of?.claims.find((c) => c.claim.kind === kind)?.claim.text;
    return text === undefined ? undefined : readShape(text)?.shape.sizes.join();
  };
  const own = sizes(row, "output");
  return own !== undefined && (own === sizes(row, "input") || own === sizes(before, "output"));
}

/** A layer that keeps the shape is right by the table's own numbers, also where those are taken for another shape than they are. */
function withoutWrongOutput(outcome: RowOutcome): RowOutcome {
  const wrong = outcome.verdicts.find((v) => v.claim.claim.kind === "output" && v.status === "wrong");
  if (!wrong) return outcome;
  const verdicts = outcome.verdicts.map(
    (v): Judged => (v === wrong ? { claim: v.claim, status: "unknown", cost: 0 } : v),
  );
  return { ...outcome, verdicts, cost: outcome.cost - wrong.cost };
}

/** The input's own row: what it says is given, but for its number of activations and that it learns nothing. */
function inputRow(row: ParsedRow, path: Path, setting: Setting): RowOutcome {
  const claim = claimOf(row, "output") ?? claimOf(row, "input");
  const said = statedVolume(claim) ?? claim?.volumes[0]?.volume;
  const volume = setting.input ?? said ?? path.right;
  const verdicts: Judged[] = [];
  if (volume) {
    if (setting.input && claim && said)
      verdicts.push(
        judgeOutput(claim, {
          right: [],
          own: undefined,
          ownFilters: undefined,
          mayLackBias: false,
          output: setting.input,
          ownOutput: undefined,
        }),
      );
    const size = claimOf(row, "size");
    if (size) verdicts.push(judgeSize(size, { output: volume, ownOutput: undefined }, said ? [said] : []));
  }
  for (const claim of row.claims) {
    if (!claim.number || !["params", "weights", "biases"].includes(claim.claim.kind)) continue;
    const isRight = claim.number.fits(0);
    verdicts.push({
      claim,
      status: isRight ? "right" : "wrong",
      right: 0,
      cost: isRight ? 0 : 1,
      ...(isRight ? {} : { mistake: { code: "M2", say: "the input has nothing to learn" } }),
    });
  }
  return {
    right: volume,
    own: said ?? volume,
    cost: verdicts.reduce((sum, v) => sum + (v.status === "wrong" ? v.cost : 0), 0),
    worked: undefined,
    input: undefined,
    verdicts,
  };
}

/** A row that is not understood hands on what it says comes out. */
function unreadable(row: ParsedRow, path: Path, cost: number): RowOutcome {
  const volume = statedVolume(claimOf(row, "output"));
  const verdicts = row.claims
    .filter((c) => c.state === "shape" || c.state === "number")
    .map((claim): Judged => ({ claim, status: "unknown", cost: 0 }));
  return { right: volume, own: volume, cost, worked: undefined, input: path.right, verdicts };
}

function readRow(
  row: ParsedRow,
  next: ParsedRow | undefined,
  reading: RowReading,
  entry: Entry,
  setting: Setting,
): readonly RowOutcome[] {
  setting.budget.left -= 1;
  const readings = completions(row, next, reading, entry, setting);
  const outcomes: RowOutcome[] = [];
  for (const found of readings) {
    setting.budget.left -= found.steps.length;
    const outcome = judgeReading(row, next, reading, entry, found, setting);
    const isFitting = outcome.verdicts.every((v) => v.status !== "wrong" || entry.verdicts.includes(v));
    if (!entry.mustFit || isFitting) outcomes.push(outcome);
  }
  return outcomes;
}

function judgeReading(
  row: ParsedRow,
  next: ParsedRow | undefined,
  reading: RowReading,
  entry: Entry,
  found: Reading,
  setting: Setting,
): RowOutcome {
  const right = found.steps.at(-1)?.output ?? entry.right;
  const own = entry.own && !found.isOpen ? replay(reading.steps, found.choices, entry.own) : undefined;
  const outputClaim = claimOf(row, "output");
  const worked: Worked = {
    right: found.steps,
    own,
    ownFilters: withOwnFilters(reading, found, entry, outputClaim),
    mayLackBias: hasNorm(reading) || setting.hasNorms || hasNorm(next?.row.readings[0]),
    output: right,
    ownOutput: own?.at(-1)?.output,
  };
  const stated = outputClaim?.volumes.filter((v) => !v.lacksChannels).map((v) => fillIn(v.volume, right)) ?? [];
  const verdicts: Judged[] = [...entry.verdicts];
  for (const claim of row.claims) {
    if (claim.state !== "shape" && claim.state !== "number") continue;
    if (claim.claim.kind === "output")
      verdicts.push(found.isOpen ? { claim, status: "wrong", right, cost: 1 } : judgeOutput(claim, worked));
    else if (claim.claim.kind === "size") verdicts.push(judgeSize(claim, worked, stated));
    else if (claim.claim.kind !== "input" && claim.claim.kind !== "inputs")
      verdicts.push(judgeParams(claim, worked, setting.habit));
  }
  const faults = costOf(verdicts) - costOf(entry.verdicts);
  const verdict = verdicts.find((v) => v.claim === outputClaim);
  const matching = outputClaim?.volumes.find(
    (v) => agree(v.volume, right) || (worked.ownOutput && agree(v.volume, worked.ownOutput)),
  )?.volume;
  const ownNext = verdict
    ? (matching ?? statedVolume(outputClaim) ?? outputClaim?.volumes[0]?.volume)
    : (worked.ownOutput ?? right);
  const rightNext =
    verdict && verdict.status !== "wrong" && verdict.status !== "follows" && matching ? fillIn(right, matching) : right;
  return {
    right: rightNext,
    own: ownNext && fillIn(ownNext, rightNext),
    cost: entry.cost + reading.cost + found.cost + faults,
    worked,
    input: entry.right,
    verdicts,
  };
}

const costOf = (verdicts: readonly Judged[]): number => verdicts.reduce((sum, v) => sum + v.cost, 0);

const hasNorm = (reading: RowReading | undefined): boolean =>
  reading?.steps.some((s) => s.kind === "batchnorm") ?? false;

/** The layers with as many filters as the student's own output has channels, where the row says another number. */
function withOwnFilters(
  reading: RowReading,
  found: Reading,
  entry: Entry,
  claim: ParsedClaim | undefined,
): readonly Done[] | undefined {
  const channels = statedVolume(claim)?.channels;
  const [step, ...more] = reading.steps.filter((s) => s.kind === "conv" || s.kind === "linear");
  if (
    !step ||
    more.length > 0 ||
    typeof channels !== "number" ||
    step.filters === undefined ||
    step.filters === channels
  )
    return undefined;
  const givens = reading.steps.map((s) => (s === step ? { ...s, filters: channels } : s));
  return replay(givens, found.choices, entry.own ?? entry.right);
}
