import { same } from "../../core/dims/compare.js";
import { type Dim, dimOf } from "../../core/dims/dim.js";
import { isDim, type Value } from "../../core/expr/evaluate.js";
import type { Field } from "../../core/network.js";
import type { Op, Shape } from "../../core/ops/op.js";
import type { Scope } from "./scope.js";
import type { Argument, Expression, ParameterNode, Place, Statement } from "./syntax.js";

/** Where a call stands and where each of its arguments does, by the parameter's name. */
export interface CallSite extends Place {
  readonly callee: Place;
  readonly arguments: ReadonlyMap<string, Expression>;
}

/** A layer made by its constructor. */
export interface LayerValue {
  readonly kind: "layer";
  readonly op: Op;
  readonly args: Readonly<Record<string, Value | undefined>>;
  readonly site: CallSite;
  /** Whether the constructor's arguments could be bound; else nothing is said of the layer. */
  readonly bound: boolean;
}

/** nn.Sequential, nn.ModuleList or nn.ModuleDict. */
export interface ContainerValue {
  readonly kind: "container";
  readonly what: "Sequential" | "ModuleList" | "ModuleDict";
  /** Undefined where the children are not known. */
  children: (readonly [string, PyValue])[] | undefined;
  readonly site: Place;
}

/** An object of a class in the file. */
export interface InstanceValue {
  readonly kind: "instance";
  readonly cls: ClassValue;
  readonly attributes: Map<string, PyValue>;
  readonly site: Place;
}

/** A class of the file. */
export interface ClassValue {
  readonly kind: "class";
  readonly name: string;
  readonly nameAt: Place;
  readonly bases: readonly PyValue[];
  readonly members: Map<string, PyValue>;
  readonly body: readonly Statement[];
}

/** A function of the file, with the scope that it closes over. */
export interface FunctionValue {
  readonly kind: "function";
  readonly name: string;
  readonly params: readonly ParameterNode[];
  readonly fallbacks: ReadonlyMap<string, PyValue>;
  readonly body: readonly Statement[] | Expression;
  readonly scope: Scope;
  readonly owner?: ClassValue;
  readonly how: "plain" | "static" | "class" | "property";
  readonly place: Place;
}

/** A tensor: its shape, undefined where even the number of dimensions is unknown. */
export interface TensorValue {
  readonly kind: "tensor";
  shape: Shape | undefined;
  /** Where it was made, for saying where a size comes from. */
  readonly maker?: { readonly place: Place; readonly label: string };
  /**
   * The shape it would have by the student's own numbers, after a mismatch that has been said: what fits that follows from the same
   * mistake and is silent. "any" where that shape is not known.
   */
  readonly doubt?: Shape | "any" | undefined;
  /** What one unit sees of the input along each axis. */
  readonly fields?: readonly Field[] | undefined;
  /** A model's input whose shape nobody has said: the first layer says what it must be. */
  open?: boolean;
  /** Its sizes without the batch, as a comment has them. */
  readonly sizes?: Shape;
  readonly reason?: string;
}

/** The arguments of a call. */
export interface CallArguments {
  readonly positional: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  /** Whether stars brought arguments that are not known. */
  readonly uncertain: boolean;
  readonly places: readonly Argument[];
}

/** Something that the library has, called with arguments. */
export interface NativeValue {
  readonly kind: "native";
  readonly name: string;
  readonly call: (args: CallArguments, place: Place, callee: Place) => PyValue;
}

/** A value of Python, as far as it is known. */
export type PyValue =
  | { readonly kind: "int"; readonly value: Dim }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "none" }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "list"; items: PyValue[] | undefined }
  | { readonly kind: "tuple"; readonly items: readonly PyValue[] }
  | { readonly kind: "dict"; entries: Map<string, readonly [PyValue, PyValue]> | undefined }
  | { readonly kind: "library"; readonly path: string }
  | { readonly kind: "method"; readonly fn: FunctionValue; readonly self: PyValue }
  | { readonly kind: "super"; readonly cls: ClassValue; readonly self: PyValue }
  | { readonly kind: "unknown"; readonly reason: string }
  | NativeValue
  | LayerValue
  | ContainerValue
  | InstanceValue
  | ClassValue
  | FunctionValue
  | TensorValue;

/** A value of which nothing is known, and why. */
export const unknown = (reason: string): PyValue => ({ kind: "unknown", reason });
/** A whole number. */
export const int = (value: Dim): PyValue => ({ kind: "int", value });
/** None. */
export const NONE: PyValue = { kind: "none" };

/** A value as a layer's formulas take it; undefined is unknown. */
export function toFormulaValue(v: PyValue | undefined): Value | undefined {
  switch (v?.kind) {
    case "int":
      return v.value;
    case "float":
      return dimOf(v.value);
    case "bool":
    case "string":
      return v.value;
    case "none":
      return null;
    case "tuple":
      return v.items.map(toFormulaValue);
    case "list":
      return v.items?.map(toFormulaValue);
    default:
      return undefined;
  }
}

/** The same value where the two are equal, else unknown; tensors keep the sizes that they share. */
export function join(a: PyValue, b: PyValue): PyValue {
  if (a === b) return a;
  if (a.kind === "tensor" && b.kind === "tensor") return joinTensors(a, b);
  if (a.kind === "int" && b.kind === "int" && same(a.value, b.value)) return a;
  if ((a.kind === "float" || a.kind === "bool" || a.kind === "string") && a.kind === b.kind && a.value === b.value)
    return a;
  if (a.kind === "none" && b.kind === "none") return a;
  if (a.kind === "tuple" && b.kind === "tuple" && a.items.length === b.items.length)
    return { kind: "tuple", items: a.items.map((item, i) => join(item, b.items[i] as PyValue)) };
  if (a.kind === "layer" && b.kind === "layer" && a.op === b.op && sameArgs(a, b)) return a;
  if (a.kind === "unknown") return a;
  if (b.kind === "unknown") return b;
  return unknown("It depends on a condition that is not known.");
}

const sameArgs = (a: LayerValue, b: LayerValue): boolean =>
  a.bound && b.bound && Object.keys(a.args).every((k) => sameValue(a.args[k], b.args[k]));

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (isDim(a) && isDim(b)) return same(a, b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((v, i) => sameValue(v as Value, b[i] as Value));
  return a === b;
}

function joinTensors(a: TensorValue, b: TensorValue): TensorValue {
  const reason = "It depends on a condition that is not known.";
  const rank = a.shape?.length;
  if (!a.shape || !b.shape || rank !== b.shape.length) return { kind: "tensor", shape: undefined, reason };
  const other = b.shape;
  return {
    kind: "tensor",
    shape: a.shape.map((d, i) =>
      d !== undefined && other[i] !== undefined && same(d, other[i] as Dim) ? d : undefined,
    ),
    reason,
  };
}
