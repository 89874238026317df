import { equal, same } from "../../core/dims/compare.js";
import type { Dim } from "../../core/dims/dim.js";
import type { Shape, Size } from "../../core/layer/op.js";
import type { Evaluator } from "./evaluator.js";
import { ending } from "./exceptions.js";
import type { Names } from "./journal.js";
import { parsePython } from "./parse.js";
import { Scope } from "./scope.js";
import type { Axis } from "./shapeAnnotation.js";
import { isIntValue, isTupleValue } from "./valueKinds.js";
import { int, type PyValue } from "./values.js";

/** Whether a shape is what an annotation says; undefined where that is not known. */
export interface Matched {
  readonly verdict: boolean | undefined;
  /** The first axis that has another size; none where their number is another. */
  readonly at?: number;
  /** The name, or the formula, that stands for another size or other sizes in this call. */
  readonly bound?: readonly [name: string, is: Dim | Shape];
}

/** What an annotation is compared in: the sizes of names in this call, and the names that its texts may use in braces. */
export interface AxisContext {
  readonly engine: Evaluator;
  readonly sizes: Names;
  readonly scope: Scope;
}

const UNKNOWN: Matched = { verdict: undefined };

/** Compares a shape with an annotation's axes; names without a size take theirs from the shape. */
export function matchAxes(context: AxisContext, axes: readonly Axis[], shape: Shape): Matched {
  const many = axes.findIndex((a) => a.kind === "several");
  const after = many < 0 ? 0 : axes.length - many - 1;
  const isTooFew = shape.length < axes.length - (many < 0 ? 0 : 1);
  if (isTooFew || (many < 0 && shape.length !== axes.length)) return { verdict: false };
  const end = shape.length - after;
  const front = many < 0 ? axes.length : many;
  const pairs = [
    ...axes.slice(0, front).map((axis, i) => [axis, i] as const),
    ...(many < 0 ? [] : axes.slice(many + 1).map((axis, i) => [axis, end + i] as const)),
  ];
  let verdict: boolean | undefined = true;
  for (const [axis, i] of pairs) {
    const found = matchAxis(context, axis, shape[i]);
    if (found.verdict === false) return { ...found, at: i };
    if (found.verdict === undefined) verdict = undefined;
  }
  const several = many < 0 ? undefined : axes[many];
  if (several?.kind !== "several" || several.name === undefined) return { verdict };
  const found = matchSeveral(context, several, shape.slice(front, end));
  return found.verdict === false ? { ...found, at: front } : { verdict: found.verdict && verdict };
}

function matchAxis({ engine, sizes, scope }: AxisContext, axis: Axis, size: Size): Matched {
  if (axis.kind === "any" || axis.kind === "several") return { verdict: true };
  if (axis.spreads && size !== undefined && same(size, 1)) return { verdict: true };
  if (axis.kind === "name" && !sizes.has(axis.name)) {
    // A size that may be 1 says nothing of what the name stands for elsewhere.
    const isSure = size !== undefined && (!axis.spreads || equal(size, 1) === false);
    if (isSure) engine.journal.set(sizes, axis.name, int(size));
    return { verdict: isSure ? true : undefined };
  }
  const wanted =
    axis.kind === "size"
      ? axis.size
      : axis.kind === "name"
        ? sizeNamed(sizes, axis.name)
        : sizeOfFormula({ engine, sizes, scope }, axis.text);
  const found = wanted === undefined || size === undefined ? undefined : equal(wanted, size);
  // What spreads may be 1 as well.
  if (found === false && axis.spreads && size !== undefined && equal(size, 1) !== false) return UNKNOWN;
  const name = axis.kind === "name" ? axis.name : axis.kind === "formula" ? axis.text : undefined;
  return {
    verdict: found,
    ...(found === false && name !== undefined && wanted !== undefined ? { bound: [name, wanted] as const } : {}),
  };
}

/** The size that a name has in this call; undefined where it may have none, or another. */
function sizeNamed(sizes: Names, name: string): Size {
  const value = sizes.maybe?.has(name) ? undefined : sizes.get(name);
  return isIntValue(value) ? value.value : undefined;
}

/** The size that `dim-1` or `{self.heads}*d` stands for: what is in braces is Python's, the rest names of axes. */
function sizeOfFormula({ engine, sizes, scope }: AxisContext, text: string): Size {
  const axes = new Scope();
  let isKnown = true;
  const plain = text.replace(/\{([^{}]*)\}/g, (_, inside: string) => {
    const value = evaluateText(engine, inside, scope);
    if (!isIntValue(value)) isKnown = false;
    const name = `_${axes.names.size}`;
    axes.names.set(name, value ?? int(0));
    return name;
  });
  if (!isKnown || /[{}]/.test(plain)) return undefined;
  for (const name of sizes.keys()) {
    const size = sizeNamed(sizes, name);
    if (size !== undefined) axes.names.set(name, int(size));
  }
  const value = evaluateText(engine, plain, axes);
  return isIntValue(value) ? value.value : undefined;
}

/** Formulas in annotations are no longer than this. */
const MAX_FORMULA = 100;

function evaluateText(engine: Evaluator, text: string, scope: Scope): PyValue | undefined {
  if (text.length > MAX_FORMULA) return undefined;
  const [only, ...more] = parsePython(text).body;
  if (only?.kind !== "expression" || more.length > 0) return undefined;
  const end = engine.trace.muted(() => ending(() => engine.evaluate(only.value, scope)));
  return "value" in end ? end.value : undefined;
}

/** Where the sizes that `*name` stands for are kept. */
export const keyOf = (axis: Axis, name: string): string => (axis.kind === "several" ? `*${name}` : name);

/** Whether the axes that `*name` stands for are those of before; of what may spread over those nothing is said. */
function matchSeveral({ engine, sizes }: AxisContext, axis: Extract<Axis, { kind: "several" }>, shape: Shape): Matched {
  const key = keyOf(axis, axis.name ?? "");
  const before = sizes.get(key);
  if (axis.spreads) (sizes.maybe ??= new Set()).add(key);
  if (!before) {
    const items = shape.flatMap((s) => (s === undefined ? [] : [int(s)]));
    if (items.length < shape.length || axis.spreads) return UNKNOWN;
    engine.journal.set(sizes, key, { kind: "tuple", items });
    return { verdict: true };
  }
  if (sizes.maybe?.has(key) || !isTupleValue(before)) return UNKNOWN;
  const known = before.items.map((item): Size => (isIntValue(item) ? item.value : undefined));
  const parts = known.map((k, i) => {
    const size = shape[i];
    return k !== undefined && size !== undefined ? equal(k, size) : undefined;
  });
  if (known.length !== shape.length || parts.includes(false)) return { verdict: false, bound: [key, known] };
  return parts.includes(undefined) ? UNKNOWN : { verdict: true };
}
