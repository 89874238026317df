import type { Value } from "../../../core/expr/evaluate.js";
import type { Op } from "../../../core/layer/op.js";
import { applyRemembered } from "../../../core/layer/remembered.js";
import { type BindingProblem, bind, readSignature, sayBindingProblem } from "../../../core/layer/signature.js";
import type { Evaluator } from "../evaluator.js";
import type { Expression, Place } from "../syntax.js";
import { isFloatValue, isIntValue, isLayerValue } from "../valueKinds.js";
import { type CallArguments, type CallSite, type LayerValue, type PyValue, toFormulaValue } from "../values.js";
import { mismatchOf } from "./applyLayer.js";

/** The arguments of a call bound to a signature's names, with their places. */
export function bindCall(
  engine: Evaluator,
  signature: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): {
  readonly args: LayerValue["args"];
  readonly site: CallSite;
  readonly values: ReadonlyMap<string, PyValue>;
  readonly bound: boolean;
} {
  const { parameters } = readSignature(signature);
  const places = parameters.filter((p) => !p.keywordOnly);
  const expressions = new Map<string, Expression>();
  const values = new Map<string, PyValue>(args.byKeyword);
  let next = 0;
  for (const arg of args.places) {
    const name = arg.name ?? places[next++]?.name;
    if (name !== undefined && !arg.star) expressions.set(name, arg.value);
  }
  for (const [i, value] of args.positional.entries()) values.set(places[i]?.name ?? `(${i})`, value);
  const site: CallSite = { from: place.from, to: place.to, callee, arguments: expressions };
  const byKeyword = Object.fromEntries([...args.byKeyword].map(([name, value]) => [name, toFormulaValue(value)]));
  const { args: bound, problem } = bind(
    readSignature(signature),
    args.positional.map((v) => toFormulaValue(v)),
    byKeyword,
  );
  // Where there may be more arguments none is known to be missing.
  const isOpen = args.uncertain || args.open === true;
  if (problem && !isOpen) reportBinding(engine, signature, problem, site, args);
  return { args: bound, site, values, bound: !problem && !args.uncertain };
}

function reportBinding(
  engine: Evaluator,
  signature: string,
  problem: BindingProblem,
  site: CallSite,
  args: CallArguments,
): void {
  const { callee } = readSignature(signature);
  const named = "name" in problem ? args.places.find((p) => p.name === problem.name) : undefined;
  const place = named ?? site.callee;
  const say = sayBindingProblem(callee, problem);
  const advise = `Its arguments are ${readSignature(signature)
    .parameters.map((p) => p.name)
    .join(", ")}.`;
  if (engine.guards > 0) engine.fail("TypeError", place, say, advise);
  engine.trace.mismatch({ code: `${callee.split(".").at(-1)}/arguments`, severity: "error", place, say, advise });
}

/** Makes a layer, and says what its constructor refuses. */
export function construct(engine: Evaluator, op: Op, all: CallArguments, place: Place, callee: Place): LayerValue {
  const given = withoutPlacement(op, all);
  const found = bindCall(engine, op.torch ?? "", given, place, callee);
  const args = { ...found.args, ...layersWithin(found.values) };
  const layer: LayerValue = { kind: "layer", op, args, site: found.site, bound: found.bound };
  engine.trace.layer(layer);
  if (!layer.bound) return layer;
  const { refusal } = applyRemembered(op, layer.args);
  if (!refusal) return layer;
  engine.trace.mismatch(mismatchOf(refusal, layer.site, place));
  return { ...layer, bound: false };
}

/** Behind its arguments, what learns takes tensors to begin with, a device and a type, which change no shape. */
function withoutPlacement(op: Op, args: CallArguments): CallArguments {
  const known = readSignature(op.torch ?? "").parameters.filter((p) => !p.keywordOnly).length;
  const more = args.positional.slice(known);
  const isPlacement =
    op.params !== undefined && more.length <= 4 && more.every((v) => !isIntValue(v) && !isFloatValue(v));
  return more.length > 0 && isPlacement ? { ...args, positional: args.positional.slice(0, known) } : args;
}

/** Layers among a constructor's arguments, as formulas take them: the class's name, and its own arguments and parameters beside. */
function layersWithin(values: ReadonlyMap<string, PyValue>): Readonly<Record<string, Value | undefined>> {
  const found: Record<string, Value | undefined> = {};
  for (const [name, value] of values) {
    if (!isLayerValue(value) || !value.bound) continue;
    found[name] = value.op.name;
    found[`${name}_params`] = applyRemembered(value.op, value.args).params;
    for (const [inner, own] of Object.entries(value.args)) found[`${name}_${inner}`] = own;
  }
  return found;
}
