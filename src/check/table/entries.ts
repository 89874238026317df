import type { Judged } from "./judge.js";
import { takes } from "./judge.js";
import { type Given, isTransposed, type RowReading } from "./layerGiven.js";
import { filterDepth } from "./listFacts.js";
import { claimOf, type ParsedClaim, type ParsedRow, statedVolume } from "./parsedRow.js";
import { agree, countOf, fillIn, isKnown, sameSize, type Volume, volumeKey } from "./volume.js";
import type { Path, Setting } from "./walk.js";

/** What may flow into a row, and how far-fetched that is. */
export interface Entry {
  readonly right: Volume;
  readonly own: Volume | undefined;
  readonly cost: number;
  readonly verdicts: readonly Judged[];
  /** Only worth following where all of the row's claims fit. */
  readonly mustFit?: boolean;
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
export function entriesOf(row: ParsedRow, reading: RowReading, path: Path, setting: Setting): readonly Entry[] {
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
  const depth = setting.list && first?.kind === "conv" ? filterDepth(row, setting.layout) : undefined;
  const inputs = first?.inputs ?? depth;
  const known = entries.flatMap((e): readonly Entry[] => {
    if (inputs === undefined || (first?.kind !== "conv" && first?.kind !== "linear")) return [e];
    const isLinear = first.kind === "linear";
    return withInputs(e, isLinear, inputs, claimOf(row, "inputs"), anewInput(row, e, inputs, setting, isLinear));
  });
  return [...known, ...(said ? [] : unlisted(row, reading, path, setting))];
}

/** What the row itself says comes in: `Linear(400 → 120)`. Behind a row of features it is checked, elsewhere layers may be left out. */
function withInputs(
  entry: Entry,
  isLinear: boolean,
  inputs: number,
  claim: ParsedClaim | undefined,
  anew: Volume | undefined,
): readonly Entry[] {
  const { right } = entry;
  const fits = (v: Volume): boolean => sameSize(inputs, v.channels) || (isLinear && sameSize(inputs, countOf(v)));
  const say = (judged: Omit<Judged, "claim">): readonly Judged[] =>
    claim ? [...entry.verdicts, { claim, ...judged }] : entry.verdicts;
  const volume: Volume = { channels: inputs, axes: isLinear ? [] : right.axes };
  if (fits(right)) {
    const isOpen = isLinear ? !isKnown(right) : right.channels === undefined;
    return [
      {
        ...entry,
        ...(isOpen ? { right: volume } : {}),
        verdicts: say({ status: isOpen ? "unknown" : "right", right: inputs, cost: 0 }),
      },
    ];
  }
  if (entry.own && fits(entry.own)) return [{ ...entry, verdicts: say({ status: "follows", cost: 0 }) }];
  const isChecked = claim !== undefined && isKnown(right) && (!isLinear || right.axes.length === 0) && !anew;
  const unlisted: Entry = {
    ...entry,
    right: anew ?? volume,
    own: undefined,
    cost: entry.cost + (isChecked ? 0.9 : anew ? 0.1 : 0.3),
    verdicts: say({ status: "unknown", cost: 0 }),
  };
  if (!isChecked) return [unlisted];
  const features = right.channels;
  const wrong = say({
    status: "wrong",
    ...(typeof features === "number" ? { right: features } : {}),
    mistake: WRONG_INPUTS,
    cost: 0.5,
  });
  return [unlisted, { ...entry, own: volume, cost: entry.cost + 0.5, verdicts: wrong }];
}

/** What a row of a list takes whose channels are not those of the row before: a list need not be one network. */
function anewInput(
  { row }: ParsedRow,
  { right }: Entry,
  inputs: number,
  { list, layout }: Setting,
  isLinear: boolean,
): Volume | undefined {
  if (!list || (isLinear && list.isNetwork)) return undefined;
  if (isLinear) return { channels: inputs, axes: [] };
  const { given } = list;
  if (row.isExercise && given?.channels === inputs && given.axes.length === layout.axes) return given;
  return { channels: inputs, axes: right.axes.map(() => undefined) };
}

const WRONG_INPUTS = { code: "M6", say: "a layer takes what the one before gives" };

/** With a column for what comes in: it is checked against the row before, or an unlisted layer stands between. */
function statedEntries(said: ParsedClaim, path: Path, reading: RowReading, setting: Setting): readonly Entry[] {
  const volume = statedVolume(said) ?? said.volumes[0]?.volume;
  const { right, own } = path;
  const { list } = setting;
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
    entries.push({
      right,
      own: volume,
      cost: 1,
      verdicts: [{ claim: said, status: "wrong", right, cost: 1 }],
      ...(list ? { mustFit: true } : {}),
    });
  // A row of a list that says what comes in is judged from that.
  if (list && volume) entries.push({ right: volume, own: undefined, cost: 0, verdicts: [] });
  else if (volume) {
    const isEarlier = path.stated.some((v) => takes(said, v));
    entries.push({
      right: fillIn(volume, right),
      own: undefined,
      cost: isEarlier ? 0.1 : 0.7,
      verdicts: [{ claim: said, status: "unknown", cost: 0 }],
    });
  }
  return entries;
}

/** What a row of a list may take where it does not follow from the row before: the list's own input, or in exercises any result so far. */
export function anewEntries(row: ParsedRow, reading: RowReading, path: Path, setting: Setting): readonly Entry[] {
  const { list } = setting;
  if (!list || !path.last || claimOf(row, "input")) return [];
  const { isExercise } = row.row;
  const open = isExercise && !list.given ? unknownVolume(reading.steps, setting) : undefined;
  const earlier = isExercise ? path.stated.filter(isKnown) : [];
  const inputs = reading.steps.find((s) => s.kind !== "keep")?.inputs ?? filterDepth(row, setting.layout);
  const found = [list.given, ...earlier, open].filter((v) => v !== undefined);
  return found
    .filter((v) => inputs === undefined || sameSize(inputs, v.channels) || sameSize(inputs, countOf(v)))
    .map((right) => ({ right, own: undefined, cost: right === list.given ? 0.2 : 0.3, verdicts: [], mustFit: true }));
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
  if (first.kind === "conv" && !isTransposed(first) && !setting.hasPools && right.axes.length > 0) {
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
    const earlier = path.stated.filter((v) => isKnown(v) && !agree(v, right) && !(path.own && agree(v, path.own)));
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
