import type { Outputs, Shape } from "../../../core/layer/op.js";
import { type LayerValue, NONE, type PyValue, type TensorValue, tupleValue, unknown } from "../values.js";

/** What a layer gives back: a tensor, or a tuple of which it is the first. */
export function outputsOf(output: TensorValue, args: LayerValue["args"], outputs: Outputs | undefined): PyValue {
  const like = (shape: Shape | undefined): TensorValue => ({
    kind: "tensor",
    shape,
    ...(output.doubt ? { doubt: "any" as const } : {}),
    ...(shape ? {} : { reason: "The shape of this part is not known." }),
  });
  if (outputs) {
    const rest = outputs.slice(1).map((o): PyValue => {
      if (o === null) return NONE;
      if (!o) return unknown("What it returns besides depends on how it is called.");
      return "tuple" in o ? tupleValue(o.tuple.map(like)) : like(o);
    });
    return tupleValue([output, ...rest]);
  }
  if (!("return_indices" in args) || args.return_indices === false) return output;
  return args.return_indices === true
    ? tupleValue([output, like(undefined)])
    : unknown("Whether it returns indices too is not known.");
}
