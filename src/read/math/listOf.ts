import type { MathExpr, MathPlace } from "../../core/math/expression.js";
import { NotRead } from "./tokenStream.js";

/** Items in brackets: `(1, 2)` is a column, `[[1, 0], [3, 4]]` a matrix by rows. */
export function listOf(items: readonly MathExpr[], at: MathPlace): MathExpr {
  const columns = items.map((e) =>
    e.kind === "matrix" && e.rows.every((row) => row.length === 1) ? e.rows.flat() : undefined,
  );
  if (columns.every((c) => c !== undefined) && columns.every((c) => c.length === columns[0]?.length))
    return { kind: "matrix", rows: columns, ...at };
  if (columns.some((c) => c !== undefined)) throw new NotRead();
  return { kind: "matrix", rows: items.map((e) => [e]), isList: true, ...at };
}
