import type { Axis } from "../../core/tensor/axis.js";
import { type Tensor, tensorBy } from "../../core/tensor/tensor.js";
import { type DrawnNumbers, drawnOutput } from "./drawnWindow.js";
import type { Sample } from "./sample.js";

const LISTS = {
  few: [0, 1, 1, 2, 2, 3, 3, 4],
  signed: [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  norms: [1, 2, 2, 3, 4],
  digits: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  weights: [-2, -1, -1, 0, 1, 1, 2],
  biases: [1, -2, 3, 2, -1],
  upstream: [-1, 0, 1, 1, 2, 3],
} as const;

/** A number from a list for a place, the same on every run: a changed stride leaves the example's numbers alone. */
export function pick(list: keyof typeof LISTS, ...place: readonly number[]): number {
  const values = LISTS[list];
  let hash = 0x9e3779b9;
  for (const part of place) {
    hash = Math.imul(hash ^ (part + 0x7f4a7c15), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return values[((hash ^ (hash >>> 16)) >>> 0) % values.length] as number;
}

/** The numbers of a sample, small enough to be reckoned with in the head; under a maximum some inputs are negative, as
 * padding is no zero there. No kernel is all zeros. */
export function exampleNumbers({ layer, sizes, channels }: Sample, axes: readonly Axis[]): DrawnNumbers {
  const list = layer.power
    ? "norms"
    : ({ convolution: "few", max: "signed", average: "digits" } as const)[layer.operation];
  const input = placed([channels, ...sizes], (place) => pick(list, 1, ...place));
  const gradOutput = placed(drawnOutput(layer, axes, channels), (place) => pick("upstream", 3, ...place));
  if (layer.operation !== "convolution") return { input, gradOutput, per: 1 };
  const filters = layer.filters ?? 1;
  const kernel = layer.slides.map((slide) => slide.kernel);
  const [first, second] = layer.outputPadding ? [channels, filters] : [filters, channels];
  const weight = placed([first, second / layer.groups, ...kernel], (place) => {
    return place.slice(2).every((tap) => tap === 0) ? 1 : pick("weights", 2, ...place);
  });
  const bias = layer.bias
    ? tensorBy([filters], (filter) => LISTS.biases[filter % LISTS.biases.length] as number)
    : undefined;
  return { input, weight, bias, gradOutput, per: 1 };
}

function placed(shape: readonly number[], value: (place: readonly number[]) => number): Tensor {
  return tensorBy(shape, (index) => {
    const place: number[] = [];
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place.unshift(rest % (shape[axis] as number));
      rest = Math.floor(rest / (shape[axis] as number));
    }
    return value(place);
  });
}
