import type { Op } from "../../../core/layer/op.js";
import { readSignature } from "../../../core/layer/signature.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { isTensorValue, isUnknownValue } from "../valueKinds.js";
import { type CallArguments, type PyValue, unknown } from "../values.js";
import { applyToTensor, knownShape } from "./applyLayer.js";
import { bindCall } from "./construct.js";

/** Calls a functional form: the arguments that the layer's own call takes are tensors, the others are the layer's. */
export function callFunctional(
  engine: Evaluator,
  op: Op,
  signature: string,
  args: CallArguments,
  place: Place,
  callee: Place,
): PyValue {
  const found = bindCall(engine, signature, args, place, callee);
  const taken = readSignature(op.forward ?? "forward(input)").parameters.map((p) => found.values.get(p.name));
  const [input, ...further] = taken;
  if (!found.bound) return unknown("Its arguments are not understood.");
  if (!isTensorValue(input))
    return isUnknownValue(input) ? input : unknown("Its input is not a tensor that Dimsum follows.");
  const layer = { op, args: found.args, site: found.site };
  return applyToTensor(engine, layer, input, place, undefined, further.map(knownShape));
}
