import type { Evaluator } from "./evaluator.js";
import { parsePython } from "./parse.js";
import type { Scope } from "./scope.js";
import type { Expression, Index, Place } from "./syntax.js";
import { isIntValue, isLibraryValue, isUnknownValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";
import { libraryAt } from "./values.js";

/** One axis that an annotation names; `spreads`: it may be 1 instead. */
export type Axis =
  | { readonly kind: "any"; readonly text: string }
  | { readonly kind: "size"; readonly size: number; readonly spreads: boolean }
  | { readonly kind: "name"; readonly name: string; readonly spreads: boolean }
  | { readonly kind: "formula"; readonly text: string; readonly spreads: boolean }
  /** Any number of axes; those of one name are the same everywhere. */
  | { readonly kind: "several"; readonly name: string | undefined; readonly spreads: boolean };

/** What an annotation says of a value: a tensor's axes, or the parts of a tuple. */
export type ShapeAnnotation =
  | { readonly kind: "tensor"; readonly axes: readonly Axis[] }
  | { readonly kind: "tuple"; readonly items: readonly (ShapeAnnotation | undefined)[] };

/** The names under which jaxtyping annotates tensors of some kind of numbers. */
const KIND =
  /^jaxtyping\.(Shaped|Bool|Num|Inexact|Float|BFloat16|Float(?:8\w*|16|32|64)|Complex(?:64|128)?|Integer|UInt(?:2|4|8|16|32|64)?|Int(?:2|4|8|16|32|64)?|Real|Key)$/;

/** Annotations are no longer than this, and stand no deeper within each other. */
const MAX_TEXT = 1000;
const MAX_DEPTH = 6;

/** Axes of one tensor that are read. */
const MAX_AXES = 12;

/** The expressions of annotations that have been read, by their places. */
const expressions = new WeakMap<Place, Expression | "none">();

/** What the annotation at a place says of shapes, the names in it looked up in a scope; undefined where that is nothing certain. */
export function annotationAt(engine: Evaluator, place: Place, scope: Scope): ShapeAnnotation | undefined {
  const known = expressions.get(place);
  const expression = known ?? expressionAt(engine, place);
  if (!known) expressions.set(place, expression);
  return expression === "none" ? undefined : readAnnotation(expression, scope);
}

function expressionAt(engine: Evaluator, place: Place): Expression | "none" {
  if (place.to - place.from > MAX_TEXT) return "none";
  const text = engine.textAt(place);
  const start = /^(?::|->)?\s*/.exec(text)?.[0].length ?? 0;
  return expressionIn(text.slice(start), place.from + start) ?? "none";
}

/** The one expression that a text is. */
function expressionIn(text: string, base: number): Expression | undefined {
  const [only, ...more] = parsePython(text, base).body;
  return only?.kind === "expression" && more.length === 0 ? only.value : undefined;
}

/** What an annotation says of shapes. */
export function readAnnotation(e: Expression, scope: Scope, depth = 0): ShapeAnnotation | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const inner = (of: Expression): ShapeAnnotation | undefined => readAnnotation(of, scope, depth + 1);
  switch (e.kind) {
    case "string": {
      const quoted = e.value === undefined || e.value.length > MAX_TEXT ? undefined : expressionIn(e.value, 0);
      return quoted && inner(quoted);
    }
    case "binary": {
      if (e.op !== "|") return undefined;
      return isNone(e.right) ? inner(e.left) : isNone(e.left) ? inner(e.right) : undefined;
    }
    case "name":
    case "attribute": {
      const value = meaningOf(e, scope);
      return isUnknownValue(value) ? value.annotates : undefined;
    }
    case "subscript": {
      const head = meaningOf(e.of, scope);
      const path = isLibraryValue(head) ? head.path : "";
      const parts = e.indices.flatMap((index) => (index.kind === "index" ? [index.value] : []));
      const [first, second] = parts;
      if (path === "torchtyping.TensorType") return tensor(namedAxes(e.indices, scope));
      if (!first || parts.length < e.indices.length) return undefined;
      if (KIND.test(path)) {
        const within = inner(first);
        const isKnown = within !== undefined || isArray(first, scope);
        return parts.length === 2 && second && isKnown ? prepended(second, within) : undefined;
      }
      if (/^typing(_extensions)?\.(Optional|Annotated|Final)$/.test(path)) return inner(first);
      if (/^typing(_extensions)?\.Union$/.test(path)) {
        const [only, ...more] = parts.filter((part) => !isNone(part));
        return only && more.length === 0 ? inner(only) : undefined;
      }
      const isTuple = /^typing(_extensions)?\.Tuple$/.test(path) || (e.of.kind === "name" && e.of.name === "tuple");
      return isTuple ? { kind: "tuple", items: parts.map(inner) } : undefined;
    }
    default:
      return undefined;
  }
}

const isNone = (e: Expression): boolean => e.kind === "constant" && e.value === null;

/** Whether an expression names a kind of array that says nothing of its shape itself. */
function isArray(e: Expression, scope: Scope): boolean {
  if (e.kind === "binary" && e.op === "|") return isArray(e.left, scope) && isArray(e.right, scope);
  const value = meaningOf(e, scope);
  return isLibraryValue(value) && /\.(\w*Tensor|ndarray|Array|ArrayLike|Parameter)$/.test(value.path);
}

const tensor = (axes: readonly Axis[] | undefined): ShapeAnnotation | undefined => axes && { kind: "tensor", axes };

/** What a name, or a name of a library, stands for. */
function meaningOf(e: Expression, scope: Scope): PyValue | undefined {
  if (e.kind === "name") return scope.find(e.name);
  if (e.kind !== "attribute") return undefined;
  const of = meaningOf(e.of, scope);
  if (isLibraryValue(of)) return libraryAt(`${of.path}.${e.name}`);
  return of?.kind === "file" ? of.names.get(e.name) : undefined;
}

/** `Float[Image, "batch"]`: the axes of the text stand in front of those of the annotation within. */
function prepended(text: Expression, within: ShapeAnnotation | undefined): ShapeAnnotation | undefined {
  const own = text.kind === "string" && text.value !== undefined ? readAxes(text.value) : undefined;
  if (!own || within?.kind === "tuple") return undefined;
  const axes = [...own, ...(within?.axes ?? [])];
  return isCountable(axes) ? { kind: "tensor", axes } : undefined;
}

/** Whether no more than one part stands for several axes. */
const isCountable = (axes: readonly Axis[]): boolean =>
  axes.length <= MAX_AXES && axes.filter((a) => a.kind === "several").length <= 1;

/** The axes that a text of jaxtyping names; undefined for what jaxtyping refuses. */
export function readAxes(text: string): readonly Axis[] | undefined {
  const axes: Axis[] = [];
  for (const word of text.split(/\s+/).filter((w) => w !== "")) {
    const axis = readAxis(word);
    if (!axis) return undefined;
    axes.push(axis);
  }
  return isCountable(axes) ? axes : undefined;
}

function readAxis(word: string): Axis | undefined {
  if (word === "...") return { kind: "several", name: undefined, spreads: false };
  if (word.includes("...") || word.endsWith("#") || (word.includes(",") && !word.includes("("))) return undefined;
  let rest = word;
  const signs = new Set<string>();
  for (;;) {
    const sign = /^[#*_?]/.exec(rest)?.[0];
    if (sign) {
      if (signs.has(sign)) return undefined;
      signs.add(sign);
      rest = rest.slice(1);
    } else if (rest.split("=").length === 2) rest = rest.slice(rest.indexOf("=") + 1);
    else break;
  }
  const [spreads, isMany, isAny] = [signs.has("#"), signs.has("*"), signs.has("_")];
  if (rest === "" || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(rest)) {
    if (isAny && spreads) return undefined;
    if (isMany) return { kind: "several", name: isAny || signs.has("?") ? undefined : rest, spreads };
    return isAny || signs.has("?") ? { kind: "any", text: word } : { kind: "name", name: rest, spreads };
  }
  if (isMany || isAny || signs.has("?")) return undefined;
  return /^\d{1,9}$/.test(rest)
    ? { kind: "size", size: Number(rest), spreads }
    : { kind: "formula", text: rest, spreads };
}

/** The axes of torchtyping's `TensorType["batch", ..., 3, "x": 4, float]`: what stands behind them is the kind of numbers. */
function namedAxes(indices: readonly Index[], scope: Scope): readonly Axis[] | undefined {
  const axes: Axis[] = [];
  for (const [i, index] of indices.entries()) {
    const axis = index.kind === "index" ? axisOf(index.value, scope) : namedAxis(index.parts);
    if (axis === "detail") return i > 0 && indices.slice(i).every((d) => isDetail(d, scope)) ? axes : undefined;
    if (!axis) return undefined;
    axes.push(axis);
  }
  return isCountable(axes) ? axes : undefined;
}

const isDetail = (index: Index, scope: Scope): boolean =>
  index.kind === "index" && axisOf(index.value, scope) === "detail";

function axisOf(e: Expression, scope: Scope): Axis | "detail" | undefined {
  if (e.kind === "ellipsis") return { kind: "several", name: undefined, spreads: false };
  if (e.kind === "string" && e.value !== undefined && /^\w+$/.test(e.value))
    return { kind: "name", name: e.value, spreads: false };
  if (e.kind === "number") return sizeOf(e);
  if (e.kind === "unary" && e.op === "-" && e.of.kind === "number" && e.of.text === "1")
    return { kind: "any", text: "-1" };
  const value = e.kind === "name" || e.kind === "attribute" ? meaningOf(e, scope) : undefined;
  if (isIntValue(value) && typeof value.value === "number")
    return value.value < 0 ? undefined : { kind: "size", size: value.value, spreads: false };
  if (isLibraryValue(value)) return /^(torch|torchtyping)\./.test(value.path) ? "detail" : undefined;
  return !value && e.kind === "name" && /^(float|int|bool)$/.test(e.name) ? "detail" : undefined;
}

const sizeOf = (e: Extract<Expression, { kind: "number" }>): Axis | undefined =>
  /^\d{1,9}$/.test(e.text) ? { kind: "size", size: Number(e.text), spreads: false } : undefined;

/** `"x": 4`, `"batch": ...`. */
function namedAxis([name, value]: readonly (Expression | undefined)[]): Axis | undefined {
  if (name?.kind !== "string" || name.value === undefined) return undefined;
  if (value?.kind === "ellipsis") return { kind: "several", name: name.value, spreads: false };
  return value?.kind === "number" ? sizeOf(value) : undefined;
}

/** The axes as people write a shape: `(batch, 3, h, w)`. */
export const printAxes = (axes: readonly Axis[]): string => `(${axes.map(printAxis).join(", ")})`;

function printAxis(axis: Axis): string {
  if (axis.kind === "any") return axis.text;
  const spreads = axis.spreads ? "#" : "";
  switch (axis.kind) {
    case "size":
      return `${spreads}${axis.size}`;
    case "name":
      return `${spreads}${axis.name}`;
    case "formula":
      return `${spreads}${axis.text}`;
    case "several":
      return axis.name === undefined ? "…" : `*${spreads}${axis.name}`;
  }
}
