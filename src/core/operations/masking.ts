import { broadcast } from "./broadcast.js";
import { givenOr, kindOf, tensorShape, unknownSizes } from "./operands.js";
import { type Operation, tensor, tuple, UNKNOWN } from "./operation.js";
import { asBoth } from "./signatures.js";

/** What a mask picks out or fills. */
export const masking: readonly Operation[] = [
  {
    name: "masked_fill",
    summary: "Puts one number wherever a mask is true; sizes of 1 are stretched to fit.",
    calls: asBoth("masked_fill(input, mask, value)"),
    infer: ({ input, mask }) =>
      tensor(broadcast([tensorShape(input), tensorShape(mask)], ["the tensor", "the mask"]), kindOf(input)),
    examples: [
      {
        call: "x.masked_fill(m, 0)",
        given: { input: tensor([2, 3]), mask: tensor([3], "bool"), value: 0 },
        gives: [2, 3],
      },
    ],
  },
  {
    name: "masked_scatter",
    summary: "Puts numbers one after another wherever a mask is true.",
    calls: asBoth("masked_scatter(input, mask, source)"),
    infer: ({ input, mask }) =>
      tensor(broadcast([tensorShape(input), tensorShape(mask)], ["the tensor", "the mask"]), kindOf(input)),
    examples: [
      { call: "x.masked_scatter(m, y)", given: { input: tensor([2, 3]), mask: tensor([3], "bool") }, gives: [2, 3] },
    ],
  },
  {
    name: "masked_select",
    summary: "Gives the numbers where a mask is true in one row; how many depends on the mask.",
    calls: asBoth("masked_select(input, mask)"),
    infer: ({ input, mask }) => {
      broadcast([tensorShape(input), tensorShape(mask)], ["the tensor", "the mask"]);
      return tensor(unknownSizes(1), kindOf(input));
    },
    examples: [],
  },
  {
    name: "nonzero",
    summary: "Gives the places of all numbers that are not 0; how many depends on the numbers.",
    calls: [...asBoth("nonzero(input, *, as_tuple=False)"), ...asBoth("argwhere(input)")],
    infer: (given) => {
      const { input } = given;
      const asTuple = givenOr(given, "as_tuple", false);
      if (asTuple === undefined) return UNKNOWN;
      const shape = tensorShape(input);
      if (asTuple === false) return tensor([undefined, shape?.length], "int");
      return tuple(
        asTuple === true && shape
          ? Array.from({ length: Math.max(shape.length, 1) }, () => tensor(unknownSizes(1), "int"))
          : undefined,
      );
    },
    examples: [],
  },
];
