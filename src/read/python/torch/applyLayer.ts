import { same } from "../../../core/dims/compare.js";
import { isDim, type Value } from "../../../core/expr/evaluate.js";
import { applyOp, placesIn, type Refusal } from "../../../core/layer/apply.js";
import { printSizes } from "../../../core/layer/explain.js";
import type { Op, Others, Shape } from "../../../core/layer/op.js";
import { prepare } from "../../../core/layer/prepare.js";
import { applyRemembered } from "../../../core/layer/remembered.js";
import { type Parameter, readSignature } from "../../../core/layer/signature.js";
import { fieldsAfter } from "../../../core/network.js";
import { contiguousStrides } from "../../../core/operations/strides.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { type Mismatch, sameShape } from "../trace.js";
import { isListValue, isTensorValue, isTupleValue, isUnknownValue } from "../valueKinds.js";
import {
  type CallArguments,
  type CallSite,
  type LayerValue,
  type PyValue,
  type TensorValue,
  toFormulaValue,
  unknown,
} from "../values.js";
import { argumentsByWeights } from "./argumentsByWeights.js";
import { flatteningMistake } from "./flatteningMistake.js";
import { isLiteral } from "./isLiteral.js";
import { layerBehind } from "./layerBehind.js";
import { arrange, settleInput } from "./openInput.js";
import { outputsOf } from "./outputs.js";
import { type Rearrangement, rearrangement } from "./rearrangement.js";
import { firstDimension, sayMixedSamples } from "./samples.js";
import { type FittingSides, saySides, sidesBehind } from "./sidesBehind.js";

/** Calls a layer with its input. */
export function applyLayer(engine: Evaluator, layer: LayerValue, args: CallArguments, place: Place): PyValue {
  const { op } = layer;
  if (!layer.bound) return unknown(`The arguments of ${op.name} are not understood.`);
  const { parameters } = readSignature(op.forward ?? "forward(input)");
  const given = new Map<string, PyValue>(args.byKeyword);
  for (const [i, value] of args.positional.entries()) given.set(parameters[i]?.name ?? `(${i})`, value);
  const input = given.get(parameters[0]?.name ?? "");
  if (!input || isUnknownValue(input)) return input ?? unknown("It is called without an input.");
  if (!isTensorValue(input)) return unknown("Its input is not a tensor that Dimsum follows.");
  const isUnderstood = [...given.keys()].every((name) => parameters.some((p) => p.name === name));
  if (args.uncertain || !isUnderstood) return unknown(`${op.name} is called with more than its input.`);
  const further = parameters.slice(1);
  const inputs = further.map(({ name }) => given.get(name));
  // The second state of a pair comes behind all that are named.
  const others = [...inputs, ...inputs.flatMap((value) => pairOf(value)?.slice(1) ?? [])].map(knownShape);
  const calledWith = further.flatMap(({ name }): (readonly [string, Value | undefined])[] => {
    const value = given.get(name);
    return value && !isTensorValue(value) ? [[name, toFormulaValue(value)]] : [];
  });
  const own = argumentsByWeights(layer);
  if (!own) return unknown("Its weights are not those that it was made with.");
  const called =
    further.length === 0
      ? { op, site: layer.site, args: own.args }
      : {
          op,
          site: withCall(layer.site, args, parameters),
          args: calledWith.length === 0 ? own.args : { ...own.args, ...Object.fromEntries(calledWith) },
        };
  const apply = (): PyValue => applyToTensor(engine, called, input, place, layer, others);
  if (own.isCertain) return apply();
  // What does not fit may be the weights, of which the constructor says nothing.
  const { result, found } = engine.trace.apart(apply);
  return found.length > 0 ? unknown("Its weights are not those that it was made with.") : result;
}

/** Where the arguments stand: those of the constructor, and those of this call under the names of `forward`. */
function withCall(site: CallSite, args: CallArguments, parameters: readonly Parameter[]): CallSite {
  const all = new Map(site.arguments);
  let next = 0;
  for (const { name, value, star } of args.places) {
    const known = name ?? parameters[next++]?.name;
    if (known !== undefined && !star) all.set(known, value);
  }
  return { ...site, arguments: all };
}

const pairOf = (value: PyValue | undefined): readonly PyValue[] | undefined =>
  isTupleValue(value) || isListValue(value) ? value.items : undefined;

/** The shape of a further input that nothing calls into question; of a pair of states, that of the first. */
export function knownShape(value: PyValue | undefined): Shape | undefined {
  const first = pairOf(value)?.[0] ?? value;
  return isTensorValue(first) && !first.doubt ? first.shape : undefined;
}

/** Applies an op with bound arguments to a tensor, records it, and says what does not fit; `own` is the layer that is called. */
export function applyToTensor(
  engine: Evaluator,
  layer: Pick<LayerValue, "op" | "args" | "site">,
  input: TensorValue,
  place: Place,
  own?: LayerValue,
  others: Others = [],
): PyValue {
  const { op, args, site } = layer;
  const functional = own === undefined;
  if (input.open && !input.shape) settleInput(engine, input, op, args);
  if (input.open && !input.shape && keepsShape(op)) return input;
  if (input.open && !input.shape && input.sizes)
    engine.journal.set(input, "shape", arrange(input.sizes, undefined, false));
  const label = labelOf(engine, site, place, functional);
  if (!input.shape)
    return op.outputs
      ? unknown(input.reason ?? "The input's shape is not known.")
      : outputsOf(
          engine.tensor(undefined, {
            reason: input.reason ?? "The input's shape is not known.",
            maker: { place, label },
            ...(input.doubt ? { doubt: "any" } : {}),
          }),
          args,
          undefined,
        );
  const applied = applyRemembered(op, args, input.shape, others);
  if (applied.refusal && !applied.refusal.early && input.contradicted) input.contradicted.isSo = true;
  const other = Array.isArray(input.doubt) ? applyOp(op, args, input.doubt, others) : undefined;
  const refused = applied.refusal && !applied.refusal.early ? applied.refusal : undefined;
  const isOwnFit = refused !== undefined && (input.doubt === "any" || (other !== undefined && !other.refusal));
  // What a refused layer gives need not be what it was meant to give, and the same place is wrong for one reason.
  const isSaid = refused !== undefined && (input.isShaken === true || isSaidBefore(engine, refused, site, place));
  const isExcused = isOwnFit || isSaid;
  const rearranged =
    refused && rearrangement(op, args, input.shape, refused, layerBehind(engine.trace.calls, input)?.op);
  const fixed =
    refused && (rearranged ? applyOp(op, args, rearranged.shape).output : withFix(op, args, input.shape, refused));
  const shape = applied.output ?? (isOwnFit ? other?.output : fixed);
  const doubt =
    refused && !isExcused
      ? ((rearranged && fixed) ?? ownShape(op, args, input.shape, refused))
      : input.doubt === "any" || (isSaid && !isOwnFit)
        ? "any"
        : isExcused
          ? undefined
          : other?.output;
  const isOpenToDoubt =
    refused !== undefined && (isSaid || rearranged !== undefined || !isOwnMistake(engine, layer, input, refused));
  const isShaken = isOpenToDoubt || (input.isShaken === true && !asksAnew(op));
  const output = engine.tensor(shape, {
    maker: isPassThrough(op) && input.maker ? input.maker : { place, label },
    fields: fieldsAfter(input.fields, op, applied),
    ...(op.keepsNumbers && input.dtype ? { dtype: input.dtype } : {}),
    ...firstDimension(engine, { op, args, site }, input, shape, place),
    ...(op.inOrder ? { strides: contiguousStrides(shape) } : {}),
    ...(doubt ? { doubt } : {}),
    ...(isShaken ? { isShaken: true } : {}),
    ...(shape ? {} : { reason: unknownBecause(refused !== undefined) }),
  });
  engine.trace.call({ op, args, place, site, input, applied, output, functional, ...(own ? { layer: own } : {}) });
  if (own && !own.built && !input.doubt && prepare(op).isLazy)
    engine.journal.set(own, "built", { input: input.shape, others, from: input });
  if (refused && !isExcused) {
    const fitting = sidesThatFit(engine, refused, input, args);
    const found = mismatchOf(explained(engine, refused, input, args, rearranged, fitting), site, place, input);
    engine.trace.mismatch(fitting ? { ...found, fitsOtherSides: true } : found);
    // What else takes this input for what this layer takes it for makes the same mistake.
    const meant = rearranged?.shape ?? meantInput(op, args, input.shape, refused);
    if (!input.doubt) engine.journal.set(input, "doubt", meant ?? "any");
  }
  const caution = doubt || refused || input.doubt ? undefined : op.caution?.(input.shape, args, others);
  if (!doubt && !refused && !input.doubt) sayMixedSamples(engine, op, input);
  if (caution) {
    const [code, say, advise] = caution;
    engine.trace.mismatch({ code: `${op.name}/${code}`, severity: "warning", place, say, advise });
  }
  if (op.outputs && !applied.outputs && !applied.output) return unknown(unknownBecause(refused !== undefined));
  const made = outputsOf(output, args, applied.outputs);
  if (!functional || !engine.flow) return made;
  const step = { ...applied, op, args, site };
  return engine.flow.note(engine, { label, place, taken: [input], made, applied: step });
}

/**
 * Whether what a refused layer gives is what it was meant to give: its arguments are numbers of their own, so that a wrong one says nothing
 * of the others, and its input is laid out in rows of a sample each if it is laid out at all.
 */
function isOwnMistake(
  engine: Evaluator,
  { op, args, site }: Pick<LayerValue, "op" | "args" | "site">,
  input: TensorValue,
  { argument }: Refusal,
): boolean {
  const asked = argument === undefined ? undefined : args[argument];
  // Where the size that it asks for stands in another dimension, their order or their number is wrong.
  if (isDim(asked) && input.shape?.some((size) => size !== undefined && same(size, asked))) return false;
  const sizes = Object.values(op.letters).flatMap((name) => site.arguments.get(name) ?? []);
  const before = layerBehind(engine.trace.calls, input)?.input.shape;
  const isLaidOut = before !== undefined && input.shape !== undefined && before.length > input.shape.length;
  const isInRows = !isLaidOut || (input.shape?.length === 2 && sameShape(before.slice(0, 1), input.shape.slice(0, 1)));
  return sizes.every(isLiteral) && isInRows;
}

/** Whether a layer asks for sizes of its input that it does not hand on, so that where it fits these are what was meant. */
function asksAnew({ rules, output }: Op): boolean {
  const asked = rules.flatMap((rule) => rule.fix ?? []);
  return Array.isArray(output) && asked.length > 0 && !asked.some((name) => output.includes(name));
}

/** Whether the same is said of the same place already. */
const isSaidBefore = (engine: Evaluator, refusal: Refusal, site: CallSite, place: Place): boolean =>
  engine.trace.isSaid(mismatchOf(refusal, site, place));

/** The sides of the model's input that would be right, where those that it has are known. */
function sidesThatFit(
  engine: Evaluator,
  { argument }: Refusal,
  input: TensorValue,
  args: LayerValue["args"],
): FittingSides | undefined {
  const sides = sidesBehind(engine.trace.calls, input, argument === undefined ? undefined : args[argument]);
  return sides?.given === undefined ? undefined : sides;
}

/** A refusal with the name of the mistake behind it, or with the model's inputs that would be right. */
function explained(
  engine: Evaluator,
  refusal: Refusal,
  input: TensorValue,
  args: LayerValue["args"],
  rearranged: Rearrangement | undefined,
  sides: FittingSides | undefined,
): Refusal {
  const mistake = flatteningMistake(engine.trace.calls, input, args, refusal);
  if (mistake) {
    const { fix, ...rest } = refusal;
    const say = `${refusal.say} ${mistake.say}`;
    return mistake.advise === undefined ? { ...refusal, say } : { ...rest, say, advise: mistake.advise };
  }
  if (rearranged) {
    const { fix: _, ...rest } = refusal;
    return { ...rest, advise: rearranged.advise };
  }
  if (!sides) return refusal;
  const other = `Or give the network an input ${saySides(sides)}; this one is ${sides.given}.`;
  return { ...refusal, advise: `${refusal.advise} ${other}` };
}

const unknownBecause = (isRefused: boolean): string =>
  isRefused ? "The layer does not fit its input." : "What the layer makes of it depends on what is not known.";

/** Whether a layer's output has the shape of its input, whatever that is. */
const keepsShape = (op: Op): boolean => Array.isArray(op.output) && op.output.join() === op.input.join();

const isPassThrough = (op: Op): boolean => Array.isArray(op.output) && op.output.length === 1 && op.output[0] === "*";

/** `conv2`, `F.max_pool2d`, `flatten` of a chain: how the student names it. */
function labelOf(engine: Evaluator, site: CallSite, place: Place, functional: boolean): string {
  const from = functional ? site.callee : place;
  const known = engine.calledAs.get(from);
  if (known !== undefined) return known;
  const text = engine.textAt(from);
  const chained = functional ? /[)\]]\s*\.\s*(\w+)$/.exec(text)?.[1] : undefined;
  const label = chained ?? (text.split("(")[0]?.replace(/^self\./, "") || "this layer");
  engine.calledAs.set(from, label);
  return label;
}

/** The output that the layer would have if the mismatched argument were right, so that one mistake is one error. */
function withFix(op: Op, args: LayerValue["args"], input: Shape, refusal: Refusal): Shape | undefined {
  if (refusal.argument === undefined || refusal.fix === undefined) return undefined;
  return applyOp(op, { ...args, [refusal.argument]: refusal.fix }, input).output;
}

/** The output that the student counted on: that for an input of the sizes which the layer was made for. */
function ownShape(op: Op, args: LayerValue["args"], input: Shape, refusal: Refusal): Shape | "any" {
  const meant = meantInput(op, args, input, refusal);
  return (meant && applyOp(op, args, meant).output) ?? "any";
}

/** The input of the sizes which the layer was made for. */
function meantInput(op: Op, args: LayerValue["args"], input: Shape, refusal: Refusal): Shape | undefined {
  const rule = op.rules.find((r) => `${op.name}/${r.code}` === refusal.code);
  const at = placesIn(op.input, input.length)?.get(rule?.fix ?? "");
  const expected = refusal.argument === undefined ? undefined : args[refusal.argument];
  return at === undefined || !isDim(expected) ? undefined : input.with(at, expected);
}

/** A refusal as a mismatch at the number to change. */
export function mismatchOf(refusal: Refusal, site: CallSite, place: Place, input?: TensorValue): Mismatch {
  const at = refusal.argument === undefined ? undefined : site.arguments.get(refusal.argument);
  const value =
    at && isLiteral(at) && isDim(refusal.fix) && typeof refusal.fix === "number" ? String(refusal.fix) : undefined;
  const maker = input?.maker;
  const where = maker
    ? { place: maker.place, say: `${maker.label} gives ${input?.shape ? printSizes(input.shape) : "this"}, here.` }
    : { place, say: `The input has the shape ${input?.shape ? printSizes(input.shape) : "?"}, here.` };
  return {
    code: refusal.code,
    severity: "error",
    place: at ?? (refusal.argument === undefined && input ? place : site),
    say: refusal.say,
    advise: refusal.advise,
    ...(input ? { related: where } : {}),
    ...(at && value !== undefined ? { replacement: { place: at, text: value } } : {}),
  };
}
