import type { NumberKind } from "../../../core/operations/operation.js";
import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { callOperation, operationAt } from "../torch/callOperation.js";
import { pythonNumber } from "../torch/tensorNumbers.js";
import {
  isArrayValue,
  isLibraryValue,
  isListValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
} from "../valueKinds.js";
import { type ArrayValue, int, libraryAt, type PyValue, type TensorValue, tupleValue, unknown } from "../values.js";

export const LOST = unknown("What NumPy makes of it is not known.");

/** Up to here floats of PyTorch, which are kept, are exactly what those of NumPy are, which have more digits. */
const FLOAT_WHOLE = 2 ** 24;

/** An array of NumPy, shaped like a tensor; one number of it is that number. */
export const arrayOf = (v: PyValue): PyValue => {
  if (isTensorValue(v)) {
    const [only] = v.numbers ?? [];
    const isExact = v.numbers?.every((n) => Number.isInteger(n) && (v.dtype === "int" || Math.abs(n) < FLOAT_WHOLE));
    if (v.shape?.length === 0 && only !== undefined && isExact) return pythonNumber(only, v.dtype);
    return { kind: "array", of: isExact ? v : { ...v, numbers: undefined } };
  }
  return (isTupleValue(v) || isListValue(v)) && v.items ? tupleValue(v.items.map(arrayOf)) : v;
};

/** A row of numbers that NumPy has made as an array; any other value as it is. */
export function asArray(engine: Evaluator, v: PyValue): PyValue {
  const made = isListValue(v) && v.array ? operationAt("torch.tensor") : undefined;
  return made ? calculated(engine, () => callOperation(engine, made, undefined, given(v), NOWHERE, NOWHERE)) : v;
}

const NOWHERE: Place = { from: 0, to: 0 };

/** A value with tensors in the place of NumPy's arrays, as PyTorch takes it. */
export function tensorsFor(v: PyValue): PyValue {
  if (isArrayValue(v)) return v.of;
  if (isLibraryValue(v) && v.path.startsWith("numpy.")) return libraryAt(v.path.replace("numpy", "torch"));
  const isHolding = (isTupleValue(v) || isListValue(v)) && v.items?.some((item) => isArrayValue(item));
  return isHolding ? { kind: "list", items: v.items?.map(tensorsFor) } : v;
}

/** What is calculated of arrays; unknown where PyTorch would refuse the same of tensors, as NumPy may be of another mind. */
export function calculated(engine: Evaluator, run: () => PyValue): PyValue {
  const { result: made, after } = engine.journal.undone(() => engine.trace.apart(run));
  if (made.found.length > 0) return LOST;
  engine.journal.redo(after);
  return arrayOf(made.result);
}

/** How many rows an array has. */
export const rowsOfArray = ({ of }: ArrayValue): PyValue => {
  const size = of.shape?.[0];
  return size === undefined ? unknown("Its length is not known.") : int(size);
};

/** The names of NumPy's types of numbers, and Python's, whose numbers are kept as they are. */
const KINDS: readonly (readonly [RegExp, NumberKind])[] = [
  [/^(?:float(?:_|32|64)?|single|double)$/, "float"],
  [/^(?:int(?:_|32|64|p|c)?|longlong)$/, "int"],
];

/** A tensor whose numbers are of another type, which is not given where they stay what they are. */
export function ofType(of: TensorValue, type: PyValue | undefined): TensorValue {
  if (!type || isNoneValue(type)) return of;
  const name = isStringValue(type) ? type.value : isLibraryValue(type) ? type.path.split(".").at(-1) : undefined;
  const [, dtype] = KINDS.find(([names]) => name !== undefined && names.test(name)) ?? [];
  return { ...of, dtype, numbers: dtype && of.numbers };
}

/** The transpose of an array. */
export const reversed = (of: TensorValue): TensorValue => ({
  kind: "tensor",
  shape: of.shape?.toReversed(),
  dtype: of.dtype,
  numbers: of.shape?.length === 1 ? of.numbers : undefined,
});
