import { printDim } from "../../../core/dims/print.js";
import { productOf } from "../../../core/dims/product.js";
import { type Callable, operationNamed } from "../../../core/operations/index.js";
import { counted } from "../../../core/operations/operands.js";
import { given } from "../arguments.js";
import { inert } from "../attributes.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { isIntValue, isTensorValue } from "../valueKinds.js";
import {
  anything,
  boolValue,
  type CallArguments,
  int,
  isPlainValue,
  nativeValue,
  notFollowed,
  notKnown,
  type PyValue,
  someDevice,
  type TensorValue,
  unknown,
} from "../values.js";
import { callOperation } from "./callOperation.js";
import { settle } from "./inferResult.js";
import { sayInPlace } from "./inPlace.js";
import { pythonNumber } from "./tensorNumbers.js";

type Method = (self: TensorValue, args: CallArguments, engine: Evaluator, place: Place) => PyValue;

const rankOf = (self: TensorValue): PyValue =>
  self.shape ? int(self.shape.length) : unknown("The number of dimensions is not known.");

const countOf = (self: TensorValue): PyValue => {
  const total = self.shape && productOf(self.shape);
  return total === undefined ? unknown("Its sizes are not known.") : int(total);
};

const size: Method = (self, { positional, byKeyword, places }, engine, place) => {
  const at = positional[0] ?? byKeyword.get("dim");
  if (!at) return sizeTuple(self);
  const rank = self.shape?.length;
  if (
    isIntValue(at) &&
    rank !== undefined &&
    axisOf(self, at) === undefined &&
    isKnown(self) &&
    typeof at.value === "number"
  )
    engine.trace.mismatch({
      code: "size/dim",
      severity: "error",
      place: places[0]?.value ?? place,
      say: `size asks for dimension ${printDim(at.value)}, the tensor has ${counted(rank, "dimension")}.`,
      advise: "Count from 0, or from the end with −1.",
    });
  return sizeAt(self, at);
};

/** Whether nothing calls the number of dimensions into question. */
const isKnown = (self: TensorValue): boolean => !self.doubt && (!self.contradicted || self.isAnnotated === true);

/** A number that is in a tensor may be any. */
const outOfTensor: Method = () => ({ ...anything("It depends on the numbers in a tensor."), number: true }) as PyValue;

const onlyNumber: Method = (self, args, engine, place) =>
  self.numbers?.length === 1
    ? pythonNumber(self.numbers[0] as number, self.dtype)
    : outOfTensor(self, args, engine, place);

const listOfNumbers: Method = ({ numbers, shape, dtype }) =>
  numbers && shape?.length === 1
    ? { kind: "list", items: numbers.map((x) => pythonNumber(x, dtype)) }
    : anything("It depends on the numbers in a tensor.");

/** Methods that give numbers, not tensors. */
const NUMBERS = new Map<string, Method>([
  ["size", size],
  ["dim", rankOf],
  ["ndimension", rankOf],
  ["numel", countOf],
  ["nelement", countOf],
  ["item", onlyNumber],
  ["tolist", listOfNumbers],
  ["equal", outOfTensor],
  ["allclose", outOfTensor],
]);

/** Attributes that are tensors. */
const TURNED = new Set(["T", "mT", "H", "mH"]);

/** Methods in place that change the shape. */
const CHANGING = new Set(
  "squeeze_ unsqueeze_ transpose_ t_ swapaxes_ swapdims_ resize_ resize_as_ as_strided_".split(" "),
);

function sizeTuple(self: TensorValue): PyValue {
  const { shape } = self;
  if (!shape)
    return {
      kind: "unknown",
      reason: "The number of dimensions is not known.",
      free: self.open === true,
      ...(self.open ? { sizesOf: self } : {}),
    };
  const items = shape.map((d) => (d === undefined ? anything("This size is not known.") : int(d)));
  // A comment may say less than the code takes.
  return { kind: "tuple", isShape: isKnown(self), items };
}

/** The place of a dimension, counted from the front; undefined where it is not known or not there. */
function axisOf(self: TensorValue, at: PyValue): number | undefined {
  if (!self.shape || !isIntValue(at) || typeof at.value !== "number") return undefined;
  const place = at.value < 0 ? at.value + self.shape.length : at.value;
  return place >= 0 && place < self.shape.length ? place : undefined;
}

function sizeAt(self: TensorValue, at: PyValue): PyValue {
  if (!self.shape && isIntValue(at) && at.value === 0) return unknown("The batch is not known.");
  const place = axisOf(self, at);
  const size = place === undefined ? undefined : self.shape?.[place];
  return size === undefined ? unknown("This size is not known.") : int(size);
}

/** The operation that a method in place is made of: `add_` is `add`. */
const outOfPlace = (name: string): Callable | undefined =>
  /[a-z0-9]_$/.test(name) ? operationNamed(`Tensor.${name.slice(0, -1)}`) : undefined;

/** A method that writes its result into the tensor itself. */
function inPlace(
  engine: Evaluator,
  self: TensorValue,
  name: string,
  called: Callable,
  args: CallArguments,
  place: Place,
): PyValue {
  const made = callOperation(engine, called, self, args, place, place);
  if (!isTensorValue(made)) return unknown(`What ${name} does to it is not known.`);
  if (CHANGING.has(name)) {
    // Other names may stand for the same value though they were copies, so that nothing is said of any of them.
    engine.journal.set(self, "shape", undefined);
    return made;
  }
  if (self.numbers) engine.journal.set(self, "numbers", undefined);
  sayInPlace(engine, self, made, name, name.slice(0, -1), place);
  // From here on every name for it means what was made.
  if (made.origin) self.origin = made.origin;
  return made.doubt ? made : self;
}

/** Whether `to(…)` says where a tensor is to be, and no type. */
const isPlacement = ({ positional, byKeyword, uncertain }: CallArguments): boolean =>
  !uncertain &&
  positional.every((v) => isPlainValue(v)) &&
  [...byKeyword.keys()].every((key) => /^(device|non_blocking|copy)$/.test(key));

/** Calls a method of a tensor. */
function callMethod(
  engine: Evaluator,
  self: TensorValue,
  name: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const number = NUMBERS.get(name);
  if (number) {
    settle(engine, self);
    return number(self, args, engine, place);
  }
  if (name === "requires_grad_") {
    const learns = args.positional[0] ?? args.byKeyword.get("requires_grad");
    engine.journal.set(self, "trains", learns ?? { kind: "bool", value: true });
    return self;
  }
  // Elsewhere its numbers are of the kind that they were.
  const called = operationNamed(name === "to" && isPlacement(args) ? "Tensor.cpu" : `Tensor.${name}`);
  if (called && called.operation.name === "cpu") return callOperation(engine, called, self, given(), place, callee);
  if (called) return callOperation(engine, called, self, args, place, callee);
  const base = outOfPlace(name);
  return base ? inPlace(engine, self, name, base, args, place) : notKnown(`${name} of tensors yet`);
}

const isMethod = (name: string): boolean =>
  NUMBERS.has(name) || operationNamed(`Tensor.${name}`) !== undefined || outOfPlace(name) !== undefined;

/** An attribute of a tensor. */
export function tensorAttribute(engine: Evaluator, self: TensorValue, name: string, place: Place): PyValue {
  if (name === "shape" || name === "ndim") {
    settle(engine, self);
    return name === "shape" ? sizeTuple(self) : rankOf(self);
  }
  if (name === "data") return self;
  if (name === "grad" && self.shape) return { kind: "tensor", shape: self.shape, isOptional: true };
  if (name === "numpy") return nativeValue(name, () => ({ kind: "array", of: self }));
  const turned = TURNED.has(name) ? operationNamed(`Tensor.${name}`) : undefined;
  if (turned)
    return callOperation(
      engine,
      turned,
      self,
      { positional: [], byKeyword: new Map(), uncertain: false, places: [] },
      place,
      place,
    );
  const part = name === "real" || name === "imag" ? operationNamed(`torch.${name}`) : undefined;
  if (part) return callOperation(engine, part, undefined, given(self), place, place);
  if (name === "requires_grad" && self.parameter) return self.trains ?? boolValue(true);
  if (name === "device") return someDevice();
  if (/^is_(cuda|cpu|mps|xpu|meta)$/.test(name)) return someDevice();
  if (/^is_(leaf|sparse|sparse_csr|quantized|mkldnn|nested)$/.test(name)) return notKnown(`${name} here`);
  if (["dtype", "requires_grad"].includes(name)) return notFollowed(name);
  if (isMethod(name)) return nativeValue(name, (args, at, callee) => callMethod(engine, self, name, args, at, callee));
  // `resize_as_` and the like: what works in place and is not known may give the tensor any shape.
  if (/[a-z\d]_$/.test(name))
    return nativeValue(name, () => {
      engine.journal.set(self, "shape", undefined);
      return self;
    });
  return inert(name, notKnown(`${name} of tensors yet`));
}
