import type { MathExpr, MathOperator, MathPlace } from "../../core/math/expression.js";
import { NotRead } from "./tokenStream.js";

/** Two expressions with an operator between. */
export const binary = (op: MathOperator, left: MathExpr, right: MathExpr): MathExpr => ({
  kind: "binary",
  op,
  left,
  right,
  from: left.from,
  to: right.to,
});

/** Items in brackets: `(1, 2)` is a column, `[[1, 0], [3, 4]]` a matrix by rows. */
export function listOf(items: readonly MathExpr[], at: MathPlace): MathExpr {
  const columns = items.map((e) =>
    e.kind === "matrix" && e.rows.every((row) => row.length === 1) ? e.rows.flat() : undefined,
  );
  if (columns.every((c) => c !== undefined) && columns.every((c) => c.length === columns[0]?.length))
    return { kind: "matrix", rows: columns, ...at };
  if (columns.some((c) => c !== undefined)) throw new NotRead();
  return { kind: "matrix", rows: items.map((e) => [e]), ...at };
}
