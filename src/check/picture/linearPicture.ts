import { fitting, flag } from "../../core/tensor/arguments.js";
import { correlationOf } from "../../core/tensor/correlation.js";
import { tensorBy } from "../../core/tensor/tensor.js";
import type { AxisPicture, Heading, Picture } from "../../protocol.js";
import { cardPicture } from "./cardPicture.js";
import { type DrawnNumbers, type DrawnWindow, passesOf, texts } from "./drawnWindow.js";
import { edited, LARGEST } from "./edited.js";
import { pick } from "./exampleNumbers.js";
import type { Alike, Drawable } from "./layerCall.js";
import { weightBlocks } from "./weightBlocks.js";
import type { Wish } from "./windowPicture.js";

/** Features up to which a linear layer is drawn whole. */
const MOST = { in_features: 10, out_features: 8 };

/** A linear layer on one example: the input as a row, the weight as a matrix, the output as a column. */
export function linearPicture(call: Drawable & Partial<Alike>, heading: Heading, { edits = [] }: Wish): Picture {
  const few = (name: keyof typeof MOST, otherwise: unknown): number | undefined => {
    const given = typeof call.args[name] === "number" ? call.args[name] : otherwise;
    return typeof given === "number" && given >= 1 ? Math.min(given, MOST[name]) : undefined;
  };
  const [inputs, outputs] = [few("in_features", call.input.at(-1)) ?? 4, few("out_features", undefined) ?? 3];
  const hasBias = fitting(() => flag(call.args, "bias", true));
  if (typeof hasBias === "string") return cardPicture(call, heading, hasBias);
  const example: DrawnNumbers = {
    input: tensorBy([inputs], (at) => pick("few", 1, at)),
    weight: tensorBy([outputs, inputs], (at) => pick("weights", 2, at)),
    bias: hasBias ? tensorBy([outputs], (at) => pick("biases", 4, at)) : undefined,
    gradOutput: tensorBy([outputs], (at) => pick("upstream", 3, at)),
    per: 1,
  };
  const all = [call.args.in_features, call.args.out_features];
  const less = [inputs, outputs].flatMap((drawn, index) =>
    all[index] === undefined || all[index] === "?" || all[index] === drawn
      ? []
      : [`${drawn} of ${String(all[index])} ${index === 0 ? "inputs" : "outputs"}`],
  );
  return {
    ...drawnLinear(edited(example, edits)),
    heading,
    sample: `One example goes through your layer, with ${[...less, "example numbers"].join(" and ")}.`,
    notes: [
      "Every output has a row of weights of its own; a batch goes through row by row, with the same weights.",
      ...(call.notes ?? []),
    ],
    weights: weightBlocks(call, [], [outputs, inputs, inputs]),
    real: "no",
  };
}

/** Every number of a linear layer on one example, [in] to [out]. */
export function drawnLinear(numbers: DrawnNumbers): DrawnWindow {
  const [inputs, outputs] = [numbers.input.data.length, numbers.gradOutput.data.length];
  const passes = passesOf(
    {
      transposed: false,
      isLargest: false,
      shared: {
        correlation: correlationOf([outputs, inputs], 1, []),
        sizes: { windows: outputs, weight: outputs * inputs, seen: inputs },
        weightless: false,
        per: numbers.per,
      },
      pooled: {},
      by: undefined,
      chosen: undefined,
      cells: inputs,
    },
    numbers,
    numbers.weight,
  );
  return {
    kind: "window",
    largest: LARGEST,
    operation: "linear",
    transposed: false,
    rank: 2,
    padding: "zeros",
    axes: [rowsAxis(outputs), columnsAxis(inputs)],
    planes: { windows: [""], weight: [""], seen: [""] },
    ...(numbers.bias && { bias: texts(numbers.bias.data, numbers.per) }),
    passes,
  };
}

const axis = { before: 0, after: 0, beyond: 0 };

/** Down the weight each row belongs to an output, and meets the one row of the input. */
const rowsAxis = (outputs: number): AxisPicture => ({
  ...axis,
  size: 1,
  kernel: outputs,
  seen: [0],
  reach: Array.from({ length: outputs }, () => [0, 0] as const),
  windows: Array.from({ length: outputs }, (_, tap) => [{ tap, at: 0 }]),
});

/** Along the weight each column belongs to an input. */
const columnsAxis = (inputs: number): AxisPicture => ({
  ...axis,
  size: inputs,
  kernel: inputs,
  seen: Array.from({ length: inputs }, (_, at) => at),
  reach: [[0, inputs - 1]],
  windows: [Array.from({ length: inputs }, (_, tap) => ({ tap, at: tap }))],
});
