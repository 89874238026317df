import type { Evaluator } from "../evaluator.js";
import type { PyValue, TensorValue } from "../values.js";

/** Rows that a tensor is taken apart into. */
const MAX_ROWS = 128;

/** The rows of a tensor, which a loop goes through; `expected` says how many where its first size does not. */
export function rowsOf(
  engine: Evaluator,
  { shape, doubt }: TensorValue,
  expected?: number,
): readonly PyValue[] | undefined {
  const count = shape && shape.length > 0 ? (shape[0] ?? expected) : undefined;
  if (!shape || typeof count !== "number" || count > MAX_ROWS) return undefined;
  return Array.from({ length: count }, () => engine.tensor(shape.slice(1), doubt ? { doubt: "any" } : {}));
}
