import { dimOf } from "../core/dims/dim.js";
import { printDim } from "../core/dims/print.js";
import { type Bindings, isDim, type Value } from "../core/expr/evaluate.js";
import { allParameters } from "../core/keras/index.js";
import { applyOp } from "../core/layer/apply.js";
import type { Outputs, Shape, Size } from "../core/layer/op.js";
import { bind, readSignature, sayBindingProblem } from "../core/layer/signature.js";
import { opNamed } from "../core/ops/index.js";
import { type KerasCall, kerasCall } from "./kerasLayer.js";

/** One layer's configuration and what is made of it, in JSON. */
export type LayerAnswer = { readonly layer: string; readonly args: unknown; readonly input: unknown } & (
  | {
      readonly output: readonly (number | string | null)[];
      readonly params: number | string | null;
      readonly trainable: number | string | null;
    }
  | {
      readonly outputs: readonly unknown[];
      readonly params: number | string | null;
      readonly trainable: number | string | null;
    }
  | { readonly error: string; readonly constructor?: unknown }
  | { readonly unknown: string }
);

const plain = (size: Size): number | string | null =>
  size === undefined ? null : typeof size === "number" ? size : printDim(size);

const plainOutput = (one: Outputs[number]): unknown =>
  !one ? null : "tuple" in one ? one.tuple.map((s) => s.map(plain)) : one.map(plain);

/** Answers one line of `dimsum layers`: never throws, whatever the line holds. */
export function answerLayer(line: unknown): LayerAnswer {
  const { layer, args, input } = (typeof line === "object" && line !== null ? line : {}) as Record<string, unknown>;
  const asked = { layer: String(layer), args, input };
  const shapes: readonly unknown[] = Array.isArray(input) && Array.isArray(input[0]) ? input : [input];
  const given = typeof args === "object" && args !== null && !Array.isArray(args) ? args : {};
  const call = kerasCall(asked.layer, given as Record<string, unknown>, readArguments) ?? torchCall(layer, given);
  if (!call) return { ...asked, unknown: `Dimsum does not know the layer ${asked.layer}.` };
  if (!shapes.every(isShape)) return { ...asked, unknown: "The input is not a list of sizes." };
  if (call.problem !== undefined) return { ...asked, constructor: true, error: call.problem };
  const [first, ...others] = shapes as readonly [Shape, ...Shape[]];
  const result = applyOp(call.op, call.args, first, others);
  if (result.refusal) {
    const error = `${result.refusal.say} ${result.refusal.advise}`;
    return result.refusal.early ? { ...asked, constructor: true, error } : { ...asked, error };
  }
  const counts = { params: plain(allParameters(call.op, result)), trainable: plain(result.params) };
  if (result.outputs) return { ...asked, outputs: result.outputs.map(plainOutput), ...counts };
  return { ...asked, output: (result.output ?? []).map(plain), ...counts };
}

function torchCall(layer: unknown, args: object): KerasCall | undefined {
  const op = typeof layer === "string" ? opNamed(layer) : undefined;
  if (!op) return undefined;
  const signature = readSignature(op.torch ?? op.keras ?? "");
  const { args: bound, problem } = bind(signature, [], readArguments(args));
  return { op, args: bound, ...(problem ? { problem: sayBindingProblem(signature.callee, problem) } : {}) };
}

/** The arguments of a call in JSON as formulas take them. */
export const readArguments = (args: object): Bindings =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, readValue(value)]));

/** A value of JSON as formulas take it; what they cannot take is unknown. */
function readValue(json: unknown): Value | undefined {
  if (typeof json === "number") return dimOf(json);
  if (json === null || typeof json === "boolean" || typeof json === "string") return json;
  return Array.isArray(json) ? json.map(readValue) : undefined;
}

const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) && value.every((v) => isDim(v) && typeof v === "number" && Number.isSafeInteger(v) && v >= 0);
