import { isContainerValue, isInstanceValue, isLayerValue } from "../valueKinds.js";
import type { PyValue } from "../values.js";

/** `max_pooling2d` for MaxPooling2D, as Keras names layers. */
const snake = (name: string): string =>
  name
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

const classOf = (layer: PyValue): string =>
  isLayerValue(layer)
    ? layer.op.name
    : isInstanceValue(layer)
      ? layer.cls.name
      : isContainerValue(layer)
        ? layer.what === "keras.Sequential"
          ? "Sequential"
          : "Functional"
        : "layer";

/** A name for a layer of a model that no other has: its own, or its class's with a number. */
export function nameOfLayer(layer: PyValue, others: readonly (readonly [string, PyValue])[]): string {
  const said = isLayerValue(layer) ? layer.args.name : undefined;
  const base = typeof said === "string" && said !== "" ? said : snake(classOf(layer));
  const taken = new Set(others.map(([name]) => name));
  let name = base;
  for (let i = 1; taken.has(name); i++) name = `${base}_${i}`;
  return name;
}
