import { less } from "../dims/compare.js";
import { add, multiply, negate } from "../dims/dim.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import { AXES, type Op, type Others, type Rule, type Shape, type Shown, type Size } from "../layer/op.js";
import { asFactor, printValue } from "../layer/sentence.js";
import { differ } from "./lossRules.js";
import { oneValueAnAxis } from "./windowRules.js";

const ofAxis = (value: Value | undefined, axis: number): Size => {
  const own = Array.isArray(value) ? value[value.length === 1 ? 0 : axis] : value;
  return isDim(own) ? own : undefined;
};

/** (I − 1)·S − 2·P + K along each axis, or the size that the call asks for, which lies less than a stride from that. */
const unpooled =
  (axes: number) =>
  (input: Shape, args: Bindings, [indices]: Others): Shape | Rule | undefined => {
    if (indices && differ(input, indices))
      return {
        code: "indices",
        when: "false",
        say: `The indices have not the input's {rank} sizes.`,
        advise: "Give the indices that the pooling layer returned with this input.",
      };
    const first = input.length - axes;
    const wanted = args.output_size;
    const listed = Array.isArray(wanted) ? (wanted.length === axes + 2 ? wanted.slice(2) : wanted) : undefined;
    if (listed && listed.length !== axes)
      return {
        code: "output-size",
        when: "false",
        say: `output_size lists ${listed.length} sizes; this layer has ${axes} ${axes === 1 ? "axis" : "axes"}.`,
        advise: "Give the size of each axis, or the whole shape.",
        argument: "output_size",
      };
    const made: Size[] = [];
    for (let axis = 0; axis < axes; axis++) {
      const [size, kernel] = [input[first + axis], ofAxis(args.kernel_size, axis)];
      const [stride, padding] = [ofAxis(args.stride, axis), ofAxis(args.padding, axis)];
      const own =
        size === undefined || kernel === undefined || stride === undefined || padding === undefined
          ? undefined
          : add(add(multiply(add(size, -1), stride), multiply(padding, -2)), kernel);
      if (wanted === null) {
        made.push(own);
        continue;
      }
      const asked = listed?.[axis];
      made.push(isDim(asked) ? asked : undefined);
      if (!isDim(asked) || own === undefined || stride === undefined) continue;
      const [low, high] = [add(own, negate(stride)), add(own, stride)];
      if (less(low, asked) === false || less(asked, high) === false)
        return {
          code: "output-size",
          when: "false",
          say: `output_size asks for ${printValue(asked)}, possible is more than ${printValue(low)} and less than ${printValue(high)}.`,
          advise: "Use the size that the pooling layer had as its input.",
          argument: "output_size",
        };
    }
    return [...input.slice(0, first), ...made];
  };

/** The size of each axis, unless the call asks for another. */
const sized =
  (axes: number) =>
  (input: Shape, args: Bindings): readonly Shown[] => {
    const letters = args.output_size === null ? (AXES[axes] ?? []) : [];
    return letters.flatMap((letter, axis): readonly Shown[] => {
      const size = input[input.length - axes + axis];
      const [kernel, stride, padding] = [args.kernel_size, args.stride, args.padding].map((v) => ofAxis(v, axis));
      if (size === undefined || kernel === undefined || stride === undefined || padding === undefined) return [];
      return [
        {
          quantity: letter,
          formula: `(${letter} − 1)·S − 2·P + K`,
          numbers: `(${asFactor(size)} − 1)·${asFactor(stride)} − 2·${asFactor(padding)} + ${asFactor(kernel)}`,
          result: add(add(multiply(add(size, -1), stride), multiply(padding, -2)), kernel),
        },
      ];
    });
  };

const unpooling = (axes: 1 | 2 | 3): Op => ({
  name: `MaxUnpool${axes}d`,
  summary: "Puts each number back to where max pooling found it, and zeros everywhere else; it has nothing to learn.",
  torch: `nn.MaxUnpool${axes}d(kernel_size, stride=kernel_size, padding=0)`,
  functional: `F.max_unpool${axes}d(input, indices, kernel_size, stride=kernel_size, padding=0, output_size=None)`,
  forward: "forward(input, indices, output_size=None)",
  axes: 0,
  letters: { K: "kernel_size", S: "stride", P: "padding" },
  perAxis: [],
  input: ["N?", "C", ...(AXES[axes] ?? [])],
  output: unpooled(axes),
  shown: sized(axes),
  params: "0",
  rules: ["kernel_size", "stride", "padding"].map((name) => oneValueAnAxis(name, axes, true)),
  scene: "card",
  examples: [
    {
      args: { kernel_size: 2 },
      input: [1, 4, ...Array<number>(axes).fill(5)],
      others: [[1, 4, ...Array<number>(axes).fill(5)]],
      output: [1, 4, ...Array<number>(axes).fill(10)],
      params: 0,
    },
  ],
});

/** nn.MaxUnpool1d, nn.MaxUnpool2d and nn.MaxUnpool3d. */
export const maxUnpool: readonly Op[] = [unpooling(1), unpooling(2), unpooling(3)];
