import { type Dim, dimOf } from "../../core/dims/dim.js";
import type { Value } from "../../core/expr/evaluate.js";
import type { Op, Others, Shape } from "../../core/layer/op.js";
import type { DictValue, IteratorValue, ListValue, SetValue } from "./collectionValues.js";
import type { Names } from "./journal.js";
import type { Scope } from "./scope.js";
import type { ShapeAnnotation } from "./shapeAnnotation.js";
import type { Argument, Expression, ParameterNode, Place, Statement } from "./syntax.js";
import type { ArrayValue, TensorValue } from "./tensorValue.js";
import { isBoolValue, isFloatValue, isIntValue, isTensorValue, isUnknownValue } from "./valueKinds.js";

export type { Advance, DictValue, IteratorValue, ListValue, SetValue } from "./collectionValues.js";
export type { ArrayValue, TensorValue } from "./tensorValue.js";

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
  /** What a Keras layer was first called with: its weights are made for that. */
  built?: { readonly input: Shape; readonly others: Others; readonly from: PyValue; output?: PyValue } | undefined;
  /** Whether a layer has been told to train, or not to; unknown where it may have been either. */
  trains?: PyValue | undefined;
  /** Its learned tensors, made when somebody first asks for one. */
  weights?: ReadonlyMap<string, TensorValue>;
  /** Learned tensors that stand in the place of its own. */
  replaced?: ReadonlyMap<string, PyValue> | undefined;
  /** What the file has set besides its own arguments. */
  attributes?: Names;
}

/** nn.Sequential, nn.ModuleList or nn.ModuleDict; Keras's Sequential, or a model of its functional API. */
export interface ContainerValue {
  readonly kind: "container";
  readonly what:
    | "Sequential"
    | "ModuleList"
    | "ModuleDict"
    | "ParameterList"
    | "ParameterDict"
    | "keras.Sequential"
    | "keras.Model";
  /** Undefined where the children are not known. */
  children: readonly (readonly [string, PyValue])[] | undefined;
  readonly site: Place;
  /** What the file has set besides its children. */
  attributes?: Names;
  /** What goes into a Keras model and what it gives, once they are known; a Sequential's next layer gets what it gives. */
  ends?: readonly [input: PyValue, output: PyValue] | undefined;
}

/** An object of a class in the file. */
export interface InstanceValue {
  readonly kind: "instance";
  readonly cls: ClassValue;
  readonly attributes: Names;
  readonly site: Place;
  /** What its constructor got. */
  made: CallArguments;
  /** Whether something that is not known may have changed it. */
  escaped?: boolean;
  /** Whether PyTorch has put something around it, with attributes that the object does not have. */
  isWrapped?: boolean;
}

/** A class of the file. */
export interface ClassValue {
  readonly kind: "class";
  readonly name: string;
  readonly nameAt: Place;
  readonly bases: readonly PyValue[];
  readonly members: Names;
  readonly body: readonly Statement[];
  readonly metaclass?: ClassValue;
  /** Whether something that is not known may have changed it. */
  escaped?: boolean;
}

/** A file of the workspace that is imported: its names, as far as it has been followed. */
export interface FileValue {
  readonly kind: "file";
  readonly path: string;
  readonly names: Names;
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
  /** The annotation of what it returns. */
  readonly returns?: Place;
  /** Whether it is a generator; "context" where `contextmanager` makes a context of it. */
  readonly yields?: boolean | "context";
  /** What a property does when it is set. */
  readonly setter?: PyValue;
  /** What `functools.wraps` says it stands for. */
  readonly wrapped?: PyValue;
}

/** The arguments of a call. */
export interface CallArguments {
  readonly positional: readonly PyValue[];
  readonly byKeyword: ReadonlyMap<string, PyValue>;
  /** Whether stars brought arguments that are not known. */
  readonly uncertain: boolean;
  /** Whether there may be more, for `*args` and `**kwargs` to take. */
  readonly open?: boolean;
  readonly places: readonly Argument[];
}

/** Something that the library has, called with arguments. */
export interface NativeValue {
  readonly kind: "native";
  readonly name: string;
  readonly call: (args: CallArguments, place: Place, callee: Place) => PyValue;
  /** What a call may change: the list or dictionary that it is a method of, or what it is called with. */
  readonly owner?: PyValue;
}

/** A value of Python, as far as it is known. */
export type PyValue =
  | { readonly kind: "int"; readonly value: Dim }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "none" }
  | { readonly kind: "ellipsis" }
  | ListValue
  /** `isShape`: it is all sizes of a tensor that nothing before has called into question. `names`: those of its items; `type`: the named tuple's. */
  | {
      readonly kind: "tuple";
      readonly items: readonly PyValue[];
      readonly isShape?: boolean;
      readonly names?: readonly string[];
      readonly type?: NativeValue;
    }
  | DictValue
  | SetValue
  | IteratorValue
  | { readonly kind: "range"; readonly start: number; readonly stop: number; readonly step: number }
  /** What `keys`, `values` and `items` give: they show what the dictionary has at the moment. */
  | { readonly kind: "view"; readonly of: DictValue; readonly what: "keys" | "values" | "items" }
  | { readonly kind: "slice"; readonly parts: readonly [start: PyValue, stop: PyValue, step: PyValue] }
  /** `int | None`. */
  | { readonly kind: "union"; readonly types: readonly PyValue[] }
  | { readonly kind: "library"; readonly path: string }
  | { readonly kind: "method"; readonly fn: FunctionValue; readonly self: PyValue }
  | { readonly kind: "exception"; readonly name: string; readonly args: readonly PyValue[] }
  | FileValue
  /** Items of one kind, of which nobody knows how many. */
  | { readonly kind: "stream"; readonly each: PyValue }
  | { readonly kind: "super"; readonly cls: ClassValue; readonly self: PyValue }
  /** `free`: it comes from outside, so that it may be anything, or from the machine that runs the program, so that nobody need ever see what fails for it; else it is something that Dimsum does not know. `sizesOf`: the sizes of an open input. `number`: it is some number. */
  | {
      readonly kind: "unknown";
      readonly reason: string;
      readonly free?: Freedom;
      readonly sizesOf?: TensorValue;
      readonly number?: boolean;
      /** Whether that number certainly is a whole one, and no truth value: a place, or how many there are of something. */
      readonly whole?: true;
      /** Whether that number may be a complex one. */
      readonly complex?: true;
      /** Whether it counts as true, where that is known of it. */
      readonly truth?: boolean;
      /** Whether it is None wherever it is usual: nobody has to say it. */
      readonly isLacking?: true;
      /** The object whose method it may be, which it may change where it is called. */
      readonly memberOf?: InstanceValue;
      /** What it says of a tensor's shape that is annotated with it. */
      readonly annotates?: ShapeAnnotation | undefined;
      /** Whether it is one of several things of which one may be a module. */
      readonly module?: true;
      /** Whether it certainly is no module and no tensor: a truth, a text, one number or another. */
      readonly plain?: true;
      /** The steps that may have made it, where they are noted. */
      readonly origin?: readonly number[];
    }
  | NativeValue
  | LayerValue
  | ContainerValue
  | InstanceValue
  | ClassValue
  | FunctionValue
  | ArrayValue
  | TensorValue;

/** Whether a value that is not known may be anything: one from outside may, and one that the machine decides. */
export type Freedom = boolean | "machine";

/** The values of one kind. */
export type Of<K extends PyValue["kind"]> = Extract<PyValue, { readonly kind: K }>;

/** A value of which nothing is known, and why. */
export const unknown = (reason: string): PyValue => ({ kind: "unknown", reason });
/** A value that something gives which Dimsum does not follow. */
export const notFollowed = (what: string): PyValue => unknown(`Dimsum does not follow ${what}.`);
/** A value that something gives which Dimsum does not know. */
export const notKnown = (what: string): PyValue => unknown(`Dimsum does not know ${what}.`);
/** Some number, of which the value is not known. */
export const someNumber = (reason: string): PyValue => ({ kind: "unknown", reason, number: true });
/** Some whole number, of which the value is not known. */
export const someWhole = (reason: string): PyValue => ({ kind: "unknown", reason, number: true, whole: true });
/** Whether a value certainly is a whole number, and no truth value. */
export const isWhole = (v: PyValue | undefined): boolean =>
  v !== undefined && (isIntValue(v) || (isUnknownValue(v) && v.whole === true));
/** Some number that may be a complex one. */
export const complexNumber = (reason: string): PyValue => ({ kind: "unknown", reason, number: true, complex: true });
/** Some text, of which it is not known what it says. */
export const someText = (reason: string): PyValue => ({ kind: "unknown", reason, plain: true });
/** Whether a value certainly is no module and no tensor. */
export const isPlainValue = (v: PyValue): boolean =>
  ["int", "float", "bool", "string", "none", "ellipsis"].includes(v.kind) ||
  (isUnknownValue(v) && (v.plain === true || v.number === true));
/** Whether a value certainly is a number. */
export const isNumber = (v: PyValue): boolean =>
  isIntValue(v) || isFloatValue(v) || isBoolValue(v) || (isUnknownValue(v) && v.number === true);
/** A value of which nothing is known that may be more than a number. */
export function beyondNumber(v: PyValue): PyValue {
  if (!isUnknownValue(v) || (!v.number && v.truth === undefined)) return v;
  const { truth: _, whole: __, ...rest } = v;
  return { ...rest, number: false };
}
/** A value that comes from outside, where it may be anything. */
export const anything = (reason: string): PyValue => ({ kind: "unknown", reason, free: true });
/** A value that the machine decides on which the program runs. */
export const ofMachine = (reason: string): PyValue => ({ kind: "unknown", reason, free: "machine" });
/** A device, or what is said of one. */
export const someDevice = (): PyValue => ({ ...ofMachine("Which device it is is not known."), plain: true }) as PyValue;
/** Whether a value that is not known may be anything. */
export const isFree = (v: PyValue): boolean => freedomOf(v) !== false;
/** Whether what depends on values may be anything, or is for the machine to decide. */
export function freedomOf(...values: readonly PyValue[]): Freedom {
  const each = values.map((v) => (isUnknownValue(v) ? (v.free ?? false) : isTensorValue(v)));
  return each.find((free) => free === "machine") ?? each.includes(true);
}
/** A whole number. */
export const int = (value: Dim): PyValue => ({ kind: "int", value });
/** A number with a fraction. */
export const floatValue = (value: number): Of<"float"> => ({ kind: "float", value });
/** True or False. */
export const boolValue = (value: boolean): Of<"bool"> => ({ kind: "bool", value });
/** A text. */
export const stringValue = (value: string): Of<"string"> => ({ kind: "string", value });
/** A tuple of these items. */
export const tupleValue = (items: readonly PyValue[]): Of<"tuple"> => ({ kind: "tuple", items });
/** A dictionary; undefined entries are not known. */
export const dictValue = (entries: DictValue["entries"]): DictValue => ({ kind: "dict", entries });
/** What a library has under a path. */
export const libraryAt = (path: string): Of<"library"> => ({ kind: "library", path });
/** Something of a library that answers a call. */
export const nativeValue = (name: string, call: NativeValue["call"]): NativeValue => ({ kind: "native", name, call });
/** None. */
export const NONE: PyValue = { kind: "none" };

/** A value as a layer's formulas take it; undefined is unknown. */
export function toFormulaValue(v: PyValue | undefined, depth = 0): Value | undefined {
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
    case "list":
      // No layer takes lists within lists within lists.
      return depth > 2 ? undefined : v.items?.map((item) => toFormulaValue(item, depth + 1));
    default:
      return undefined;
  }
}
