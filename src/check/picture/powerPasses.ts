import type { Axis } from "../../core/tensor/axis.js";
import { divisors, sumPool } from "../../core/tensor/pooling.js";
import { poolingLayer } from "../../core/tensor/poolingLayer.js";
import { slopes as raised } from "../../core/tensor/powerPooling.js";
import { allReads } from "../../core/tensor/reads.js";
import { elements } from "../../core/tensor/tensor.js";
import type { Pass } from "../../protocol.js";
import { type DrawnNumbers, inPlanes } from "./drawnWindow.js";
import { fractionText } from "./fractionText.js";

/** The p-norms under windows without padding, and the gradient of their input: fractions where they are known to be, else rounded. What a
 * window that is cut short sees counts for all of its places, as PyTorch has it. */
export function powerPasses(p: number, axes: readonly Axis[], { input, gradOutput, per }: DrawnNumbers): Pass[] {
  const reads = allReads(axes);
  const { length, starts, from } = reads;
  const cells = elements(axes.map(({ size }) => size));
  const places = elements(axes.map(({ kernel }) => kernel));
  const counts = divisors(axes, "padded");
  const layer = poolingLayer({ p, places }, input.shape.slice(0, 1), axes);
  const roots = layer.forward({ input }).data;
  const slopes = layer.backward({ input }, gradOutput).input.data;
  const sums = sumPool(raised(input, p + 1), axes, reads).data;
  const rounded = new Set<number>();
  const rootTexts: string[] = [];
  for (const [index, root] of roots.entries()) {
    const window = index % length;
    const sum = sums[index] as number;
    const whole = (sum * places) / (counts[window] as number);
    const isExact = Number.isSafeInteger(sum) && (p === 1 || Math.round(root) ** p === whole);
    rootTexts.push(written(root / per, isExact));
    const first = Math.floor(index / length) * cells;
    for (const at of isExact ? [] : from.subarray(starts[window], starts[window + 1])) rounded.add(first + at);
  }
  const sumTexts = Array.from(sums, (sum) => written(sum / per ** p, Number.isSafeInteger(sum)));
  const slopeTexts = Array.from(slopes, (slope, at) => written(slope / per, !rounded.has(at)));
  const inRows = (texts: readonly string[], size: number): string[][] =>
    Array.from({ length: texts.length / size }, (_, row) => texts.slice(row * size, (row + 1) * size));
  const seen = inPlanes(input.data, cells, per);
  const parts = (all: readonly (readonly string[])[]): Pass["parts"] =>
    all.map((own, channel) => [{ planes: { windows: channel, weight: 0, seen: channel }, sums: own }]);
  const back = inRows(slopeTexts, cells);
  return [
    {
      kind: "forward",
      sum: "windows",
      windows: inRows(rootTexts, length),
      seen,
      parts: parts(inRows(sumTexts, length)),
    },
    { kind: "input", sum: "seen", windows: inPlanes(gradOutput.data, length, per), seen: back, parts: parts(back) },
  ];
}

/** A number that is known to be a fraction as one, if it is a small one; else with three digits behind the point. */
function written(value: number, isExact: boolean): string {
  for (let below = 1; isExact && below < 99; below++) {
    const above = Math.round(value * below);
    if (Math.abs(value * below - above) < 1e-9) return fractionText(above, below);
  }
  return value.toFixed(3).replace("-", "−");
}
