import { isTensorValue } from "../valueKinds.js";
import { anything, int, NONE, type PyValue, type TensorValue, unknown } from "../values.js";

/** A tensor's shape as Keras hands it out: the batch is None, and so may be any size that is known when the model runs. */
export function shapeTuple(value: PyValue | undefined): PyValue {
  const tensor: TensorValue | undefined = isTensorValue(value) ? value : undefined;
  if (!tensor?.shape) return unknown("The shape is not known.");
  const items = tensor.shape.map((size, i): PyValue => {
    if (typeof size === "number") return int(size);
    return i === 0 ? NONE : anything("Keras has None for this size until the model runs.");
  });
  return { kind: "tuple", items, isShape: !tensor.doubt };
}
