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
export type Picture = WindowPicture | CardPicture | MessagePicture;

/** A sentence in place of a layer. */
export interface MessagePicture {
  readonly kind: "message";
  readonly text: string;
  readonly advice: string;
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

/** A layer that reads its input through windows, on a sample small enough to be read. A 1-D layer has one row. */
export interface WindowPicture {
  readonly kind: "window";
  readonly heading: Heading;
  readonly operation: "convolution" | "max" | "average";
  readonly rank: 1 | 2;
  /** What is drawn, against what the layer really gets. */
  readonly sample: string;
  /** What to look at: leftovers, padding, groups. */
  readonly notes: readonly string[];
  readonly padding: "zeros" | "nothing" | "reflect" | "replicate" | "circular";
  readonly axes: readonly [AxisPicture, AxisPicture];
  /** One plane a channel. */
  readonly input: readonly Plane[];
  readonly groups: number;
  /** By output channel, then by input channel of its group. */
  readonly weight?: readonly (readonly Plane[])[];
  readonly bias?: readonly number[];
  /** By output channel, row and column, for the layer as the framework computes it. */
  readonly output: readonly Cells[];
  /** The same for the convolution of mathematics, which turns the kernel around. */
  readonly turned?: readonly Cells[];
}

/** Rows of numbers. */
export type Plane = readonly (readonly number[])[];

/** Rows of output cells. */
export type Cells = readonly (readonly Cell[])[];

/** One output cell; all its numbers are exact. */
export interface Cell {
  /** The value: an integer, a fraction such as `7/4`, or −∞. */
  readonly text: string;
  /** What each input channel of the group adds up to. */
  readonly parts?: readonly number[];
  /** The sum and what an average divides it by; `text` is that fraction in lowest terms. */
  readonly sum?: number;
  readonly divisor?: number;
  /** Row and column of the input that a maximum comes from. */
  readonly chosen?: readonly [number, number];
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

/** What the panel keeps of a layer while it is away. */
export interface PanelState {
  readonly layer: string;
  readonly step: number;
  readonly outChannel: number;
  readonly inChannel: number;
  readonly turned: boolean;
}

/** From the host to the panel. */
export type ToPanel = { readonly type: "picture"; readonly picture: Picture; readonly state?: PanelState };

/** From the panel to the host. */
export type ToHost =
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly source: SourceLine }
  | { readonly type: "keep"; readonly state: PanelState };
