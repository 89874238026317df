import type { Done } from "./done.js";
import { isDetermined, type Judged, judgeOutput, judgeParams, judgeSize, takes, type Worked } from "./judge.js";
import type { Given, RowReading } from "./layerGiven.js";
import { claimOf, type ParsedClaim, type ParsedRow } from "./parsedRow.js";
import { type Reading, readSteps, replay } from "./stepReadings.js";
import { agree, countOf, fillIn, flattened, isKnown, type Volume, volumeKey } from "./volume.js";
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

/** What may flow into a row, and how far-fetched that is. */
interface Entry {
  readonly right: Volume;
  readonly own: Volume | undefined;
  readonly cost: number;
  readonly verdicts: readonly Judged[];
  /** Only worth following where all of the row's claims fit. */
  readonly mustFit?: boolean;
}

/** What it costs to take a row for one that is not understood, after all. */
const UNREADABLE = 1.6;

function statedVolume(claim: ParsedClaim | undefined): Volume | undefined {
  const full = claim?.volumes.filter((v) => !v.lacksChannels) ?? [];
  return (full.find((v) => isKnown(v.volume)) ?? full[0])?.volume;
}

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
    for (const entry of entriesOf(row, reading, path, setting))
      outcomes.push(...readRow(row, next, reading, entry, setting));
  }
  return outcomes;
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
  const params = claimOf(row, "params");
  if (params?.number) {
    const isRight = params.number.fits(0);
    verdicts.push({
      claim: params,
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

const unknownVolume = (steps: readonly Given[], setting: Setting): Volume | undefined => {
  const first = steps.find((s) => s.kind !== "keep");
  if (!first) return undefined;
  const isFlat = first.kind === "linear" || first.kind === "flatten";
  if (first.kind === "batchnorm" || first.kind === "norm") return undefined;
  return {
    channels: undefined,
    axes: isFlat ? [] : Array.from({ length: first.axes ?? setting.layout.axes }, () => undefined),
  };
};

/** What may flow into a row: what the row before gives, or what the row says itself, or what an unlisted layer makes of it. */
function entriesOf(row: ParsedRow, reading: RowReading, path: Path, setting: Setting): readonly Entry[] {
  const said = claimOf(row, "input");
  const base = path.right ?? unknownVolume(reading.steps, setting);
  const entries: Entry[] = [];
  if (said) entries.push(...statedEntries(said, path, reading, setting));
  else if (base)
    entries.push({
      right: base,
      own: path.own && volumeKey(path.own) !== volumeKey(base) ? path.own : undefined,
      cost: 0,
      verdicts: [],
    });
  else if (reading.steps.every((s) => ["keep", "batchnorm", "norm"].includes(s.kind))) {
    const volume = statedVolume(claimOf(row, "output"));
    if (volume) entries.push({ right: volume, own: undefined, cost: 0, verdicts: [] });
  }
  const first = reading.steps.find((s) => s.kind !== "keep");
  const inputs = first?.inputs;
  const known = entries.flatMap((e): readonly Entry[] => {
    if (inputs === undefined || (first?.kind !== "conv" && first?.kind !== "linear")) return [e];
    return [withInputs(e, first.kind === "linear", inputs, setting)];
  });
  return [...known, ...(said ? [] : unlisted(row, reading, path, setting))];
}

/** The channels that a row says come in, where they are not those that come. */
function withInputs(entry: Entry, isLinear: boolean, inputs: number, _setting: Setting): Entry {
  const fits = (v: Volume | undefined): boolean =>
    v !== undefined &&
    (agree({ channels: inputs, axes: v.axes }, v) || (isLinear && agree({ channels: inputs, axes: [] }, flattened(v))));
  if (fits(entry.right)) {
    const { right } = entry;
    if (isLinear && right.axes.length > 0 && !isKnown(right))
      return { ...entry, right: { channels: inputs, axes: [] } };
    return right.channels === undefined && !isLinear
      ? { ...entry, right: { ...right, channels: inputs } }
      : isLinear && right.axes.length === 0
        ? { ...entry, right: { channels: inputs, axes: [] } }
        : entry;
  }
  const volume: Volume = isLinear ? { channels: inputs, axes: [] } : { channels: inputs, axes: entry.right.axes };
  return { ...entry, right: volume, own: undefined, cost: entry.cost + (fits(entry.own) ? 0 : 0.3) };
}

/** With a column for what comes in: it is checked against the row before, or an unlisted layer stands between. */
function statedEntries(said: ParsedClaim, path: Path, reading: RowReading, setting: Setting): readonly Entry[] {
  const volume = statedVolume(said) ?? said.volumes[0]?.volume;
  const { right, own } = path;
  if (!right) {
    const base = unknownVolume(reading.steps, setting);
    const fitting = base && said.volumes.find((v) => v.volume.axes.length === base.axes.length)?.volume;
    const start = fitting ?? volume;
    return start ? [{ right: start, own: undefined, cost: 0, verdicts: [] }] : [];
  }
  if (takes(said, right))
    return [
      {
        right: fillIn(right, volume ?? right),
        own,
        cost: 0,
        verdicts: [{ claim: said, status: isKnown(right) ? "right" : "unknown", right, cost: 0 }],
      },
    ];
  if (own && takes(said, own))
    return [{ right, own, cost: 0, verdicts: [{ claim: said, status: "follows", right, cost: 0 }] }];
  const entries: Entry[] = [];
  if (isKnown(right))
    entries.push({ right, own: volume, cost: 1, verdicts: [{ claim: said, status: "wrong", right, cost: 1 }] });
  if (volume) {
    const isEarlier = path.stated.some((v) => takes(said, v));
    entries.push({
      right: fillIn(volume, right),
      own: undefined,
      cost: isEarlier ? 0.1 : 0.5,
      verdicts: [{ claim: said, status: "unknown", cost: 0 }],
    });
  }
  return entries;
}

/** Layers that tables leave out: a pooling between convolutions, an average over all positions before the last layer. */
function unlisted(row: ParsedRow, reading: RowReading, path: Path, setting: Setting): readonly Entry[] {
  const first = reading.steps.find((s) => s.kind !== "keep");
  const { right } = path;
  if (!right || !first || path.last === undefined) return [];
  const entries: Entry[] = [];
  if (first.kind === "linear" && right.axes.length > 0 && !setting.hasFlatten)
    entries.push({
      right: { channels: right.channels, axes: [] },
      own: undefined,
      cost: 0.3,
      verdicts: [],
      mustFit: true,
    });
  if (first.kind === "conv" && !setting.hasPools && right.axes.length > 0) {
    const halved = right.axes.map((a) => (typeof a === "number" ? Math.floor(a / 2) : undefined));
    entries.push({
      right: { channels: right.channels, axes: halved },
      own: undefined,
      cost: 0.5,
      verdicts: [],
      mustFit: true,
    });
  }
  if (first.kind === "linear" || (first.kind === "conv" && first.inputs !== undefined)) {
    const earlier = path.stated.filter((v) => !agree(v, right) && !(path.own && agree(v, path.own)));
    for (const v of earlier.slice(-6))
      entries.push({ right: v, own: undefined, cost: 0.8, verdicts: [], mustFit: true });
  }
  const number = claimOf(row, "params")?.number;
  const isBlock =
    first.kind === "linear" &&
    right.axes.length === 0 &&
    path.last.result.row.row.readings.some((r) => r.steps.some((s) => s.kind === "flatten" || s.kind === "linear"));
  if (number && !isBlock && first.kind === "linear") {
    const units = first.filters ?? statedVolume(claimOf(row, "output"))?.channels;
    const features = typeof units === "number" && units > 0 ? number.value / units - 1 : Number.NaN;
    // A round number of features speaks for a layer that the table does not list.
    if (Number.isInteger(features) && features > 0 && features % 16 === 0)
      entries.push({ right: { channels: features, axes: [] }, own: undefined, cost: 0.9, verdicts: [], mustFit: true });
  }
  return entries;
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
    if (!entry.mustFit || outcome.verdicts.every((v) => v.status !== "wrong")) outcomes.push(outcome);
  }
  return outcomes;
}

/** The ways to complete a row's layers; many explanations ask for the same ones. */
function completions(
  row: ParsedRow,
  next: ParsedRow | undefined,
  reading: RowReading,
  entry: Entry,
  { known }: Setting,
): readonly Reading[] {
  const own = known.get(row) ?? new Map<string, readonly Reading[]>();
  known.set(row, own);
  const key = `${row.row.readings.indexOf(reading)} ${volumeKey(entry.right)} ${volumeKey(entry.own)}`;
  const already = own.get(key);
  if (already) return already;
  const aims = {
    volumes: claimOf(row, "output")?.volumes.map((v) => v.volume) ?? [],
    ...nextAims(next),
    counts: row.claims.flatMap((c) =>
      c.number && (c.claim.kind === "params" || c.claim.kind === "weights") ? [c.number] : [],
    ),
    sizes: row.claims.flatMap((c) =>
      c.number && c.claim.kind === "size" && !c.number.isRounded ? [c.number.value] : [],
    ),
    others: entry.own ? [entry.own] : [],
  };
  const readings = uniqueReadings([
    ...readSteps(reading.steps, entry.right, aims),
    ...(entry.own ? ownReadings(reading, entry, aims) : []),
  ]);
  const all = claimOf(row, "output")
    ? [...readings, ...openReadings(row, reading, readings)]
    : withoutShape(reading, readings);
  own.set(key, all);
  return all;
}

/** Without a shape to go by, what comes out of a window that the row leaves open is not known. */
function withoutShape(reading: RowReading, readings: readonly Reading[]): readonly Reading[] {
  if (!hasWindow(reading)) return readings;
  return readings.map((r) => (isDetermined(r.steps, "shape") ? r : opened(r)));
}

const hasWindow = (reading: RowReading): boolean =>
  reading.steps.some((s) => s.kind === "conv" || s.kind === "maxpool" || s.kind === "avgpool");

function opened(reading: Reading): Reading {
  const open = (v: Volume | undefined): Volume | undefined =>
    v && { channels: v.channels, axes: v.axes.map(() => undefined) };
  return { ...reading, steps: reading.steps.map((s) => ({ ...s, output: open(s.output) })), isOpen: true };
}

/** What it costs to leave a window open. */
const OPEN = 0.15;

/** Where no window gives what is claimed, what really comes out of a layer whose window the row leaves open is not known. */
function openReadings(row: ParsedRow, reading: RowReading, readings: readonly Reading[]): readonly Reading[] {
  const [first] = readings;
  const shape = claimOf(row, "output");
  const size = claimOf(row, "size")?.number;
  if (!first || !shape || isDetermined(first.steps, "shape")) return [];
  if (!hasWindow(reading)) return [];
  const fits = ({ steps, cost }: Reading): boolean => {
    // A far-fetched window speaks for nothing.
    if (cost > 0.2) return false;
    const output = steps.at(-1)?.output;
    const count = output && countOf(output);
    const seen = output && { ...output, channels: undefined };
    const axes = seen && shape.volumes.some((v) => agree(v.volume, seen));
    return (
      axes === true &&
      (size === undefined || typeof count !== "number" || size.fits(count) || !mayBeSize(size.value, output))
    );
  };
  if (readings.some(fits)) return [];
  return [{ ...opened(first), cost: first.cost + OPEN }];
}

/** Whether a number of activations may be that of a volume one of whose sides is another. */
function mayBeSize(value: number, output: Volume | undefined): boolean {
  const numbers = [output?.channels, ...(output?.axes ?? [])].filter((n) => typeof n === "number");
  const all = numbers.reduce((a, b) => a * b, 1);
  return numbers.slice(1).some((n) => value % (all / n) === 0);
}

/** What the next row says of this one's output, where it keeps it or its channels. */
function nextAims(next: ParsedRow | undefined): {
  readonly nextVolumes: readonly Volume[];
  readonly nextChannels: readonly number[];
} {
  const steps = next?.row.readings[0]?.steps ?? [];
  const volume = next && statedVolume(claimOf(next, "output"));
  const keeps = (kinds: readonly Given["kind"][]): boolean =>
    steps.length > 0 && steps.every((s) => kinds.includes(s.kind));
  if (!volume) return { nextVolumes: [], nextChannels: [] };
  const channels = typeof volume.channels === "number" ? [volume.channels] : [];
  const keepsSize: readonly Volume[] =
    keeps(["conv"]) && volume.axes.length > 0 ? [{ channels: undefined, axes: volume.axes }] : [];
  return {
    nextVolumes: keeps(["keep", "batchnorm", "norm"]) ? [volume] : keepsSize,
    nextChannels: keeps(["maxpool", "avgpool", "globalpool", "adaptive"]) ? channels : [],
  };
}

/** What completes the layers from the student's own input, applied to the right one. */
function ownReadings(reading: RowReading, entry: Entry, aims: Parameters<typeof readSteps>[2]): readonly Reading[] {
  if (!entry.own) return [];
  return readSteps(reading.steps, entry.own, aims).flatMap((r) => {
    const steps = replay(reading.steps, r.choices, entry.right);
    return steps ? [{ ...r, steps }] : [];
  });
}

function uniqueReadings(readings: readonly Reading[]): readonly Reading[] {
  const found = new Map<string, Reading>();
  for (const r of readings) {
    const key = r.steps
      .map((s) => `${volumeKey(s.output)} ${String(s.weights)} ${JSON.stringify(s.args.stride ?? 0, bigintText)}`)
      .join("|");
    const known = found.get(key);
    if (!known || r.cost < known.cost) found.set(key, r);
  }
  return [...found.values()];
}

const bigintText = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

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
    else if (claim.claim.kind !== "input") verdicts.push(judgeParams(claim, worked, setting.habit));
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
