import type { Bindings, Value } from "../expr/evaluate.js";
import { applyOp, type Refusal } from "../layer/apply.js";
import type { Op, Shape } from "../layer/op.js";
import { readSignature } from "../layer/signature.js";
import { opNamed, ops } from "../ops/index.js";
import { isTensor, kindOf, numberOf, tensorShape } from "./operands.js";
import {
  type Operand,
  type Operands,
  type Operation,
  type Result,
  refuse,
  tensor,
  tuple,
  UNKNOWN,
} from "./operation.js";
import { asMethod } from "./signatures.js";

/** An operand as a layer's formulas take it. */
export function layerValue(v: Operand): Value | undefined {
  if (v === null || typeof v === "boolean" || typeof v === "string") return v;
  if (Array.isArray(v)) return v.map(layerValue);
  return numberOf(v);
}

/** Refuses what a layer refuses; `argument` says where its numbers stand in this call, `say` the same in this call's words. */
function passOn(
  name: string,
  refusal: Refusal,
  places: Readonly<Record<string, string>>,
  words: Readonly<Record<string, readonly [say: string, advise: string]>>,
): never {
  const code = refusal.code.split("/")[1] ?? "";
  const [say, advise] = words[code] ?? [refusal.say, refusal.advise];
  const argument = refusal.argument === undefined ? undefined : (places[refusal.argument] ?? refusal.argument);
  const { fix } = refusal;
  const isOwn = refusal.argument !== undefined && places[refusal.argument] === undefined;
  refuse(`${name}/${code}`, say, advise, {
    ...(argument === undefined ? {} : { argument }),
    ...(isOwn && typeof fix === "number" ? { fix } : {}),
  });
}

/** The shape that a layer gives, whose arguments are read off this call. */
export function throughLayer(
  name: string,
  layer: string,
  args: Bindings,
  input: Shape | undefined,
  places: Readonly<Record<string, string>> = {},
  words: Readonly<Record<string, readonly [string, string]>> = {},
): Shape | undefined {
  const op = opNamed(layer);
  if (!op) return undefined;
  const { refusal, output } = applyOp(op, args, input);
  if (refusal) passOn(name, refusal, places, words);
  return output;
}

/** The forms that are methods of tensors too. */
const METHODS = new Set(["relu", "sigmoid", "tanh", "softmax", "log_softmax", "flatten"]);

/** A layer's functional form: the same formulas, with the tensors that the layer is called with in front. */
function formOf(op: Op, call: string): Operation {
  const { callee, parameters } = readSignature(call);
  const name = callee.split(".").at(-1) ?? "";
  const own = call.slice(callee.length);
  const forward = readSignature(op.forward ?? "forward(input)").parameters.map((p) => p.name);
  const [first = "input", ...others] = forward;
  const infer = (given: Operands): Result => {
    const args: Record<string, Value | undefined> = {};
    for (const [key, value] of Object.entries(given)) if (!isTensor(value)) args[key] = layerValue(value);
    // An absent stride of a pooling is the kernel's size, also where None is written out.
    for (const p of parameters)
      if (p.fallback && "sameAs" in p.fallback && args[p.name] === null) args[p.name] = args[p.fallback.sameAs];
    const shape = tensorShape(given[first]);
    const applied = applyOp(
      op,
      args,
      shape,
      others.map((o) => tensorShape(given[o])),
    );
    if (applied.refusal) passOn(name, applied.refusal, {}, {});
    const made = tensor(shape && applied.output, op.forward ? undefined : kindOf(given[first]));
    if (!("return_indices" in args) || args.return_indices === false) return made;
    return args.return_indices === true ? tuple([made, tensor(shape && applied.output, "int")]) : UNKNOWN;
  };
  const names = [...new Set([callee, `F.${name}`, `torch.${name}`])].map((n) => n + own);
  const isMethod = METHODS.has(name) && first === "input";
  return {
    name,
    summary: op.summary.replace(/; it has nothing to learn\.$/, "."),
    calls: isMethod ? [...names, asMethod(name + own)] : names,
    infer,
    layer: op,
    examples: [],
  };
}

/** The functional forms of layers whose arguments are the layer's. */
export const layerForms: readonly Operation[] = ops.flatMap((op) => (op.functional ? [formOf(op, op.functional)] : []));
