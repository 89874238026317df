import { equal } from "../../core/dims/compare.js";
import { printSizes } from "../../core/layer/explain.js";
import { given } from "./arguments.js";
import { setEntries, withEntry } from "./dicts.js";
import { loseData, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey } from "./hashing.js";
import { smallNumber } from "./integers.js";
import { drain } from "./iterators.js";
import { join } from "./join.js";
import { setItems } from "./lists.js";
import { setInModule } from "./ownDict.js";
import { indexedObject } from "./protocols.js";
import { removeAttribute } from "./removeAttribute.js";
import type { Scope } from "./scope.js";
import { setAttribute } from "./setAttribute.js";
import { boundsOf, placeOf, placesOf, withoutPlaces } from "./slices.js";
import { keyOf } from "./subscript.js";
import type { Expression } from "./syntax.js";
import { withoutChild } from "./torch/containers.js";
import { indexTensor } from "./torch/indexing.js";
import { rowsOf } from "./torch/rows.js";
import { asChild } from "./torch/setModuleAttribute.js";
import {
  isArrayValue,
  isContainerValue,
  isDictValue,
  isFloatValue,
  isInstanceValue,
  isListValue,
  isMethodValue,
  isNativeValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "./valueKinds.js";
import { anything, int, isNumber, type PyValue, type TensorValue, unknown } from "./values.js";

/** Binds a target of an assignment. */
export function assign(engine: Evaluator, target: Expression, value: PyValue, scope: Scope): void {
  if (target.kind === "name") {
    engine.assignName(target.name, value, scope);
    engine.trace.note(target, value);
  } else if (target.kind === "attribute") {
    setAttribute(engine, engine.evaluate(target.of, scope), target.name, value, target);
  } else if (target.kind === "display") {
    spread(engine, target, value, scope);
  } else if (target.kind === "subscript") {
    setItem(engine, target, value, scope);
  }
}

type Display = Extract<Expression, { kind: "display" }>;

/** `a, *b, c = value`. */
function spread(engine: Evaluator, target: Display, value: PyValue, scope: Scope): void {
  const items = partsOf(engine, target, value);
  const star = target.items.findIndex((i) => i.star);
  const count = target.items.length;
  const extra = items ? items.length - count : 0;
  if (items && star < 0 && extra !== 0) sayCount(engine, target, value, items.length);
  const fits = items && (star < 0 ? extra === 0 : extra >= -1);
  for (const [i, item] of target.items.entries()) {
    const unclear = unknown("Its parts are not known.");
    if (i === star) {
      const rest = fits ? items.slice(star, star + extra + 1) : undefined;
      assign(engine, item.value, { kind: "list", items: rest }, scope);
    } else {
      const at = star >= 0 && i > star ? i + extra : i;
      assign(engine, item.value, (fits && items[at]) || unclear, scope);
    }
  }
}

/** What is spread over names: the sizes of an input whose dimensions nobody has counted, the rows of a tensor, or the items. */
function partsOf(engine: Evaluator, target: Display, value: PyValue): readonly PyValue[] | undefined {
  if (isUnknownValue(value) && value.sizesOf) return nameSizes(engine, target, value.sizesOf);
  const isPlain = !target.items.some((i) => i.star);
  return isTensorValue(value) && isPlain ? rowsOf(engine, value, target.items.length) : engine.iterate(value);
}

/** `b, c, h, w = x.shape` says how many dimensions an input has, and what its sizes are called. */
function nameSizes(engine: Evaluator, target: Display, of: TensorValue): readonly PyValue[] | undefined {
  if (of.shape || target.items.some((i) => i.star)) return undefined;
  const sizes = target.items.map(({ value }) =>
    value.kind === "name" && value.name !== "_" ? engine.newSymbol(value.name) : undefined,
  );
  engine.journal.set(of, "shape", sizes);
  return sizes.map((s) => (s === undefined ? anything("This size is not known.") : int(s)));
}

/** Characters within which a line ends. */
const MAX_LINE = 10_000;

/** Sizes that are spread over another number of names: Python refuses that, whatever they are. */
function sayCount(engine: Evaluator, target: Display, value: PyValue, count: number): void {
  const names = target.items.length;
  const isTuple = isTupleValue(value);
  const what = isTuple && value.isShape ? "dimension" : isTuple && isTensors(value.items) ? "tensor" : undefined;
  if (!isTuple || !what) {
    if (
      (isTuple && value.isShape === false) ||
      isTensorValue(value) ||
      isUnknownValue(value) ||
      (isTuple && value.items.some((i) => isTensorValue(i)))
    )
      return;
    // On the last line of a file more may be typed yet.
    if (!engine.textAt({ from: target.to, to: target.to + MAX_LINE }).includes("\n")) return;
    const items = `${count} ${count === 1 ? "item" : "items"}`;
    engine.fail(
      "ValueError",
      target,
      `What is taken apart here has ${items}; ${names} ${names === 1 ? "name stands" : "names stand"} here.`,
      "Give each item a name, or change how many there are.",
    );
  }
  const has = `${count} ${what}${count === 1 ? "" : "s"}`;
  engine.trace.mismatch({
    code: value.isShape ? "shape/unpacking" : "tensors/unpacking",
    severity: "error",
    place: target,
    say: `${value.isShape ? "The tensor has" : "What is taken apart here has"} ${has}; ${names} ${names === 1 ? "name stands" : "names stand"} here.`,
    advise: `Give each ${what} a name, or change ${value.isShape ? "the tensor" : "how many there are"}.`,
  });
}

/** Whether all parts are tensors that nothing calls into question. */
const isTensors = (items: readonly PyValue[]): boolean =>
  items.length > 0 && items.every((item) => isTensorValue(item) && item.shape !== undefined && !item.doubt);

/** `value[index] = item`: what is changed stays known where the index is. */
function setItem(
  engine: Evaluator,
  target: Extract<Expression, { kind: "subscript" }>,
  value: PyValue,
  scope: Scope,
): void {
  const of = indexedObject(engine.evaluate(target.of, scope), "__setitem__");
  const key = keyOf(engine, target, scope);
  const at = smallNumber(key);
  if (setInModule(engine, of, key, value)) return;
  if (isTensorValue(of)) setPart(engine, of, target, value, scope);
  else if (isArrayValue(of)) engine.journal.set(of.of, "numbers", undefined);
  else if (isListValue(of)) setItems(engine, of, of.items && withItem(engine, of.items, key, value));
  else if (isDictValue(of)) {
    setEntries(engine, of, withEntry(of.entries, key, value));
  } else if (isUnknownValue(of)) {
    loseData(engine.journal, value);
    loseValue(engine.journal, of);
  } else if (isContainerValue(of)) {
    const { children } = of;
    const name = isStringValue(key) ? key.value : undefined;
    const place =
      name !== undefined
        ? (children?.findIndex(([n]) => n === name) ?? -1)
        : at !== undefined && at < 0
          ? at + (children?.length ?? 0)
          : (at ?? -1);
    const old = children?.[place];
    const added = name !== undefined && children && !old ? [...children, [name, value] as const] : undefined;
    engine.journal.set(of, "children", old ? children?.with(place, [old[0], asChild(value)]) : added);
  } else if (isInstanceValue(of)) {
    const method = engine.memberOf(of, "__setitem__", target);
    if (isMethodValue(method) || isNativeValue(method))
      engine.call(
        method,
        { positional: [key, value], byKeyword: new Map(), uncertain: false, places: [] },
        target,
        target,
      );
  }
}

/** `tensor[index] = value`: what is put in has to spread over what the index takes. */
function setPart(
  engine: Evaluator,
  of: TensorValue,
  target: Extract<Expression, { kind: "subscript" }>,
  value: PyValue,
  scope: Scope,
): void {
  if (of.numbers) engine.journal.set(of, "numbers", undefined);
  const part = indexTensor(engine, of, target.indices, scope, target);
  const step = engine.flow && { label: "[…] =", place: target, taken: [of, value], made: { ...of } };
  if (step) of.origin = [engine.flow?.note(engine, step)].flatMap((v) => (isTensorValue(v) ? (v.origin ?? []) : []));
  if (!isTensorValue(part) || !isTensorValue(value) || !part.shape || !value.shape) return;
  if (part.doubt || value.doubt || of.contradicted || value.contradicted) return;
  // Leading ones of what is put in are dropped.
  const given = value.shape.slice(value.shape.findIndex((d) => d !== 1));
  const own = value.shape.every((d) => d === 1) ? [] : given;
  const { shape } = part;
  const isTooMany = own.length > shape.length && own[0] !== undefined && !own.includes(undefined);
  const offset = shape.length - own.length;
  const at = own.findIndex((d, i) => {
    const size = shape[i + offset];
    return d !== undefined && size !== undefined && equal(d, 1) === false && equal(d, size) === false;
  });
  if (!isTooMany && (at < 0 || offset < 0)) return;
  engine.trace.mismatch({
    code: "assignment/shape",
    severity: "error",
    place: target,
    say: `${printSizes(value.shape)} is put into a part of the shape ${printSizes(shape)}.`,
    advise: "Make the two shapes the same, or sizes of the first 1.",
    ...(value.maker
      ? { related: { place: value.maker.place, say: `${value.maker.label} gives ${printSizes(value.shape)}, here.` } }
      : {}),
  });
  engine.journal.set(of, "doubt", "any");
}

type Items = readonly PyValue[] | undefined;

/** The items of a list after `list[key] = value`; undefined where they are not known. */
function withItem(engine: Evaluator, items: readonly PyValue[], key: PyValue, value: PyValue): Items {
  if (key.kind === "slice") {
    const added = drain(engine, value);
    const [from, to, by] = boundsOf(key.parts, items.length) ?? [];
    if (!added || from === undefined || to === undefined) return undefined;
    if (by === 1) return items.toSpliced(from, Math.max(to - from, 0), ...added);
    const places = placesOf(key.parts, items.length);
    if (places?.length !== added.length) return undefined;
    const changed = [...items];
    for (const [i, place] of places.entries()) changed[place] = added[i] as PyValue;
    return changed;
  }
  // Where only which item it is is not known, any may be changed.
  if (isNumber(key) && smallNumber(key) === undefined && !isFloatValue(key))
    return items.map((item) => join(item, value));
  const at = placeOf(key, items.length);
  return at === undefined ? undefined : items.with(at, value);
}

/** `del target`. */
export function remove(engine: Evaluator, target: Expression, scope: Scope): void {
  if (target.kind === "name") engine.assignName(target.name, unknown("It was deleted."), scope);
  else if (target.kind === "attribute") {
    removeAttribute(engine, engine.evaluate(target.of, scope), target.name, target);
  } else if (target.kind === "subscript") {
    const of = indexedObject(engine.evaluate(target.of, scope), "__delitem__");
    const key = keyOf(engine, target, scope);
    if (isUnknownValue(of)) loseValue(engine.journal, of);
    if (isListValue(of)) setItems(engine, of, of.items && withoutPlaces(of.items, key));
    if (isDictValue(of)) {
      const name = dictKey(key);
      const { entries } = of;
      const rest =
        name !== undefined && entries?.has(name) ? [...entries].filter(([each]) => each !== name) : undefined;
      setEntries(engine, of, rest && new Map(rest));
    }
    if (isContainerValue(of)) engine.journal.set(of, "children", withoutChild(of, key));
    if (isInstanceValue(of)) {
      const method = engine.memberOf(of, "__delitem__", target);
      if (isMethodValue(method) || isNativeValue(method)) engine.call(method, given(key), target, target);
    }
  } else if (target.kind === "display") for (const item of target.items) remove(engine, item.value, scope);
}
