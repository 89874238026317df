import { add, type Dim, multiply, subtract } from "./dims/dim.js";
import { isDim } from "./expr/evaluate.js";
import type { Applied } from "./ops/apply.js";
import type { Op } from "./ops/op.js";
import { prepare } from "./ops/prepare.js";

/** What one unit sees of the network's input along one axis, in input cells: how many, and how far apart two neighbours look. */
export interface Field {
  readonly size: Dim;
  readonly jump: Dim;
}

/** The field of the network's input itself. */
export const INPUT_FIELD: Field = { size: 1, jump: 1 };

/**
 * The fields behind a layer, one an axis: the field grows by (K − 1)·jump, the jump by the stride.
 * A layer without windows passes them on; undefined where the layer's window is not known.
 */
export function fieldsAfter(
  fields: readonly Field[] | undefined,
  op: Op,
  applied: Applied,
): readonly Field[] | undefined {
  const { field } = prepare(op);
  if (!field) return op.axes > 0 ? undefined : fields;
  return nextFields(fields ?? Array.from({ length: op.axes }, () => INPUT_FIELD), applied, field);
}

function nextFields(
  fields: readonly Field[],
  applied: Applied,
  field: NonNullable<ReturnType<typeof prepare>["field"]>,
): readonly Field[] | undefined {
  const next: Field[] = [];
  for (const [i, names] of applied.axisNames.entries()) {
    const [kernel, step, old] = [field.kernel.value(names), field.step.value(names), fields[i]];
    if (!isDim(kernel) || !isDim(step) || !old) return undefined;
    next.push({ size: add(old.size, multiply(subtract(kernel, 1), old.jump)), jump: multiply(old.jump, step) });
  }
  return next;
}
