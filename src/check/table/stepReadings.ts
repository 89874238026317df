import type { Size } from "../../core/layer/op.js";
import type { WrittenNumber } from "./countText.js";
import { apply, type Choice, countParams, type Done, type Habit, opFor } from "./done.js";
import type { Given } from "./layerGiven.js";
import { agree, countOf, type Volume } from "./volume.js";
import { windowReadings } from "./windowReadings.js";

/** What is claimed of a row, to complete its layers by. */
export interface Aims {
  readonly volumes: readonly Volume[];
  readonly counts: readonly WrittenNumber[];
  /** Numbers of activations. */
  readonly sizes: readonly number[];
  /** What the next row says, where it changes no shape, or no channels. */
  readonly nextVolumes: readonly Volume[];
  readonly nextChannels: readonly number[];
  /** Sizes that may flow in besides: the student's own. */
  readonly others: readonly Volume[];
}

/** Layers in a row, completed and applied, and how far-fetched that is. */
export interface Reading {
  readonly steps: readonly Done[];
  readonly choices: readonly Choice[];
  readonly cost: number;
  /** Whether what comes out is left open, since no window gives what is claimed. */
  readonly isOpen?: boolean;
}

const SHAPE_KEEPING = new Set(["keep", "norm", "batchnorm"]);

/** Readings of one row that are followed at most: of those that fit what is claimed, and of those that miss the one or the other. */
const MAX_FITTING = 6;
const MAX_MISSING = 2;

/** Which of the row's claims layers miss, 1 for the channels, 4 for the axes (8 where the next row has them so) and 2 for the count; unknown sizes miss nothing. */
function missesOf(steps: readonly Done[], output: Volume, aims: Aims): number {
  const hasAxes = aims.volumes.some((v) => agree({ ...v, channels: undefined }, output));
  const shape =
    aims.volumes.length === 0 || aims.volumes.some((v) => agree(v, output))
      ? 0
      : aims.nextVolumes.some((v) => agree(v, output))
        ? 8
        : hasAxes
          ? 1
          : 4;
  return shape + (countsFit(steps, aims.counts) ? 0 : 2);
}

/** Whether one of these counts is the layers' own, counted in any of the usual ways; unknown ones are. */
export function countsFit(steps: readonly Done[], counts: readonly WrittenNumber[]): boolean {
  if (counts.length === 0) return true;
  const habits: readonly Habit[] = [
    { bias: "counted", norm: 2 },
    { bias: "left out", norm: 2 },
    { bias: "counted", norm: 4 },
  ];
  const values = habits.map((h) => countParams(steps, h));
  return (
    values.some((v) => v === undefined) || counts.some((c) => values.some((v) => typeof v === "number" && c.fits(v)))
  );
}

/** The ways to complete and apply a row's layers so that they meet what is claimed, and the usual ways. */
export function readSteps(givens: readonly Given[], input: Volume, aims: Aims): readonly Reading[] {
  let readings: readonly { steps: readonly Done[]; choices: readonly Choice[]; cost: number; volume: Volume }[] = [
    { steps: [], choices: [], cost: 0, volume: input },
  ];
  for (const [i, given] of givens.entries()) {
    const isLast = givens.slice(i + 1).every((g) => SHAPE_KEEPING.has(g.kind));
    const next = readings.flatMap((r) =>
      choicesFor(given, r.volume, i === 0 ? aims : { ...aims, others: [] }, isLast).flatMap(({ choice, cost }) => {
        const done = apply(given, choice, r.volume);
        if (!done?.output) return [];
        const steps = [...r.steps, done];
        const misses = isLast ? missesOf(steps, done.output, aims) : 0;
        return [{ steps, choices: [...r.choices, choice], cost: r.cost + cost, volume: done.output, misses }];
      }),
    );
    next.sort((a, b) => a.cost - b.cost);
    const kept = new Map<number, number>();
    readings = next.filter(({ misses }) => {
      const already = kept.get(misses) ?? 0;
      kept.set(misses, already + 1);
      return already < (misses === 0 ? MAX_FITTING : MAX_MISSING);
    });
  }
  return readings;
}

/** The same layers with the same choices on another volume. */
export function replay(
  givens: readonly Given[],
  choices: readonly Choice[],
  input: Volume,
): readonly Done[] | undefined {
  const steps: Done[] = [];
  let volume = input;
  for (const [i, given] of givens.entries()) {
    const done = apply(given, choices[i] ?? {}, volume);
    if (!done?.output) return undefined;
    steps.push(done);
    volume = done.output;
  }
  return steps;
}

interface Costed {
  readonly choice: Choice;
  readonly cost: number;
}

function choicesFor(given: Given, input: Volume, aims: Aims, isLast: boolean): readonly Costed[] {
  const volumes = isLast ? [...aims.volumes, ...aims.nextVolumes] : [];
  if (given.kind === "linear") return linearChoices(given, input, aims, volumes);
  if (given.kind !== "conv" && given.kind !== "maxpool" && given.kind !== "avgpool") return [{ choice: {}, cost: 0 }];
  const op = opFor(given, input.axes.length);
  if (!op || input.axes.length === 0) return [];
  const kernels = given.kernel ? [{ value: given.kernel, cost: 0 }] : kernelChoices(given, input, aims, volumes);
  const wanted = volumes.filter((v) => v.axes.length === input.axes.length).map((v) => v.axes);
  const windows = windowReadings(op, given, input.axes, kernels, wanted).map((w) => ({
    choice: { window: w },
    cost: w.cost,
  }));
  if (given.kind !== "conv" || given.filters !== undefined || given.groups === "each") return windows;
  return windows.flatMap((w) => {
    const size = w.choice.window.kernel.reduce((a, b) => a * b, 1);
    return filterChoices(given, [input, ...aims.others], size, aims, volumes).map((filters) => ({
      choice: { ...w.choice, filters },
      cost: w.cost,
    }));
  });
}

const plain = (size: Size): number | undefined => (typeof size === "number" ? size : undefined);

/** How many filters: as the output's channels say, or as the count says; unknown where neither does. */
function filterChoices(
  given: Given,
  inputs: readonly Volume[],
  size: number,
  aims: Aims,
  volumes: readonly Volume[],
): readonly (number | undefined)[] {
  const found = new Set<number>([
    ...volumes.flatMap((v) => plain(v.channels) ?? []),
    ...aims.nextChannels,
    ...channelsBySize(aims),
  ]);
  for (const { value, isRounded } of aims.counts) {
    for (const volume of inputs) {
      const channels = plain(volume.channels);
      if (channels === undefined || isRounded || value === 0) continue;
      for (const bias of given.bias === false ? [0] : given.bias ? [1] : [1, 0]) {
        const filters = value / ((size * channels) / (typeof given.groups === "number" ? given.groups : 1) + bias);
        if (Number.isInteger(filters) && filters > 0) found.add(filters);
      }
    }
  }
  return found.size === 0 ? [undefined] : [...found].slice(0, 4);
}

/** The channels that a number of activations leaves for the sides that are written. */
function channelsBySize({ sizes, volumes }: Aims): readonly number[] {
  return sizes.flatMap((size) =>
    volumes.flatMap(({ axes }) => {
      const channels = axes.reduce<number>((rest, a) => (typeof a === "number" ? rest / a : Number.NaN), size);
      return Number.isInteger(channels) && channels > 0 ? [channels] : [];
    }),
  );
}

const KERNELS = [3, 5, 7, 1, 2, 4, 9, 11, 6, 8, 10] as const;
const POOLS = [2, 3, 4, 5, 7, 6, 8] as const;

function kernelChoices(
  given: Given,
  input: Volume,
  aims: Aims,
  volumes: readonly Volume[],
): readonly { value: readonly number[]; cost: number }[] {
  if (given.kind !== "conv") {
    const usual = POOLS.map((k, i) => ({ value: [k], cost: 0.02 * i }));
    // A pool over everything leaves one number a channel.
    const isGlobal = volumes.some((v) => v.axes.length > 0 && v.axes.every((a) => a === 1));
    const all = input.axes.filter((a) => typeof a === "number");
    return isGlobal && all.length === input.axes.length ? [{ value: all, cost: 0 }, ...usual] : usual;
  }
  const counted = new Map<string, readonly number[]>();
  const filters = new Set([given.filters, ...volumes.map((v) => plain(v.channels))].filter((f) => f !== undefined));
  for (const { value, isRounded } of aims.counts) {
    for (const volume of [input, ...aims.others]) {
      const channels = plain(volume.channels);
      if (channels === undefined || isRounded) continue;
      for (const f of given.groups === "each" ? [channels] : filters)
        for (const bias of given.bias === false ? [0] : [1, 0]) {
          const groups = given.groups === "each" ? channels : (given.groups ?? 1);
          const taps = ((value / f - bias) * groups) / channels;
          for (const kernel of kernelsOf(taps, input.axes.length)) counted.set(kernel.join("x"), kernel);
        }
    }
  }
  const usual = KERNELS.map((k, i) => ({ value: [k], cost: 0.01 * i }));
  // A kernel that gives the count with another number of filters than the shape says.
  const others = usual.filter(({ value: [k = 1] }) =>
    aims.counts.some((c) => {
      const filters = c.value / (k ** input.axes.length * (plain(input.channels) ?? Number.NaN) + 1);
      return Number.isInteger(filters) && filters > 0;
    }),
  );
  const isSquare = (k: readonly number[]): boolean => k.every((side) => side === k[0]);
  const exact = [...counted.values()];
  // What gives the count comes first; the usual ones stay, since the count may be the wrong number.
  return [
    ...exact.filter(isSquare).map((value) => ({ value, cost: 0 })),
    ...others.slice(0, 2),
    ...exact
      .filter((k) => !isSquare(k))
      .map((value) => ({ value, cost: 0.3 }))
      .slice(0, 4),
    ...usual.filter((k) => !others.includes(k)),
  ].slice(0, 12);
}

/** The kernels with so many taps: a square one, or else the sides that multiply to it. */
export function kernelsOf(taps: number, axes: number): readonly (readonly number[])[] {
  if (!Number.isInteger(taps) || taps < 1 || taps > 1000) return [];
  if (axes === 1) return taps <= 64 ? [[taps]] : [];
  const side = Math.round(taps ** (1 / axes));
  if (side ** axes === taps) return [[side]];
  if (axes !== 2) return [];
  return Array.from({ length: 31 }, (_, i) => i + 1)
    .filter((k) => taps % k === 0 && taps / k <= 31)
    .map((k) => [k, taps / k]);
}

function linearChoices(given: Given, input: Volume, aims: Aims, volumes: readonly Volume[]): readonly Costed[] {
  const found = new Set<number | undefined>(
    given.filters === undefined ? volumes.map((v) => plain(v.channels)).filter((c) => c !== undefined) : [undefined],
  );
  if (given.filters === undefined) {
    for (const { value, isRounded } of aims.counts) {
      for (const volume of [input, ...aims.others]) {
        const count = countOf(volume);
        if (typeof count !== "number" || isRounded) continue;
        for (const bias of [1, 0]) {
          const units = value / (count + bias);
          if (Number.isInteger(units) && units > 0) found.add(units);
        }
      }
    }
  }
  if (given.filters === undefined) for (const size of aims.sizes) found.add(size);
  if (found.size === 0) found.add(undefined);
  const flat = [...found].slice(0, 4).map((filters) => ({ choice: { filters }, cost: 0 }));
  const staysSpatial =
    input.axes.length > 0 && (volumes.length === 0 || volumes.some((v) => v.axes.length === input.axes.length));
  return staysSpatial
    ? [...flat, ...[...found].map((filters) => ({ choice: { filters, perPlace: true }, cost: 0.15 }))]
    : flat;
}
