import { same } from "../dims/compare.js";
import type { Dim } from "../dims/dim.js";
import type { Op, Shape, Size } from "../layer/op.js";
import { contiguousStrides } from "./strides.js";

/** The kind of numbers in a tensor, as far as it decides a shape: a mask of booleans picks out a number of items that is not known. */
export type NumberKind = "float" | "int" | "bool";

/** A tensor as an operation takes and makes it; what is absent is unknown. */
export interface Tensor {
  readonly kind: "tensor";
  readonly shape: Shape | undefined;
  readonly dtype?: NumberKind | undefined;
  /** How far apart in memory the neighbours along each dimension lie. */
  readonly strides?: readonly Dim[] | undefined;
}

/** `start:stop:step` in brackets; null is left out. */
export interface Slice {
  readonly kind: "slice";
  readonly start: Operand;
  readonly stop: Operand;
  readonly step: Operand;
}

/** What an operation is called with; undefined is unknown, null is Python's None. */
export type Operand =
  | Dim
  | boolean
  | string
  | null
  | undefined
  | Tensor
  | Slice
  | { readonly kind: "ellipsis" }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "dtype"; readonly dtype: NumberKind | undefined }
  | readonly Operand[];

/** The operands of a call under their parameters' names. */
export type Operands = Readonly<Record<string, Operand>>;

/** What an operation gives back; a tuple or list whose number of items is unknown has none. */
export type Result =
  | Tensor
  | { readonly kind: "unknown" }
  | {
      readonly kind: "tuple" | "list";
      readonly items: readonly Result[] | undefined;
      readonly names?: readonly string[];
    };

/** Why an operation refuses its operands, in the student's words and numbers. */
export interface OperationRefusal {
  /** `matmul/sizes`. */
  readonly code: string;
  /** What is. */
  readonly say: string;
  /** What to do. */
  readonly advise: string;
  /** The parameter where the number to change stands; in a list, which item. */
  readonly argument?: string;
  readonly item?: number;
  /** The one right number, where there is one. */
  readonly fix?: number;
  /** Two sizes that are laid over each other and differ. */
  readonly meets?: readonly [Size, Size];
}

/** A call of an operation with the shapes of what it gives; examples document, sweeps prove. */
export interface OperationExample {
  readonly call: string;
  readonly given: Operands;
  readonly gives: readonly number[] | readonly (readonly number[])[];
}

/** Everything that is known about one operation on tensors. */
export interface Operation {
  readonly name: string;
  readonly summary: string;
  /** How it is called, with PyTorch's defaults; these strings are the binding. `Tensor.x(…)` has the tensor itself as `input`. */
  readonly calls: readonly string[];
  /** What it makes of its operands; it throws a `Refused` where PyTorch certainly refuses them. */
  readonly infer: (given: Operands) => Result;
  /** Whether each number of the result is made of the numbers at its own place alone. */
  readonly isLocal?: true;
  /** Whether it takes each row of the first dimension for a sample of its own. */
  readonly takesRows?: (given: Operands) => boolean;
  /** Which sizes met in a call that fits, as a sentence. */
  readonly met?: (given: Operands) => string | undefined;
  /** The layer whose functional form it is. */
  readonly layer?: Op;
  readonly examples: readonly OperationExample[];
}

/** Thrown by an operation that refuses its operands, and caught where operations are applied. */
export class Refused extends Error {
  constructor(readonly refusal: OperationRefusal) {
    super(refusal.say);
  }
}

/** Refuses the operands. */
export function refuse(
  code: string,
  say: string,
  advise: string,
  at: Pick<OperationRefusal, "argument" | "item" | "fix" | "meets"> = {},
): never {
  throw new Refused({ code, say, advise, ...at });
}

/** A tensor of a shape. */
export const tensor = (shape: Shape | undefined, dtype?: NumberKind): Tensor =>
  dtype === undefined ? { kind: "tensor", shape } : { kind: "tensor", shape, dtype };

/** A tensor of a shape whose numbers lie in memory as its sizes stand. */
export const inOrder = (shape: Shape | undefined, dtype?: NumberKind): Tensor => ({
  ...tensor(shape, dtype),
  strides: contiguousStrides(shape),
});

/** Whether a tensor certainly lies in memory as its sizes stand. */
export function isInOrder(v: Operand): boolean {
  if (typeof v !== "object" || v === null || !("kind" in v) || v.kind !== "tensor") return false;
  const wanted = contiguousStrides(v.shape);
  return wanted?.every((s, i) => v.strides?.[i] !== undefined && same(s, v.strides[i])) ?? false;
}

/** A tuple of results; `names` where its items have some. */
export const tuple = (items: readonly Result[] | undefined, names?: readonly string[]): Result =>
  names ? { kind: "tuple", items, names } : { kind: "tuple", items };

/** A result of which not even the kind is known. */
export const UNKNOWN: Result = { kind: "unknown" };
