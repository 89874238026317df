import { type Bindings, truth, type Value } from "../expr/evaluate.js";
import type { Op } from "../ops/op.js";
import { type BindingProblem, bind, readSignature, type Signature } from "../ops/signature.js";

/** What the constructor of every Keras layer takes besides, and what layers of Keras 2 took. */
const COMMON = new Set([
  ..."name dtype trainable autocast input_shape batch_input_shape batch_shape input_dim input_length batch_size weights".split(
    " ",
  ),
  ..."activity_regularizer dynamic implementation time_major fused renorm virtual_batch_size adjustment ragged sparse".split(
    " ",
  ),
  ..."rms_scaling alpha cudnn zero_output_for_mask keepdims output_shape keras_mask data_format".split(" "),
]);

/** Words that Keras reads in any case. */
const WORDS = ["padding", "data_format"];

const lowered = (value: Value | undefined): Value | undefined =>
  typeof value === "string" ? value.toLowerCase() : value;

/** A layer's arguments under their names, as its constructor binds them; what every layer takes stays beside them. */
export function bindKeras(
  op: Op,
  positional: readonly (Value | undefined)[],
  keywords: Bindings,
  signature: Signature = readSignature(op.keras ?? ""),
): { readonly args: Bindings; readonly problem?: BindingProblem } {
  const own: Record<string, Value | undefined> = {};
  const common: Record<string, Value | undefined> = {};
  for (const [name, value] of Object.entries(keywords)) {
    const isCommon = COMMON.has(name) && !signature.parameters.some((p) => p.name === name);
    (isCommon ? common : own)[name] = value;
  }
  const { args, problem } = bind(signature, positional, own);
  const words = Object.fromEntries(
    WORDS.filter((w) => Object.hasOwn(args, w)).map((word) => [word, lowered(args[word])]),
  );
  return { args: { ...common, ...args, ...words }, ...(problem ? { problem } : {}) };
}

/** Whether a layer is told not to train. */
export const isFrozen = (args: Bindings): boolean => truth(args.trainable) === false && args.trainable !== undefined;
