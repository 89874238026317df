import { type Dim, exactValue } from "../../core/dims/dim.js";
import { printDim } from "../../core/dims/print.js";
import { type Bindings, isDim, type Value } from "../../core/expr/evaluate.js";
import { isKerasOp } from "../../core/keras/index.js";
import type { Applied } from "../../core/layer/apply.js";
import { explain } from "../../core/layer/explain.js";
import { channelsFirst, channelsLast, isChannelsLast } from "../../core/layer/layout.js";
import type { Op, Shape, Size } from "../../core/layer/op.js";
import { AXES } from "../../core/layer/op.js";
import { printValue } from "../../core/layer/sentence.js";
import { readSignature } from "../../core/layer/signature.js";
import { toFloat } from "../../core/math/scalar.js";
import { kerasAlike } from "../picture/kerasAlike.js";
import type { Argument, LayerCall } from "../picture/layerCall.js";

const plain = (size: Size): number | string =>
  size === undefined ? "?" : typeof size === "number" ? size : printDim(size);

/** An argument as a picture takes it: what is not a number is text, and `?` where it is not known. */
function argument(value: Value | undefined): Argument {
  if (value === undefined) return "?";
  if (isDim(value)) return numberIn(value) ?? plain(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  const items = value.map((v) => (v === null ? v : isDim(v) ? numberIn(v) : undefined));
  if (items.every((v) => v !== undefined)) return items;
  return value.includes(undefined) ? "?" : printValue(value);
}

/** Arguments as a picture takes them. */
export const pictureArguments = (args: Bindings): Readonly<Record<string, Argument>> =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, argument(value)]));

/** The number that a size or a fraction is, if it is in no symbols. */
function numberIn(value: Dim): number | undefined {
  const exact = typeof value === "number" ? value : exactValue(value);
  return exact === undefined ? undefined : toFloat(exact);
}

/** Whether an argument is what it would be if nothing were said. */
function isDefault(op: Op, name: string, args: Bindings): boolean {
  const parameter = readSignature(op.torch ?? op.functional ?? op.keras ?? "").parameters.find((p) => p.name === name);
  if (!parameter?.fallback) return false;
  const fallback = "value" in parameter.fallback ? parameter.fallback.value : args[parameter.fallback.sameAs];
  return printValue(fallback) === printValue(args[name]);
}

/** A layer as the panel's pictures take it; an input that is not known is in symbols. */
export function toPictureCall(op: Op, args: Bindings, input: Shape | undefined, applied: Applied): LayerCall {
  const channels = args.in_channels ?? args.num_features;
  const assumed: readonly (number | string)[] = op.input.includes("*")
    ? ["N", "C"]
    : ["N", isDim(channels) ? plain(channels) : "C", ...(AXES[op.axes] ?? [])];
  const isLast = isChannelsLast(op, args);
  const [own, first] = input
    ? [input.map(plain), (isLast ? channelsFirst(input, op.axes) : input).map(plain)]
    : [isLast ? channelsLast(assumed, op.axes) : assumed, assumed];
  const all = pictureArguments(args);
  const said = Object.entries(all).filter(([name]) => !isDefault(op, name, args));
  const isKeras = isKerasOp(op);
  const { refusal } = applied;
  return {
    // Layers of both may have the same name, and other arguments.
    name: isKeras ? `layers.${op.name}` : op.name,
    args: Object.fromEntries(said),
    input: own,
    ...(isKeras &&
      isLast !== undefined && {
        alike: kerasAlike({ name: op.name, args: all, isTold: said.length > 0, input: first }),
      }),
    text: op.summary,
    ...(refusal && { problem: `${refusal.say} ${refusal.advise}` }),
    ...(applied.output ? { output: applied.output.map(plain) } : {}),
    ...(applied.params === undefined ? {} : { params: plain(applied.params) }),
    formula: explain(op, applied).map((l) => ({ text: `${l.quantity}: ${l.numbers} = ${l.result}` })),
  };
}
