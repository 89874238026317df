import type { SourceLine } from "../../protocol.js";

/** One use of a layer, as the reader of a file found it; names and arguments are PyTorch's. */
export interface LayerCall {
  /** `Conv2d`, …, or `GlobalAvgPool2d`. */
  readonly name: string;
  /** PyTorch's keyword arguments; a string is a name or a symbolic number. */
  readonly args: Readonly<Record<string, number | boolean | string | readonly (number | null)[] | null>>;
  /** The input's shape with its batch; a string is a symbolic size such as `H/2`. */
  readonly input: readonly (number | string)[];
  readonly output?: readonly (number | string)[];
  readonly params?: number | string;
  readonly formula?: readonly { readonly text: string }[];
  readonly source?: SourceLine;
  readonly title?: string;
}

/** A shape as it is written for a reader: `N × 3 × 224 × 224`. */
export function shapeText(shape: readonly (number | string)[]): string {
  return shape.length === 0 ? "a single number" : shape.join(" × ");
}
