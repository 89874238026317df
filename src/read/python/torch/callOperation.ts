import type { Op } from "../../../core/layer/op.js";
import { type Bound, bindOperands } from "../../../core/operations/call.js";
import { type Callable, operationNamed } from "../../../core/operations/index.js";
import type { OperationRefusal } from "../../../core/operations/operation.js";
import type { Evaluator } from "../evaluator.js";
import type { Argument, Expression, Place } from "../syntax.js";
import { isFloatValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import { type CallArguments, type PyValue, type TensorValue, unknown } from "../values.js";
import { callFunctional } from "./callFunctional.js";
import { inferResult } from "./inferResult.js";
import { tensorsIn, toOperand } from "./operand.js";
import { reshape } from "./reshape.js";
import { withNumbers } from "./tensorNumbers.js";
import { writeOut } from "./writeOut.js";

/** Calls an operation of the catalogue; `self` is the tensor of a method. */
export function callOperation(
  engine: Evaluator,
  called: Callable,
  self: TensorValue | undefined,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const made = writeOut(engine, args, shapeCalled(engine, called, self, args, place, callee));
  const all = self ? [self, ...args.positional] : args.positional;
  const result = withNumbers(called.operation.name, all, args.byKeyword, made);
  const { operation } = called;
  if (!engine.flow || operation.layer) return result;
  const taken = [...all, ...args.byKeyword.values()];
  return engine.flow.note(engine, { label: operation.name, place, taken, made: result, operation });
}

function shapeCalled(
  engine: Evaluator,
  called: Callable,
  self: TensorValue | undefined,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const { operation, signatures } = called;
  const label = self ? operation.name : engine.textAt(callee);
  if (operation.layer) return callForm(engine, operation.layer, operation.calls[0] ?? "", self, args, place, callee);
  if (args.uncertain) return unknown(`What is given to ${label} is not known.`);
  const [only, ...more] = args.positional;
  const makes = /^\w*Tensor$/.test(operation.name) || operation.name === "new";
  if (isTupleValue(only) && more.length === 0 && makes) {
    // Sizes of a tensor make one of these sizes, any other tuple one of its numbers; which it is cannot always be told.
    if (only.isShape !== undefined)
      return shapeCalled(engine, called, self, { ...args, positional: only.items }, place, callee);
    const isSure =
      args.places[0]?.value.kind === "display" || only.items.some((v) => isFloatValue(v) || isTupleValue(v));
    if (!isSure) return unknown(`What is given to ${label} may be sizes or numbers.`);
  }
  const bind = (shapeOf: (t: TensorValue) => TensorValue["shape"]): Bound | undefined =>
    bindOperands(
      signatures,
      args.positional.map((v) => toOperand(v, shapeOf)),
      new Map([...args.byKeyword].map(([name, v]) => [name, toOperand(v, shapeOf)])),
    );
  const bound = bind((t) => t.shape);
  if (!bound) return unknown(`What is given to ${label} is not understood.`);
  const reshaped = operation.name === "view" || operation.name === "reshape" ? (self ?? args.positional[0]) : undefined;
  if (isTensorValue(reshaped))
    return inDoubt(engine, reshaped, (of) =>
      reshape(engine, of, operation, bound.given, self ? args.places : args.places.slice(1), place, callee),
    );
  const values = [...args.positional, ...args.byKeyword.values()];
  const operand = (shapeOf: (t: TensorValue) => TensorValue["shape"]) => toOperand(self, shapeOf);
  return inferResult(engine, {
    operation,
    given: (shapeOf) => ({ ...(bind(shapeOf) ?? bound).given, ...(self ? { input: operand(shapeOf) } : {}) }),
    tensors: tensorsIn(self ? [self, ...values] : values),
    place,
    label,
    placeOf: (refusal) => placeIn(args.places, bound, refusal),
  });
}

/** What a call makes of a tensor whose shape follows from a mismatch: what fits the student's own numbers is not said again. */
function inDoubt(engine: Evaluator, self: TensorValue, call: (of: TensorValue) => PyValue): PyValue {
  if (!self.doubt) return call(self);
  const { doubt, ...plain } = self;
  const first = engine.trace.apart(() => call(plain));
  const second = Array.isArray(doubt)
    ? engine.trace.apart(() => call({ ...plain, shape: doubt, strides: undefined }))
    : undefined;
  const isExcused = doubt === "any" || second?.found.length === 0;
  if (first.found.length > 0 && isExcused) return second?.result ?? unknown("It follows from a mismatch before.");
  for (const mismatch of first.found) engine.trace.mismatch(mismatch);
  if (!isTensorValue(first.result)) return first.result;
  // Sizes that the code itself asks a tensor for are those that it has, not those that were meant.
  const other = isTensorValue(second?.result) && second.found.length === 0 ? second.result.shape : undefined;
  return { ...first.result, doubt: other ?? "any" };
}

/** Calls the functional form of a layer; a tensor whose method it is stands in front of the arguments. */
function callForm(
  engine: Evaluator,
  layer: Op,
  signature: string,
  self: TensorValue | undefined,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  if (!self) return callFunctional(engine, layer, signature, args, place, callee);
  const nowhere = { from: place.from, to: place.from };
  const receiver = { ...nowhere, value: { ...nowhere, kind: "broken" as const } };
  const all = { ...args, positional: [self, ...args.positional], places: [receiver, ...args.places] };
  return callFunctional(engine, layer, signature, all, place, place);
}

/** Where the number of a refusal stands among a call's arguments. */
function placeIn(
  places: readonly Argument[],
  bound: Bound,
  { argument, item }: OperationRefusal,
): Expression | undefined {
  if (argument === undefined) return undefined;
  const plain = places.filter((p) => p.name === undefined);
  const named = places.find((p) => p.name === argument || (argument === "dim" && p.name === "axis"));
  if (named) return itemOf(named.value, item);
  if (bound.rest === argument || (argument === "size" && bound.rest !== undefined)) {
    const rest = plain.slice(bound.places.length);
    const [only] = rest;
    if (rest.length === 1 && only && only.value.kind === "display") return itemOf(only.value, item);
    return item === undefined ? rest.at(-1)?.value : rest[item]?.value;
  }
  const at = bound.places.indexOf(argument);
  const found = at < 0 ? undefined : plain[at];
  return found && !found.star ? itemOf(found.value, item) : undefined;
}

const itemOf = (e: Expression, item: number | undefined): Expression =>
  (item !== undefined && e.kind === "display" ? e.items[item]?.value : undefined) ?? e;

/** The operation behind a name of a library: `torch.nn.functional.conv2d` is `F.conv2d`; a name that ends in _ is the same in place. */
export function operationAt(path: string): Callable | undefined {
  // The catalogue's own short names are no modules.
  if (/^(F|Tensor)\./.test(path)) return undefined;
  const callee = path.startsWith(FUNCTIONAL) ? `F.${path.slice(FUNCTIONAL.length)}` : path;
  return operationNamed(callee) ?? (/[a-z]_$/.test(callee) ? operationNamed(callee.slice(0, -1)) : undefined);
}

const FUNCTIONAL = "torch.nn.functional.";
