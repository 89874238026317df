import { isDim, type Value } from "../../../core/expr/evaluate.js";
import { bindKeras, isCommonArgument, isLegacyArgument } from "../../../core/keras/bindKeras.js";
import { wrapped } from "../../../core/keras/wrappers.js";
import { applyOp } from "../../../core/layer/apply.js";
import type { Op } from "../../../core/layer/op.js";
import { readSignature } from "../../../core/layer/signature.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { mismatchOf } from "../torch/applyLayer.js";
import { bindCall } from "../torch/construct.js";
import type { Mismatch } from "../trace.js";
import { isLayerValue, isNoneValue } from "../valueKinds.js";
import { type CallArguments, type LayerValue, notKnown, type PyValue, toFormulaValue } from "../values.js";
import { defaultFormat } from "./dataFormat.js";

/** Makes a layer of Keras, and says what its constructor refuses. */
export function constructKeras(
  engine: Evaluator,
  op: Op,
  args: CallArguments,
  place: Place,
  callee: Place,
): LayerValue {
  const layer = bindLayer(engine, op, args, place, callee);
  engine.trace.layer(layer);
  if (!layer.bound) return layer;
  const shape = layer.args.input_shape;
  if (isDim(shape)) sayNoTuple(engine, layer, shape, place);
  const { refusal } = applyOp(op, layer.args);
  if (!refusal) return layer;
  engine.trace.mismatch(mismatchOf(refusal, layer.site, place));
  return { ...layer, bound: false };
}

function bindLayer(engine: Evaluator, op: Op, args: CallArguments, place: Place, callee: Place): LayerValue {
  const { parameters } = readSignature(op.keras ?? "");
  const isOwn = (name: string): boolean => parameters.some((p) => p.name === name);
  const isCommon = (name: string): boolean => !isOwn(name) && isCommonArgument(name);
  const isLegacy = [...args.byKeyword.keys()].some((name) => !isOwn(name) && isLegacyArgument(name));
  const own: CallArguments = {
    ...args,
    byKeyword: new Map([...args.byKeyword].filter(([name]) => !isCommon(name))),
    // What a version of long ago called its arguments says nothing of this one.
    uncertain: args.uncertain || isLegacy,
  };
  const found = bindCall(engine, op.keras ?? "", own, place, callee);
  const byKeyword = Object.fromEntries([...args.byKeyword].map(([name, value]) => [name, toFormulaValue(value)]));
  const { args: bound } = bindKeras(
    op,
    args.positional.map((v) => toFormulaValue(v)),
    byKeyword,
  );
  const given = found.values.get("data_format");
  const isSaid = !isOwn("data_format") || (given !== undefined && !isNoneValue(given));
  const all = isSaid ? bound : { ...bound, data_format: defaultFormat(engine) };
  return { kind: "layer", op, args: all, site: found.site, bound: found.bound };
}

/** `input_shape=(784)` is a number: the comma makes the tuple. */
function sayNoTuple(engine: Evaluator, layer: LayerValue, shape: Value, place: Place): void {
  const at = layer.site.arguments.get("input_shape") ?? place;
  if (typeof shape === "number")
    engine.trace.mismatch(noTuple(engine.program.text, layer.op.name, "input_shape", shape, at));
}

/** What is said of a shape that is a number. */
export function noTuple(text: string, what: string, argument: string, size: number, at: Place): Mismatch {
  const isNumeral = /^\d+$/.test(text.slice(at.from, at.to));
  // Brackets behind an equals sign are the student's own; others are the call's.
  const isBracketed = /=\s*\($/.test(text.slice(Math.max(at.from - 20, 0), at.from));
  return {
    code: `${what}/${argument.replace("_", "-")}`,
    severity: "error",
    place: at,
    say: `${argument} is the number ${size}; a shape is a tuple.`,
    advise: `Write (${size},): the comma makes it a tuple.`,
    ...(isNumeral ? { replacement: { place: at, text: isBracketed ? `${size},` : `(${size},)` } } : {}),
  };
}

/** Makes Bidirectional or TimeDistributed around a layer. */
export function constructWrapper(
  engine: Evaluator,
  name: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const inner = args.positional[0] ?? args.byKeyword.get("layer");
  if (!isLayerValue(inner) || !inner.bound || args.byKeyword.has("backward_layer")) return notKnown(`${name} of this`);
  const op = wrapped(name, inner.op);
  if (!op) return notKnown(`${name} of ${inner.op.name}`);
  const layer = bindLayer(engine, op, args, place, callee);
  const site = { ...layer.site, arguments: new Map([...inner.site.arguments, ...layer.site.arguments]) };
  // What the layer within says of an input's shape is not said of the sequence.
  const { input_shape: _, batch_input_shape: __, batch_shape: ___, ...innerArgs } = inner.args;
  const made: LayerValue = { ...layer, args: { ...innerArgs, ...layer.args }, site };
  engine.trace.layer(made);
  return made;
}
