import { less } from "../dims/compare.js";
import { add } from "../dims/dim.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import { AXES, type Op, type Rule, type Shape, type Size } from "../layer/op.js";
import { printValue } from "../layer/sentence.js";
import { scaledSize } from "./scaledSize.js";
import { oneValueAnAxis } from "./windowRules.js";

const ofAxis = (value: Value | undefined, axis: number): Value | undefined =>
  Array.isArray(value) ? value[axis] : value;

/** The size that is asked for, or so much of the input as the ratio says; all windows have to find room. */
const shrunk =
  (axes: number) =>
  (input: Shape, args: Bindings): Shape | Rule => {
    const first = input.length - axes;
    const sizes: Size[] = [];
    for (let axis = 0; axis < axes; axis++) {
      const [size, kernel] = [input[first + axis], ofAxis(args.kernel_size, axis)];
      const [wanted, ratio] = [ofAxis(args.output_size, axis), ofAxis(args.output_ratio, axis)];
      const made = wanted !== null ? wanted : size === undefined || !isDim(ratio) ? undefined : scaledSize(size, ratio);
      // Over three axes PyTorch asks for one place more than the windows take.
      const spare = axes === 3 ? 0 : -1;
      const needed = isDim(made) && isDim(kernel) ? add(add(made, kernel), spare) : undefined;
      if (size !== undefined && needed !== undefined && less(size, needed) === true)
        return {
          code: "window-larger-than-input",
          when: "false",
          say: `${printValue(made)} windows of ${printValue(kernel)} need at least ${printValue(needed)} places, the input has ${printValue(size)}.`,
          advise: "Use a smaller window or a smaller output.",
          argument: "kernel_size",
        };
      sizes.push(isDim(made) ? made : undefined);
    }
    return [...input.slice(0, first), ...sizes];
  };

const fractional = (axes: 2 | 3): Op => ({
  name: `FractionalMaxPool${axes}d`,
  summary:
    "Keeps the largest number under windows that are placed at random, so that the size shrinks by any factor; it has nothing to learn.",
  torch: `nn.FractionalMaxPool${axes}d(kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`,
  functional: `F.fractional_max_pool${axes}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`,
  axes: 0,
  letters: { K: "kernel_size" },
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  output: shrunk(axes),
  rules: [
    {
      code: "no-size",
      when: "output_size == null and output_ratio == null",
      say: "Neither output_size nor output_ratio is given.",
      advise: "Give one of them.",
      argument: "output_size",
    },
    {
      code: "two-sizes",
      when: "output_size != null and output_ratio != null",
      say: "output_size {output_size} and output_ratio {output_ratio} are both given.",
      advise: "Give one of them.",
      argument: "output_ratio",
    },
    {
      code: "ratio",
      when: "output_ratio != null and (min(output_ratio) <= 0 or max(output_ratio) >= 1)",
      say: "output_ratio is {output_ratio}.",
      advise: "Use a ratio between 0 and 1.",
      argument: "output_ratio",
    },
    oneValueAnAxis("kernel_size", axes, false),
    oneValueAnAxis("output_size", axes, false),
  ],
  examples: [
    {
      args: { kernel_size: 2, output_size: 3 },
      input: [1, 4, ...Array<number>(axes).fill(8)],
      output: [1, 4, ...Array<number>(axes).fill(3)],
      params: 0,
    },
  ],
});

/** nn.FractionalMaxPool2d and nn.FractionalMaxPool3d. */
export const fractionalMaxPool: readonly Op[] = [fractional(2), fractional(3)];
