import { isDim } from "../../../core/expr/evaluate.js";
import type { Refusal } from "../../../core/ops/apply.js";
import { countMistake, sayMistake } from "../../../core/ops/mistakes.js";
import type { LayerCall } from "../trace.js";
import type { LayerValue, TensorValue } from "../values.js";

/** The mistake in flattening that gives the number of features which a layer was made for, as a sentence. */
export function flatteningMistake(
  calls: readonly LayerCall[],
  input: TensorValue,
  args: LayerValue["args"],
  { argument }: Refusal,
): string | undefined {
  const expected = argument === undefined ? undefined : args[argument];
  const flattening = calls.findLast((c) => c.output === input && c.op.mistakes?.some((m) => m.features !== undefined));
  if (!flattening || !isDim(expected)) return undefined;
  const found = countMistake(flattening.op, flattening.applied, "features", expected);
  return found && sayMistake(found);
}
