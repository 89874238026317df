import type { Filtering, FiltersPicture } from "./protocol/filtersPicture.js";
import type { Heading, SourceLine } from "./protocol/heading.js";
import type { MlpPicture } from "./protocol/mlpPicture.js";
import type { NetworkPicture } from "./protocol/networkPicture.js";
import type { Planes, WindowPicture } from "./protocol/windowPicture.js";

export type * from "./protocol/filtersPicture.js";
export type * from "./protocol/heading.js";
export type * from "./protocol/mlpPicture.js";
export type * from "./protocol/networkPicture.js";
export type * from "./protocol/windowPicture.js";

/** Everything the panel shows of one layer; the panel computes none of its numbers. */
export type Picture =
  | WindowPicture
  | FlattenPicture
  | NormPicture
  | CardPicture
  | MismatchPicture
  | MessagePicture
  | NetworkPicture
  | MlpPicture
  | FiltersPicture;

/** A sentence in place of a layer. */
export interface MessagePicture {
  readonly kind: "message";
  readonly text: string;
  readonly advice: string;
}

/** A layer that lays its input in one row; nothing is computed. */
export interface FlattenPicture {
  readonly kind: "flatten";
  readonly heading: Heading;
  readonly sample: string;
  readonly notes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** The channels of a place follow each other, as Keras has it; else the places of a channel do. */
  readonly isLast: boolean;
  /** By channel and cell. */
  readonly input: Planes;
  readonly gradOutput: readonly string[];
}

/** A layer that brings each channel to mean 0 and variance 1 over a batch, or by what it has kept of batches, forward and backward. */
export interface NormPicture {
  readonly kind: "norm";
  readonly heading: Heading;
  readonly sample: string;
  readonly notes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly epsilon: string;
  /** By channel, in training. */
  readonly channels: readonly NormChannel[];
  /** The same in evaluation, with the running mean and variance; absent where none are kept. */
  readonly evaluated?: readonly NormChannel[];
}

/** The numbers of one channel over a batch: by sample and cell, those that are rounded after `≈`. */
export interface NormChannel {
  readonly weight: string;
  readonly bias: string;
  readonly input: Planes;
  readonly output: Planes;
  readonly gradOutput: Planes;
  readonly gradInput: Planes;
  /** Exact fractions. */
  readonly mean: string;
  readonly variance: string;
  /** What the input is after it was centred and scaled. */
  readonly normalized: Planes;
  readonly gradWeight: string;
  readonly gradBias: string;
  /** The means of dY, and of dY times what it was scaled to. */
  readonly meanGrad: string;
  readonly meanAlong: string;
}

/** A layer and an input that do not fit: what comes and what the layer takes, each from its channels on; their first numbers do not meet. Places
 * are those of the input with its padding and those under the window: an axis that has too few does not meet. */
export interface MismatchPicture {
  readonly kind: "mismatch";
  readonly heading: Heading;
  readonly of: "channels" | "features" | "places";
  readonly comes: readonly (number | string)[];
  readonly takes: readonly number[];
}

/** A layer that is told in words, with a small worked example where one helps. */
export interface CardPicture {
  readonly kind: "card";
  readonly heading: Heading;
  readonly example?: Example;
  readonly note?: string;
}

/** Rows of numbers from what goes in to what comes out; `rule` says how. */
export interface Example {
  readonly rows: readonly ExampleRow[];
  readonly rule: string;
}

/** One row of an example. */
export interface ExampleRow {
  readonly name: string;
  readonly role: "input" | "weight" | "output";
  readonly values: readonly string[];
}

/** What the panel keeps of a layer while it is away. */
export interface PanelState {
  readonly layer: string;
  readonly step: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the panel is about. */
export type PanelKind = "layer" | "network" | "mlp" | "filters";

/** From the host to the panel. */
export type ToPanel =
  | PictureMessage
  | { readonly type: "checked"; readonly text: string }
  | { readonly type: "network"; readonly picture: Picture }
  | { readonly type: "filtered"; readonly response: readonly number[] };

/** A picture, and how the panel shows it. */
export interface PictureMessage {
  readonly type: "picture";
  readonly picture: Picture;
  readonly state?: PanelState;
  readonly view: PanelKind;
  /** Whether the panel stays with its layer wherever the cursor goes. */
  readonly pinned: boolean;
  /** How much is given away of a prediction that is wrong. */
  readonly reveal: "answer" | "hint" | "verdict";
}

/** From the panel to the host. */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly source: SourceLine }
  | { readonly type: "keep"; readonly state: PanelState }
  | { readonly type: "pin"; readonly on: boolean }
  /** Other numbers in place of the example's: all of a tensor, or one; or take the last change back. */
  | { readonly type: "edit"; readonly edit: Edit | { readonly do: "undo" } }
  /** Show the layer at the cursor, or at another place, or the network around it. */
  | { readonly type: "show"; readonly view: PanelKind; readonly source?: SourceLine }
  /** Tell the network around the layer. */
  | { readonly type: "network" }
  /** Check a gradient by small steps. */
  | { readonly type: "check"; readonly pass: "input" | "weight" }
  /** Draw the layer's own sizes, or a sample. */
  | { readonly type: "real"; readonly on: boolean }
  /** Take the matrix at the cursor, or the one that is chosen in the file, for a plane. */
  | { readonly type: "paste"; readonly tensor: EditedTensor; readonly plane: number }
  /** Lay a kernel over an image. */
  | { readonly type: "filter"; readonly filtering: Filtering }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "save"; readonly name: string; readonly base64: string };

/** The tensors of a picture whose numbers a reader can change; those of all layers of a network follow each other. */
export type EditedTensor = "input" | "weight" | "bias" | "gradOutput" | "target";

/** One number changed, a matrix laid into a plane, or a preset for every kernel; `reset` goes back to the example's numbers. */
export type Edit =
  | {
      readonly do: "matrix";
      readonly tensor: EditedTensor;
      readonly plane: number;
      readonly rows: readonly (readonly number[])[];
    }
  | {
      readonly do: "cell";
      readonly tensor: EditedTensor;
      readonly at: number;
      readonly value: number;
    }
  | { readonly do: "preset"; readonly name: string }
  | { readonly do: "reset" };
