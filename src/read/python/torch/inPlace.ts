import { printSizes } from "../../../core/layer/explain.js";
import { differ } from "../../../core/operations/operands.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import type { TensorValue } from "../values.js";

/** Says where a result certainly has another shape than the tensor into which it is written. */
export function sayInPlace(
  engine: Evaluator,
  self: TensorValue,
  made: TensorValue,
  name: string,
  instead: string,
  place: Place,
  code = name,
): void {
  const [own, other] = [self.shape, made.shape];
  if (!own || !other || self.doubt || made.doubt) return;
  if (own.length === other.length && !own.some((d, i) => differ(d, other[i]))) return;
  engine.trace.mismatch({
    code: `${code}/in-place`,
    severity: "error",
    place,
    say: `${name} would turn ${printSizes(own)} into ${printSizes(other)}, and in place a tensor keeps its shape.`,
    advise: `Use ${instead}, which makes a new tensor, or operands that fit.`,
  });
}
