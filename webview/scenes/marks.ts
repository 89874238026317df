/** The colour of a number says what it is, never how large it is. */
export type Role = "input" | "weight" | "output";

/** What a cell stands on: the input itself, its padding, the space past the padding, or a place no window reads. */
export type Ground = "plain" | "padding" | "beyond" | "unread";

/** What choosing a cell means: an output by its step, an input or a weight by its own place. */
export type Target =
  | { readonly kind: "output"; readonly step: number }
  | { readonly kind: "input" | "weight"; readonly row: number; readonly col: number };

/** One square of a grid. */
export interface CellMark {
  readonly row: number;
  readonly col: number;
  readonly text: string;
  readonly ground: Ground;
  /** `lit` belongs to the step or the selection, `chosen` is the cell at its centre, `later` is not reached yet. */
  readonly state: "quiet" | "lit" | "chosen" | "later";
  /** For a screen reader, such as `x[0, 2] is 3`. */
  readonly name: string;
  readonly target?: Target;
}

/** A rectangle in a grid's rows and columns. */
export interface Box {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
}

/** A grid of cells with the indices of its rows and columns. */
export interface GridMark {
  readonly id: "input" | "kernel" | "output";
  readonly role: Role;
  readonly title: string;
  /** Which of several channels it is. */
  readonly channel?: number;
  /** Its size, and which part of a larger tensor it is. */
  readonly caption: string;
  readonly part?: string;
  readonly rowHeads: readonly string[];
  readonly colHeads: readonly string[];
  /** The longest text that any of its cells can have, in characters. */
  readonly digits: number;
  readonly cells: readonly CellMark[];
  /** The window's frame, or the output cell that it makes. */
  readonly frame?: Box;
}

/** A piece of a written sum. */
export interface Part {
  readonly text: string;
  readonly role?: Role | "padding";
  readonly lit?: boolean;
}

/** One line of arithmetic; `channel` is what a click on it chooses. */
export interface SumLine {
  readonly label: string;
  readonly parts: readonly Part[];
  readonly channel?: number;
  readonly current: boolean;
}

/** A product in the window's own arrangement: the value above, the weight below. */
export interface Tile {
  readonly row: number;
  readonly col: number;
  readonly value: string;
  readonly weight: string;
  readonly padding: boolean;
  readonly lit: boolean;
}

/** Everything that is seen at one step; plain data, so that a test can read it. */
export interface Frame {
  readonly step: number;
  readonly steps: number;
  /** What the step makes, such as `y[0, 2] = 7`. */
  readonly title: string;
  readonly sentence: string;
  readonly grids: readonly GridMark[];
  readonly sums: readonly SumLine[];
  readonly tiles: readonly Tile[];
  /** What the tiles add up to. */
  readonly tilesTotal: string;
  /** Whether there are few enough cells for lines from the window to its output. */
  readonly links: boolean;
}
