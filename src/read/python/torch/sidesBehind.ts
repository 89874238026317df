import { isDim } from "../../../core/expr/evaluate.js";
import type { Refusal } from "../../../core/ops/apply.js";
import { type BoundLayer, sidesThatFit } from "../../../core/ops/solve.js";
import type { LayerCall } from "../trace.js";
import type { LayerValue, TensorValue } from "../values.js";

/** Layers behind a tensor that are gone back through. */
const MAX_LAYERS = 200;

/** What to do besides changing a layer that was made for another number of features: the inputs which give that number, as a sentence. */
export function sidesBehind(
  calls: readonly LayerCall[],
  tensor: TensorValue,
  args: LayerValue["args"],
  { argument }: Refusal,
): string | undefined {
  const features = argument === undefined ? undefined : args[argument];
  const layers: BoundLayer[] = [];
  let input = tensor;
  for (let before = callFor(calls, input); before; before = callFor(calls, input)) {
    layers.unshift(before);
    input = before.input;
    if (layers.length > MAX_LAYERS) return undefined;
  }
  const { shape } = input;
  const axes = (shape?.length ?? 0) - 2;
  const side = shape?.at(-1);
  const isSquare = typeof side === "number" && shape?.slice(2).every((s) => s === side);
  if (!shape || !isSquare || axes < 1 || axes > 3 || tensor.shape?.length !== 2 || !isDim(features)) return undefined;
  const sides = sidesThatFit(layers, shape, axes, features);
  if (!sides) return undefined;
  const [least, most] = sides;
  const range = least === most ? `${least}` : `${least} to ${most}`;
  const where = axes === 1 ? "long" : axes === 2 ? "high and wide" : "deep, high and wide";
  return `Or give the network an input ${range} ${where}; this one is ${side}.`;
}

const callFor = (calls: readonly LayerCall[], tensor: TensorValue): LayerCall | undefined =>
  calls.findLast((c) => c.output === tensor);
