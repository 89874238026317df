import { same } from "../../../core/dims/compare.js";
import { type Dim, multiply } from "../../../core/dims/dim.js";
import { isDim } from "../../../core/expr/evaluate.js";
import { isKerasOp } from "../../../core/keras/index.js";
import type { Shape } from "../../../core/layer/op.js";
import { weightsOf } from "../../../core/ops/weights.js";
import { isTensorValue, isUnknownValue } from "../valueKinds.js";
import type { LayerValue } from "../values.js";
import { layerParameter } from "./layerParameters.js";

type Arguments = LayerValue["args"];

/**
 * The arguments by which a layer calculates: its learned tensors decide, whatever its constructor was told or its attributes say. Undefined
 * where no arguments have such tensors; `isCertain`: whether the shapes of all of them are known.
 */
export function argumentsByWeights(
  layer: LayerValue,
): { readonly args: Arguments; readonly isCertain: boolean } | undefined {
  const { args } = layer;
  if ((!layer.weights && !layer.replaced) || isKerasOp(layer.op)) return { args, isCertain: true };
  const own = fit(layer, args);
  if (own !== false) return { args, isCertain: own === true };
  const weight = layerParameter(layer, "weight");
  const sizes = isTensorValue(weight) && weight.shape ? sizesIn(layer, weight.shape) : undefined;
  const changed = sizes && { ...args, ...sizes };
  return changed && fit(layer, changed) ? { args: changed, isCertain: false } : undefined;
}

/** Whether a layer with these arguments has the tensors that it has; undefined where the shape of one is not known. */
function fit(layer: LayerValue, args: Arguments): boolean | undefined {
  let isKnown = true;
  for (const [name, shape] of weightsOf(layer.op.name, args) ?? []) {
    const now = layerParameter(layer, name);
    if (now && isUnknownValue(now)) return false;
    if (!isTensorValue(now)) continue;
    if (!now.shape) isKnown = false;
    else if (!isAlike(now.shape, shape)) return false;
  }
  return isKnown || undefined;
}

const isAlike = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => d === undefined || b[i] === undefined || same(d, b[i] as Dim));

/** The arguments that are sizes of a layer's weight. */
function sizesIn({ op, args }: LayerValue, weight: Shape): Arguments | undefined {
  const [first, second, ...kernel] = weight;
  if (first === undefined || second === undefined || kernel.includes(undefined)) return undefined;
  const all = (size: Dim): Dim => (isDim(args.groups) ? multiply(size, args.groups) : size);
  const sizes = kernel as readonly Dim[];
  if (op.name === "Linear") return { in_features: second, out_features: first };
  if (/^Embedding/.test(op.name)) return { num_embeddings: first, embedding_dim: second };
  if (/^Conv\dd$/.test(op.name)) return { in_channels: all(second), out_channels: first, kernel_size: sizes };
  if (/^ConvTranspose/.test(op.name)) return { in_channels: first, out_channels: all(second), kernel_size: sizes };
  return undefined;
}
