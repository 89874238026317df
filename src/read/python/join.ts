import { same } from "../../core/dims/compare.js";
import type { Dim } from "../../core/dims/dim.js";
import { isDim, type Value } from "../../core/expr/evaluate.js";
import { sameShape } from "./trace.js";
import {
  isArrayValue,
  isBoolValue,
  isContainerValue,
  isFloatValue,
  isInstanceValue,
  isIntValue,
  isLayerValue,
  isLibraryValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  beyondNumber,
  isNumber,
  isPlainValue,
  isWhole,
  type LayerValue,
  type PyValue,
  someNumber,
  someWhole,
  type TensorValue,
  tupleValue,
  unknown,
} from "./values.js";

const REASON = "It depends on a condition that is not known.";

/** Tuples within tuples that are compared; what is deeper is unknown. */
const MAX_DEPTH = 4;

/** The same value where the two are equal, else unknown; tensors keep the sizes that they share. */
export function join(a: PyValue, b: PyValue, depth = 0): PyValue {
  if (a === b) return a;
  if (isTensorValue(a) && isTensorValue(b)) return joinTensors(a, b);
  if (isArrayValue(a) && isArrayValue(b)) {
    const of = joinTensors(a.of, b.of);
    return of === a.of ? a : { kind: "array", of };
  }
  if (isIntValue(a) && isIntValue(b) && same(a.value, b.value)) return a;
  if ((isFloatValue(a) || isBoolValue(a) || isStringValue(a)) && a.kind === b.kind && a.value === b.value) return a;
  if (isNoneValue(a) && isNoneValue(b)) return a;
  if (a.kind === "range" && b.kind === "range" && a.start === b.start && a.stop === b.stop && a.step === b.step)
    return a;
  if (isLibraryValue(a) && isLibraryValue(b) && a.path === b.path) return a;
  if (isTupleValue(a) && isTupleValue(b) && a.items.length === b.items.length && depth < MAX_DEPTH) {
    const items = a.items.map((item, i) => join(item, b.items[i] as PyValue, depth + 1));
    return items.every((item, i) => item === a.items[i]) && a.type === b.type ? a : tupleValue(items);
  }
  if (isLayerValue(a) && isLayerValue(b) && a.op === b.op && sameArgs(a, b)) return a;
  const areNumbers = isNumber(a) && isNumber(b);
  const isPlain = isPlainValue(a) && isPlainValue(b);
  if (!areNumbers && isPlain) return { kind: "unknown", reason: REASON, plain: true };
  if (areNumbers && isUnknownValue(b) && b.complex) return b;
  if (areNumbers) return joinNumbers(a, b);
  const one = isUnknownValue(a) ? beyondNumber(a) : isUnknownValue(b) ? beyondNumber(b) : unknown(REASON);
  return isUnknownValue(one) && (mayBeModule(a) || mayBeModule(b)) ? { ...one, module: true } : one;
}

/** Numbers that differ are some number, and some whole number if both are whole. */
function joinNumbers(a: PyValue, b: PyValue): PyValue {
  const [one, other] = isUnknownValue(a) ? [a, b] : [b, a];
  const isCertain = isWhole(one) === isWhole(other);
  if (isUnknownValue(one)) return isCertain || !one.whole ? one : someNumber(one.reason);
  return isWhole(a) && isWhole(b) ? someWhole(REASON) : someNumber(REASON);
}

const mayBeModule = (v: PyValue): boolean =>
  isLayerValue(v) || isContainerValue(v) || isInstanceValue(v) || (isUnknownValue(v) && v.module === true);

const sameArgs = (a: LayerValue, b: LayerValue): boolean =>
  a.bound &&
  b.bound &&
  !a.attributes &&
  !b.attributes &&
  Object.keys(a.args).every((k) => sameValue(a.args[k], b.args[k]));

/** Whether two arguments are known and one. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (isDim(a) && isDim(b)) return same(a, b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((v, i) => sameValue(v as Value, b[i] as Value));
  return a === b;
}

function joinTensors(a: TensorValue, b: TensorValue): TensorValue {
  const joined = eitherTensor(a, b);
  // The value itself tells a loop that nothing changes any more, so that it stays the one that it was.
  if (a.origin !== b.origin) joined.origin = [...new Set([...(a.origin ?? []), ...(b.origin ?? [])])];
  return joined;
}

function eitherTensor(a: TensorValue, b: TensorValue): TensorValue {
  const doubt = {
    ...(a.doubt || b.doubt ? ({ doubt: "any" } as const) : {}),
    ...(a.isOptional || b.isOptional ? ({ isOptional: true } as const) : {}),
  };
  const [one, other] = [a.shape, b.shape];
  if (!one || !other || one.length !== other.length)
    return !one && !a.open && (!doubt.doubt || a.doubt === "any")
      ? a
      : { kind: "tensor", shape: undefined, reason: REASON, ...doubt };
  const shape = one.map((d, i) =>
    d !== undefined && other[i] !== undefined && same(d, other[i] as Dim) ? d : undefined,
  );
  const isSame =
    shape.every((d, i) => d === one[i]) && (!doubt.doubt || a.doubt === "any") && a.isOptional === doubt.isOptional;
  if (!isSame || a.history !== b.history) return { kind: "tensor", shape, reason: REASON, ...doubt };
  const hasStrides = a.strides === b.strides || sameShape(a.strides, b.strides);
  const isAlike = (a.dtype === undefined || a.dtype === b.dtype) && (a.strides === undefined || hasStrides);
  const hasNumbers = a.numbers === undefined || a.numbers.every((x, i) => Object.is(x, b.numbers?.[i]));
  return isAlike && hasNumbers
    ? a
    : { ...a, dtype: a.dtype === b.dtype ? a.dtype : undefined, strides: undefined, numbers: undefined };
}
