import type { Axis } from "./axis.js";
import { type Computation, type Contribution, summand } from "./computation.js";
import { averagePool, type Divisor, divisors, maxPool } from "./pooling.js";
import { type Norm, powerPool, powerSlopes, slopes } from "./powerPooling.js";
import { allReads, outputSizes } from "./reads.js";
import { elements, type Tensor, zeros } from "./tensor.js";

/** What a pooling layer makes of the numbers under a window: the largest, an average, or a p-norm. */
export type Pooling = "max" | { readonly divisor: Divisor } | Norm;

/** The computation of a pooling layer over the last axes of its input. */
export function poolingLayer(pooling: Pooling, leading: readonly number[], axes: readonly Axis[]): Computation {
  const reads = allReads(axes);
  const { length, starts, from } = reads;
  const outputShape = [...leading, ...outputSizes(axes)];
  const by = pooling !== "max" && "divisor" in pooling ? divisors(axes, pooling.divisor) : undefined;

  /** By how much an input moves an output that reads it, but for the average's divisor. */
  const factors = (input: Tensor): ((output: number, cell: number, input: number, from: number) => number) => {
    if (pooling === "max") {
      const { chosen } = maxPool(input, axes, reads);
      return (output, _cell, _input, place) => (chosen[output] === place ? 1 : 0);
    }
    return "divisor" in pooling ? () => 1 : powerSlopes(input, axes, reads, pooling);
  };

  /** The summands of the input's gradient through some of the outputs; what is 0 whatever the upstream value is left out. */
  const eachSummand = (
    input: Tensor,
    [first, last]: readonly [number, number],
    visit: (at: number, output: number, factor: number, divisor: number) => void,
  ): void => {
    const factor = factors(input);
    const cells = input.data.length / elements(leading);
    for (let output = first; output < last; output++) {
      const cell = output % length;
      const start = ((output - cell) / length) * cells;
      for (let read = starts[cell] as number; read < (starts[cell + 1] as number); read++) {
        const place = from[read] as number;
        const own = factor(output, cell, start + place, place);
        if (own !== 0) visit(start + place, output, own, by?.[cell] || 1);
      }
    }
  };

  return {
    outputShape,
    work: elements(leading) * from.length,
    ...(pooling !== "max" && "p" in pooling && { flatAt: 0 }),
    forward({ input }) {
      if (pooling === "max") return maxPool(input, axes, reads).output;
      return "divisor" in pooling
        ? averagePool(input, axes, pooling.divisor, reads)
        : powerPool(input, axes, reads, pooling);
    },
    backward({ input }, { data }) {
      const sums = zeros(input.shape);
      // PyTorch multiplies every input's own slope, were it by zero: what has none, such as 0 under a root, has no gradient.
      if (pooling !== "max" && "p" in pooling) sums.data.set(slopes(input, pooling.p).data.map((slope) => 0 * slope));
      eachSummand(input, [0, data.length], (at, output, factor, divisor) => {
        sums.data[at] = (sums.data[at] as number) + ((data[output] as number) * factor) / divisor;
      });
      return { input: sums };
    },
    contributions({ input }, { data }, _part, entry) {
      const found: Contribution[] = [];
      const first = Math.floor(entry / (input.data.length / elements(leading))) * length;
      eachSummand(input, [first, first + length], (at, output, factor, divisor) => {
        if (at === entry) found.push(summand(output, at, undefined, factor, divisor, data[output] as number));
      });
      return found;
    },
  };
}
