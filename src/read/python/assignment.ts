import { setAttribute } from "./attributes.js";
import { loseData } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey, MAX_LENGTH } from "./literals.js";
import type { Scope } from "./scope.js";
import type { Expression } from "./syntax.js";
import { rowsOf } from "./torch/rows.js";
import { anything, int, type PyValue, type TensorValue, unknown } from "./values.js";

/** Binds a target of an assignment. */
export function assign(engine: Evaluator, target: Expression, value: PyValue, scope: Scope): void {
  if (target.kind === "name") {
    engine.assignName(target.name, value, scope);
    engine.trace.note(target, value);
  } else if (target.kind === "attribute") {
    setAttribute(engine, engine.evaluate(target.of, scope), target.name, value);
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
  if (value.kind === "unknown" && value.sizesOf) return nameSizes(engine, target, value.sizesOf);
  const isPlain = !target.items.some((i) => i.star);
  return value.kind === "tensor" && isPlain ? rowsOf(engine, value, target.items.length) : engine.iterate(value);
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

/** Sizes that are spread over another number of names: Python refuses that, whatever they are. */
function sayCount(engine: Evaluator, target: Display, value: PyValue, count: number): void {
  if (value.kind !== "tuple") return;
  const what = value.isShape ? "dimension" : isTensors(value.items) ? "tensor" : undefined;
  if (!what) return;
  const names = target.items.length;
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
  items.length > 0 && items.every((item) => item.kind === "tensor" && item.shape !== undefined && !item.doubt);

/** `value[index] = item`: what is changed stays known where the index is. */
function setItem(
  engine: Evaluator,
  target: Extract<Expression, { kind: "subscript" }>,
  value: PyValue,
  scope: Scope,
): void {
  const of = engine.evaluate(target.of, scope);
  const [index] = target.indices;
  const only = target.indices.length === 1 && index?.kind === "index" ? index.value : undefined;
  const key = only && engine.evaluate(only, scope);
  const at = key?.kind === "int" && typeof key.value === "number" ? key.value : undefined;
  if (of.kind === "list") {
    const place = at !== undefined && of.items ? (at < 0 ? at + of.items.length : at) : -1;
    engine.journal.set(of, "items", of.items && place in of.items ? of.items.with(place, value) : undefined);
  } else if (of.kind === "dict") {
    const name = key && dictKey(key);
    const isKept = key && name !== undefined && of.entries && of.entries.size < MAX_LENGTH;
    engine.journal.set(of, "entries", isKept ? new Map(of.entries).set(name, [key, value]) : undefined);
  } else if (of.kind === "unknown") loseData(engine.journal, value);
  else if (of.kind === "container") {
    const { children } = of;
    const name = key?.kind === "string" ? key.value : undefined;
    const place =
      name !== undefined
        ? (children?.findIndex(([n]) => n === name) ?? -1)
        : at !== undefined && at < 0
          ? at + (children?.length ?? 0)
          : (at ?? -1);
    const old = children?.[place];
    const added = name !== undefined && children && !old ? [...children, [name, value] as const] : undefined;
    engine.journal.set(of, "children", old ? children?.with(place, [old[0], value]) : added);
  } else if (of.kind === "instance") {
    const method = engine.memberOf(of, "__setitem__", target);
    if (method.kind === "method")
      engine.call(
        method,
        { positional: [key ?? unknown("It is a slice."), value], keywords: new Map(), uncertain: false, places: [] },
        target,
        target,
      );
  }
}

/** A list without the item that `del list[index]` takes away; undefined where that is not known. */
function withoutItem(
  engine: Evaluator,
  items: readonly PyValue[] | undefined,
  target: Extract<Expression, { kind: "subscript" }>,
  scope: Scope,
): readonly PyValue[] | undefined {
  const [index, ...more] = target.indices;
  const key = index?.kind === "index" && more.length === 0 ? engine.evaluate(index.value, scope) : undefined;
  if (!items || key?.kind !== "int" || typeof key.value !== "number") return undefined;
  return key.value >= -items.length && key.value < items.length ? items.toSpliced(key.value, 1) : undefined;
}

/** `del target`. */
export function remove(engine: Evaluator, target: Expression, scope: Scope): void {
  const gone = unknown("It was deleted.");
  if (target.kind === "name") engine.assignName(target.name, gone, scope);
  else if (target.kind === "attribute") setAttribute(engine, engine.evaluate(target.of, scope), target.name, gone);
  else if (target.kind === "subscript") {
    const of = engine.evaluate(target.of, scope);
    if (of.kind === "list") engine.journal.set(of, "items", withoutItem(engine, of.items, target, scope));
    if (of.kind === "dict") engine.journal.set(of, "entries", undefined);
    if (of.kind === "container") engine.journal.set(of, "children", undefined);
  } else if (target.kind === "display") for (const item of target.items) remove(engine, item.value, scope);
}
