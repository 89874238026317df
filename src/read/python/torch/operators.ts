import { OPERATORS } from "../../../core/operations/arithmetic.js";
import { operationNamed } from "../../../core/operations/index.js";
import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { isTensorValue, isUnknownValue } from "../valueKinds.js";
import { isNumber, notKnown, type PyValue, type TensorValue, unknown } from "../values.js";
import { callOperation } from "./callOperation.js";
import { inferResult } from "./inferResult.js";
import { tensorsIn, toOperand } from "./operand.js";
import { withNumbers } from "./tensorNumbers.js";

/** Whether an operator makes a tensor of these two. */
export const isTensorOperator = (op: string, a: PyValue, b: PyValue): boolean =>
  Object.hasOwn(OPERATORS, op) &&
  (isTensorValue(a) || isTensorValue(b)) &&
  [a, b].every((v) => isTensorValue(v) || isNumber(v));

/** An operator with a tensor on at least one side. */
export function tensorOperator(engine: Evaluator, op: string, a: PyValue, b: PyValue, place: Place): PyValue {
  const lost = [a, b].find((v) => isUnknownValue(v) && !isNumber(v));
  if (lost) return lost;
  const called = operationNamed(`torch.${OPERATORS[op] ?? ""}`);
  if (!called) return notKnown(`${op} between tensors yet`);
  if (!isTensorOperator(op, a, b)) return unknown("Dimsum cannot calculate this.");
  const made = inferResult(engine, {
    operation: called.operation,
    given: (shapeOf) => ({ input: toOperand(a, shapeOf), other: toOperand(b, shapeOf) }),
    tensors: tensorsIn([a, b]),
    place,
    label: op,
    placeOf: () => undefined,
  });
  const isComplex = [a, b].some((v) => isUnknownValue(v) && v.complex);
  const kept: PyValue = isComplex && isTensorValue(made) ? { ...made, dtype: undefined } : made;
  const result = withNumbers(called.operation.name, [a, b], NO_KEYWORDS, kept);
  const { operation } = called;
  return engine.flow?.note(engine, { label: op, place, taken: [a, b], made: result, operation }) ?? result;
}

const SIGNS: Readonly<Record<string, string>> = { "-": "neg", "~": "bitwise_not", "+": "positive" };

/** A sign in front of a tensor. */
export function signedTensor(engine: Evaluator, op: string, of: TensorValue, place: Place): PyValue {
  const called = operationNamed(`Tensor.${SIGNS[op] ?? ""}`);
  return called ? callOperation(engine, called, of, given(), place, place) : notKnown(`${op} of tensors`);
}

const NO_KEYWORDS: ReadonlyMap<string, PyValue> = new Map();
