import { less } from "../dims/compare.js";
import { ceil, dimOf, divide, subtract } from "../dims/dim.js";
import { printSize, printSizes } from "../layer/explain.js";
import type { Shape, Size } from "../layer/op.js";
import {
  counted,
  givenOr,
  isBelow,
  isFraction,
  isList,
  isTensor,
  kindOf,
  numberOf,
  sizeOf,
  tensorShape,
} from "./operands.js";
import { inOrder, type NumberKind, type Operand, type Operands, type Operation, refuse, tensor } from "./operation.js";
import { sizesFrom } from "./reshape.js";

/** The kind that `dtype=` asks for; without it, the kind that is made of itself. */
function kindAsked(given: Operands, own: NumberKind | undefined): NumberKind | undefined {
  const { dtype } = given;
  if (dtype === null || (dtype === undefined && !Object.hasOwn(given, "dtype"))) return own;
  return typeof dtype === "object" && "kind" in dtype && dtype.kind === "dtype" ? dtype.dtype : undefined;
}

/** Refuses sizes below 0. */
export function possible(name: string, sizes: Shape | undefined): Shape | undefined {
  const at = sizes?.findIndex((s) => isBelow(s, 0)) ?? -1;
  if (at >= 0)
    refuse(`${name}/size`, `Size ${at} of ${name} is ${printSize(sizes?.[at])}.`, "Use sizes of 0 or more.", {
      argument: "size",
      item: at,
    });
  return sizes;
}

const ofSize = (name: string, calls: readonly string[], summary: string, own: NumberKind | undefined): Operation => ({
  name,
  summary,
  calls,
  infer: (given) => inOrder(possible(name, sizesFrom(given.size)), kindAsked(given, own)),
  examples: [{ call: `torch.${name}(2, 3)`, given: { size: [2, 3] }, gives: [2, 3] }],
});

const like = (name: string, call: string, own: NumberKind | "same"): Operation => ({
  name,
  summary: "Makes a tensor of the same shape.",
  calls: [`torch.${call}`],
  infer: (given) => tensor(tensorShape(given.input), kindAsked(given, own === "same" ? kindOf(given.input) : own)),
  examples: [{ call: `torch.${name}(x)`, given: { input: tensor([2, 3]) }, gives: [2, 3] }],
});

const asFloat = (v: Operand): number | undefined =>
  typeof v === "number"
    ? v
    : typeof v === "object" && v !== null && "kind" in v && v.kind === "float"
      ? v.value
      : undefined;

/** How many steps lead from one number to another; in floats, as PyTorch counts them. */
function stepsBetween(start: Operand, end: Operand, step: Operand): Size {
  const numbers = [asFloat(start), asFloat(end), asFloat(step)];
  const by = numberOf(step);
  if (by === undefined) return undefined;
  if (by === 0) refuse("arange/step", "The step of arange is 0.", "Use another step.", { argument: "step" });
  const [a, b, c] = numbers;
  if (a !== undefined && b !== undefined && c !== undefined) {
    if ((c > 0 && b < a) || (c < 0 && b > a))
      refuse(
        "arange/bounds",
        `arange goes from ${a} to ${b} in steps of ${c}.`.replaceAll("-", "−"),
        "Swap the bounds, or change the step's sign.",
        { argument: "end" },
      );
    return dimOf(Math.ceil((b - a) / c));
  }
  const [from, to] = [numberOf(start), numberOf(end)];
  if (from === undefined || to === undefined || typeof by !== "number" || isFraction(from) || isFraction(to))
    return undefined;
  const span = by > 0 ? subtract(to, from) : subtract(from, to);
  const steps = less(span, 0) === false ? divide(span, Math.abs(by)) : undefined;
  return steps === undefined ? undefined : ceil(steps);
}

/** The sizes of a tensor, or of lists within lists; unknown where they are not all alike. */
export function listSizes(v: Operand, depth = 0): Shape | undefined {
  if (isTensor(v)) return v.shape;
  if (v === undefined || v === null || typeof v === "string" || depth > 8) return undefined;
  if (!isList(v)) return [];
  if (v.length === 0) return [0];
  const parts = v.map((item) => listSizes(item, depth + 1));
  const [first] = parts;
  if (!first || parts.includes(undefined)) return undefined;
  const isAlike = parts.every((p) => p?.length === first.length && p.every((d, i) => d === first[i]));
  return isAlike ? [v.length, ...first] : undefined;
}

/** The kind of numbers in lists within lists. */
function listKind(v: Operand): NumberKind | undefined {
  if (isTensor(v)) return v.dtype;
  if (isList(v)) {
    const kinds = v.map(listKind);
    return kinds.includes(undefined) || kinds.length === 0
      ? undefined
      : kinds.includes("float")
        ? "float"
        : kinds.includes("int")
          ? "int"
          : "bool";
  }
  return typeof v === "boolean"
    ? "bool"
    : typeof v === "number"
      ? "int"
      : typeof v === "object" && v !== null && "kind" in v && v.kind === "float"
        ? "float"
        : undefined;
}

const row = (
  name: string,
  calls: readonly string[],
  summary: string,
  size: (given: Operands) => Size,
  own: NumberKind | undefined,
  given: Operands,
  gives: readonly number[],
): Operation => ({
  name,
  summary,
  calls,
  infer: (given) => tensor([size(given)], kindAsked(given, own)),
  examples: [{ call: `torch.${name}(…)`, given, gives }],
});

const FILLED = "zeros ones empty rand randn".split(" ");
const NEW = ["new_zeros", "new_ones", "new_empty"];
const DATA = ["torch.tensor(data)", "torch.as_tensor(data)", "Tensor.new_tensor(data)"];

/** Tensors made of nothing. */
export const creation: readonly Operation[] = [
  ...FILLED.map((name) => ofSize(name, [`torch.${name}(*size)`], "Makes a tensor of the sizes given.", "float")),
  ...NEW.map((name) => ofSize(name, [`Tensor.${name}(*size)`], "Makes a tensor of the sizes given.", undefined)),
  ofSize("full", ["torch.full(size, fill_value)"], "Makes a tensor filled with one number.", undefined),
  ofSize("new_full", ["Tensor.new_full(size, fill_value)"], "Makes a tensor filled with one number.", undefined),
  ofSize(
    "randint",
    ["torch.randint(high, size)", "torch.randint(low, high, size)"],
    "Makes a tensor of random whole numbers.",
    "int",
  ),
  ofSize("normal", ["torch.normal(mean, std, size)"], "Makes a tensor of random numbers.", "float"),
  ...["zeros_like", "ones_like", "empty_like", "rand_like", "randn_like"].map((name) =>
    like(name, `${name}(input)`, "same"),
  ),
  like("full_like", "full_like(input, fill_value)", "same"),
  like("randint_like", "randint_like(input, *bounds)", "same"),
  {
    name: "arange",
    summary: "Counts from a number up to another, which is left out.",
    calls: ["torch.arange(end)", "torch.arange(start, end, step=1)"],
    infer: (given) => {
      const { end } = given;
      const [start, step] = [givenOr(given, "start", 0), givenOr(given, "step", 1)];
      const isWhole = [start, end, step].every((v) => sizeOf(v) !== undefined && !isFraction(sizeOf(v)));
      const isFloat = [start, end, step].some((v) => sizeOf(v) === undefined && numberOf(v) !== undefined);
      const own = isWhole ? "int" : isFloat ? "float" : undefined;
      return tensor([stepsBetween(start, end, step)], kindAsked(given, own));
    },
    examples: [{ call: "torch.arange(5)", given: { end: 5 }, gives: [5] }],
  },
  row(
    "linspace",
    ["torch.linspace(start, end, steps)"],
    "Makes so many numbers, evenly spaced.",
    ({ steps }) => possible("linspace", [sizeOf(steps)])?.[0],
    "float",
    { start: 0, end: 1, steps: 5 },
    [5],
  ),
  row(
    "logspace",
    ["torch.logspace(start, end, steps, base=10)"],
    "Makes so many numbers, evenly spaced on a logarithmic scale.",
    ({ steps }) => possible("logspace", [sizeOf(steps)])?.[0],
    "float",
    { steps: 5 },
    [5],
  ),
  row(
    "randperm",
    ["torch.randperm(n)"],
    "Puts the numbers from 0 to n − 1 into random order.",
    ({ n }) => possible("randperm", [sizeOf(n)])?.[0],
    "int",
    { n: 5 },
    [5],
  ),
  ...["hann_window", "hamming_window", "blackman_window", "bartlett_window"].map((name) =>
    row(
      name,
      [`torch.${name}(window_length, periodic=True)`],
      "Makes a window function's numbers.",
      ({ window_length: n }) => possible(name, [sizeOf(n)])?.[0],
      "float",
      { window_length: 5 },
      [5],
    ),
  ),
  {
    name: "eye",
    summary: "Makes a matrix with ones on its diagonal.",
    calls: ["torch.eye(n, m=None)"],
    infer: (given) =>
      tensor(
        possible("eye", [sizeOf(given.n), given.m === null ? sizeOf(given.n) : sizeOf(given.m)]),
        kindAsked(given, "float"),
      ),
    examples: [{ call: "torch.eye(3)", given: { n: 3, m: null }, gives: [3, 3] }],
  },
  {
    name: "tensor",
    summary: "Makes a tensor of the numbers in a list, or in lists within lists.",
    calls: DATA,
    infer: (given) => tensor(listSizes(given.data), kindAsked(given, listKind(given.data))),
    examples: [
      {
        call: "torch.tensor([[1, 2, 3], [4, 5, 6]])",
        given: {
          data: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
        gives: [2, 3],
      },
    ],
  },
  {
    name: "multinomial",
    summary: "Draws so many indices from each row of weights.",
    calls: [
      "torch.multinomial(input, num_samples, replacement=False)",
      "Tensor.multinomial(num_samples, replacement=False)",
    ],
    infer: ({ input, num_samples: count, replacement }) => {
      const shape = tensorShape(input);
      if (shape && (shape.length === 0 || shape.length > 2))
        refuse(
          "multinomial/rank",
          `multinomial takes a row of weights or several, ${printSizes(shape)} has ${counted(shape.length, "dimension")}.`,
          "Give it a tensor of 1 or 2 dimensions.",
        );
      const [samples, weights] = [sizeOf(count), shape?.at(-1)];
      if (isBelow(samples, 1) || (replacement === false && isBelow(weights, samples)))
        refuse(
          "multinomial/samples",
          `num_samples is ${printSize(samples)}, there are ${printSize(weights)} weights.`,
          "Draw at least 1, and no more than there are without replacement.",
          { argument: "num_samples" },
        );
      return tensor(shape && [...shape.slice(0, -1), samples], "int");
    },
    examples: [{ call: "torch.multinomial(w, 4)", given: { input: tensor([2, 5]), num_samples: 4 }, gives: [2, 4] }],
  },
];
