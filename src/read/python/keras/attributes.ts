import type { Evaluator } from "../evaluator.js";
import { listOf } from "../literals.js";
import { modulesSoFar } from "../programState.js";
import type { Place } from "../syntax.js";
import { isDictValue, isListValue, isStringValue, isTupleValue } from "../valueKinds.js";
import type { CallArguments } from "../values.js";
import {
  type ContainerValue,
  int,
  type LayerValue,
  NONE,
  nativeValue,
  notFollowed,
  type PyValue,
  stringValue,
  type TensorValue,
  toFormulaValue,
  unknown,
} from "../values.js";
import { callModel } from "./functional.js";
import { batchedShape, inputTensor } from "./input.js";
import { addLayer, callSequential } from "./sequential.js";
import { shapeTuple } from "./shapeTuple.js";

/** Whether a container is a model of Keras. */
export const isKerasModel = (container: ContainerValue): boolean => container.what.startsWith("keras.");

/** Models within models that are followed. */
const MAX_DEPTH = 48;

/** Calls a Sequential or a model of the functional API. */
export function callKerasModel(engine: Evaluator, model: ContainerValue, args: CallArguments, place: Place): PyValue {
  if (engine.depth >= MAX_DEPTH) return unknown("The models are nested too deeply to follow.");
  const runs = engine.runs.length;
  engine.depth++;
  try {
    const output =
      model.what === "keras.Sequential" ? callSequential(engine, model, args, place) : callModel(engine, model, args);
    // Where its layers have been followed before, nothing but the run itself is new.
    const isNew = engine.moduleDepth === 0 && !engine.trace.isMuted && engine.runs.length === runs;
    const lastCall = engine.trace.calls.length;
    if (isNew)
      engine.runs.push({
        model,
        inputs: args.positional,
        output,
        place,
        firstCall: 0,
        lastCall,
        ...modulesSoFar(engine),
      });
    return output;
  } finally {
    engine.depth--;
  }
}

/** An end of a model as a list, which it is also where it is one tensor. */
const endList = (end: PyValue | undefined): PyValue | undefined => {
  if (isDictValue(end)) return listOf(end.entries && [...end.entries.values()].map(([, value]) => value));
  return isListValue(end) || isTupleValue(end) ? end : end && listOf([end]);
};

/** An attribute or method of a model of Keras. */
export function kerasModelAttribute(engine: Evaluator, model: ContainerValue, name: string): PyValue {
  const lost = notFollowed(`${name} of Keras's models`);
  const [input, output] = model.ends ?? [];
  switch (name) {
    case "add":
      return nativeValue(name, (args, place) => {
        const layer = args.positional[0] ?? args.byKeyword.get("layer");
        if (args.uncertain || !layer) forget(engine, model);
        else addLayer(engine, model, layer, place);
        return NONE;
      });
    case "pop":
      return nativeValue(name, () => {
        const { children } = model;
        forget(engine, model);
        return children?.at(-1)?.[1] ?? lost;
      });
    case "build":
      return nativeValue(name, (args, place) => {
        const said = toFormulaValue(args.positional[0] ?? args.byKeyword.get("input_shape"));
        const shape = model.ends ? undefined : batchedShape(engine, said);
        if (shape && model.what === "keras.Sequential")
          engine.call(model, { ...NOTHING, positional: [inputTensor(engine, shape, place, "build")] }, place, place);
        return NONE;
      });
    case "call":
    case "__call__":
      return nativeValue(name, (args, place) => callKerasModel(engine, model, args, place));
    case "layers":
      return listOf(model.children?.map(([, child]) => child));
    case "get_layer":
      return nativeValue(name, ({ positional: [first], byKeyword }) => {
        const key = first ?? byKeyword.get("name");
        const found = isStringValue(key) ? model.children?.find(([own]) => own === key.value) : undefined;
        return found?.[1] ?? lost;
      });
    case "input":
      return input ?? lost;
    case "output":
      return output ?? lost;
    case "inputs":
      return endList(input) ?? lost;
    case "outputs":
      return endList(output) ?? lost;
    case "input_shape":
      return shapeTuple(input);
    case "output_shape":
      return shapeTuple(output);
    default:
      return nativeValue(name, () => lost);
  }
}

const NOTHING: CallArguments = { positional: [], byKeyword: new Map(), uncertain: false, places: [] };

/** A model of which a layer is taken away, or gets one that is not known, is not followed any more. */
function forget(engine: Evaluator, model: ContainerValue): void {
  engine.journal.set(model, "children", undefined);
  engine.journal.set(model, "ends", undefined);
}

/** An attribute of a layer of Keras. */
export function kerasLayerAttribute(layer: LayerValue, name: string): PyValue {
  const value = layer.args[name];
  if (typeof value === "number") return int(value);
  if (name === "name" && typeof value === "string") return stringValue(value);
  if (name === "output" && layer.built?.output) return layer.built.output;
  if (name === "input" && layer.built) return layer.built.from;
  return notFollowed(`${name} of ${layer.op.name}`);
}

/** An attribute of a tensor of the functional API. */
export function kerasTensorAttribute(tensor: TensorValue, name: string): PyValue {
  if (name === "shape") return shapeTuple(tensor);
  if (name === "ndim" && tensor.shape) return int(tensor.shape.length);
  return notFollowed(`${name} of Keras's tensors`);
}
