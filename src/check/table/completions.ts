import type { Entry } from "./entries.js";
import { isDetermined } from "./judge.js";
import { type Given, isTransposed, type RowReading } from "./layerGiven.js";
import { claimOf, type ParsedRow, statedVolume } from "./parsedRow.js";
import { type Reading, readSteps, replay } from "./stepReadings.js";
import { agree, countOf, type Volume, volumeKey } from "./volume.js";
import type { Setting } from "./walk.js";

/** The ways to complete a row's layers; many explanations ask for the same ones. */
export function completions(
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
    ...nextAims(row, next),
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
function nextAims(
  row: ParsedRow,
  next: ParsedRow | undefined,
): {
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
    keeps(["conv"]) && !steps.some(isTransposed) && volume.axes.length > 0
      ? [{ channels: undefined, axes: volume.axes }]
      : [];
  return {
    nextVolumes: keeps(["keep", "batchnorm", "norm"])
      ? [volume]
      : keeps(["flatten"])
        ? beforeFlattening(row, volume)
        : keepsSize,
    nextChannels: keeps(["maxpool", "avgpool", "globalpool", "adaptive"]) ? channels : [],
  };
}

/** What this row's output would be if one of its sides were another, so that flattening gives what the next row says. */
function beforeFlattening(row: ParsedRow, flat: Volume): readonly Volume[] {
  const said = statedVolume(claimOf(row, "output"));
  const [total, channels] = [flat.channels, said?.channels];
  if (!said || flat.axes.length > 0 || typeof total !== "number" || typeof channels !== "number") return [];
  return said.axes.flatMap((_, i) => {
    const others = said.axes.reduce<number>(
      (all, a, j) => (j === i ? all : typeof a === "number" ? all * a : Number.NaN),
      channels,
    );
    const side = total / others;
    return Number.isInteger(side) && side > 0
      ? [{ channels, axes: said.axes.map((a, j) => (j === i ? side : a)) }]
      : [];
  });
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
