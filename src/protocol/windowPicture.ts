import type { Heading } from "./heading.js";

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
  /** What to look at besides what the axes tell. */
  readonly notes: readonly string[];
  readonly padding: "zeros" | "nothing" | "reflect" | "replicate" | "circular";
  /** Rows and columns; the depth of a 3-D layer is in its planes. */
  readonly axes: readonly [AxisPicture, AxisPicture];
  readonly depth?: AxisPicture;
  /** The planes of the three tensors, by what they are called: `channel 1, slice 0`. */
  readonly planes: Readonly<Record<Side, readonly string[]>>;
  /** By filter. */
  readonly bias?: readonly string[];
  /** The exponent of a p-norm, which stands in an average's place. */
  readonly power?: string;
  /** What an average divides the sum of each window by, by plane and cell. */
  readonly divisors?: readonly (readonly number[])[];
  /** What an average divides by: every place under the window, those inside the input, or always the same. */
  readonly divisor?: "padded" | "inside" | number;
  /** How far apart the taps stand, along the axis where that is most. */
  readonly gap?: number;
  /** By plane and cell of the windows: the plane and the cell that a maximum comes from. */
  readonly routes?: readonly (readonly (readonly [plane: number, cell: number] | undefined)[])[];
  readonly passes: readonly Pass[];
  /** The same for the convolution of mathematics, which turns the kernel around: the weights stand as they lie on the input. */
  readonly turned?: readonly Pass[];
  /** Whether the layer's own sizes can be drawn in place of a sample, and whether they are. */
  readonly real: "shown" | "possible" | "no";
  readonly weights?: WeightBlocks;
  /** What every kernel is: the example's, a preset, or a reader's own. */
  readonly preset?: string;
  /** How large a number may be that a reader puts into a cell. */
  readonly largest: number;
}

/** How the weights of a layer are counted, a block for each filter, with its own numbers where a sample has fewer. */
export interface WeightBlocks {
  readonly filters: string;
  readonly channels: string;
  readonly groups: string;
  /** The channels that a filter reads; no number where they are symbols. */
  readonly each: number;
  readonly kernel: readonly number[];
  /** What the sample has of it: filters, channels, and how many of these a filter reads. */
  readonly sample: readonly [filters: number, channels: number, each: number];
}

/** The three tensors that meet in a layer: one cell a window, the weights, and what the windows see. */
export type Side = "windows" | "weight" | "seen";

/** Texts by plane and cell, row by row: integers, fractions such as `7/4`, or −∞; what has a decimal point is rounded. */
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
  readonly text: string;
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
