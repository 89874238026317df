import { same } from "../../../core/dims/compare.js";
import { type Dim, floor } from "../../../core/dims/dim.js";
import { printDim } from "../../../core/dims/print.js";
import { productOf } from "../../../core/dims/product.js";
import { printSizes } from "../../../core/layer/explain.js";
import type { Shape, Size } from "../../../core/layer/op.js";
import { applyOperation, describe } from "../../../core/operations/call.js";
import { type Operands, type Operation, type OperationRefusal, tensor } from "../../../core/operations/operation.js";
import { reshaped, sizesFrom } from "../../../core/operations/reshape.js";
import type { Evaluator } from "../evaluator.js";
import type { Argument, Expression, Place } from "../syntax.js";
import type { PyValue, TensorValue } from "../values.js";
import { settle } from "./inferResult.js";
import { isLiteral } from "./isLiteral.js";
import { toOperand } from "./operand.js";

/** `view` and `reshape`: the same numbers under other sizes; one −1 is worked out, and a batch that changes is said. */
export function reshape(
  engine: Evaluator,
  self: TensorValue,
  operation: Operation,
  given: Operands,
  givenAt: readonly Argument[],
  place: Place,
  callee: Place,
): PyValue {
  settle(engine, self);
  const { name } = operation;
  const sizes = sizesFrom(given.size ?? given.shape);
  const maker = { place, label: name, summary: describe(operation, { ...given, input: toOperand(self) }) };
  if (!sizes) return engine.tensor(undefined, { reason: `The sizes given to ${name} are not known.`, maker });
  const places = placesOf(
    givenAt.filter((p) => p.name === undefined && !p.star),
    sizes.length,
  );
  const made = applyOperation(operation, { ...given, input: toOperand(self) });
  const numbers = self.shape && { name, place, of: self, shape: self.shape, sizes, places };
  if ("refusal" in made && made.refusal.code === "view/order") {
    sayOrder(engine, name, made.refusal, place, callee);
    return engine.tensor(reshaped("reshape", self.shape, sizes), { maker });
  }
  if ("refusal" in made)
    return numbers ? refuse(engine, numbers, made.refusal) : sayNegative(engine, places, made.refusal, place);
  const { shape, strides } = made.result.kind === "tensor" ? made.result : tensor(undefined);
  const worked = sizes[0] === -1 ? shape?.[0] : undefined;
  const isFlat = sizes.length === 2 && (self.shape?.length ?? 0) > 2;
  const isFirst = (size: Size): boolean =>
    size !== undefined && self.shape?.[0] !== undefined && same(size, self.shape[0]);
  const isKept = (isFlat || self.hasSamples === true) && isFirst(shape?.[0]) && sizes.length > 1;
  const hasRows = ((isFlat || (!self.shape && sizes.length === 2)) && sizes[0] === -1) || isKept;
  const kept = {
    maker,
    ...(self.dtype ? { dtype: self.dtype } : {}),
    ...(strides ? { strides } : {}),
    ...(self.fields === undefined ? {} : { fields: null }),
    ...(isFlat ? { flattened: self } : {}),
    ...(self.isShaken ? { isShaken: true as const } : {}),
    ...(hasRows ? { hasSamples: true as const } : {}),
  };
  if (!numbers || worked === undefined) return engine.tensor(shape, kept);
  return engine.tensor(shape?.with(0, batchOf(engine, numbers, worked)), kept);
}

/** `view` of numbers that lie in another order: the method's name is what to change. */
function sayOrder(engine: Evaluator, name: string, refusal: OperationRefusal, place: Place, callee: Place): void {
  const own = { from: callee.to - name.length, to: callee.to };
  const isNamed = engine.textAt(own) === name;
  const { code, say, advise } = refusal;
  engine.trace.mismatch({
    code,
    severity: "error",
    place: isNamed ? own : place,
    say,
    advise,
    ...(isNamed ? { replacement: { place: own, text: "reshape" } } : {}),
  });
}

/** Sizes below −1, and a second −1, are refused whatever the tensor is. */
function sayNegative(
  engine: Evaluator,
  places: readonly (Expression | undefined)[],
  { code, say, advise, item }: OperationRefusal,
  place: Place,
): TensorValue {
  engine.trace.mismatch({ code, severity: "error", place: places[item ?? -1] ?? place, say, advise });
  return engine.tensor(undefined, { doubt: "any", reason: say });
}

interface Numbers {
  readonly name: string;
  readonly place: Place;
  readonly of: TensorValue;
  readonly shape: Shape;
  readonly sizes: Shape;
  readonly places: readonly (Expression | undefined)[];
}

const placesOf = (plain: readonly Argument[], count: number): readonly (Expression | undefined)[] => {
  const [first] = plain;
  if (plain.length === 1 && first?.value.kind === "display") return first.value.items.map((i) => i.value);
  return plain.length === count ? plain.map((p) => p.value) : [];
};

/** The batch that `view(-1, k)` makes. One that is not the input's is surely not meant. */
function batchOf(engine: Evaluator, n: Numbers, worked: Dim): Size {
  const batch = n.shape[0];
  if (batch === undefined || same(worked, batch)) return batch ?? worked;
  const features = productOf(n.shape.slice(1));
  const asked = productOf(n.sizes.slice(1));
  const isKnown =
    typeof features === "number" &&
    typeof asked === "number" &&
    n.sizes.length === 2 &&
    n.shape.length > 2 &&
    // Rows of the last dimensions, as every place of a sequence or an image is one, are meant.
    !n.shape.some((_, i) => i > 0 && productOf(n.shape.slice(i)) === asked);
  if (isKnown) {
    report(
      engine,
      n,
      "changes-batch",
      "warning",
      `${n.name}(-1, ${asked}) asks for rows of ${asked}, but each sample of ${printSizes(n.shape)} has ${features} numbers, so the batch changes from ${printDim(batch)} to ${printDim(worked)}.`,
      features,
    );
    return worked;
  }
  // Where the division may leave a remainder, the features are taken to fit, so that the batch stays.
  return isWhole(worked) ? worked : typeof batch === "number" ? undefined : batch;
}

/** Whether a size is a whole number for every value of its symbols. */
const isWhole = (d: Dim): boolean => same(d, floor(d));

function refuse(engine: Evaluator, n: Numbers, refusal: OperationRefusal): TensorValue {
  if (!refusal.code.endsWith("/size")) return sayNegative(engine, n.places, refusal, n.place);
  const hasOpen = n.sizes.includes(-1);
  const features = productOf(n.shape.slice(1));
  const [first, batch] = [n.sizes[0], n.shape[0]];
  const keepsBatch = hasOpen || (first !== undefined && batch !== undefined && same(first, batch));
  const isRow = keepsBatch && n.sizes.length === 2 && n.shape.length > 2 && typeof features === "number";
  report(engine, n, "size", "error", refusal.say, isRow ? features : undefined);
  if (!n.of.doubt) engine.journal.set(n.of, "doubt", "any");
  const repaired = isRow ? [n.shape[0], features] : undefined;
  const doubt = n.sizes.map((s, i) => (s === -1 ? (i === 0 ? n.shape[0] : undefined) : s));
  const maker = { place: n.place, label: n.name };
  return engine.tensor(repaired, {
    doubt,
    maker,
    ...(repaired ? {} : { reason: `The sizes given to ${n.name} do not fit.` }),
  });
}

function report(
  engine: Evaluator,
  n: Numbers,
  code: string,
  severity: "error" | "warning",
  say: string,
  features: number | undefined,
): void {
  const last = n.places.at(-1);
  const literal = last && isLiteral(last) ? last : undefined;
  engine.trace.mismatch({
    code: `${n.name}/${code}`,
    severity,
    place: last ?? n.place,
    say,
    advise:
      features === undefined ? "Make the sizes multiply up to the same count." : `Use ${features}, or flatten(1).`,
    ...(literal && features !== undefined ? { replacement: { place: literal, text: String(features) } } : {}),
  });
}
