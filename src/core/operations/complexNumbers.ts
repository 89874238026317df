import { printSizes } from "../layer/explain.js";
import { together } from "./arithmetic.js";
import { differ, kindOf, tensorShape } from "./operands.js";
import { type Operation, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** The kind of a complex tensor's numbers is none of those that decide a shape. */
const COMPLEX = undefined;

/** Complex numbers and their real and imaginary parts. */
export const complexNumbers: readonly Operation[] = [
  ...[
    ["complex", "real", "imag", "their real and imaginary parts"],
    ["polar", "abs", "angle", "their lengths and angles"],
  ].map(
    ([name = "", a = "", b = "", what]): Operation => ({
      name,
      summary: `Makes complex numbers of ${what}; sizes of 1 are stretched to fit.`,
      calls: [`torch.${name}(${a}, ${b})`],
      infer: (given) => together([given[a], given[b]], COMPLEX),
      examples: [{ call: `torch.${name}(a, b)`, given: { [a]: tensor([2, 3]), [b]: tensor([3]) }, gives: [2, 3] }],
    }),
  ),
  {
    name: "view_as_real",
    summary: "Shows each complex number as two numbers in a new last dimension.",
    calls: ["torch.view_as_real(input)"],
    infer: ({ input }) => {
      const shape = tensorShape(input);
      return tensor(shape && [...shape, 2], "float");
    },
    examples: [{ call: "torch.view_as_real(z)", given: { input: tensor([3, 4]) }, gives: [3, 4, 2] }],
  },
  {
    name: "view_as_complex",
    summary: "Shows pairs of numbers, which lie along the last dimension, as complex numbers.",
    calls: ["torch.view_as_complex(input)"],
    infer: ({ input }) => {
      const shape = tensorShape(input);
      if (shape && (shape.length === 0 || differ(shape.at(-1), 2)))
        refuse(
          "view_as_complex/pairs",
          `view_as_complex takes pairs along the last dimension, ${printSizes(shape)} does not end in 2.`,
          "Bring the pairs into a last dimension of size 2.",
        );
      return tensor(shape?.slice(0, -1), COMPLEX);
    },
    examples: [{ call: "torch.view_as_complex(x)", given: { input: tensor([3, 4, 2]) }, gives: [3, 4] }],
  },
  ...["real", "imag"].map(
    (name): Operation => ({
      name,
      summary: `Takes the ${name === "real" ? "real" : "imaginary"} part of each number; the shape stays.`,
      calls: [`torch.${name}(input)`],
      isLocal: true,
      infer: ({ input }) => tensor(tensorShape(input), "float"),
      examples: [{ call: `torch.${name}(z)`, given: { input: tensor([2, 3]) }, gives: [2, 3] }],
    }),
  ),
  ...["conj_physical", "resolve_conj", "resolve_neg"].map(
    (name): Operation => ({
      name,
      summary: "Conjugates each number in memory; the shape stays.",
      calls: asBoth(`${name}(input)`),
      isLocal: true,
      infer: ({ input }) => tensor(tensorShape(input), kindOf(input)),
      examples: [{ call: `z.${name}()`, given: { input: tensor([2, 3]) }, gives: [2, 3] }],
    }),
  ),
  ...["cfloat", "cdouble", "chalf"].map(
    (name): Operation => ({
      name,
      summary: "Hands the same numbers on as complex ones; the shape stays.",
      calls: [`Tensor.${name}()`],
      isLocal: true,
      infer: ({ input }) => tensor(tensorShape(input), COMPLEX),
      examples: [{ call: `x.${name}()`, given: { input: tensor([2, 3]) }, gives: [2, 3] }],
    }),
  ),
];
