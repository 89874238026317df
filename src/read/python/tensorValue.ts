import type { Dim } from "../../core/dims/dim.js";
import type { Shape } from "../../core/layer/op.js";
import type { Fields } from "../../core/network.js";
import type { NumberKind } from "../../core/operations/operation.js";
import type { Place } from "./syntax.js";
import type { CallSite, PyValue } from "./values.js";

/** A tensor: its shape, undefined where even the number of dimensions is unknown. */
export interface TensorValue {
  readonly kind: "tensor";
  shape: Shape | undefined;
  /** Where it was made, for saying where a size comes from. */
  readonly maker?: { readonly place: Place; readonly label: string; readonly summary?: string };
  /**
   * The shape it would have by the student's own numbers, after a mismatch that has been said: what fits that follows from the same
   * mistake and is silent. "any" where that shape is not known.
   */
  doubt?: Shape | "any" | undefined;
  /** Whether a layer that did not fit gave it, whose own sizes may be wrong as well, and none that fits has asked for its sizes since. */
  readonly isShaken?: true;
  /** What one unit sees of the input along each axis. */
  readonly fields?: Fields;
  /** What `view` laid out as rows of a sample each to make it. */
  readonly flattened?: TensorValue;
  /** A model's input whose shape nobody has said: the first layer says what it must be. */
  open?: boolean;
  /** How many dimensions stand in front of what the first layer asks for: the batch, none, or up to three more. */
  readonly lead?: "batch" | "alone" | "sequence" | "grid" | "stack" | "unclear";
  /** What marks the symbols of its sizes, where another input has plain ones. */
  readonly mark?: string;
  /** Its sizes without the batch, as a comment has them. */
  readonly sizes?: Shape;
  /** Set where its shape is what a comment says: whether the first layer cannot take that. */
  readonly contradicted?: { isSo: boolean } | undefined;
  /** Whether its shape is what an annotation says. */
  readonly isAnnotated?: true;
  /** Whether it is taken for an image of a data set that the file loads, without the file saying so. */
  readonly isAssumed?: true;
  /** How Keras's functional API made it, so that a model can be made of it. */
  readonly history?: History;
  /** Whether it is a parameter of a module: it is learned. */
  readonly parameter?: true;
  /** Whether a parameter is learned at all: `requires_grad`. */
  trains?: PyValue | undefined;
  /** Whether there may be None in its place: a gradient before there is one. */
  readonly isOptional?: true;
  /** The kind of its numbers, where that is known. */
  readonly dtype?: NumberKind | undefined;
  /** Its numbers, row by row, where they are few and known: settings that a model calculates. */
  numbers?: readonly number[] | undefined;
  /** Whether its first dimension certainly is that of the samples. */
  readonly hasSamples?: true;
  /** Where its numbers were weighed against each other along its first dimension; `isSaid`: as an argument says. */
  readonly weighed?: {
    readonly name: string;
    readonly place: Place;
    readonly site: CallSite;
    readonly isSaid: boolean;
  };
  /** Where a batch of this shape was laid out in one row. */
  readonly joined?: { readonly place: Place; readonly shape: Shape };
  /** How far apart in memory the neighbours along each dimension lie, where that is known. */
  readonly strides?: readonly Dim[] | undefined;
  /** The steps that may have made it, where they are noted. */
  origin?: readonly number[];
  readonly reason?: string;
}

/** An array of NumPy, as the tensor that has its shape and its numbers. */
export interface ArrayValue {
  readonly kind: "array";
  readonly of: TensorValue;
}

/** What made a tensor of Keras's functional API. */
export interface History {
  /** The layer or model; absent for an Input and for an operator. */
  readonly by?: PyValue;
  /** The tensors that it was made of; an Input of none. */
  readonly from: readonly TensorValue[];
  /** The same for other tensors. */
  readonly again: (from: readonly PyValue[]) => PyValue;
}
