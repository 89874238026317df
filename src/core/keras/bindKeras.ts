import type { Bindings, Value } from "../expr/evaluate.js";
import type { Op } from "../layer/op.js";
import { type BindingProblem, bind, readSignature, type Signature } from "../layer/signature.js";

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

/** Names that arguments had in Keras 1, whose layers were others. */
const LEGACY = new Set(
  "nb_filter nb_row nb_col kernel_dim1 kernel_dim2 kernel_dim3 border_mode init subsample output_dim W_regularizer b_regularizer W_constraint b_constraint bias dim_ordering pool_length stride inner_init forget_bias_init inner_activation dropout_W dropout_U U_regularizer consume_less p mode concat_axis sigma beta_init gamma_init dot_axes arguments atrous_rate".split(
    " ",
  ),
);

/** Whether the constructor of every layer takes an argument of that name, or did in Keras 2. */
export const isCommonArgument = (name: string): boolean => COMMON.has(name);

/** Whether an argument had that name in Keras 1. */
export const isLegacyArgument = (name: string): boolean => LEGACY.has(name);

/** Words that Keras reads in any case. */
const WORDS = ["padding", "data_format"];

const lowered = (value: Value | undefined): Value | undefined =>
  typeof value === "string" ? value.toLowerCase() : value;

/** A layer's arguments under their names, as its constructor binds them; what every layer takes stays beside them. */
export function bindKeras(
  op: Op,
  positional: readonly (Value | undefined)[],
  byKeyword: Bindings,
  signature: Signature = readSignature(op.keras ?? ""),
): { readonly args: Bindings; readonly problem?: BindingProblem } {
  const own: Record<string, Value | undefined> = {};
  const common: Record<string, Value | undefined> = {};
  for (const [name, value] of Object.entries(byKeyword)) {
    const isCommon = COMMON.has(name) && !signature.parameters.some((p) => p.name === name);
    (isCommon ? common : own)[name] = value;
  }
  const { args, problem } = bind(signature, positional, own);
  const words = Object.fromEntries(
    WORDS.filter((w) => Object.hasOwn(args, w)).map((word) => [word, lowered(args[word])]),
  );
  return { args: { ...common, ...args, ...words }, ...(problem ? { problem } : {}) };
}
