import { kerasOps, kerasSecondNames } from "../../../core/keras/index.js";
import { isLibraryValue } from "../valueKinds.js";
import type { PyValue } from "../values.js";

/** Where Keras is imported from: on its own, as a part of TensorFlow, and by TensorFlow's inner paths. */
const KERAS = /^(?:(?:tensorflow\.)?(?:python\.|compat\.v[12]\.)?keras|tf_keras)(?:\.(?:src|api|_v2\.keras))?(?:\.|$)/;

/** `layers.Conv2D` for any path that leads there; undefined for what is not Keras's. */
export function kerasName(path: string): string | undefined {
  const match = KERAS.exec(path);
  if (!match) return undefined;
  const rest = path.slice(match[0].length);
  const last = rest.split(".").at(-1) ?? "";
  // Layers have been in several modules of their own: layers.core.Dense, layers.experimental.preprocessing.Rescaling.
  if (/^(layers|legacy\.layers)\./.test(rest)) return `layers.${last}`;
  if (/^((models|engine)\.)?(\w+\.)?Functional$/.test(rest)) return "Model";
  if (/^(models|engine)\.(\w+\.)?(Model|Sequential|Input)$/.test(rest)) return last;
  return rest;
}

/** Layers that Dimsum knows beside those of the catalogue. */
const MORE = ["Input", "Layer", "Lambda", "Bidirectional", "TimeDistributed"];

/** Functions that merge a list of tensors, by the layers that do the same. */
export const MERGING: Readonly<Record<string, string>> = {
  add: "Add",
  subtract: "Subtract",
  multiply: "Multiply",
  average: "Average",
  maximum: "Maximum",
  minimum: "Minimum",
  concatenate: "Concatenate",
  dot: "Dot",
};

/** The names that `from module import *` brings, for the modules of Keras whose names are known. */
export function kerasNames(module: string): readonly string[] | undefined {
  const name = kerasName(`${module}.Dense`);
  if (name === "layers.Dense")
    return [...kerasOps.map((op) => op.name), ...kerasSecondNames, ...MORE, ...Object.keys(MERGING)];
  if (kerasName(`${module}.Model`) === "Model" && /models$/.test(module)) return ["Model", "Sequential"];
  return undefined;
}

/** Whether a class of a library is Keras's Model, Sequential or Layer, of which students derive their own. */
export function isKerasBase(value: PyValue): boolean {
  const name = isLibraryValue(value) ? kerasName(value.path) : undefined;
  return name === "Model" || name === "layers.Layer" || name === "Sequential" || name === "engine.base_layer.Layer";
}
