import { type Computation, type Contribution, type Numbers, summand } from "./computation.js";
import { type Correlation, correlate, countProducts, type Meeting, meetings } from "./correlation.js";
import { elements, type Tensor, zeros } from "./tensor.js";

/** How a convolution, a transposed convolution or a linear layer stands on its correlation. */
export interface Standing {
  readonly correlation: Correlation;
  readonly transposed: boolean;
  readonly outputShape: readonly number[];
  readonly bias: boolean;
}

const none = new Float64Array();

/** The computation of a layer whose output is a correlation of input and weight, or the transpose of one, and a bias. */
export function correlationLayer({ correlation, transposed, outputShape, bias }: Standing): Computation {
  const side = transposed
    ? ({ output: "seen", input: "windows", weight: "weight" } as const)
    : ({ output: "windows", input: "seen", weight: "weight" } as const);
  const { rows, filters, depth, groups } = correlation;
  const channels = transposed ? depth * groups : filters;
  const cells = elements(outputShape) / (rows * channels);

  /** A tensor with its products of the other two added to what stands in it. */
  const added = (to: keyof typeof side, own: Tensor, numbers: Numbers, output: Tensor | undefined): Tensor => {
    const data = { input: numbers.input.data, weight: numbers.weight?.data ?? none, output: output?.data ?? none };
    data[to] = own.data;
    const { input, weight } = data;
    const [windows, seen] = transposed ? [input, data.output] : [data.output, input];
    correlate(correlation, { windows, weight, seen }, side[to]);
    return own;
  };

  const contribution =
    ({ input, weight }: Numbers, { data: upstream }: Tensor, by: "input" | "weight") =>
    (meeting: Meeting): Contribution => {
      const [output, at, place] = [meeting[side.output], meeting[side.input], meeting.weight];
      const factor = by === "input" ? weight?.data[place] : input.data[at];
      return summand(output, at, place, factor as number, 1, upstream[output] as number);
    };

  return {
    outputShape,
    work: countProducts(correlation) + elements(outputShape),
    forward(numbers) {
      const output = zeros(outputShape);
      if (numbers.bias) {
        const { data } = numbers.bias;
        for (let at = 0; at < output.data.length; at++)
          output.data[at] = data[Math.floor(at / cells) % channels] as number;
      }
      return added("output", output, numbers, output);
    },
    backward(numbers, gradOutput) {
      const input = added("input", zeros(numbers.input.shape), numbers, gradOutput);
      const weight = added("weight", zeros(numbers.weight?.shape ?? []), numbers, gradOutput);
      if (!bias) return { input, weight };
      const sums = zeros([channels]);
      gradOutput.data.forEach((upstream, at) => {
        sums.data[Math.floor(at / cells) % channels]! += upstream;
      });
      return { input, weight, bias: sums };
    },
    contributions(numbers, gradOutput, part, entry) {
      if (part !== "bias") return meetings(correlation, side[part], entry).map(contribution(numbers, gradOutput, part));
      const found: Contribution[] = [];
      gradOutput.data.forEach((upstream, output) => {
        if (Math.floor(output / cells) % channels === entry)
          found.push(summand(output, undefined, undefined, 1, 1, upstream));
      });
      return found;
    },
  };
}
