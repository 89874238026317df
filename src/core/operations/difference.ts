import { less } from "../dims/compare.js";
import { add, subtract } from "../dims/dim.js";
import type { Size } from "../layer/op.js";
import { axisOf, givenOr, isTensor, kindOf, tensorShape } from "./operands.js";
import { type Operand, type Operands, type Operation, type Result, refuse, tensor } from "./operation.js";
import { asBoth } from "./signatures.js";

/** How far a tensor that is put in front or behind reaches along a dimension; undefined where that is not known. */
function reach(of: Operand, axis: number, rank: number): Size {
  if (of === null) return 0;
  const shape = isTensor(of) ? of.shape : undefined;
  return shape?.length === rank ? shape[axis] : undefined;
}

/** One less along a dimension for each time that neighbours are subtracted, but never less than none. */
function differences(given: Operands): Result {
  const { input } = given;
  const [n, dim] = [givenOr(given, "n", 1), givenOr(given, "dim", -1)];
  const [prepend, append] = [givenOr(given, "prepend", null), givenOr(given, "append", null)];
  const shape = tensorShape(input);
  if (!shape) return tensor(undefined, kindOf(input));
  if (shape.length === 0)
    refuse("diff/rank", "diff subtracts neighbours, and a single number has none.", "Give it at least one dimension.");
  const axis = axisOf(dim, shape.length, "diff/dim");
  if (axis === undefined)
    return tensor(
      shape.map(() => undefined),
      kindOf(input),
    );
  const parts = [shape[axis], reach(prepend, axis, shape.length), reach(append, axis, shape.length)];
  const whole = parts.reduce<Size>((a, b) => (a === undefined || b === undefined ? undefined : add(a, b)), 0);
  const left = whole === undefined || typeof n !== "number" ? undefined : subtract(whole, n);
  const isNone = left === undefined ? undefined : less(left, 0);
  return tensor(shape.with(axis, isNone === undefined ? undefined : isNone ? 0 : left), kindOf(input));
}

/** Differences of neighbours. */
export const difference: readonly Operation[] = [
  {
    name: "diff",
    summary: "Subtracts each number along a dimension from the next; one less is left.",
    calls: asBoth("diff(input, n=1, dim=-1, prepend=None, append=None)"),
    infer: differences,
    examples: [{ call: "torch.diff(x, dim=1)", given: { input: tensor([2, 3]), dim: 1 }, gives: [2, 2] }],
  },
];
