import { isDim, type Value } from "../../../core/expr/evaluate.js";
import { type BoundLayer, sidesThatFit } from "../../../core/layer/solve.js";
import type { LayerCall } from "../trace.js";
import type { TensorValue } from "../values.js";
import { layerBehind } from "./layerBehind.js";

/** Layers behind a tensor that are gone back through. */
const MAX_LAYERS = 200;

/** The inputs of a network, of equal sides, that give a layer the number of features which it was made for. */
export interface FittingSides {
  readonly least: number;
  readonly most: number;
  readonly axes: number;
  /** The side of the input that the network gets, where that is known. */
  readonly given: number | undefined;
}

/** Goes back from a layer's input to the network's; undefined where that is not square, or where nothing fits. */
export function sidesBehind(
  calls: readonly LayerCall[],
  tensor: TensorValue,
  features: Value | undefined,
): FittingSides | undefined {
  const layers: BoundLayer[] = [];
  let input = tensor;
  for (let before = layerBehind(calls, input); before; before = layerBehind(calls, input)) {
    layers.unshift(before);
    input = before.input;
    if (layers.length > MAX_LAYERS) return undefined;
  }
  const { shape } = input;
  const axes = (shape?.length ?? 0) - 2;
  if (!shape || axes < 1 || axes > 3 || tensor.shape?.length !== 2 || !isDim(features)) return undefined;
  const [given, ...more] = shape.slice(2).map((s) => (typeof s === "number" ? s : undefined));
  const sides = more.every((s) => s === given) ? sidesThatFit(layers, shape, axes, features) : undefined;
  return sides && { least: sides[0], most: sides[1], axes, given };
}

/** `32 to 35 high and wide`. */
export const saySides = ({ least, most, axes }: FittingSides): string =>
  `${least === most ? least : `${least} to ${most}`} ${["", "long", "high and wide", "deep, high and wide"][axes]}`;
