import type { Outputs, Shape } from "../../../core/ops/op.js";
import { type CallArguments, type LayerValue, type PyValue, type TensorValue, unknown } from "../values.js";

/** Keywords that change what attention returns beside its first output. */
const CHANGING = ["need_weights", "average_attn_weights"];

/** Whether a call leaves it at the outputs that the layer has of itself. */
export const isPlainCall = (args: CallArguments): boolean =>
  CHANGING.every((name) => !args.keywords.has(name)) && args.positional.length <= 3 && !args.uncertain;

/** What a layer gives back: a tensor, or a tuple of which it is the first; `rest` is unknown where the call changes it. */
export function outputsOf(
  output: TensorValue,
  args: LayerValue["args"],
  outputs: Outputs | undefined,
  isPlain: boolean,
): PyValue {
  const like = (shape: Shape | undefined): TensorValue => ({
    kind: "tensor",
    shape,
    ...(output.doubt ? { doubt: "any" as const } : {}),
    ...(shape ? {} : { reason: "The shape of this part is not known." }),
  });
  if (outputs) {
    const rest = outputs.slice(1).map((o): PyValue => {
      if (!isPlain) return unknown("What it returns besides depends on how it is called.");
      return "tuple" in o ? { kind: "tuple", items: o.tuple.map(like) } : like(o);
    });
    return { kind: "tuple", items: [output, ...rest] };
  }
  if (!("return_indices" in args) || args.return_indices === false) return output;
  return args.return_indices === true
    ? { kind: "tuple", items: [output, like(output.shape)] }
    : unknown("Whether it returns indices too is not known.");
}
