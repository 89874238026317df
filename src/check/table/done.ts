import { add, multiply } from "../../core/dims/dim.js";
import type { Bindings, Value } from "../../core/expr/evaluate.js";
import { type Applied, applyOp } from "../../core/layer/apply.js";
import type { Op, Size } from "../../core/layer/op.js";
import { bind, readSignature } from "../../core/layer/signature.js";
import { opNamed } from "../../core/ops/index.js";
import { type Given, isTransposed } from "./layerGiven.js";
import { flattened, fromShape, toShape, type Volume } from "./volume.js";
import type { WindowReading } from "./windowReadings.js";

/** A layer with its arguments, applied to what flows into it. */
export interface Done {
  readonly given: Given;
  /** The layer of the catalogue; none where it is not understood. */
  readonly op: Op | undefined;
  readonly args: Bindings;
  readonly applied: Applied | undefined;
  readonly input: Volume;
  readonly output: Volume | undefined;
  /** What it learns, by parts: weights, biases, and a batch norm's four numbers a channel, two of them running. */
  readonly weights: Size;
  readonly biases: Size;
  readonly norm: Size;
}

/** What is chosen for a layer where the row leaves it open. */
export interface Choice {
  readonly window?: WindowReading;
  readonly filters?: number | undefined;
  /** A linear layer on a volume sees each place's channels alone. */
  readonly perPlace?: boolean;
}

const withDefaults = (op: Op, args: Bindings): Bindings =>
  op.torch ? bind(readSignature(op.torch), [], args).args : args;

const numeral = (values: readonly number[]): Value =>
  values.every((v) => v === values[0]) ? (values[0] ?? 0) : values;

/** The catalogue's layer for a kind, on a volume with so many axes. */
export function opFor(given: Given, axes: number): Op | undefined {
  const n = Math.min(3, Math.max(1, axes));
  switch (given.kind) {
    case "conv":
      return opNamed(`${given.name ?? "Conv"}${n}d`);
    case "maxpool":
      return opNamed(`MaxPool${n}d`);
    case "avgpool":
      return opNamed(`AvgPool${n}d`);
    case "globalpool":
      return opNamed(`GlobalAvgPool${n}d`);
    case "adaptive":
      return opNamed(`AdaptiveAvgPool${n}d`);
    case "batchnorm":
      return opNamed(`BatchNorm${axes === 0 ? 1 : n}d`);
    case "linear":
      return opNamed("Linear");
    case "flatten":
      return opNamed("Flatten");
    case "keep":
      return opNamed(given.name ?? "Identity") ?? opNamed("Identity");
    default:
      return undefined;
  }
}

/** Applies a layer to a volume; undefined where it refuses it. */
export function apply(given: Given, choice: Choice, incoming: Volume): Done | undefined {
  const input = given.kind === "linear" && !choice.perPlace ? flattened(incoming) : incoming;
  const bare = { given, args: {}, applied: undefined, input, weights: undefined, biases: undefined, norm: undefined };
  if (given.kind === "opaque" || given.kind === "input") return { ...bare, op: undefined, output: undefined };
  if (given.kind === "norm") return { ...bare, op: undefined, output: input };
  // A call says how many axes there are: a volume with others is not what it was taken for.
  if (given.isCall && given.axes !== undefined && given.axes !== input.axes.length) return undefined;
  const op = opFor(given, input.axes.length);
  if (!op) return undefined;
  if (given.kind === "keep")
    return {
      ...bare,
      op,
      args: withDefaults(op, {}),
      applied: applyOp(op, withDefaults(op, {}), toShape(input)),
      output: input,
      weights: 0,
      biases: 0,
      norm: 0,
    };
  if (given.kind === "globalpool" && input.axes.length === 0)
    return { ...bare, op, output: input, weights: 0, biases: 0, norm: 0 };
  if (given.kind === "linear" && choice.perPlace) return perPlace(given, op, choice, input);
  const args = argumentsOf(given, choice, input, op);
  const applied = applyOp(op, args, toShape(input));
  if (applied.refusal || !applied.output) return undefined;
  return { ...bare, op, args, applied, output: fromShape(applied.output), ...counts(given, op, args, applied) };
}

function argumentsOf(given: Given, { window, filters }: Choice, input: Volume, op: Op): Bindings {
  if (given.kind === "linear")
    return withDefaults(op, { in_features: input.channels, out_features: given.filters ?? filters });
  if (given.kind === "batchnorm") return withDefaults(op, { num_features: input.channels });
  if (given.kind === "adaptive") return { output_size: numeral(given.output ?? [1]) };
  if (!window) return withDefaults(op, {});
  const shifted = isTransposed(given) ? transposedPadding(window.padding) : undefined;
  const axes = {
    kernel_size: numeral(window.kernel),
    stride: numeral(window.stride),
    // A half is what "same" does for an even kernel; only convolutions have it.
    padding: window.padding.every(Number.isInteger) ? numeral(window.padding) : "same",
  };
  if (given.kind !== "conv") return withDefaults(op, { ...axes, ceil_mode: window.ceil });
  const out = given.filters ?? (given.groups === "each" ? input.channels : filters);
  const groups = given.groups === "each" ? input.channels : (given.groups ?? 1);
  return withDefaults(op, {
    in_channels: input.channels,
    out_channels: out,
    ...axes,
    dilation: numeral(window.dilation),
    groups,
    ...shifted,
  });
}

/** The padding of a transposed convolution, of which half of what is added to its output was taken off. */
function transposedPadding(net: readonly number[]): Bindings {
  const padding = net.map((p) => Math.max(0, Math.ceil(p)));
  return { padding: numeral(padding), output_padding: numeral(padding.map((p, i) => 2 * (p - (net[i] ?? 0)))) };
}

function counts(given: Given, op: Op, args: Bindings, applied: Applied): Pick<Done, "weights" | "biases" | "norm"> {
  if (given.kind === "batchnorm") return { weights: 0, biases: 0, norm: applied.params };
  if (given.kind !== "conv" && given.kind !== "linear") return { weights: 0, biases: 0, norm: 0 };
  const filters = (args.out_channels ?? args.out_features) as Size;
  return { weights: applyOp(op, { ...args, bias: false }).params, biases: filters, norm: 0 };
}

/** Keras's Dense on a volume works on the channels of each place; PyTorch's last dimension is the channels then. */
function perPlace(given: Given, op: Op, { filters }: Choice, input: Volume): Done {
  const args = withDefaults(op, { in_features: input.channels, out_features: given.filters ?? filters });
  const applied = applyOp(op, args);
  const out = (given.filters ?? filters) as Size;
  return {
    given,
    op,
    args,
    applied,
    input,
    output: { channels: out, axes: input.axes },
    ...counts(given, op, args, applied),
  };
}

const sum = (a: Size, b: Size): Size => (a === undefined || b === undefined ? undefined : add(a, b));

/** How a table counts. */
export interface Habit {
  /** Whether convolutions, or all layers, leave the bias out. */
  readonly bias: "counted" | "not in convolutions" | "left out";
  /** Numbers that a batch norm has for each channel: 2, or 4 with its running statistics. */
  readonly norm: 2 | 4;
}

/** The parameters of layers in a row, counted the table's way. */
export function countParams(steps: readonly Done[], habit: Habit, withoutBias = false): Size {
  return steps.reduce<Size>((total, step) => {
    const hasBias =
      step.given.bias ??
      !(
        habit.bias === "left out" ||
        ((habit.bias === "not in convolutions" || withoutBias) && step.given.kind === "conv")
      );
    const norm = step.norm === undefined ? undefined : habit.norm === 4 ? multiply(step.norm, 2) : step.norm;
    return sum(total, sum(sum(step.weights, hasBias ? step.biases : 0), norm));
  }, 0);
}
