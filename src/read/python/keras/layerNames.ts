import type { PyValue } from "../values.js";

/** `max_pooling2d` for MaxPooling2D, as Keras names layers. */
const snake = (name: string): string =>
  name
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

const classOf = (layer: PyValue): string =>
  layer.kind === "layer"
    ? layer.op.name
    : layer.kind === "instance"
      ? layer.cls.name
      : layer.kind === "container"
        ? layer.what === "keras.Sequential"
          ? "Sequential"
          : "Functional"
        : "layer";

/** A name for a layer of a model that no other has: its own, or its class's with a number. */
export function nameOfLayer(layer: PyValue, others: readonly (readonly [string, PyValue])[]): string {
  const said = layer.kind === "layer" ? layer.args.name : undefined;
  const base = typeof said === "string" && said !== "" ? said : snake(classOf(layer));
  const taken = new Set(others.map(([name]) => name));
  let name = base;
  for (let i = 1; taken.has(name); i++) name = `${base}_${i}`;
  return name;
}
