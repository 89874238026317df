import type { AxisPicture, PlanePart, Side, WindowPicture } from "../../src/protocol.js";
import type { KernelPlace } from "./marks.js";
import type { SceneOptions } from "./options.js";
import { passOf } from "./options.js";

/** Numbers that meet: the cells of the three tensors, and the position in what the windows see, padding included. */
export interface Term {
  readonly windows: number;
  readonly weight: number;
  /** −1 where the padding has no number of its own. */
  readonly seen: number;
  readonly at: number;
}

interface Meeting {
  readonly windows: number;
  readonly weight: number;
  readonly seen: number;
  readonly at: number;
}

type Table = Readonly<Record<Side, readonly (readonly Meeting[])[]>>;

const tables = new WeakMap<AxisPicture, Table>();

/** What meets along one axis, by the index of each tensor. */
function tableOf(axis: AxisPicture): Table {
  const known = tables.get(axis);
  if (known) return known;
  const lists = (count: number): Meeting[][] => Array.from({ length: count }, () => []);
  const made = { windows: lists(axis.windows.length), weight: lists(axis.kernel), seen: lists(axis.size) };
  axis.windows.forEach((taps, windows) => {
    for (const { tap, at } of taps) {
      const meeting = { windows, weight: tap, seen: axis.seen[at + axis.before] ?? -1, at: at + axis.before };
      for (const side of ["windows", "weight", "seen"] as const) made[side][meeting[side]]?.push(meeting);
    }
  });
  tables.set(axis, made);
  return made;
}

/** Positions along an axis that are drawn: its own numbers, the padding on both sides, and what the last window reaches over. */
export const drawn = ({ before, size, after, beyond }: AxisPicture): number => before + size + after + beyond;

/** The columns of a grid of one of the three tensors; what the windows see is drawn with its padding. */
export function columnsOf({ axes: [, across] }: WindowPicture, side: Side | "at"): number {
  if (side === "windows") return across.windows.length;
  if (side === "weight") return across.kernel;
  return side === "seen" ? across.size : drawn(across);
}

/** The row and column of the kernel that a weight has. */
export function kernelPlace(picture: WindowPicture, weight: number): KernelPlace {
  const columns = columnsOf(picture, "weight");
  return [Math.floor(weight / columns), weight % columns];
}

/** Everything that meets in a cell of one of the tensors, in the kernel's order for a window, else in the windows' order. */
export function termsOf(picture: WindowPicture, side: Side, cell: number): Term[] {
  const [down, across] = picture.axes.map(tableOf) as [Table, Table];
  const width = columnsOf(picture, side);
  const columns = across[side][cell % width] ?? [];
  const sides = ["windows", "weight", "seen", "at"] as const;
  const [windows = 0, weight = 0, seen = 0, at = 0] = sides.map((other) => columnsOf(picture, other));
  const terms: Term[] = [];
  for (const row of down[side][Math.floor(cell / width)] ?? [])
    for (const column of columns)
      terms.push({
        windows: row.windows * windows + column.windows,
        weight: row.weight * weight + column.weight,
        seen: row.seen < 0 || column.seen < 0 ? -1 : row.seen * seen + column.seen,
        at: row.at * at + column.at,
      });
  return terms;
}

/** How many numbers meet in a cell of one of the tensors. */
export function countTerms(picture: WindowPicture, side: Side, cell: number): number {
  const [down, across] = picture.axes.map(tableOf) as [Table, Table];
  const width = columnsOf(picture, side);
  return (down[side][Math.floor(cell / width)]?.length ?? 0) * (across[side][cell % width]?.length ?? 0);
}

/** Everything that a cell has to do with in what is shown: a maximum's gradient goes one way only. */
export const metTerms = (
  picture: WindowPicture,
  options: SceneOptions,
  part: PlanePart,
  side: Side,
  cell: number,
): Term[] =>
  picture.operation === "max" ? countedTerms(picture, options, part, side, cell) : termsOf(picture, side, cell);

/** The terms that count in what is shown: under a maximum only those on the way of the largest, backward. */
export function countedTerms(
  picture: WindowPicture,
  options: SceneOptions,
  { planes }: PlanePart,
  side: Side,
  cell: number,
): Term[] {
  const { kind } = passOf(picture, options);
  const terms = termsOf(picture, side, cell);
  if (picture.operation === "max" && kind !== "forward")
    return terms.filter(({ windows, seen }) => {
      const [plane, from] = picture.routes?.[planes.windows]?.[windows] ?? [-1, -1];
      return plane === planes.seen && from === seen;
    });
  // Padding counts where it has a number, and in an average where the divisor counts it.
  const isInside = (term: Term): boolean => term.seen >= 0;
  if (kind !== "forward") return terms.filter(isInside);
  if (picture.operation !== "average") return terms;
  const inside = terms.filter(isInside);
  return picture.rank === 3 || picture.divisors?.[planes.windows]?.[cell] === inside.length ? inside : terms;
}
