import type { Dim } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { given } from "./arguments.js";
import type { Evaluator } from "./evaluator.js";
import { dictKey } from "./literals.js";
import type { Scope } from "./scope.js";
import type { Expression, Index } from "./syntax.js";
import { indexTensor } from "./torch/indexing.js";
import { anything, type PyValue, unknown } from "./values.js";

/** The value of `value[…]`. */
export function subscript(
  engine: Evaluator,
  value: PyValue,
  e: Extract<Expression, { kind: "subscript" }>,
  scope: Scope,
): PyValue {
  if (value.kind === "tensor") return indexTensor(engine, value, e.indices, scope, e);
  // Some of an input's sizes are not all of them: what they are called says nothing of their number.
  if (value.kind === "unknown" && value.sizesOf) return anything(value.reason);
  const [only] = e.indices;
  if (!only || e.indices.length > 1 || value.kind === "unknown")
    return value.kind === "unknown" ? value : unknown("Dimsum does not follow this index.");
  if (value.kind === "list" || value.kind === "tuple") return itemsAt(engine, value, only, scope);
  if (value.kind === "container") {
    const children = value.children;
    if (!children) return unknown("Its layers are not known.");
    if (only.kind === "index") {
      const key = engine.evaluate(only.value, scope);
      if (key.kind === "string")
        return children.find(([name]) => name === key.value)?.[1] ?? unknown(`It has no ${key.value}.`);
      const at = place(key, children.length);
      return at === undefined ? unknown("Which one is not known.") : (children[at]?.[1] ?? unknown("It has fewer."));
    }
    const range = sliceRange(engine, only, children.length, scope);
    return range
      ? { ...value, children: range.map((i) => children[i] as readonly [string, PyValue]) }
      : unknown("Which ones is not known.");
  }
  if (value.kind === "instance" && only.kind === "index")
    return engine.call(engine.memberOf(value, "__getitem__", e), given(engine.evaluate(only.value, scope)), e, e);
  if (value.kind === "string" && only.kind === "index") {
    const at = place(engine.evaluate(only.value, scope), value.value.length);
    const letter = at === undefined ? undefined : value.value[at];
    return letter === undefined ? unknown("Which letter is not known.") : { kind: "string", value: letter };
  }
  if (value.kind === "dict" && only.kind === "index") {
    const key = dictKey(engine.evaluate(only.value, scope));
    return (key !== undefined && value.entries?.get(key)?.[1]) || unknown("Which entry is not known.");
  }
  return unknown("Dimsum does not follow this index.");
}

function itemsAt(
  engine: Evaluator,
  value: Extract<PyValue, { kind: "list" | "tuple" }>,
  index: Index,
  scope: Scope,
): PyValue {
  const { items } = value;
  if (!items) return unknown("This list is not known.");
  if (index.kind === "index") {
    const asked = engine.evaluate(index.value, scope);
    const at = place(asked, items.length);
    if (at === undefined) return unknown("Which item is not known.");
    if (value.kind === "tuple" && value.isShape && !items[at] && asked.kind === "int")
      sayNoSize(engine, items.length, asked.value, index.value);
    return items[at] ?? unknown("The list is shorter.");
  }
  const range = sliceRange(engine, index, items.length, scope);
  return range
    ? { kind: value.kind, items: range.map((i) => items[i] as PyValue) }
    : unknown("Which items is not known.");
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

function place(index: PyValue, length: number): number | undefined {
  if (index.kind !== "int" || typeof index.value !== "number") return undefined;
  return index.value < 0 ? index.value + length : index.value;
}

function sliceRange(
  engine: Evaluator,
  index: Extract<Index, { kind: "slice" }>,
  length: number,
  scope: Scope,
): number[] | undefined {
  const parts = index.parts.map((p) => p && engine.evaluate(p, scope));
  const numbers = parts.map((p) =>
    p === undefined || p.kind === "none" ? null : p.kind === "int" && typeof p.value === "number" ? p.value : undefined,
  );
  if (numbers.includes(undefined)) return undefined;
  const [start, end, step] = numbers as (number | null)[];
  const by = step ?? 1;
  if (by === 0) return undefined;
  const clamp = (n: number): number =>
    Math.min(Math.max(n < 0 ? n + length : n, by > 0 ? 0 : -1), by > 0 ? length : length - 1);
  const from = start === null || start === undefined ? (by > 0 ? 0 : length - 1) : clamp(start);
  const to = end === null || end === undefined ? (by > 0 ? length : -1) : clamp(end);
  const range: number[] = [];
  for (let i = from; by > 0 ? i < to : i > to; i += by) range.push(i);
  return range;
}
