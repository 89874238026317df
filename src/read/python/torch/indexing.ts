import { operationNamed } from "../../../core/operations/index.js";
import type { Operand } from "../../../core/operations/operation.js";
import type { Evaluator } from "../evaluator.js";
import type { Scope } from "../scope.js";
import type { Expression, Index, Place } from "../syntax.js";
import { isTensorValue, isTupleValue, isUnknownValue } from "../valueKinds.js";
import { type PyValue, type TensorValue, unknown } from "../values.js";
import { inferResult } from "./inferResult.js";
import { tensorsIn, toOperand } from "./operand.js";

/** One index with its values: a single one, or the three parts of a slice. */
interface Read {
  readonly values: readonly (PyValue | undefined)[];
  readonly isSlice: boolean;
  readonly at: Expression | undefined;
}

function read(engine: Evaluator, index: Index, scope: Scope): readonly Read[] {
  if (index.kind === "slice") {
    const values = index.parts.map((p) => p && engine.evaluate(p, scope));
    return [{ values, isSlice: true, at: index.parts.find((p) => p !== undefined) }];
  }
  const value = engine.evaluate(index.value, scope);
  // x[(0, 1)] is x[0, 1].
  if (isTupleValue(value)) return value.items.map((item) => ({ values: [item], isSlice: false, at: index.value }));
  return [{ values: [value], isSlice: false, at: index.value }];
}

/** A whole number that is not known takes a dimension away, as a tensor of one does. */
const SOME_PLACE: Operand = { kind: "tensor", shape: [], dtype: "int" };

/** `x[…]` of a tensor: whole numbers take a dimension away, slices keep it, None adds one. */
export function indexTensor(
  engine: Evaluator,
  self: TensorValue,
  indices: readonly Index[],
  scope: Scope,
  place: Place,
): PyValue {
  const called = operationNamed("Tensor.__getitem__");
  const all = indices.flatMap((index) => read(engine, index, scope));
  if (!called) return unknown("What this index gives is not known.");
  const made = inferResult(engine, {
    operation: called.operation,
    given: (shapeOf) => ({
      input: toOperand(self, shapeOf),
      indices: all.map(({ values, isSlice }): Operand => {
        const part = (v: PyValue | undefined): Operand => (v ? toOperand(v, shapeOf) : null);
        const [start, stop, step] = values;
        if (isSlice) return { kind: "slice", start: part(start), stop: part(stop), step: part(step) };
        return isUnknownValue(start) && start.whole ? SOME_PLACE : part(start);
      }),
    }),
    tensors: tensorsIn([self, ...all.flatMap(({ values }) => values.filter((v) => v !== undefined))]),
    place,
    label: "this index",
    placeOf: ({ item }) => (item === undefined ? undefined : all[item]?.at),
  });
  // Where it has not the dimensions that are asked for here, it has not elsewhere.
  const isRefused = isTensorValue(made) && made.doubt === "any" && !made.shape;
  if (isRefused && self.shape && !self.doubt && !self.open) engine.journal.set(self, "doubt", "any");
  return made;
}
