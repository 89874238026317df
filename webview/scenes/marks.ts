import type { EditedTensor } from "../../src/protocol.js";

/** The colour of a number says what it is, never how large it is. */
export type Role = "input" | "weight" | "output" | "gradient";

/** What a cell stands on: a number's own place, padding, the space past the padding, or a place that no window reads. */
export type Ground = "plain" | "padding" | "beyond" | "unread";

/** What of a cell differs from step to step: it belongs to the step, is its centre, or is not reached yet. */
export type CellState = "quiet" | "lit" | "chosen" | "later";

/** A cell that a reader points at: the grid, and its place in it. */
export interface Target {
  readonly grid: string;
  readonly cell: number;
}

/** A rectangle in a grid's rows and columns. */
export interface Box {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
}

/** What stays in a grid from step to step: the same object as long as nothing of it changes. */
export interface GridBase {
  readonly rowHeads: readonly string[];
  readonly colHeads: readonly string[];
  /** By cell, row by row. */
  readonly texts: readonly string[];
  readonly grounds: readonly Ground[];
  /** The longest text, in characters. */
  readonly digits: number;
  /** The name of a cell, such as `x[0, 2]`. */
  readonly name: (cell: number) => string;
}

/** A grid of cells at one step. */
export interface GridMark {
  readonly id: string;
  readonly role: Role;
  readonly title: string;
  /** Its size, and which part of a larger tensor it is. */
  readonly caption: string;
  /** The planes that can be shown in its place, and which one is. */
  readonly planes?: Planes;
  readonly base: GridBase;
  /** The tensor whose numbers stand here, where they can be changed, and the place in it of a cell. */
  readonly edits?: Edits;
  /** What stands in some cells in place of the base's text. */
  readonly over?: ReadonlyMap<number, string>;
  /** Cells that belong to the step or the selection. */
  readonly lit: readonly number[];
  /** For cells that are coloured by it, the row and column of the kernel that they meet. */
  readonly places?: ReadonlyMap<number, KernelPlace>;
  /** The cell at the centre of them. */
  readonly chosen?: number;
  /** The first cell that time has not reached. */
  readonly later?: number;
  /** The window's frame, or the cell that it makes. */
  readonly frame?: Box;
}

/** Where the numbers of a grid stand in their tensor; of several classes one is right, and only that is told. */
export interface Edits {
  readonly tensor: EditedTensor;
  readonly at: (cell: number) => number | undefined;
  readonly isClass?: boolean;
}

/** A row and a column of the kernel. */
export type KernelPlace = readonly [row: number, col: number];

/** A choice among planes; `choose` says what a choice changes. */
export interface Planes {
  readonly names: readonly string[];
  readonly shown: number;
  readonly choose: "plane" | "part";
}

/** A piece of a written sum. */
export interface Piece {
  readonly text: string;
  readonly role?: Role | "padding";
  readonly lit?: boolean;
}

/** One line of arithmetic; `part` is what a click on it chooses. */
export interface SumLine {
  readonly label: string;
  readonly pieces: readonly Piece[];
  readonly part?: number;
  readonly current: boolean;
}

/** A product in the window's own arrangement: the value above, the factor below. */
export interface Tile {
  readonly row: number;
  readonly col: number;
  readonly value: string;
  readonly factor: string;
  readonly roles: readonly [Role | "padding", Role];
  readonly lit: boolean;
}

/** Neurons in rows, with what joins one row to the next. */
export interface GraphMark {
  /** From what goes in to the loss. */
  readonly rows: readonly { readonly title: string; readonly nodes: readonly GraphNode[] }[];
  /** The edges that belong to the step; all others are there, too. */
  readonly lit: readonly GraphEdge[];
}

/** A neuron and its numbers, each with its letter. */
export interface GraphNode {
  readonly lines: readonly { readonly letter: string; readonly text: string; readonly role: Role }[];
  readonly state: CellState;
}

/** An edge from a node of a row to one of the next, and what stands on it. */
export interface GraphEdge {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly role: Role;
}

/** Everything that is seen at one step; plain data, so that a test can read it. */
export interface Frame {
  readonly step: number;
  readonly steps: number;
  /** What the step makes, such as `y[0, 2] = 7`. */
  readonly title: string;
  readonly role: Role;
  readonly sentence: string;
  readonly grids: readonly GridMark[];
  readonly graph?: GraphMark;
  readonly sums: readonly SumLine[];
  readonly tiles: readonly Tile[];
  /** What the tiles add up to. */
  readonly tilesTotal: string;
  /** The grids between which there is room for lines from the window to its cell. */
  readonly links?: readonly [string, string];
  /** The same numbers in another arrangement, with a sentence. */
  readonly also?: { readonly say: string; readonly grids: readonly GridMark[] };
  /** The number that is asked for in place of being shown. */
  readonly asked?: { readonly name: string; readonly answer: string; readonly slips: readonly Slip[] };
}

/** A mistake that gives another number. */
export interface Slip {
  readonly say: string;
  readonly text: string;
}

/** The number of rows and columns of a grid. */
export const sizeOf = ({ rowHeads, colHeads }: GridBase): readonly [rows: number, columns: number] => [
  rowHeads.length,
  colHeads.length,
];

/** What a cell of a grid says. */
export const textAt = ({ base, over }: GridMark, cell: number): string => over?.get(cell) ?? base.texts[cell] ?? "";
