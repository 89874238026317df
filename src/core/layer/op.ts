import type { Dim } from "../dims/dim.js";
import type { Bindings, Value } from "../expr/evaluate.js";

/** A size of a tensor; undefined is unknown. */
export type Size = Dim | undefined;
/** The sizes of a tensor, in PyTorch's order: batch, channels, axes. */
export type Shape = readonly Size[];

/** A condition under which the layer refuses what it is given. */
export interface Rule {
  /** Stable, in words with hyphens; the finding's code is `Layer/code`. */
  readonly code: string;
  /** The condition, as a formula; one that names an axis's letters is asked for every axis. */
  readonly when: string;
  /** The sentence for what is, with `{formula}` for numbers. */
  readonly say: string;
  /** The sentence for what to do. */
  readonly advise: string;
  /** The argument to change, and the formula of its one right value where there is one. */
  readonly argument?: string;
  readonly fix?: string;
  /** Whether the constructor lets it pass and only the call refuses, though no input is needed to see it. */
  readonly late?: true;
}

/** A mistake that people make here: the formula that gives the mistaken number. */
export interface Mistake {
  readonly code: string;
  readonly say: string;
  readonly params?: string;
  /** The mistaken number of channels. */
  readonly channels?: string;
  /** The mistaken size of an axis. */
  readonly axis?: string;
  /** The mistaken receptive field along an axis, from what the layers before see (`r`) and how far apart (`j`). */
  readonly field?: string;
  /** The mistaken size of the dimension that flattening makes. */
  readonly features?: string;
}

/** The arithmetic of one size of the output, for a layer whose output only a function can say. */
export interface Shown {
  readonly quantity: string;
  readonly formula: string;
  readonly numbers: string;
  readonly result: Size;
}

/** How a layer is drawn by the panel. */
export type Scene = "window" | "adaptive" | "card";

/** A hand-picked call with its answer; examples document, sweeps prove. */
export interface Example {
  readonly args: Readonly<Record<string, Value>>;
  readonly input: readonly number[];
  /** The further tensors of the call. */
  readonly others?: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly params: number;
}

/** The further tensors that a call gives, in the order of `forward`; one that is absent or not known is undefined. */
export type Others = readonly (Shape | undefined)[];

/** What a formula cannot say: the output's sizes, or the rule that is broken; undefined where not even their number is known. */
export type ShapeFunction = (input: Shape, args: Bindings, others: Others) => Shape | Rule | undefined;

/** The shapes that a layer returns as a tuple; a list within is a tuple within, null is None, and undefined is not known. */
export type Outputs = readonly (Shape | { readonly tuple: readonly Shape[] } | null | undefined)[];

/** Everything that is known about one layer. Its formulas are strings; numbers, texts, tables and tests are read off them. */
export interface Op {
  /** PyTorch's class name. */
  readonly name: string;
  readonly summary: string;
  /** The call with its defaults, as PyTorch and its functional form have it; these strings are the binding. */
  readonly torch?: string;
  readonly functional?: string;
  readonly keras?: string;
  /** What its call takes, where that is more than one tensor: `forward(input, target)`; the first is the input. */
  readonly forward?: string;
  /** Spatial axes: arguments with a letter in `perAxis` have one value for each. */
  readonly axes: number;
  /** The course's letters for the arguments. */
  readonly letters: Readonly<Record<string, string>>;
  readonly perAxis?: readonly string[];
  /** Letters that are left out of a printed formula while they are 0 or 1. */
  readonly quiet?: readonly string[];
  /** Names of the input's sizes; `?` marks an optional one, `*` stands for any number of them. */
  readonly input: readonly string[];
  /** A formula a size, `*` and optional ones handed through; `I` is the size of the axis that the formula stands for. */
  readonly output: readonly string[] | ShapeFunction;
  /** What the hover says of such a function. */
  readonly shown?: (input: Shape, args: Bindings) => readonly Shown[];
  /** For a layer that returns a tuple: all of its shapes, of which `output` is the first. */
  readonly outputs?: (output: Shape, input: Shape, args: Bindings, others: Others) => Outputs | undefined;
  /** What to do about a wrong number of dimensions, where there is more to say than what it takes. */
  readonly rankAdvice?: string;
  /** The argument that says whether the channels stand last, as Keras has them; the patterns and formulas have them before the axes. */
  readonly layout?: string;
  /** Whether what it gives lies in memory as its sizes stand, whatever goes in, so that `view` takes it. */
  readonly inOrder?: true;
  /** Whether its output holds the numbers of its input, in another form. */
  readonly keepsNumbers?: true;
  /** The dimension along which its numbers are weighed against each other, as softmax does. */
  readonly along?: (rank: number, args: Bindings) => number | undefined;
  /** Whether its input has a sample in each row, and that sample's classes in the second dimension. */
  readonly takesClasses?: true;
  /** Names for the formulas that only a function can find; a constructor has no input yet. */
  readonly derived?: (args: Bindings, input: Shape | undefined, others: Others) => Bindings;
  /** Intermediate values, in order; those of a layer with axes are an axis's. */
  readonly lets?: Readonly<Record<string, string>>;
  /** Parameters; none, where nothing is said. */
  readonly params?: string;
  /** Numbers kept beside the parameters, not learned. */
  readonly buffers?: string;
  /** Multiplications with addition for one sample, bias apart; `O` is the output's sizes by axis. */
  readonly macs?: string;
  /** The effective kernel, the step and the padding in front of an axis, for the receptive field. */
  readonly field?: { readonly kernel: string; readonly step: string; readonly pad?: string };
  readonly rules: readonly Rule[];
  /** What runs and is surely not meant: its name, a sentence for what is and one for what to do. */
  readonly caution?: (
    input: Shape,
    args: Bindings,
    others: Others,
  ) => readonly [code: string, say: string, advise: string] | undefined;
  readonly mistakes?: readonly Mistake[];
  /** What it is drawn as; a card, where nothing is said. */
  readonly scene?: Scene;
  readonly examples: readonly Example[];
}

/** The letters of the spatial axes of a 1-D, 2-D or 3-D layer. */
export const AXES: Readonly<Record<number, readonly string[]>> = { 0: [], 1: ["L"], 2: ["H", "W"], 3: ["Z", "H", "W"] };

/** The same formula for each of so many axes. */
export const everyAxis = (axes: number, formula: string): readonly string[] =>
  Array.from({ length: axes }, () => formula);
