import type { Axis } from "../../core/tensor/axis.js";
import { divisors, sumPool } from "../../core/tensor/pooling.js";
import { poolingLayer } from "../../core/tensor/poolingLayer.js";
import { powerSlopes, slopes as raised } from "../../core/tensor/powerPooling.js";
import { allReads, outputSizes, type Reads } from "../../core/tensor/reads.js";
import { elements } from "../../core/tensor/tensor.js";
import type { Pass, PlanePart, Planes, Slip } from "../../protocol.js";
import { MOST_STAMPS } from "./drawnPass.js";
import { type DrawnNumbers, inPlanes, MOST_PREDICTED } from "./drawnWindow.js";
import { smallFraction } from "./fractionText.js";
import { OVERLAPS_ADD } from "./slips.js";

/** The p-norms under windows without padding, and the gradient of their input: fractions where they are known to be, else rounded. What a
 * window that is cut short sees counts for all of its places, as PyTorch has it. */
export function powerPasses(p: number, axes: readonly Axis[], numbers: DrawnNumbers): Pass[] {
  const { input, gradOutput, per } = numbers;
  const reads = allReads(axes);
  const { length } = reads;
  const { inner, depth, cells, size } = planesOf(axes);
  const places = elements(axes.map(({ kernel }) => kernel));
  const counts = divisors(axes, "padded");
  const layer = poolingLayer({ p, places }, input.shape.slice(0, 1), axes);
  const roots = layer.forward({ input }).data;
  const sums = sumPool(raised(input, p + 1), axes, reads).data;
  const wholes = sums.map((sum, window) => (sum * places) / (counts[window % length] as number));
  const isExact = Array.from(roots, (root, window) => {
    const isWhole = Number.isSafeInteger(sums[window]);
    return isWhole && (p === 1 || Math.round(root) ** p === wholes[window]);
  });
  const texts = (values: Float64Array, below: number, isKnown: (at: number) => boolean, size: number): string[][] =>
    inRows(
      Array.from(values, (value, at) => written(value / below, isKnown(at))),
      size,
    );
  const isSafe = (at: number): boolean => Number.isSafeInteger(sums[at]);
  const { totals: back, last, parts: backParts } = sharesOf(p, reads, axes, numbers, isExact);
  const seen = inPlanes(input.data, cells, per);
  const planar = { shape: [seen.length, ...inner.map((axis) => axis.size)], data: raised(input, p + 1).data };
  const added = sumPool(planar, inner, allReads(inner)).data;
  const powers = texts(added, per ** p, (at) => Number.isSafeInteger(added[at]), size);
  const parts = Array.from({ length: sums.length / size }, (_, windows) => {
    const [channel, slice] = [Math.floor((windows * size) / length), windows % (length / size)];
    const slices = depth ? (depth.windows[slice] ?? []).map(({ from }) => channel * depth.size + from) : [channel];
    return slices.map((own): PlanePart => ({ planes: { windows, weight: 0, seen: own }, sums: powers[own] ?? [] }));
  });
  const upstream = inPlanes(gradOutput.data, size, per);
  const isPredicted = input.data.length < MOST_PREDICTED;
  const slip = (text: string, values: Planes): Slip => ({ text, values });
  const forwardSlips = [
    slip("That is the sum of the powers; what comes out is its root.", texts(wholes, per ** p, isSafe, size)),
    slip(
      "That is the plain sum; each number is raised to the power first.",
      inPlanes(sumPool(input, axes, reads).data, size, per),
    ),
  ];
  const alone = poolingLayer({ divisor: 1 }, input.shape.slice(0, 1), axes).backward({ input }, gradOutput).input;
  const backSlips = [
    slip("That leaves out by how much the input moves the output.", inPlanes(alone.data, cells, per)),
    slip(OVERLAPS_ADD, last),
  ];
  return [
    {
      kind: "forward",
      sum: "windows",
      windows: texts(roots, per, (at) => isExact[at] === true, size),
      seen,
      parts,
      ...(isPredicted && { slips: p === 1 ? [] : forwardSlips }),
    },
    {
      kind: "input",
      sum: "seen",
      windows: upstream,
      seen: back,
      parts: backParts,
      ...(isPredicted && { slips: p === 1 ? backSlips.slice(1) : backSlips }),
    },
  ];
}

/** The axes along which a plane lies, the one across the planes, and the cells and windows of a plane. */
function planesOf(axes: readonly Axis[]) {
  const inner = axes.slice(-2);
  const depth = axes.length > 2 ? axes[0] : undefined;
  return { inner, depth, cells: elements(inner.map((axis) => axis.size)), size: elements(outputSizes(inner)) };
}

/** What comes back to the input, by plane and from where, and the share that each place got last. */
interface Shares {
  readonly totals: Planes;
  readonly last: Planes;
  readonly parts: Pass["parts"];
}

/** What the windows of one plane have sent back to the places of another, and what that has come to by window. */
interface Adding {
  readonly planes: PlanePart["planes"];
  readonly sums: Float64Array;
  readonly rounded: Set<number>;
  readonly stamps: (readonly [cell: number, total: string])[][];
}

function sharesOf(
  p: number,
  reads: Reads,
  axes: readonly Axis[],
  { input, gradOutput, per }: DrawnNumbers,
  isExact: readonly boolean[],
): Shares {
  const { length, starts, from } = reads;
  const { cells, size } = planesOf(axes);
  const all = elements(axes.map((axis) => axis.size));
  const slope = powerSlopes(input, axes, reads, { p, places: elements(axes.map(({ kernel }) => kernel)) });
  // What has no slope of its own, such as 0 under a root, has no gradient, whatever comes back.
  const nothing = raised(input, p).data.map((own) => 0 * own);
  const [totals, last] = [nothing.slice(), nothing.slice()];
  const rounded = new Set<number>();
  const text = (values: Float64Array, at: number, isRounded: ReadonlySet<number>): string =>
    written((values[at] as number) / per, !isRounded.has(at));
  const isStamped = (from.length * gradOutput.data.length) / length <= MOST_STAMPS;
  const found = Array.from({ length: totals.length / cells }, () => new Map<number, Adding>());
  for (const [index, upstream] of gradOutput.data.entries()) {
    const [channel, window, windows] = [Math.floor(index / length), index % length, Math.floor(index / size)];
    for (const cell of from.subarray(starts[window], starts[window + 1])) {
      const at = channel * all + cell;
      const [seen, own] = [Math.floor(at / cells), at % cells];
      const adding = found[seen]?.get(windows) ?? {
        planes: { windows, weight: 0, seen },
        sums: nothing.slice(seen * cells, (seen + 1) * cells),
        rounded: new Set<number>(),
        stamps: Array.from({ length: isStamped ? size : 0 }, () => []),
      };
      found[seen]?.set(windows, adding);
      const share = upstream * slope(index, window, at);
      last[at] = share;
      totals[at] = (totals[at] as number) + share;
      adding.sums[own] = (adding.sums[own] as number) + share;
      if (!isExact[index] && share !== 0) {
        rounded.add(at);
        adding.rounded.add(own);
      }
      if (isStamped) adding.stamps[index % size]?.push([own, text(adding.sums, own, adding.rounded)]);
    }
  }
  const planes = (values: Float64Array): Planes =>
    inRows(
      Array.from(values, (_, at) => text(values, at, rounded)),
      cells,
    );
  const parts = found.map((own) =>
    [...own.values()].map((adding): PlanePart => {
      const { planes: met, sums, stamps } = adding;
      const texts = Array.from(sums, (_, at) => text(sums, at, adding.rounded));
      return { planes: met, sums: texts, ...(isStamped && { stamps }) };
    }),
  );
  return { totals: planes(totals), last: planes(last), parts };
}

const inRows = (texts: readonly string[], size: number): string[][] =>
  Array.from({ length: texts.length / size }, (_, row) => texts.slice(row * size, (row + 1) * size));

/** A number that is known to be a fraction as one, if it is a small one; else with three digits behind the point. */
const written = (value: number, isExact: boolean): string =>
  (isExact ? smallFraction(value) : undefined) ?? value.toFixed(3).replace("-", "−");
