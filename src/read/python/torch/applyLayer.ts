import { equal } from "../../../core/dims/compare.js";
import { dimSymbol } from "../../../core/dims/dim.js";
import { isDim } from "../../../core/expr/evaluate.js";
import { fieldsAfter } from "../../../core/network.js";
import { applyOp, placesIn, type Refusal } from "../../../core/ops/apply.js";
import { printSizes } from "../../../core/ops/explain.js";
import type { Op, Shape, Size } from "../../../core/ops/op.js";
import type { Evaluator } from "../evaluator.js";
import type { Expression, Place } from "../syntax.js";
import type { Mismatch } from "../trace.js";
import {
  type CallArguments,
  type CallSite,
  type LayerValue,
  type PyValue,
  type TensorValue,
  unknown,
} from "../values.js";

/** Calls a layer with its input. */
export function applyLayer(engine: Evaluator, layer: LayerValue, args: CallArguments, place: Place): PyValue {
  const input = args.positional[0] ?? args.keywords.get("input");
  if (!layer.bound) return unknown(`The arguments of ${layer.op.name} are not understood.`);
  if (!input || input.kind === "unknown") return input ?? unknown("It is called without an input.");
  if (input.kind !== "tensor") return unknown("Its input is not a tensor that Dimsum follows.");
  return applyToTensor(engine, layer, input, place, layer);
}

/** Applies an op with bound arguments to a tensor, records it, and says what does not fit; `own` is the layer that is called. */
export function applyToTensor(
  engine: Evaluator,
  layer: Pick<LayerValue, "op" | "args" | "site">,
  input: TensorValue,
  place: Place,
  own?: LayerValue,
): TensorValue {
  const { op, args, site } = layer;
  const functional = own === undefined;
  if (input.open && !input.shape) settleInput(input, op, args);
  if (input.open && !input.shape && isPassThrough(op)) return input;
  if (input.open && !input.shape && input.sizes) input.shape = arrange(input.sizes, undefined, false);
  const label = labelOf(engine, site, place, functional);
  if (!input.shape)
    return engine.tensor(undefined, {
      reason: input.reason ?? "The input's shape is not known.",
      maker: { place, label },
    });
  const applied = applyOp(op, args, input.shape);
  const other = Array.isArray(input.doubt) ? applyOp(op, args, input.doubt) : undefined;
  const refused = applied.refusal && !applied.refusal.early ? applied.refusal : undefined;
  const isExcused = refused !== undefined && (input.doubt === "any" || (other !== undefined && !other.refusal));
  const shape = applied.output ?? (isExcused ? other?.output : refused && withFix(op, args, input.shape, refused));
  const doubt = refused && !isExcused ? ownShape(op, args, input.shape, refused) : input.doubt === "any" ? "any" : isExcused ? undefined : other?.output;
  const output = engine.tensor(shape, {
    maker: isPassThrough(op) && input.maker ? input.maker : { place, label },
    fields: fieldsAfter(input.fields, op, applied),
    ...(doubt ? { doubt } : {}),
    ...(shape ? {} : { reason: "The layer does not fit its input." }),
  });
  engine.trace.calls.push({ op, args, place, site, input, applied, output, functional, ...(own ? { layer: own } : {}) });
  if (refused && !isExcused) engine.trace.mismatch(mismatchOf(engine, refused, site, place, input));
  return output;
}

const isPassThrough = (op: Op): boolean => Array.isArray(op.output) && op.output.length === 1 && op.output[0] === "*";

/** `conv2`, `F.max_pool2d`: how the student names it. */
function labelOf(engine: Evaluator, site: CallSite, place: Place, functional: boolean): string {
  const from = functional ? site.callee : place;
  const text = engine.text.slice(from.from, from.to).split("(")[0] ?? "";
  return text.replace(/^self\./, "") || "this layer";
}

/** The output that the layer would have if the mismatched argument were right, so that one mistake is one error. */
function withFix(op: Op, args: LayerValue["args"], input: Shape, refusal: Refusal): Shape | undefined {
  if (refusal.argument === undefined || refusal.fix === undefined) return undefined;
  return applyOp(op, { ...args, [refusal.argument]: refusal.fix }, input).output;
}

/** The output that the student counted on: that for an input of the sizes which the layer was made for. */
function ownShape(op: Op, args: LayerValue["args"], input: Shape, refusal: Refusal): Shape | "any" {
  const rule = op.rules.find((r) => `${op.name}/${r.code}` === refusal.code);
  const at = placesIn(op.input, input.length)?.get(rule?.fix ?? "");
  const expected = refusal.argument === undefined ? undefined : args[refusal.argument];
  if (at === undefined || !isDim(expected)) return "any";
  return applyOp(op, args, input.with(at, expected)).output ?? "any";
}

/** A refusal as a mismatch at the number to change. */
export function mismatchOf(
  engine: Evaluator,
  refusal: Refusal,
  site: CallSite,
  place: Place,
  input?: TensorValue,
): Mismatch {
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

/** Whether an expression is numbers alone, so that a number may take its place. */
export function isLiteral(e: Expression): boolean {
  if (e.kind === "number") return true;
  if (e.kind === "binary") return isLiteral(e.left) && isLiteral(e.right);
  return e.kind === "unary" && isLiteral(e.of);
}

/** Gives an open input the shape that its first layer asks for, in symbols. */
function settleInput(input: TensorValue, op: Op, args: LayerValue["args"]): void {
  const asked = (name: string): Size => {
    const rule = op.rules.find((r) => r.fix === name);
    const value = rule?.argument === undefined ? undefined : args[rule.argument];
    return isDim(value) ? value : undefined;
  };
  const names = op.input.map((p) => p.replace("?", ""));
  if (names.every((n) => n === "*")) return;
  const { sizes } = input;
  if (sizes) {
    input.shape = arrange(sizes, asked("channels"), op.axes > 0 || names.length === 4);
    return;
  }
  const shown = op.input.filter((p) => !p.endsWith("?") || p === "N?").map((p) => p.replace("?", ""));
  input.shape = shown.map((n) =>
    n === "*"
      ? dimSymbol("N")
      : (asked(n) ?? (n === "channels" ? dimSymbol("C") : n === "features" ? undefined : dimSymbol(n))),
  );
}

/** Sizes without a batch, as a comment has them: channels first, or last where only that fits. */
export function arrange(sizes: Shape, channels: Size, hasAxes: boolean): Shape {
  const batch = dimSymbol("N");
  const [first, last] = [sizes[0], sizes.at(-1)];
  const isLast =
    hasAxes &&
    sizes.length > 1 &&
    channels !== undefined &&
    first !== undefined &&
    last !== undefined &&
    equal(first, channels) === false &&
    equal(last, channels) === true;
  return [batch, ...(isLast ? [last, ...sizes.slice(0, -1)] : sizes)];
}
