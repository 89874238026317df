import { add, type Dim, divide, multiply, subtract } from "./dims/dim.js";
import { isDim } from "./expr/evaluate.js";
import type { Applied } from "./ops/apply.js";
import type { Op, Size } from "./ops/op.js";
import { prepare } from "./ops/prepare.js";

/**
 * What one unit sees of the network's input along one axis, in input cells: how many, how far apart two neighbours look, and where
 * the middle of what the first unit sees lies, the first cell reaching from 0 to 1 (below 0 it lies in the padding).
 */
export interface Field {
  readonly size: Dim;
  readonly jump: Dim;
  readonly start: Size;
}

/** The field of the network's input itself. */
const INPUT_FIELD: Field = { size: 1, jump: 1, start: divide(1, 2) };

/** The fields of a tensor, one an axis: null where they are not known, undefined where it is the network's input. */
export type Fields = readonly Field[] | null | undefined;

/**
 * The fields behind a layer: the field grows by (K − 1)·jump, the jump by the stride, the start by ((K − 1)/2 − P)·jump. A layer
 * without windows passes them on; what a layer with axes but without a window of a known size does to them is not known.
 */
export function fieldsAfter(fields: Fields, op: Op, applied: Applied): Fields {
  const { field } = prepare(op);
  if (!field) return op.axes > 0 ? null : fields;
  if (fields === null || (fields && fields.length !== op.axes)) return null;
  const before = fields ?? Array.from({ length: op.axes }, () => INPUT_FIELD);
  const next: Field[] = [];
  for (const [i, names] of applied.axisNames.entries()) {
    const [kernel, step, old] = [field.kernel.value(names), field.step.value(names), before[i]];
    if (!isDim(kernel) || !isDim(step) || !old) return null;
    const [half, pad] = [divide(subtract(kernel, 1), 2), field.pad?.value(names)];
    const isKnown = old.start !== undefined && half !== undefined && isDim(pad);
    next.push({
      size: add(old.size, multiply(subtract(kernel, 1), old.jump)),
      jump: multiply(old.jump, step),
      start: isKnown ? add(old.start, multiply(subtract(half, pad), old.jump)) : undefined,
    });
  }
  return next;
}
