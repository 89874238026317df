import { printSizes } from "../../../core/layer/explain.js";
import type { Shape } from "../../../core/layer/op.js";
import { type Fields, fieldsTogether } from "../../../core/network.js";
import { applyOperation, describe } from "../../../core/operations/call.js";
import type { Operands, Operation, OperationRefusal, Result } from "../../../core/operations/operation.js";
import type { Evaluator } from "../evaluator.js";
import type { Expression, Place } from "../syntax.js";
import type { Mismatch } from "../trace.js";
import { type PyValue, type TensorValue, unknown } from "../values.js";
import { isLiteral } from "./isLiteral.js";
import { arrange } from "./openInput.js";
import { sayMixedRows } from "./samples.js";

type ShapeOf = (t: TensorValue) => Shape | undefined;

const ownShape: ShapeOf = (t) => t.shape;

/** One use of an operation in the file. */
export interface Use {
  readonly operation: Operation;
  /** The operands, with the shape of each tensor that the function says. */
  readonly given: (shapeOf: ShapeOf) => Operands;
  readonly tensors: readonly TensorValue[];
  readonly place: Place;
  /** How the student writes it: `torch.cat`, `view`, `+`. */
  readonly label: string;
  /** Where the number of a refusal stands. */
  readonly placeOf: (refusal: OperationRefusal) => Expression | undefined;
}

/** A shape that no tensor has: what hands this very shape on keeps every shape. */
const PROBE: Shape = [undefined, undefined, undefined];

/** An input of which a comment says the sizes without the batch gets them as they stand. */
export function settle(engine: Evaluator, t: TensorValue): void {
  if (t.open && !t.shape && t.sizes) engine.journal.set(t, "shape", arrange(t.sizes, undefined, false));
}

/** What an operation makes of tensors, with what it refuses said once: a mistake that follows from one before is silent. */
export function inferResult(engine: Evaluator, asked: Use): PyValue {
  let plain: Operands | undefined;
  // What it is given as it is is asked for again and again.
  const given = (shapeOf: ShapeOf): Operands =>
    shapeOf === ownShape ? (plain ??= asked.given(ownShape)) : asked.given(shapeOf);
  const use = { ...asked, given };
  const { operation, tensors } = use;
  engine.step(tensors.length);
  const [open] = tensors;
  if (open?.open && !open.shape && tensors.length === 1 && keepsShape(use)) return open;
  for (const t of tensors) settle(engine, t);
  const first = applyOperation(operation, given(ownShape));
  if ("result" in first) sayMixedRows(engine, operation, () => given(ownShape), tensors);
  const isDoubted = tensors.some((t) => t.doubt);
  const isLost = tensors.some((t) => t.doubt === "any");
  const second =
    isDoubted && !isLost
      ? applyOperation(
          operation,
          given((t) => (Array.isArray(t.doubt) ? t.doubt : t.shape)),
        )
      : undefined;
  if ("refusal" in first) {
    // Where several meet and one of them is not what it was meant to be, who knows which of them is to change.
    const isShaken = tensors.some((t) => t.isShaken);
    const isExcused =
      isShaken || (isDoubted && (isLost || tensors.length > 1 || (second !== undefined && "result" in second)));
    if (isExcused && second && "result" in second) return toValue(engine, use, second.result, undefined);
    if (!isExcused) engine.trace.mismatch(mismatchOf(use, first.refusal));
    if (tensors.length > 1) for (const t of tensors) if (!t.doubt && !t.open) engine.journal.set(t, "doubt", "any");
    return engine.tensor(undefined, { doubt: "any", reason: "It does not fit, so that its shape is not known." });
  }
  const other = second && "result" in second ? second.result : undefined;
  return toValue(engine, use, first.result, isDoubted ? (other ?? "any") : undefined);
}

/** Whether an operation leaves the shape of its one tensor as it is, whatever that is. */
function keepsShape({ operation, given }: Use): boolean {
  const made = applyOperation(
    operation,
    given(() => PROBE),
  );
  return "result" in made && made.result.kind === "tensor" && made.result.shape === PROBE;
}

/** A result as a value; `doubt` is what the same comes to by the student's own numbers. */
function toValue(engine: Evaluator, use: Use, result: Result, doubt: Result | "any" | undefined): PyValue {
  const { tensors, place, label, operation } = use;
  if (result.kind === "unknown") return unknown("What this gives depends on what is not known.");
  if (result.kind === "tensor") {
    const [only, ...more] = tensors;
    // What changes no shape is no place where a shape comes from.
    const fields = fieldsOf(use, result.shape);
    // A memory format that is asked for puts the numbers into an order of its own.
    const isFormatted = Object.hasOwn(use.given(ownShape), "memory_format");
    const isSame = only?.shape !== undefined && more.length === 0 && result.shape === only.shape;
    const kept = isSame && operation.isLocal ? only.strides : undefined;
    const strides = isFormatted ? undefined : (result.strides ?? kept);
    if (isSame)
      return only.dtype === result.dtype && only.fields === fields && only.strides === strides
        ? only
        : { ...only, dtype: result.dtype, fields, strides };
    const counted = doubt !== undefined && doubt !== "any" && doubt.kind === "tensor" ? doubt.shape : undefined;
    return engine.tensor(result.shape, {
      maker: {
        place,
        label,
        summary: describe(operation, use.given(ownShape)),
      },
      ...(result.dtype ? { dtype: result.dtype } : {}),
      ...(strides ? { strides } : {}),
      ...(fields === undefined ? {} : { fields }),
      ...(doubt === undefined ? {} : { doubt: counted ?? "any" }),
      ...(tensors.some((t) => t.isShaken) ? { isShaken: true } : {}),
      ...(result.shape ? {} : { reason: reasonOf(use) }),
    });
  }
  if (!result.items) return unknown("How many parts there are is not known.");
  const parts =
    doubt !== undefined && doubt !== "any" && doubt.kind !== "tensor" && doubt.kind !== "unknown"
      ? doubt.items
      : undefined;
  const items = result.items.map((item, i) =>
    toValue(engine, use, item, doubt === undefined ? undefined : (parts?.[i] ?? "any")),
  );
  if (result.kind === "list") return { kind: "list", items };
  return { kind: "tuple", items, ...(result.names ? { names: result.names } : {}) };
}

/** What a unit of a result sees of the network's input: where each number is made of those at its own place, what these see. */
function fieldsOf({ operation, tensors }: Use, shape: Shape | undefined): Fields {
  const [first, ...more] = tensors.filter((t) => t.fields !== undefined);
  if (!first) return undefined;
  const isPlace =
    operation.isLocal && tensors.every((t) => t.fields === undefined || t.shape?.length === shape?.length);
  return isPlace ? more.reduce<Fields>((all, t) => fieldsTogether(all, t.fields), first.fields) : null;
}

const reasonOf = ({ tensors, label }: Use): string =>
  tensors.find((t) => !t.shape)?.reason ?? `What ${label} makes of it is not known.`;

/** A refusal as a mismatch at the number to change. */
function mismatchOf({ tensors, place, placeOf }: Use, refusal: OperationRefusal): Mismatch {
  const at = placeOf(refusal);
  const { fix, meets } = refusal;
  const from = [...tensors].reverse().find((t) => t.maker && t.shape);
  return {
    code: refusal.code,
    severity: "error",
    place: at ?? place,
    say: refusal.say,
    advise: refusal.advise,
    ...(meets && { meets }),
    ...(from?.maker && from.shape
      ? { related: { place: from.maker.place, say: `${from.maker.label} gives ${printSizes(from.shape)}, here.` } }
      : {}),
    ...(at && fix !== undefined && isLiteral(at) ? { replacement: { place: at, text: String(fix) } } : {}),
  };
}
