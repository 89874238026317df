import { fitting, flag } from "../../core/tensor/arguments.js";
import { correlationOf } from "../../core/tensor/correlation.js";
import { tensorBy } from "../../core/tensor/tensor.js";
import type { AxisPicture, Heading, Picture } from "../../protocol.js";
import { axisPicture } from "./axisPicture.js";
import { cardPicture } from "./cardPicture.js";
import { type DrawnNumbers, type DrawnWindow, passesOf, texts } from "./drawnWindow.js";
import { edited, LARGEST } from "./edited.js";
import { pick } from "./exampleNumbers.js";
import type { Alike, Drawable } from "./layerCall.js";
import { exampleNumbersOf, less } from "./sampleText.js";
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
  const { in_features, out_features } = call.args;
  const fewer = [...less(inputs, in_features, "inputs"), ...less(outputs, out_features, "outputs")];
  return {
    ...drawnLinear(edited(example, edits)),
    heading,
    sample: `One example goes through your layer, with ${exampleNumbersOf(fewer)}.`,
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

/** An axis without padding, of which each window meets its own places. */
const axisOf = (size: number, kernel: number, windows: readonly (readonly (readonly [tap: number, at: number])[])[]) =>
  axisPicture(
    { size, kernel, before: 0, after: 0, windows: windows.map((w) => w.map(([tap, at]) => ({ tap, at, from: at }))) },
    undefined,
  );

/** Down the weight each row belongs to an output, and meets the one row of the input. */
const rowsAxis = (outputs: number): AxisPicture =>
  axisOf(
    1,
    outputs,
    Array.from({ length: outputs }, (_, tap) => [[tap, 0]]),
  );

/** Along the weight each column belongs to an input. */
const columnsAxis = (inputs: number): AxisPicture =>
  axisOf(inputs, inputs, [Array.from({ length: inputs }, (_, at) => [at, at])]);
