import { same } from "../../../core/dims/compare.js";
import { productOf } from "../../../core/dims/product.js";
import { isDim } from "../../../core/expr/evaluate.js";
import { applyOp, type Refusal } from "../../../core/layer/apply.js";
import { countMistake, sayMistake } from "../../../core/layer/mistakes.js";
import type { LayerCall } from "../trace.js";
import type { LayerValue, TensorValue } from "../values.js";
import { layerBehind } from "./layerBehind.js";

/** The mistake in flattening that gives the number of features which a layer was made for; what to do where it is not the number that is wrong. */
export function flatteningMistake(
  calls: readonly LayerCall[],
  input: TensorValue,
  args: LayerValue["args"],
  { argument }: Refusal,
): { readonly say: string; readonly advise?: string } | undefined {
  const expected = argument === undefined ? undefined : args[argument];
  const flattening = layerBehind(calls, input);
  if (!flattening?.input.shape || !isDim(expected)) return undefined;
  const { op, args: own } = flattening;
  const applied = applyOp(op, own, flattening.input.shape);
  // Where nothing is left, none of its sizes can have been left out.
  if (applied.output?.includes(0)) return undefined;
  const sample = productOf(flattening.input.shape.slice(1));
  if (op.keepsNumbers && applied.output?.length === 1 && sample !== undefined && same(sample, expected))
    return { say: "The batch is laid out in the row as well.", advise: "Flatten from dimension 1 on." };
  const found = countMistake(op, applied, "features", expected);
  return found && { say: sayMistake(found) };
}
