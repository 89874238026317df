import type { SourceLine } from "../../protocol.js";

/** What an argument is; a string is a word, a name or a symbolic number, and `?` one that is not known. */
export type Argument = number | boolean | string | readonly (number | null)[] | null;

/** What is drawn of a layer. */
export interface Drawable {
  /** PyTorch's name: `Conv2d`, …, or `GlobalAvgPool2d`. */
  readonly name: string;
  /** PyTorch's keyword arguments. */
  readonly args: Readonly<Record<string, Argument>>;
  /** The input's shape with its batch; a string is a symbolic size such as `H/2`. */
  readonly input: readonly (number | string)[];
}

/** Keras's words for padding. */
export type Pads = "valid" | "same" | "causal";

/** A layer of Keras as the PyTorch layer that does the same, with what that one has no words for. */
export interface Alike extends Drawable {
  /** How windows are padded, which the input's size decides. */
  readonly pads?: Pads | "?";
  /** The channels of an input stand behind its axes. */
  readonly isLast?: boolean;
  readonly notes: readonly string[];
}

/** One use of a layer, as the reader of a file found it. */
export interface LayerCall extends Drawable {
  /** For a layer of Keras, whose own name and arguments these are: what to draw. */
  readonly alike?: Alike | undefined;
  readonly output?: readonly (number | string)[];
  readonly params?: number | string;
  readonly formula?: readonly { readonly text: string }[];
  /** What the layer does, and what does not fit, in a sentence each. */
  readonly text?: string;
  readonly problem?: string;
  readonly source?: SourceLine;
  readonly title?: string;
}

/** A shape as it is written for a reader: `N × 3 × 224 × 224`. */
export function shapeText(shape: readonly (number | string)[]): string {
  const sizes = shape.map((size) => (/ /.test(`${size}`) ? `(${size})` : size));
  return shape.length === 0 ? "a single number" : sizes.join(" × ");
}

/** The axes of an input by the digit of its layer's name. */
const AXES: Readonly<Record<string, readonly string[]>> = { 1: ["L"], 2: ["H", "W"], 3: ["Z", "H", "W"] };

/** What comes into a layer: of an input of which nothing is known, its channels and axes as far as the layer tells them. */
export function inputOf({ name, args, input, problem }: LayerCall): Drawable["input"] {
  const own = args.num_features ?? args.in_features ?? args.num_channels;
  const channels = typeof own === "number" || typeof own === "string" ? own : "C";
  const [, size = ""] = input;
  const isKnown = problem !== undefined || input.length !== 2 || input[0] !== "N" || ![channels, "C"].includes(size);
  if (isKnown) return input;
  const axes = name === "BatchNorm1d" ? [] : AXES[/(\d)d$/i.exec(name)?.[1] ?? ""];
  return ["N", channels, ...(axes ?? [])];
}
