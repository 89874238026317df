import { isDim } from "../../../core/expr/evaluate.js";
import { applyOp, type Refusal } from "../../../core/layer/apply.js";
import { countMistake, sayMistake } from "../../../core/layer/mistakes.js";
import type { LayerCall } from "../trace.js";
import type { LayerValue, TensorValue } from "../values.js";
import { layerBehind } from "./layerBehind.js";

/** The mistake in flattening that gives the number of features which a layer was made for, as a sentence. */
export function flatteningMistake(
  calls: readonly LayerCall[],
  input: TensorValue,
  args: LayerValue["args"],
  { argument }: Refusal,
): string | undefined {
  const expected = argument === undefined ? undefined : args[argument];
  const flattening = layerBehind(calls, input);
  if (!flattening?.input.shape || !isDim(expected)) return undefined;
  const { op, args: own } = flattening;
  const applied = applyOp(op, own, flattening.input.shape);
  // Where nothing is left, none of its sizes can have been left out.
  if (applied.output?.includes(0)) return undefined;
  const found = countMistake(op, applied, "features", expected);
  return found && sayMistake(found);
}
