import type { AxisReads, NetworkNode, NetworkPicture } from "../../src/protocol.js";

/** What one unit sees along one axis of the input: the places that its windows reach, also outside, and those inside that it reads. */
export interface Sight {
  readonly low: number;
  readonly high: number;
  readonly first: number;
  readonly last: number;
  /** The places that the input has. */
  readonly size: number;
}

/** The receptive field of a unit, an axis each, in the first input that it sees; or why there is none to draw. */
export type FieldSeen = { readonly input: number; readonly axes: readonly Sight[] } | { readonly reason: string };

/** Places along one axis: how far windows reach, and which of them are read. */
interface Reach {
  readonly low: number;
  readonly high: number;
  readonly read: Uint8Array;
}

/** Places of an axis that are followed one by one. */
const MOST = 50_000;

/** What a unit of a node sees of the input, through all branches: the hull of what each of them sees. */
export function fieldOf({ nodes, edges }: NetworkPicture, node: number, unit: readonly number[]): FieldSeen {
  const start = nodes[node];
  if (!start?.sizes) return { reason: "It has no rows and columns of units, or their number is not known." };
  if (nodes.slice(0, node + 1).some((n) => n.sizes?.some((size) => size > MOST)))
    return { reason: "It has too many places to follow them one by one." };
  const into = new Map<number, (typeof edges)[number][]>();
  for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
  const reached = new Map<number, Patch[]>();
  reached.set(node, [start.sizes.map((size, axis) => whole(unit[axis] ?? 0, unit[axis] ?? 0, size))]);
  const inputs: number[] = [];
  for (let at = node; at >= 0; at--) {
    const patches = reached.get(at);
    if (!patches) continue;
    const end = nodes[at] as NetworkNode;
    if (end.role === "input") inputs.push(at);
    for (const { from, reads } of into.get(at) ?? []) {
      if (!reads)
        return {
          reason: `Dimsum does not know which places ${end.name} reads, so that it does not say what lies behind.`,
        };
      const sizes = nodes[from]?.sizes ?? [];
      for (const patch of patches) {
        const seen = sizes.map((size, axis) => {
          const [how, own] = [reads[axis] ?? reads[0], patch[axis]];
          return own && how ? readBy(how, own, end.sizes?.[axis] ?? 1, size) : whole(0, size - 1, size);
        });
        if (seen.every((r) => r.read.includes(1))) reached.set(from, withPatch(reached.get(from) ?? [], seen));
      }
    }
  }
  const input = inputs.reverse().find((i) => nodes[i]?.sizes);
  const patches = input === undefined ? undefined : reached.get(input);
  const all = patches?.reduce((a, b) => a.map((r, axis) => hull(r, b[axis] as Reach)));
  if (input === undefined || !all) return { reason: "It sees no input that has rows and columns." };
  const axes = all.map(({ low, high, read }) => ({
    low,
    high,
    first: read.indexOf(1),
    last: read.lastIndexOf(1),
    size: read.length,
  }));
  return { input, axes };
}

/** Rows and columns that are seen together, through one branch; what has no axes is seen as a whole. */
type Patch = readonly Reach[];

/** Patches of one step that are kept apart: one may end in the padding where another goes on. */
const MOST_PATCHES = 12;

/** The patches with another one; one within another is part of that. */
function withPatch(patches: readonly Patch[], added: Patch): Patch[] {
  const covers = (a: Patch, b: Patch): boolean =>
    a.every((r, axis) => r.read.every((on, i) => on === 1 || b[axis]?.read[i] === 0));
  const join = (a: Patch, b: Patch): Patch => a.map((r, axis) => hull(r, b[axis] as Reach));
  const at = patches.findIndex((p) => covers(p, added) || covers(added, p) || patches.length >= MOST_PATCHES);
  return at < 0 ? [...patches, added] : patches.with(at, join(patches[at] as Patch, added));
}

function whole(low: number, high: number, size: number): Reach {
  const read = new Uint8Array(size);
  read.fill(1, Math.max(0, low), Math.max(0, high + 1));
  return { low, high, read };
}

const hull = (a: Reach, b: Reach): Reach => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
  read: a.read.map((on, i) => on | (b.read[i] ?? 0)),
});

/** What places of a layer's output read of its input, which has `size` of them along the axis; the output has `out`. */
function readBy(reads: AxisReads, { low, high, read }: Reach, out: number, size: number): Reach {
  if (reads.how === "all") return whole(0, size - 1, size);
  const result = new Uint8Array(size);
  read.forEach((on, i) => {
    if (!on) return;
    const [from, to, step] = placesOf(reads, i, out, size);
    for (let j = from; j <= to; j += step) if (j >= 0 && j < size) result[j] = 1;
  });
  if (reads.how === "stamp") {
    const { kernel, stride, padding, dilation } = reads;
    const first = Math.ceil((low + padding - dilation * (kernel - 1)) / stride);
    return { low: first, high: Math.floor((high + padding) / stride), read: result };
  }
  const [first] = placesOf(reads, low, out, size);
  const [, last] = placesOf(reads, high, out, size);
  return { low: first, high: last, read: result };
}

/** The first and the last place that one unit reads, and how far apart those between are. */
function placesOf(reads: AxisReads, i: number, out: number, size: number): readonly [number, number, number] {
  // An adaptive or an enlarging layer has no windows past its borders.
  const inside = Math.min(Math.max(0, i), out - 1);
  switch (reads.how) {
    case "window": {
      const from = i * reads.stride - reads.padding;
      return [from, from + (reads.kernel - 1) * reads.dilation, reads.dilation];
    }
    case "stamp":
      return stampedBy(reads, i);
    case "share":
      return [Math.floor((inside * size) / out), Math.ceil(((inside + 1) * size) / out) - 1, 1];
    case "resize":
      return enlargedFrom(reads, inside, out, size);
    case "move":
      return [i - reads.by, i - reads.by, 1];
    default:
      return [i, i, 1];
  }
}

/** The places whose stamps cover a unit: those at which j·stride − padding + dilation·tap is the unit, for some tap. */
function stampedBy(
  { kernel, stride, padding, dilation }: Extract<AxisReads, { how: "stamp" | "window" }>,
  i: number,
): readonly [number, number, number] {
  const places: number[] = [];
  for (let tap = 0; tap < kernel; tap++) {
    const place = i + padding - dilation * tap;
    if (place % stride === 0) places.push(place / stride);
  }
  const step = places.length > 1 ? Math.abs((places[0] as number) - (places[1] as number)) : 1;
  // Between the strides of a large dilation there may be none: an empty stretch.
  return places.length === 0 ? [1, 0, 1] : [Math.min(...places), Math.max(...places), step];
}

function enlargedFrom(
  { linear, corners }: Extract<AxisReads, { how: "resize" }>,
  i: number,
  out: number,
  size: number,
): readonly [number, number, number] {
  if (!linear) return [Math.floor((i * size) / out), Math.floor((i * size) / out), 1];
  const at = corners ? (out > 1 ? (i * (size - 1)) / (out - 1) : 0) : Math.max(0, ((i + 0.5) * size) / out - 0.5);
  const from = Math.min(Math.floor(at + 1e-9), size - 1);
  return [from, at - from > 1e-9 ? Math.min(from + 1, size - 1) : from, 1];
}

/** What stands along the axes of so many. */
export const axisNames = (axes: number): readonly string[] =>
  axes === 1 ? ["places"] : ["slices", "rows", "columns"].slice(-axes);

const minus = (n: number): string => String(n).replace("-", "−");

/** `y[3, 5] of layer2 sees rows −7 to 35 and columns …`. */
export function sayField(picture: NetworkPicture, node: number, unit: readonly number[], seen: FieldSeen): string {
  if ("reason" in seen) return seen.reason;
  const names = axisNames(seen.axes.length);
  const list = (of: (s: Sight) => readonly [number, number]): string =>
    seen.axes
      .map((s, axis) => {
        const [from, to] = of(s).map(minus);
        return from === to ? `${(names[axis] ?? "").slice(0, -1)} ${from}` : `${names[axis]} ${from} to ${to}`;
      })
      .join(", ")
      .replace(/, (?=[^,]*$)/, " and ");
  const name = picture.nodes[node]?.name ?? "";
  const input = seen.axes.map((s) => s.size).join(" × ");
  const first = `y[${unit.join(", ")}] of ${name} sees ${list((s) => [s.low, s.high])} of the input, which is ${input}.`;
  const isInside = seen.axes.every((s) => s.low === s.first && s.high === s.last);
  return isInside ? first : `${first} Inside the input it reads ${list((s) => [s.first, s.last])}.`;
}

/** `field 7 × 7, jump 2, start −3`: what the first unit sees, and how far on the next one looks. */
export function sayConstants(picture: NetworkPicture, node: number): string {
  const sizes = picture.nodes[node]?.sizes ?? [];
  const at = (unit: number): FieldSeen =>
    fieldOf(
      picture,
      node,
      sizes.map((size) => Math.min(unit, size - 1)),
    );
  const [zero, one, two] = [at(0), at(1), at(2)];
  if ("reason" in zero || "reason" in one || "reason" in two) return "";
  const once = (values: readonly number[]): string =>
    new Set(values).size === 1 ? minus(values[0] as number) : values.map(minus).join(" × ");
  const size = once(zero.axes.map((s) => s.high - s.low + 1));
  const jumps = zero.axes.map((s, axis) => (one.axes[axis]?.low ?? 0) - s.low);
  const isEven = jumps.every(
    (jump, axis) => (sizes[axis] ?? 0) < 3 || (two.axes[axis]?.low ?? 0) - (one.axes[axis]?.low ?? 0) === jump,
  );
  // Where all is averaged somewhere before, every unit sees the same.
  const jump = isEven && !jumps.includes(0) && sizes.every((s) => s > 1) ? `, jump ${once(jumps)}` : "";
  return `field ${size}${jump}, start ${once(zero.axes.map((s) => s.low))}`;
}
