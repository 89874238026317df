import { type Dim, dimSymbol } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { printSizes } from "../../core/layer/explain.js";
import type { Size } from "../../core/layer/op.js";
import { type AxisContext, keyOf, type Matched, matchAxes } from "./axisNames.js";
import type { Evaluator } from "./evaluator.js";
import { Names } from "./journal.js";
import type { Scope } from "./scope.js";
import { annotationAt, printAxes, type ShapeAnnotation } from "./shapeAnnotation.js";
import type { WrittenShape } from "./shapeText.js";
import { FIRST_BASE } from "./sources.js";
import type { Place } from "./syntax.js";
import type { Mismatch } from "./trace.js";
import { isTensorValue, isTupleValue } from "./valueKinds.js";
import type { FunctionValue, PyValue } from "./values.js";

/** The shape that a parameter's annotation gives a model's input, in symbols other than those of `taken`; undefined where it says less. */
export function annotatedInput(
  engine: Evaluator,
  annotation: Place | undefined,
  scope: Scope,
  taken: ReadonlySet<string>,
): WrittenShape | undefined {
  const said = annotation && annotationAt(engine, annotation, scope);
  if (said?.kind !== "tensor" || said.axes.some((a) => a.kind === "several")) return undefined;
  const sizes = said.axes.map((axis): Size => {
    if (axis.kind === "size") return axis.spreads ? undefined : axis.size;
    if (axis.kind !== "name" || axis.spreads) return undefined;
    return dimSymbol(taken.has(axis.name) ? `${axis.name}_1` : axis.name);
  });
  return { sizes, bracketed: true, isAnnotated: true };
}

/** Notes that what a parameter is annotated with is not what the code takes. */
export function refuteAnnotation(engine: Evaluator, place: Place, by: Mismatch): void {
  const say = `The code does not take the input that the annotation says: ${by.say.charAt(0).toLowerCase()}${by.say.slice(1)}`;
  engine.trace.annotation({ place, what: "parameter", verdict: false, shape: [], say });
}

/** What is annotated. */
export type Annotated = "parameter" | "return" | "variable";

/** Compares what the parameters of a call are annotated with to what they get. */
export function judgeParameters(engine: Evaluator, fn: FunctionValue, scope: Scope): void {
  for (const p of fn.params) {
    if (!p.annotation || (p.kind !== "plain" && p.kind !== "keyword-only")) continue;
    const value = scope.names.get(p.name);
    if (value) judge(engine, p.annotation, fn.scope, value, scope, "parameter");
  }
}

/** Compares what a call returns to what its function is annotated with. */
export function judgeReturned(engine: Evaluator, fn: FunctionValue, scope: Scope, value: PyValue): void {
  if (fn.returns && !fn.yields) judge(engine, fn.returns, fn.scope, value, scope, "return");
}

/** Compares the value of `name: annotation = value` to its annotation. */
export function judgeVariable(engine: Evaluator, annotation: Place, value: PyValue, scope: Scope): void {
  judge(engine, annotation, scope, value, scope, "variable");
}

/** `types`: where the annotation's own names are looked up; `scope`: the names of the call. */
function judge(engine: Evaluator, place: Place, types: Scope, value: PyValue, scope: Scope, what: Annotated): void {
  if (place.from >= FIRST_BASE || (!isTensorValue(value) && !isTupleValue(value))) return;
  const said = annotationAt(engine, place, types);
  // The names of axes are one call's; outside of calls each annotation has its own.
  if (said) compare({ engine, sizes: scope.axes ?? new Names(), scope }, place, said, value, what);
}

function compare(context: AxisContext, place: Place, said: ShapeAnnotation, value: PyValue, what: Annotated): void {
  if (said.kind === "tuple") {
    if (isTupleValue(value) && value.items.length === said.items.length)
      for (const [i, item] of said.items.entries()) {
        const part = value.items[i];
        if (item && part) compare(context, place, item, part, what);
      }
    return;
  }
  if (!isTensorValue(value) || !value.shape || value.doubt) return;
  const { axes } = said;
  const { shape } = value;
  const found = matchAxes(context, axes, shape);
  // What its names stand for is called into question: what does not fit them later follows from this.
  if (found.verdict === false) {
    context.sizes.maybe ??= new Set();
    for (const a of axes) if ("name" in a && a.name) context.sizes.maybe.add(keyOf(a, a.name));
  }
  // Of an input of which nothing is said, how many dimensions it has is only taken for granted.
  const isSure = found.at !== undefined || !context.engine.isInputGuessed;
  const verdict = found.verdict === false && !isSure ? undefined : found.verdict;
  context.engine.trace.annotation({
    place,
    what,
    verdict,
    shape,
    say: `The annotation says ${printAxes(axes)}, the shape here is ${printSizes(shape)}${sayBound(found)}.`,
    ...(found.at === undefined ? {} : { at: found.at }),
  });
}

/** `, and batch is 4 in this call`: why a name does not fit. */
function sayBound({ bound }: Matched): string {
  if (!bound) return "";
  const [name, is] = bound;
  const text = Array.isArray(is) ? printSizes(is) : printDim(is as Dim);
  return text === name ? "" : `, and ${name} is ${text} in this call`;
}
