import { isDim } from "../../../core/expr/evaluate.js";
import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import { type ModelRun, modulesSoFar } from "../programState.js";
import type { Place } from "../syntax.js";
import { sameShape } from "../trace.js";
import {
  isContainerValue,
  isInstanceValue,
  isLayerValue,
  isNoneValue,
  isTensorValue,
  isUnknownValue,
} from "../valueKinds.js";
import { type CallArguments, type ContainerValue, NONE, type PyValue, type TensorValue, unknown } from "../values.js";
import { withHistory } from "./callLayer.js";
import { inputOfLayer, inputTensor } from "./input.js";
import { nameOfLayer } from "./layerNames.js";

/** Makes a Sequential; if its first layer says what goes in, its layers are followed at once. */
export function makeSequential(engine: Evaluator, args: CallArguments, site: Place): ContainerValue {
  const list = args.positional[0] ?? args.byKeyword.get("layers");
  const model: ContainerValue = { kind: "container", what: "keras.Sequential", children: [], site };
  const items = !list || isNoneValue(list) ? [] : args.uncertain ? undefined : engine.iterate(list);
  if (!items) return { ...model, children: undefined };
  for (const item of items) addLayer(engine, model, item, undefined);
  return model;
}

/** Adds a layer behind the others; `place` is the call of `add`. */
export function addLayer(engine: Evaluator, model: ContainerValue, layer: PyValue, place: Place | undefined): void {
  const isFirst = model.children?.length === 0 && !model.ends;
  if (isTensorValue(layer)) {
    // An Input says what goes in, and is no layer with a place of its own.
    if (isFirst) engine.journal.set(model, "ends", [layer, layer]);
    return;
  }
  const name = nameOfLayer(layer, model.children ?? []);
  engine.journal.set(model, "children", model.children && [...model.children, [name, layer]]);
  const input = isFirst ? inputFor(engine, layer) : undefined;
  if (input) engine.journal.set(model, "ends", [input, input]);
  if (!model.ends) return;
  if (isLayerValue(layer) && layer.op.name === "InputLayer") return;
  const [first, last] = model.ends;
  const firstCall = engine.trace.calls.length;
  const output = callNext(engine, layer, last, place);
  engine.journal.set(model, "ends", [first, output]);
  noteRun(engine, {
    model,
    inputs: [first],
    output,
    place: model.site,
    firstCall,
    lastCall: engine.trace.calls.length,
    ...modulesSoFar(engine),
  });
}

/** What goes into a model that begins with this layer, if the layer says so. */
function inputFor(engine: Evaluator, layer: PyValue): PyValue | undefined {
  if (isContainerValue(layer) && layer.ends) return layer.ends[0];
  const shape = isLayerValue(layer) && layer.bound ? inputOfLayer(engine, layer) : undefined;
  if (!shape || !isLayerValue(layer)) return undefined;
  return inputTensor(engine, shape, layer.site.arguments.get("input_shape") ?? layer.site, "input_shape");
}

function callNext(engine: Evaluator, layer: PyValue, input: PyValue, place: Place | undefined): PyValue {
  const own = isLayerValue(layer) || isContainerValue(layer) ? layer.site : place;
  const site = own ?? { from: 0, to: 0 };
  const output = engine.call(layer, given(input), site, site);
  if (isTensorValue(output) && own && isLayerValue(layer))
    engine.trace.statement({ at: (place ?? own).to, tensor: output, what: layer.op.name });
  return output;
}

/** Notes what goes through a model that is being made; each layer that is added makes the same run longer. */
export function noteRun(engine: Evaluator, run: ModelRun): void {
  if (engine.trace.isMuted) return;
  const old = engine.runs.findIndex((r) => r.model === run.model);
  const before = engine.runs[old];
  if (before) engine.runs[old] = { ...run, firstCall: before.firstCall };
  else engine.runs.push(run);
}

/** Calls a Sequential: with an input it is built for, or for the first time. */
export function callSequential(engine: Evaluator, model: ContainerValue, args: CallArguments, place: Place): PyValue {
  const input = args.positional[0] ?? args.byKeyword.get("inputs");
  if (!input || !model.children) return isUnknownValue(input) ? input : unknown("Its layers are not known.");
  const from = isTensorValue(input) ? [input] : [];
  const again = ([other]: readonly PyValue[]): PyValue => (other ? run(engine, model, other, place) : NONE);
  const isKnown = isTensorValue(input) && isBuiltFor(model, input);
  const result = isKnown ? engine.trace.muted(() => again([input])) : again([input]);
  return withHistory(result, model, from, again);
}

/** Whether a model was made for inputs of this kind, so that what its layers say has been said. */
export function isBuiltFor(model: ContainerValue, input: TensorValue): boolean {
  const [first] = model.ends ?? [];
  const own = isTensorValue(first) ? first.shape : undefined;
  return sameShape(own?.slice(1), input.shape?.slice(1));
}

function run(engine: Evaluator, model: ContainerValue, input: PyValue, place: Place): PyValue {
  const through = (): PyValue => {
    let value = input;
    for (const [, layer] of model.children ?? []) {
      if (isLayerValue(layer) && layer.op.name === "InputLayer") continue;
      value = callNext(engine, layer, value, isInstanceValue(layer) ? place : undefined);
    }
    return value;
  };
  if (model.ends) return engine.runModel(model, [input], place, through);
  const output = engine.runModel(model, [input], place, through);
  const isShaped = isTensorValue(input) && input.shape?.every((d) => isDim(d));
  if (isShaped) engine.journal.set(model, "ends", [input, output]);
  return output;
}
