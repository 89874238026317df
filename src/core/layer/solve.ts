import { equal, same } from "../dims/compare.js";
import type { Dim } from "../dims/dim.js";
import { type Bindings, isDim, type Value } from "../expr/evaluate.js";
import { applyOp } from "./apply.js";
import type { Op, Shape, Size } from "./op.js";
import { prepare } from "./prepare.js";
import { readSignature } from "./signature.js";

/** The values that are tried for an argument: what people write. */
const LARGEST = 16;

/** Which argument is changed first, where several could be: those that people get wrong most. */
const ORDER = ["padding", "stride", "kernel_size", "output_size", "output_padding", "dilation"];

const certainlyDiffer = (a: Size, b: Size): boolean => a !== undefined && b !== undefined && equal(a, b) === false;

const isWanted = (wanted: Size, made: Size): boolean =>
  wanted === undefined || (made !== undefined && same(wanted, made));

/** The argument that an output's size simply is, as `F` is out_channels. */
const argumentOf = (op: Op, formula: string | undefined): string | undefined =>
  formula === undefined || op.perAxis?.includes(formula) ? undefined : op.letters[formula];

/** The arguments with which the sizes that are no axis come out as they are wanted; undefined where none do. */
function frontArguments(op: Op, made: Shape, wanted: Shape): Record<string, Value> | undefined {
  const changes: Record<string, Value> = {};
  if (!Array.isArray(op.output)) return undefined;
  const front = wanted.length - op.axes;
  for (let at = 0; at < front; at++) {
    const size = wanted[at];
    if (!certainlyDiffer(size, made[at])) continue;
    const argument = argumentOf(op, op.output.at(at - wanted.length));
    if (argument === undefined || size === undefined) return undefined;
    changes[argument] = size;
  }
  return changes;
}

/** One value for each axis: the same where one serves all, and none farther from the old one than need be. */
function choose(fitting: readonly (readonly number[])[], old: Value | undefined): Value | undefined {
  const [first = []] = fitting;
  const shared = first.filter((v) => fitting.every((values) => values.includes(v)));
  const near = (values: readonly number[], to: Value | undefined): number | undefined =>
    [...values].sort((a, b) => Math.abs(a - Number(to)) - Math.abs(b - Number(to)) || a - b)[0];
  const all = near(shared, Array.isArray(old) ? old[0] : old);
  if (all !== undefined) return all;
  const each = fitting.map((values, i) => near(values, Array.isArray(old) ? old[i] : old));
  return each.includes(undefined) ? undefined : (each as number[]);
}

/**
 * The changes of arguments that give a wanted output, each a few arguments with their new values; the likeliest first. Sizes that are
 * not wanted are undefined. None where the output is not known, is right already, or no small value gives it. An argument that was
 * not `written` and defaults to another one follows it, as the stride of a pooling layer does.
 */
export function changesFor(
  op: Op,
  args: Bindings,
  input: Shape,
  wanted: Shape,
  written: (argument: string) => boolean,
): readonly Readonly<Record<string, Value>>[] {
  const { output: made } = applyOp(op, args, input);
  if (!made || made.length !== wanted.length || wanted.every((w, i) => !certainlyDiffer(w, made[i]))) return [];
  const front = frontArguments(op, made, wanted);
  if (!front) return [];
  const first = wanted.length - op.axes;
  const axes = wanted.slice(first);
  if (axes.every((w, i) => isWanted(w, made[first + i]))) return [front];
  const found: Record<string, Value>[] = [];
  const formulas = prepare(op).output.slice(-wanted.length);
  const { parameters } = readSignature(op.torch ?? op.keras ?? "");
  const followers = (argument: string): readonly string[] =>
    parameters.flatMap(({ name, fallback }) =>
      fallback && "sameAs" in fallback && fallback.sameAs === argument && !written(name) ? [name] : [],
    );
  for (const argument of ORDER) {
    const letter = Object.keys(op.letters).find((l) => op.letters[l] === argument);
    // What only the call takes, as a transposed convolution its output_size, is no argument of the layer.
    const isOwn = parameters.some((p) => p.name === argument);
    if (letter === undefined || !isOwn || !op.perAxis?.includes(letter)) continue;
    const fitting: number[][] = axes.map(() => []);
    const withValue = (value: Value): Bindings => ({
      ...args,
      ...front,
      ...Object.fromEntries([argument, ...followers(argument)].map((name) => [name, value])),
    });
    for (let value = 0; value <= LARGEST; value++) {
      // An axis that cannot take the value does not keep another from it, so that refusals are asked for at the end.
      const { axisNames } = applyOp(op, withValue(value), input);
      for (const [i, w] of axes.entries()) {
        const size = formulas[first + i]?.value(axisNames[i] ?? {});
        if (isDim(size) && isWanted(w, size)) fitting[i]?.push(value);
      }
    }
    const value = choose(fitting, args[argument]);
    const isOther = value !== undefined && JSON.stringify(value) !== JSON.stringify(args[argument]);
    if (isOther && gives(op, withValue(value), input, wanted)) found.push({ ...front, [argument]: value });
  }
  return found;
}

function gives(op: Op, args: Bindings, input: Shape, wanted: Shape): boolean {
  const { output } = applyOp(op, args, input);
  return output !== undefined && wanted.every((w, i) => isWanted(w, output[i]));
}

/** A layer with its bound arguments. */
export interface BoundLayer {
  readonly op: Op;
  readonly args: Bindings;
}

/** Input sides that are tried. */
const LARGEST_SIDE = 4096;

/**
 * The sides of square inputs with which a chain of layers ends in so many features, from the smallest to the largest; `input` says
 * what stands in front of the axes. Undefined where none up to 4,096 does, or the chain does not grow with its input.
 */
export function sidesThatFit(
  layers: readonly BoundLayer[],
  input: Shape,
  axes: number,
  features: Dim,
): readonly [number, number] | undefined {
  const at = (side: number): number => {
    let shape: Shape | undefined = [...input.slice(0, input.length - axes), ...Array<number>(axes).fill(side)];
    for (const { op, args } of layers) shape = shape && applyOp(op, args, shape).output;
    const size = shape?.at(-1);
    // What is too small for a layer is smaller than anything that fits.
    return typeof size === "number" ? size : Number.NEGATIVE_INFINITY;
  };
  const firstWith = (reached: (size: number) => boolean): number => {
    let [low, high] = [1, LARGEST_SIDE + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (reached(at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  if (typeof features !== "number") return undefined;
  const smallest = firstWith((size) => size >= features);
  const beyond = firstWith((size) => size > features);
  return smallest < beyond && beyond <= LARGEST_SIDE ? [smallest, beyond - 1] : undefined;
}
