import { printDim } from "../dims/print.js";
import { broadcast } from "./broadcast.js";
import { kindOf, numberOf, shapeOf } from "./operands.js";
import { type NumberKind, type Operand, type Operation, type Result, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** What is calculated number by number from two tensors, which are broadcast. */
const TABLE: readonly {
  readonly calls: readonly string[];
  readonly gives: "operands" | NumberKind;
  readonly summary: string;
}[] = [
  {
    calls: ["add(input, other, alpha=1)", "sub(input, other, alpha=1)", "subtract(input, other, alpha=1)"],
    gives: "operands",
    summary: "Adds or subtracts number by number; sizes of 1 are stretched to fit.",
  },
  {
    calls: [
      "rsub(input, other, alpha=1)",
      "div(input, other, rounding_mode=None)",
      "divide(input, other, rounding_mode=None)",
    ],
    gives: "operands",
    summary: "Calculates number by number; sizes of 1 are stretched to fit.",
  },
  {
    calls:
      "mul multiply true_divide floor_divide fmod remainder pow float_power atan2 arctan2 maximum minimum fmax fmin hypot logaddexp logaddexp2 ldexp nextafter xlogy copysign heaviside gcd lcm bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift"
        .split(" ")
        .map((name) => `${name}(input, other)`),
    gives: "operands",
    summary: "Calculates number by number; sizes of 1 are stretched to fit.",
  },
  {
    calls: "eq ne not_equal lt less le less_equal gt greater ge greater_equal logical_and logical_or logical_xor"
      .split(" ")
      .map((name) => `${name}(input, other)`),
    gives: "bool",
    summary: "Compares number by number, as a mask; sizes of 1 are stretched to fit.",
  },
];

/** What PyTorch calculates of two tensors only. */
const OF_TENSORS = new Set(
  "atan2 arctan2 maximum minimum fmax fmin hypot logaddexp logaddexp2 nextafter heaviside gcd lcm logical_and logical_or logical_xor".split(
    " ",
  ),
);

function ofTensors(name: string, other: Operand): void {
  const number = numberOf(other);
  if (OF_TENSORS.has(name) && number !== undefined)
    refuse(
      `${name}/number`,
      `${name} takes two tensors, the second is the number ${printDim(number)}.`,
      "Put the number into a tensor with torch.tensor.",
      { argument: "other" },
    );
}

/** Where floats and whole numbers meet floats come out; a division of whole numbers makes floats too. */
function kindFrom(a: Operand, b: Operand, name: string): NumberKind | undefined {
  const [x, y] = [kindOf(a), kindOf(b)];
  if (x === "float" || y === "float") return "float";
  if (x === "bool" && y === "bool" && /^(bitwise_(and|or|xor)|mul|multiply)$/.test(name)) return "bool";
  const isWhole = (v: Operand): boolean => kindOf(v) === "int" || typeof v === "number";
  return /^(add|sub|subtract|mul|multiply|maximum|minimum|pow|remainder|fmod|floor_divide)$/.test(name) &&
    isWhole(a) &&
    isWhole(b)
    ? "int"
    : undefined;
}

/** The shape of an operation on numbers that stand at the same place. */
export const together = (operands: readonly Operand[], dtype?: NumberKind): Result =>
  tensor(broadcast(operands.map(shapeOf)), dtype);

/** Two numbers in, one number out. */
export const arithmetic: readonly Operation[] = [
  ...TABLE.flatMap(({ calls, gives, summary }) =>
    calls.map((call): Operation => {
      const name = call.split("(")[0] ?? "";
      return {
        name,
        summary,
        calls: asBoth(call),
        isLocal: true,
        infer: ({ input, other }) => {
          ofTensors(name, other);
          return together([input, other], gives === "operands" ? kindFrom(input, other, name) : gives);
        },
        examples: [
          { call: `torch.${name}(a, b)`, given: { input: tensor([2, 3]), other: tensor([3]) }, gives: [2, 3] },
          { call: `torch.${name}(a, b)`, given: { input: tensor([2, 1]), other: tensor([1, 4]) }, gives: [2, 4] },
        ],
      };
    }),
  ),
  {
    name: "isclose",
    summary: "Says where two tensors are nearly the same, as a mask.",
    calls: asBoth("isclose(input, other, rtol=0, atol=0, equal_nan=False)"),
    infer: ({ input, other }) => together([input, other], "bool"),
    examples: [{ call: "torch.isclose(a, b)", given: { input: tensor([2, 3]), other: tensor([3]) }, gives: [2, 3] }],
  },
];

/** The operation behind each of Python's operators. */
export const OPERATORS: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "//": "floor_divide",
  "%": "remainder",
  "**": "pow",
  "&": "bitwise_and",
  "|": "bitwise_or",
  "^": "bitwise_xor",
  "<<": "bitwise_left_shift",
  ">>": "bitwise_right_shift",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
  "==": "eq",
  "!=": "ne",
  "@": "matmul",
};
