import type { Dim } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { given } from "./arguments.js";
import { lookUp } from "./attributes.js";
import { entryAt } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { smallNumber } from "./integers.js";
import { refuseMissing } from "./missing.js";
import { memberNamed } from "./protocols.js";
import { lengthOfRange, rangeOf } from "./ranges.js";
import type { Scope } from "./scope.js";
import { readAnnotation } from "./shapeAnnotation.js";
import { boundsOf, placeOf, placesOf } from "./slices.js";
import { asArray, calculated } from "./standard/arrayValues.js";
import type { Expression, Place } from "./syntax.js";
import { indexTensor } from "./torch/indexing.js";
import {
  isArrayValue,
  isClassValue,
  isDictValue,
  isFunctionValue,
  isInstanceValue,
  isIntValue,
  isLibraryValue,
  isListValue,
  isMethodValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import { anything, int, NONE, notFollowed, type PyValue, stringValue, tupleValue, unknown } from "./values.js";

/** The value of `value[…]`. */
export function subscript(
  engine: Evaluator,
  value: PyValue,
  e: Extract<Expression, { kind: "subscript" }>,
  scope: Scope,
): PyValue {
  if (isTensorValue(value)) {
    const made = indexTensor(engine, value, e.indices, scope, e);
    return engine.flow?.note(engine, { label: "[…]", place: e, taken: [value], made }) ?? made;
  }
  const [single, ...others] = e.indices;
  const isItem = single?.kind === "index" && others.length === 0;
  const array = isItem ? value : asArray(engine, value);
  if (isArrayValue(array)) return calculated(engine, () => indexTensor(engine, array.of, e.indices, scope, e));
  // Some of an input's sizes are not all of them: what they are called says nothing of their number.
  if (isUnknownValue(value) && value.sizesOf) return anything(value.reason);
  if (isLibraryValue(value) && /^(jaxtyping|torchtyping)\./.test(value.path))
    return { kind: "unknown", reason: "It is an annotation, no value.", annotates: readAnnotation(e, scope) };
  const key = keyOf(engine, e, scope);
  const [only] = e.indices;
  const isSize = isTupleValue(value) && value.isShape && isIntValue(key) && only?.kind === "index";
  if (isSize && smallNumber(key) !== undefined && placeOf(key, value.items.length) === undefined)
    sayNoSize(engine, value.items.length, key.value, only.value);
  const item = itemAt(engine, value, key, e);
  // How many sizes a tensor has after a mistake is not certain.
  const isDoubted = isTupleValue(value) && value.isShape === false;
  if (isUnknownValue(item) && !isSize && !isDoubted)
    refuseMissing(engine, value, key, only?.kind === "index" ? only.value : e);
  return item;
}

/** `value[key]` of anything but a tensor. */
export function itemAt(engine: Evaluator, value: PyValue, key: PyValue, place: Place): PyValue {
  if (isUnknownValue(value)) return value;
  if (engine.guards > 0 && /^(int|float|bool|none)$/.test(value.kind))
    engine.fail("TypeError", place, "A number has no items.", "Take an item of a list or a tensor.");
  if (isLibraryValue(value) && value.path === "sys.modules")
    return (isStringValue(key) && engine.files?.named(key.value)) || unknown("Which module it is is not known.");
  if (isClassValue(value)) {
    const own = lookUp(value, "__class_getitem__", undefined);
    const fn = isMethodValue(own) ? own.fn : own;
    if (isFunctionValue(fn)) return engine.call({ kind: "method", fn, self: value }, given(key), place, place);
    return memberNamed(value, key) ?? (value as PyValue);
  }
  if (isInstanceValue(value))
    return engine.call(engine.memberOf(value, "__getitem__", place), given(key), place, place);
  return isDictValue(value) ? entryAt(engine, value, key) : itemOf(value, key);
}

/** What stands in the brackets of `value[…]`: an index, a slice, or a tuple of them. */
export function keyOf(engine: Evaluator, e: Extract<Expression, { kind: "subscript" }>, scope: Scope): PyValue {
  const keys = e.indices.map((index): PyValue => {
    if (index.kind === "index") return engine.evaluate(index.value, scope);
    const [start = NONE, stop = NONE, step = NONE] = index.parts.map((p) => (p ? engine.evaluate(p, scope) : NONE));
    return { kind: "slice", parts: [start, stop, step] };
  });
  const [only] = keys;
  return only && keys.length === 1 && !e.tuple ? only : tupleValue(keys);
}

/** `value[key]` of what has its items in an order. */
function itemOf(value: PyValue, key: PyValue): PyValue {
  switch (value.kind) {
    case "list":
    case "tuple":
      return itemsAt(value, key);
    case "string":
      return lettersAt(value.value, key);
    case "range":
      return numbersAt(value, key);
    case "container":
      return childrenAt(value, key);
    case "library":
      return typeAt(value.path, key);
    default:
      return notFollowed("this index");
  }
}

function itemsAt(value: Extract<PyValue, { kind: "list" | "tuple" }>, key: PyValue): PyValue {
  const { items } = value;
  if (!items) return unknown("This list is not known.");
  if (key.kind !== "slice") {
    const at = placeOf(key, items.length);
    return (at === undefined ? undefined : items[at]) ?? unknown("Which item is not known.");
  }
  if (isListValue(value) && value.deque) return unknown("Python refuses slices of deques.");
  if (isListValue(value) && value.array) return unknown("It is a part of an array.");
  const places = placesOf(key.parts, items.length);
  const doubt = isTupleValue(value) && value.isShape === false ? { isShape: false } : {};
  return places
    ? { kind: value.kind, items: places.map((i) => items[i] as PyValue), ...doubt }
    : unknown("Which items is not known.");
}

function lettersAt(text: string, key: PyValue): PyValue {
  const letters = [...text];
  const places = key.kind === "slice" ? placesOf(key.parts, letters.length) : [placeOf(key, letters.length)];
  return !places || places.some((i) => i === undefined)
    ? unknown("Which letter is not known.")
    : stringValue(places.map((i) => letters[i ?? 0]).join(""));
}

function numbersAt(range: Extract<PyValue, { kind: "range" }>, key: PyValue): PyValue {
  const count = lengthOfRange(range);
  if (key.kind !== "slice") {
    const at = placeOf(key, count);
    return at === undefined ? unknown("Which number is not known.") : int(range.start + at * range.step);
  }
  const [from, to, by] = boundsOf(key.parts, count) ?? [];
  if (from === undefined || to === undefined || by === undefined) return unknown("Which numbers is not known.");
  const of = (i: number): number => range.start + i * range.step;
  return rangeOf(of(from), of(to), range.step * by) ?? unknown("Which numbers is not known.");
}

function childrenAt(value: Extract<PyValue, { kind: "container" }>, key: PyValue): PyValue {
  const { children } = value;
  if (!children) return unknown("Its layers are not known.");
  if (isStringValue(key))
    return children.find(([name]) => name === key.value)?.[1] ?? unknown(`It has no ${key.value}.`);
  if (key.kind !== "slice") {
    const at = placeOf(key, children.length);
    return (at === undefined ? undefined : children[at]?.[1]) ?? unknown("Which one is not known.");
  }
  const places = placesOf(key.parts, children.length);
  return places
    ? { ...value, children: places.map((i) => children[i] as readonly [string, PyValue]) }
    : unknown("Which ones is not known.");
}

/** `Optional[int]` and `Union[int, str]`. */
function typeAt(path: string, key: PyValue): PyValue {
  const types = isTupleValue(key) ? key.items : [key];
  if (path === "typing.Union") return { kind: "union", types };
  return path === "typing.Optional" && types.length === 1
    ? { kind: "union", types: [...types, NONE] }
    : notFollowed("this index");
}

/** A size that a tensor does not have. */
function sayNoSize(engine: Evaluator, count: number, asked: Dim, at: Expression): void {
  engine.trace.mismatch({
    code: "shape/index",
    severity: "error",
    place: at,
    say: `shape[${printDim(asked)}] is asked for, the tensor has ${count} ${count === 1 ? "dimension" : "dimensions"}.`,
    advise: "Count from 0, or from the end with −1.",
  });
}
