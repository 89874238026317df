import type { Evaluator } from "../evaluator.js";
import { take } from "../taking.js";
import { isBoolValue, isTensorValue } from "../valueKinds.js";
import { type CallArguments, type PyValue, tupleValue, unknown } from "../values.js";

const ARGUMENTS =
  "outputs inputs grad_outputs? retain_graph? create_graph? only_inputs? allow_unused? is_grads_batched? materialize_grads?";

/** `torch.autograd.grad(outputs, inputs)`: a gradient of the same shape for each input, as a tuple also where there is one. */
export function gradients(engine: Evaluator, args: CallArguments): PyValue {
  const lost = unknown("Which gradients they are is not known.");
  const [, inputs, , , , , mayBeUnused, areBatched] = take(args, ARGUMENTS) ?? [];
  if (!inputs || areBatched) return lost;
  const items = isTensorValue(inputs) ? [inputs] : engine.iterate(inputs);
  if (!items) return lost;
  const isUsed = !mayBeUnused || (isBoolValue(mayBeUnused) && !mayBeUnused.value);
  return tupleValue(
    items.map((v) =>
      isUsed && isTensorValue(v)
        ? { kind: "tensor", shape: v.shape, ...(v.dtype ? { dtype: v.dtype } : {}) }
        : unknown("Whether it has a gradient is not known."),
    ),
  );
}
