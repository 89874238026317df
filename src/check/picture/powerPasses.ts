import type { Axis } from "../../core/tensor/axis.js";
import { divisors, sumPool } from "../../core/tensor/pooling.js";
import { poolingLayer } from "../../core/tensor/poolingLayer.js";
import { powerSlopes, slopes as raised } from "../../core/tensor/powerPooling.js";
import { allReads, type Reads } from "../../core/tensor/reads.js";
import { elements } from "../../core/tensor/tensor.js";
import type { Pass, PlanePart, Planes, Slip } from "../../protocol.js";
import { MOST_STAMPS } from "./drawnPass.js";
import { type DrawnNumbers, inPlanes, MOST_PREDICTED } from "./drawnWindow.js";
import { fractionText } from "./fractionText.js";
import { OVERLAPS_ADD } from "./slips.js";

/** The p-norms under windows without padding, and the gradient of their input: fractions where they are known to be, else rounded. What a
 * window that is cut short sees counts for all of its places, as PyTorch has it. */
export function powerPasses(p: number, axes: readonly Axis[], numbers: DrawnNumbers): Pass[] {
  const { input, gradOutput, per } = numbers;
  const reads = allReads(axes);
  const { length } = reads;
  const cells = elements(axes.map(({ size }) => size));
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
  const { totals: back, last, stamps } = sharesOf(p, reads, axes, numbers, isExact);
  const powers = texts(sums, per ** p, isSafe, length);
  const parts = (all: Planes, own?: NonNullable<PlanePart["stamps"]>[]): Pass["parts"] =>
    all.map((sums, channel) => [
      { planes: { windows: channel, weight: 0, seen: channel }, sums, ...(own && { stamps: own[channel] ?? [] }) },
    ]);
  const seen = inPlanes(input.data, cells, per);
  const upstream = inPlanes(gradOutput.data, length, per);
  const isPredicted = input.data.length < MOST_PREDICTED;
  const slip = (text: string, values: Planes): Slip => ({ text, values });
  const forwardSlips = [
    slip("That is the sum of the powers; what comes out is its root.", texts(wholes, per ** p, isSafe, length)),
    slip(
      "That is the plain sum; each number is raised to the power first.",
      inPlanes(sumPool(input, axes, reads).data, length, per),
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
      windows: texts(roots, per, (at) => isExact[at] === true, length),
      seen,
      parts: parts(powers),
      ...(isPredicted && { slips: p === 1 ? [] : forwardSlips }),
    },
    {
      kind: "input",
      sum: "seen",
      windows: upstream,
      seen: back,
      parts: parts(back, stamps),
      ...(isPredicted && { slips: p === 1 ? backSlips.slice(1) : backSlips }),
    },
  ];
}

/** What comes back to the input, and what it has come to when each window has added its share. */
interface Shares {
  readonly totals: Planes;
  /** The share that each place got last. */
  readonly last: Planes;
  /** By channel; absent where there are too many. */
  readonly stamps?: NonNullable<PlanePart["stamps"]>[];
}

function sharesOf(
  p: number,
  reads: Reads,
  axes: readonly Axis[],
  { input, gradOutput, per }: DrawnNumbers,
  isExact: readonly boolean[],
): Shares {
  const { length, starts, from } = reads;
  const cells = elements(axes.map(({ size }) => size));
  const slope = powerSlopes(input, axes, reads, { p, places: elements(axes.map(({ kernel }) => kernel)) });
  // What has no slope of its own, such as 0 under a root, has no gradient, whatever comes back.
  const totals = raised(input, p).data.map((own) => 0 * own);
  const last = totals.slice();
  const rounded = new Set<number>();
  const text = (values: Float64Array, at: number): string => written((values[at] as number) / per, !rounded.has(at));
  const windows = gradOutput.data.length / length;
  const isStamped = from.length * windows <= MOST_STAMPS;
  const stamps = Array.from({ length: windows }, (_, channel) =>
    Array.from({ length }, (_, window): (readonly [number, string])[] => {
      const index = channel * length + window;
      return Array.from(from.subarray(starts[window], starts[window + 1]), (cell): readonly [number, string] => {
        const at = channel * cells + cell;
        last[at] = (gradOutput.data[index] as number) * slope(index, window, at);
        totals[at] = (totals[at] as number) + (last[at] as number);
        if (!isExact[index]) rounded.add(at);
        return [cell, isStamped ? text(totals, at) : ""];
      });
    }),
  );
  const planes = (values: Float64Array): Planes =>
    inRows(
      Array.from(values, (_, at) => text(values, at)),
      cells,
    );
  return { totals: planes(totals), last: planes(last), ...(isStamped && { stamps }) };
}

const inRows = (texts: readonly string[], size: number): string[][] =>
  Array.from({ length: texts.length / size }, (_, row) => texts.slice(row * size, (row + 1) * size));

/** A number that is known to be a fraction as one, if it is a small one; else with three digits behind the point. */
function written(value: number, isExact: boolean): string {
  for (let below = 1; isExact && below < 99; below++) {
    const above = Math.round(value * below);
    if (Math.abs(value * below - above) < 1e-9) return fractionText(above, below);
  }
  return value.toFixed(3).replace("-", "−");
}
