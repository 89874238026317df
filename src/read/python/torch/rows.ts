import type { Evaluator } from "../evaluator.js";
import type { PyValue, TensorValue } from "../values.js";

/** Rows that a tensor is taken apart into. */
const MAX_ROWS = 128;

/** The same where the numbers themselves are known. */
const MAX_NUMBERS = 1024;

/** The rows of a tensor, which a loop goes through; `expected` says how many where its first size does not. */
export function rowsOf(
  engine: Evaluator,
  { shape, doubt, numbers, dtype }: TensorValue,
  expected?: number,
): readonly PyValue[] | undefined {
  const count = shape && shape.length > 0 ? (shape[0] ?? expected) : undefined;
  if (!shape || typeof count !== "number" || count > (numbers ? MAX_NUMBERS : MAX_ROWS)) return undefined;
  const own = shape.length === 1 && numbers?.length === count ? numbers : undefined;
  return Array.from({ length: count }, (_, i) =>
    engine.tensor(shape.slice(1), {
      ...(doubt ? { doubt: "any" } : {}),
      ...(dtype ? { dtype } : {}),
      ...(own ? { numbers: [own[i] as number] } : {}),
    }),
  );
}
