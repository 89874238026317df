import type { Bindings } from "../core/expr/evaluate.js";
import { bindKeras } from "../core/keras/bindKeras.js";
import { kerasOpNamed } from "../core/keras/index.js";
import { wrapped } from "../core/keras/wrappers.js";
import type { Op } from "../core/layer/op.js";
import { readSignature, sayBindingProblem } from "../core/layer/signature.js";

/** A Keras layer with its arguments bound, or why its constructor refuses them. */
export interface KerasCall {
  readonly op: Op;
  readonly args: Bindings;
  readonly problem?: string;
}

const PREFIX = /^(?:tensorflow\.)?keras\.layers\.(\w+)$/;

/** The layer `keras.layers.Conv2D` with arguments of JSON; a wrapper's `layer` is one of the same form. Undefined where it is not known. */
export function kerasCall(
  name: string,
  args: Readonly<Record<string, unknown>>,
  read: (args: object) => Bindings,
): KerasCall | undefined {
  const own = PREFIX.exec(name)?.[1];
  if (own === undefined) return undefined;
  const { layer, ...rest } = args as { readonly layer?: { readonly layer?: unknown; readonly args?: object } };
  if (typeof layer !== "object" || layer === null) {
    const op = kerasOpNamed(own);
    return op && bound(op, own, read(args));
  }
  // Within a wrapper another would be a wrapper's wrapper, of which the formulas know nothing.
  const inner = typeof layer.layer === "string" ? kerasCall(layer.layer, { ...layer.args }, read) : undefined;
  const op = inner && wrapped(own, inner.op);
  if (!op || inner.problem !== undefined) return inner?.problem === undefined ? undefined : inner;
  const outer = bound(op, own, { ...read(rest), layer: own });
  return { ...outer, args: { ...inner.args, ...outer.args } };
}

function bound(op: Op, name: string, byKeyword: Bindings): KerasCall {
  const { args, problem } = bindKeras(op, [], byKeyword);
  const callee = readSignature(op.keras ?? name).callee;
  return { op, args, ...(problem ? { problem: sayBindingProblem(callee, problem) } : {}) };
}
