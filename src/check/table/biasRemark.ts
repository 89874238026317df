import type { Finding, Reveal } from "../finding.js";
import type { Explanation } from "./explainTable.js";
import type { TableModel } from "./tableModel.js";

/** A table that leaves out every bias counts weights: said once, at the column's head. */
export function biasRemark(model: TableModel, { habit, results }: Explanation, reveal: Reveal): Finding | undefined {
  if (habit.bias === "counted") return undefined;
  const first = results
    .flatMap((r) => r.row.claims)
    .find((c) => c.claim.kind === "params" && c.number && c.number.value > 0);
  if (!first) return undefined;
  const head = model.header?.cells[first.claim.column] ?? first.claim.cell;
  const which =
    habit.bias === "left out"
      ? "No layer of this table counts its biases"
      : "No convolution of this table counts its biases";
  const advise = reveal === "verdict" ? "" : " Call the column weights, or add one bias for each filter and unit.";
  return { span: head.inner, severity: "information", code: "table/biases", message: `${which}.${advise}` };
}
