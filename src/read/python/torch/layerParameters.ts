import { applyRemembered } from "../../../core/layer/remembered.js";
import { weightsOf } from "../../../core/ops/weights.js";
import { isNoneValue, isTensorValue } from "../valueKinds.js";
import type { LayerValue, PyValue, TensorValue } from "../values.js";

/** The learned tensors of a layer, by name; undefined where they are not known one by one. */
export function parametersOfLayer(layer: LayerValue): readonly (readonly [string, TensorValue])[] | undefined {
  const own = ownTensors(layer);
  if (!own) return undefined;
  const replaced = layer.replaced ?? new Map<string, PyValue>();
  if ([...replaced.values()].some((v) => !isTensorValue(v) && !isNoneValue(v))) return undefined;
  const all = new Map<string, PyValue>([...own, ...replaced]);
  return [...all].flatMap(([name, v]) => (isTensorValue(v) && v.parameter ? [[name, v] as const] : []));
}

/** A learned tensor of a layer; undefined where the layer has none of this name, or it is not known. */
export function layerParameter(layer: LayerValue, name: string): PyValue | undefined {
  return layer.replaced?.get(name) ?? ownTensors(layer)?.get(name);
}

/** The tensors that a layer's constructor makes, made when somebody first asks. */
function ownTensors(layer: LayerValue): ReadonlyMap<string, TensorValue> | undefined {
  if (layer.weights) return layer.weights;
  if (!layer.bound) return undefined;
  const list = weightsOf(layer.op.name, layer.args);
  if (!list) return applyRemembered(layer.op, layer.args).params === 0 ? new Map() : undefined;
  layer.weights = new Map(
    list.map(([name, shape]) => [name, { kind: "tensor", shape, parameter: true, dtype: "float" } as const]),
  );
  return layer.weights;
}
