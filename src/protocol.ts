/** A place in a file, by its address and its line from 0. */
export interface SourceLine {
  readonly uri: string;
  readonly line: number;
}

/** What stands above every picture: the layer and what is known of it, as text. */
export interface Heading {
  /** The same for the same layer on the same input, whatever its place in the file. */
  readonly key: string;
  readonly title: string;
  /** One sentence on what the layer does. */
  readonly summary: string;
  readonly facts: readonly Fact[];
  readonly formulas: readonly string[];
  /** What does not fit, with the numbers, and what to do. */
  readonly problem?: string;
  readonly source?: SourceLine;
}

/** A named value, such as `output` and `N × 16 × 26 × 26`. */
export interface Fact {
  readonly name: string;
  readonly text: string;
}

/** Everything the panel shows of one layer; the panel computes none of its numbers. */
export type Picture = WindowPicture | FlattenPicture | NormPicture | CardPicture | MessagePicture | NetworkPicture;

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
  /** By channel and cell. */
  readonly input: Planes;
  readonly gradOutput: readonly string[];
}

/** A layer that brings each channel to mean 0 and variance 1 over a batch, forward and backward. */
export interface NormPicture {
  readonly kind: "norm";
  readonly heading: Heading;
  readonly sample: string;
  readonly notes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly epsilon: string;
  /** By channel. */
  readonly channels: readonly NormChannel[];
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

/**
 * A layer that reads its input through windows, on a sample small enough to be read. Three tensors meet in it: what the windows see, the
 * weights, and one cell a window; a pass sums one of them up from the other two. A layer of fewer axes has single ones in front.
 */
export interface WindowPicture {
  readonly kind: "window";
  readonly heading: Heading;
  readonly operation: "convolution" | "linear" | "max" | "average";
  /** A transposed layer puts in what another one's windows give: its output is what the windows see. */
  readonly transposed: boolean;
  readonly rank: 1 | 2 | 3;
  /** What is drawn, against what the layer really gets. */
  readonly sample: string;
  /** What to look at: leftovers, padding, groups. */
  readonly notes: readonly string[];
  readonly padding: "zeros" | "nothing" | "reflect" | "replicate" | "circular";
  /** Rows and columns; the depth of a 3-D layer is in its planes. */
  readonly axes: readonly [AxisPicture, AxisPicture];
  /** The planes of the three tensors, by what they are called: `channel 1, slice 0`. */
  readonly planes: Readonly<Record<Side, readonly string[]>>;
  /** By filter. */
  readonly bias?: readonly string[];
  /** What an average divides the sum of each window by, by plane and cell. */
  readonly divisors?: readonly (readonly number[])[];
  /** By plane and cell of the windows: the plane and the cell that a maximum comes from. */
  readonly routes?: readonly (readonly (readonly [plane: number, cell: number] | undefined)[])[];
  readonly passes: readonly Pass[];
  /** The same for the convolution of mathematics, which turns the kernel around: the weights stand as they lie on the input. */
  readonly turned?: readonly Pass[];
  /** Whether the layer's own sizes can be drawn in place of a sample, and whether they are. */
  readonly real: "shown" | "possible" | "no";
}

/** The three tensors that meet in a layer: one cell a window, the weights, and what the windows see. */
export type Side = "windows" | "weight" | "seen";

/** Texts by plane and cell, row by row: integers, fractions such as `7/4`, or −∞. */
export type Planes = readonly (readonly string[])[];

/** One way through a layer: forward, or back to the gradient of its input or weight. */
export interface Pass {
  readonly kind: "forward" | "input" | "weight";
  /** The tensor that is summed up from the other two. */
  readonly sum: Side;
  readonly windows: Planes;
  readonly weight?: Planes;
  readonly seen: Planes;
  /** For each plane that is summed up, the planes that meet there. */
  readonly parts: readonly (readonly PlanePart[])[];
  /** The gradient of the bias, by filter. */
  readonly bias?: readonly string[];
  /** Wrong ways to the numbers that have a name; absent where there are too many to be predicted. */
  readonly slips?: readonly Slip[];
}

/** Planes that meet, and what they add to each cell. */
export interface PlanePart {
  readonly planes: Readonly<Record<Side, number>>;
  readonly sums: readonly string[];
  /** By window: the cells that it sees, each with what its sum has come to when this window has added its share. */
  readonly stamps?: readonly (readonly (readonly [cell: number, total: string])[])[];
}

/** A mistake and the numbers that it gives, by plane and cell of what comes out. */
export interface Slip {
  readonly say: string;
  readonly values: Planes;
}

/** A window's way along one axis of the sample. */
export interface AxisPicture {
  readonly size: number;
  readonly before: number;
  readonly after: number;
  /** Places past the padding that the last window reaches over with `ceil_mode`. */
  readonly beyond: number;
  /** Taps of the window; the longest one where the windows are uneven. */
  readonly kernel: number;
  /** How far apart windows, and taps, stand; absent where they are uneven. */
  readonly stride?: number;
  readonly dilation?: number;
  /** The input's index seen at each position, from −before on; −1 where there is none. */
  readonly seen: readonly number[];
  /** For each output, the first and the last position under its window, past the padding too. */
  readonly reach: readonly (readonly [number, number])[];
  /** For each output, the taps of its window inside the padded input. */
  readonly windows: readonly (readonly TapPicture[])[];
}

/** A tap of a window: its place in the kernel and the position that it looks at. */
export interface TapPicture {
  readonly tap: number;
  readonly at: number;
}

/** A model as a diagram: its steps from input to output, and what each gives. The place of a node in the list is its number. */
export interface NetworkPicture {
  readonly kind: "network";
  readonly heading: Heading;
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
  readonly groups: readonly NetworkGroup[];
  /** The axes along which units stand in rows: 1, 2, or 0 where there are none to draw. */
  readonly axes: 0 | 1 | 2;
  readonly notes: readonly string[];
}

/** One step of a model. */
export interface NetworkNode {
  readonly role: "input" | "layer" | "operation" | "output";
  /** Its own path, `layer1.0.conv1`, or how an operation is written. */
  readonly name: string;
  /** The layer's class. */
  readonly what: string;
  readonly shape: string;
  /** How many units stand along each axis, where these are known. */
  readonly sizes?: readonly number[];
  readonly params: Amount;
  /** What its output takes. */
  readonly memory: Amount;
  readonly source?: SourceLine;
  /** Why it cannot be, or is not, known. */
  readonly problem?: string;
  readonly reason?: string;
  /** The innermost group that it is in; −1 where it is in none. */
  readonly group: number;
}

/** A number as text; the value is absent where it is not known. */
export interface Amount {
  readonly text: string;
  readonly value?: number;
}

/** What one step takes from another. */
export interface NetworkEdge {
  readonly from: number;
  readonly to: number;
  /** What a unit of the one reads of the other's, axis by axis; absent where that is not known. */
  readonly reads?: readonly AxisReads[];
  /** The two numbers that do not meet here: what comes and what is asked for. */
  readonly meets?: readonly [string, string];
}

/**
 * The places that the unit `i` reads along an axis: its own; all; those under a window, i·stride − padding + dilation·tap; those whose window
 * a transposed layer stamps on it; its share of an adaptive pool; those from which it is enlarged; or its own, moved.
 */
export type AxisReads =
  | { readonly how: "same" | "all" | "share" }
  | {
      readonly how: "window" | "stamp";
      readonly kernel: number;
      readonly stride: number;
      readonly padding: number;
      readonly dilation: number;
    }
  | { readonly how: "resize"; readonly linear: boolean; readonly corners: boolean }
  | { readonly how: "move"; readonly by: number };

/** A module with steps within. */
export interface NetworkGroup {
  readonly name: string;
  readonly what: string;
  /** The group around it; −1 where there is none. */
  readonly parent: number;
}

/** What the panel keeps of a layer while it is away. */
export interface PanelState {
  readonly layer: string;
  readonly step: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the panel is about. */
export type PanelKind = "layer" | "network";

/** From the host to the panel. */
export type ToPanel = {
  readonly type: "picture";
  readonly picture: Picture;
  readonly state?: PanelState;
  readonly view: PanelKind;
  /** Whether the panel stays with its layer wherever the cursor goes. */
  readonly pinned: boolean;
  /** How much is given away of a prediction that is wrong. */
  readonly reveal: "answer" | "hint" | "verdict";
};

/** From the panel to the host. */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly source: SourceLine }
  | { readonly type: "keep"; readonly state: PanelState }
  | { readonly type: "pin"; readonly on: boolean }
  /** Other numbers in place of the example's: all of a tensor, or one. */
  | { readonly type: "edit"; readonly edit: Edit }
  /** Show the layer at the cursor, or the network around it. */
  | { readonly type: "show"; readonly view: PanelKind }
  /** Draw the layer's own sizes, or a sample. */
  | { readonly type: "real"; readonly on: boolean }
  /** Take the matrix at the cursor, or the one that is chosen in the file, for a plane. */
  | { readonly type: "paste"; readonly tensor: EditedTensor; readonly plane: number }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "save"; readonly name: string; readonly base64: string };

/** The tensors of a picture whose numbers a reader can change. */
export type EditedTensor = "input" | "weight" | "bias" | "gradOutput";

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
