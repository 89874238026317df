import type { Size } from "../../../core/ops/op.js";
import type { Evaluator } from "../evaluator.js";
import type { Scope } from "../scope.js";
import type { Index } from "../syntax.js";
import type { PyValue, TensorValue } from "../values.js";

/** `x[…]` of a tensor: whole numbers take a dimension away, slices keep it, None adds one. */
export function indexTensor(engine: Evaluator, self: TensorValue, indices: readonly Index[], scope: Scope): PyValue {
  const lost = engine.tensor(undefined, { reason: "What this index gives is not known." });
  if (!self.shape) return lost;
  const values = indices.map((i) => (i.kind === "index" ? engine.evaluate(i.value, scope) : undefined));
  const consumed = indices.filter((i, k) => i.kind === "slice" || values[k]?.kind === "int").length;
  const result: Size[] = [];
  let axis = 0;
  for (const [k, index] of indices.entries()) {
    const value = values[k];
    if (index.kind === "slice") {
      const size = self.shape[axis++];
      result.push(index.parts.every((p) => p === undefined) ? size : undefined);
    } else if (value?.kind === "int") axis++;
    else if (value?.kind === "none") result.push(1);
    else if (value?.kind === "ellipsis") {
      const skipped = self.shape.length - consumed;
      result.push(...self.shape.slice(axis, axis + skipped));
      axis += skipped;
    } else return lost;
    if (axis > self.shape.length) return lost;
  }
  return engine.tensor([...result, ...self.shape.slice(axis)]);
}
