import { productOf } from "../dims/product.js";
import type { Op } from "../layer/op.js";
import { dataFormat } from "./windowRules.js";

/** layers.Flatten. */
export const flatten: readonly Op[] = [
  {
    name: "Flatten",
    summary: "Lays all numbers of a sample out in one row; it has nothing to learn.",
    keras: "layers.Flatten(data_format='channels_last')",
    axes: 0,
    letters: {},
    input: ["N", "*"],
    output: (input) => [input[0], productOf(input.slice(1))],
    rules: [dataFormat],
    examples: [{ args: {}, input: [1, 7, 7, 10], output: [1, 490], params: 0 }],
  },
];
