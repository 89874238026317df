import type { Heading, SourceLine } from "./heading.js";

/** A model as a diagram: its steps from input to output, and what each gives. The place of a node in the list is its number. */
export interface NetworkPicture {
  readonly kind: "network";
  readonly heading: Heading;
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
  readonly groups: readonly NetworkGroup[];
  /** The axes along which units stand in rows; 0 where there are none to draw. */
  readonly axes: number;
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
