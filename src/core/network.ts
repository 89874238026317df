import { same } from "./dims/compare.js";
import { add, type Dim, divide, minimum, multiply, negate, subtract } from "./dims/dim.js";
import { isDim } from "./expr/evaluate.js";
import type { Applied } from "./layer/apply.js";
import { gives } from "./layer/mistakes.js";
import type { Mistake, Op, Size } from "./layer/op.js";
import { formulaFor, prepare } from "./layer/prepare.js";

/**
 * What one unit sees of the network's input along one axis, in input cells: how many, how far apart two neighbours look, and where
 * the middle of what the first unit sees lies, the first cell reaching from 0 to 1 (below 0 it lies in the padding).
 */
export interface Field {
  readonly size: Dim;
  readonly jump: Dim;
  readonly start: Size;
}

/** The fields of the network's input itself: each cell sees itself. */
export const inputFields = (axes: number): readonly Field[] =>
  Array.from({ length: axes }, () => ({ size: 1, jump: 1, start: divide(1, 2) }));

/** The fields of a tensor, one an axis: null where they are not known, undefined where it is the network's input. */
export type Fields = readonly Field[] | null | undefined;

/**
 * The fields behind a layer: the field grows by (K − 1)·jump, the jump by the stride, the start by ((K − 1)/2 − P)·jump. A layer
 * without windows passes them on; what a layer with axes but without a window of a known size does to them is not known.
 */
export function fieldsAfter(fields: Fields, op: Op, applied: Applied): Fields {
  const known = behind.get(applied) ?? [];
  for (const [before, after] of known) if (before === fields) return after;
  const after = fieldsBehind(fields, op, applied);
  if (known.length >= MAX_KNOWN) known.shift();
  known.push([fields, after]);
  behind.set(applied, known);
  return after;
}

/** What was calculated for a layer's answer, which is one for all that are made and fed alike. */
const behind = new WeakMap<Applied, (readonly [Fields, Fields])[]>();
const MAX_KNOWN = 8;

function fieldsBehind(fields: Fields, op: Op, applied: Applied): Fields {
  const { field } = prepare(op);
  // What is laid out anew, or made of all numbers at once, has no field of this kind any more.
  if (!field) return Array.isArray(op.output) && op.output.join() === op.input.join() ? fields : null;
  if (fields === null || (fields && fields.length !== op.axes)) return null;
  const before = fields ?? inputFields(op.axes);
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

/** The fields of what is calculated number by number from two tensors of one shape: all that either sees. */
export function fieldsTogether(a: Fields, b: Fields): Fields {
  if (a === undefined || b === undefined) return a === b ? a : null;
  if (!a || !b || a.length !== b.length) return null;
  const both = a.map((one, i) => unite(one, b[i] as Field));
  return both.includes(undefined) ? null : (both as Field[]);
}

function unite(a: Field, b: Field): Field | undefined {
  if (a.start === undefined || b.start === undefined || !same(a.jump, b.jump)) return undefined;
  const edge = (f: Field, side: 1 | -1): Dim => add(f.start as Dim, divide(multiply(side, f.size), 2) as Dim);
  const low = minimum(edge(a, -1), edge(b, -1));
  const high = negate(minimum(negate(edge(a, 1)), negate(edge(b, 1))));
  const size = subtract(high, low);
  return { size, jump: a.jump, start: add(low, divide(size, 2) as Dim) };
}

/** The mistake that gives just this receptive field, of what the layers before see. */
export const fieldMistake = (
  op: Op,
  applied: Applied,
  before: readonly Field[],
  claimed: readonly number[],
): Mistake | undefined =>
  op.mistakes?.find(({ field }) => {
    const formula = field === undefined ? undefined : formulaFor(op, field);
    return (
      formula &&
      applied.axisNames.every((names, i) =>
        gives(formula.value({ ...names, r: before[i]?.size, j: before[i]?.jump }), claimed[i] ?? claimed[0]),
      )
    );
  });
