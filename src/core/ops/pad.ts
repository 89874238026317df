import { less } from "../dims/compare.js";
import { add, type Dim } from "../dims/dim.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import type { Op, Rule, Shape, Shown, Size } from "../layer/op.js";
import { asFactor, printValue } from "../layer/sentence.js";

/** The padding before and after each axis, the last axis first, as PyTorch lists it. */
function pairs(padding: Value | undefined, axes: number): readonly (Value | undefined)[] | undefined {
  if (isDim(padding)) return Array.from({ length: 2 * axes }, () => padding);
  return Array.isArray(padding) && padding.length === 2 * axes ? padding : undefined;
}

const refusal = (code: string, say: string, advise: string): Rule => ({
  code,
  when: "false",
  say,
  advise,
  argument: "padding",
});

/** How much of the input a mode may copy to one side: a mirror image all but the border, a circle all. */
const tooMuch = (kind: string, side: Dim, size: Dim): boolean =>
  (kind === "Reflection" && less(side, size) === false) || (kind === "Circular" && less(size, side) === true);

/** Every axis with its padding added on both sides. */
const padded =
  (axes: number, kind: keyof typeof SUMMARIES) =>
  (input: Shape, args: Bindings): Shape | Rule => {
    const sides = pairs(args.padding, axes);
    const result: Size[] = [...input];
    // Constants that only take away are cut off, and may leave nothing.
    const grows = sides?.some((side) => isDim(side) && less(0, side) === true) ?? false;
    const least = (kind === "Constant" || kind === "Zero") && grows ? 1 : 0;
    for (let axis = 0; axis < axes; axis++) {
      const at = input.length - 1 - axis;
      const [before, after, size] = [sides?.[2 * axis], sides?.[2 * axis + 1], input[at]];
      if (!isDim(before) || !isDim(after) || size === undefined) {
        result[at] = undefined;
        continue;
      }
      const tooLarge = [before, after].find((side) => tooMuch(kind, side, size));
      if (tooLarge !== undefined)
        return kind === "Reflection"
          ? refusal(
              "reflection-too-large",
              `Reflecting needs padding below the size ${printValue(size)}; it is ${printValue(tooLarge)}.`,
              "Use less padding.",
            )
          : refusal(
              "circular-too-large",
              `Circular padding cannot go round more than once; it is ${printValue(tooLarge)} for a size of ${printValue(size)}.`,
              "Use less padding.",
            );
      const total = add(add(size, before), after);
      if (less(total, least) === true)
        return refusal(
          "output-too-small",
          `The padding takes away more than the size ${printValue(size)}.`,
          "Take away less.",
        );
      result[at] = total;
    }
    // The other modes may leave nothing along some axes, but not along all.
    const left = result.slice(input.length - axes);
    if (kind !== "Constant" && kind !== "Zero" && left.every((size) => size !== undefined && less(size, 1) === true))
      return refusal("output-too-small", `The padding leaves ${printValue(left)}.`, "Take away less.");
    return result;
  };

/** How each axis grows. */
const grown =
  (axes: number) =>
  (input: Shape, args: Bindings): readonly Shown[] => {
    const sides = pairs(args.padding, axes);
    return ["Z", "H", "W"].slice(3 - axes).flatMap((letter, i): readonly Shown[] => {
      const back = axes - 1 - i;
      const [size, before, after] = [input[input.length - 1 - back], sides?.[2 * back], sides?.[2 * back + 1]];
      if (size === undefined || !isDim(before) || !isDim(after)) return [];
      const numbers = [size, before, after].map(asFactor).join(" + ");
      return [
        { quantity: letter, formula: `${letter} + before + after`, numbers, result: add(add(size, before), after) },
      ];
    });
  };

const SUMMARIES = {
  Zero: "zeros",
  Constant: "one number",
  Reflection: "its mirror image",
  Replication: "its border",
  Circular: "what stands at its other end",
} as const;

function padding(kind: keyof typeof SUMMARIES, axes: 1 | 2 | 3): Op {
  const isConstant = kind === "Zero" || kind === "Constant";
  return {
    name: `${kind}Pad${axes}d`,
    summary: `Puts ${SUMMARIES[kind]} around the input; it has nothing to learn.`,
    torch: `nn.${kind}Pad${axes}d(padding${kind === "Constant" ? ", value" : ""})`,
    axes: 0,
    letters: {},
    // Constants are padded whatever the other dimensions are; the other modes want channels.
    input: isConstant ? ["*", ...["Z", "H", "W"].slice(3 - axes)] : ["N?", "C", ...["Z", "H", "W"].slice(3 - axes)],
    output: padded(axes, kind),
    shown: grown(axes),
    rules: [],
    examples: [
      {
        args: { padding: 1, ...(kind === "Constant" ? { value: 0 } : {}) },
        input: [1, 3, ...Array<number>(axes).fill(4)],
        output: [1, 3, ...Array<number>(axes).fill(6)],
        params: 0,
      },
    ],
  };
}

/** The layers that pad and do nothing else. */
export const pad: readonly Op[] = [
  ...([1, 2, 3] as const).flatMap((axes) => [
    padding("Zero", axes),
    padding("Constant", axes),
    padding("Reflection", axes),
    padding("Replication", axes),
    padding("Circular", axes),
  ]),
];
