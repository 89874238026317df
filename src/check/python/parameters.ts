import { add, type Dim, subtract } from "../../core/dims/dim.js";
import { printCount } from "../../core/dims/print.js";
import { productOf } from "../../core/dims/product.js";
import { allParameters } from "../../core/keras/index.js";
import { type Applied, applyOp } from "../../core/layer/apply.js";
import { classesOf } from "../../read/python/classes.js";
import { isKerasClass } from "../../read/python/keras/subclass.js";
import { isTrainable } from "../../read/python/keras/trainable.js";
import { isModule, type Module, namedModules, ownParameters } from "../../read/python/torch/modules.js";
import {
  isBoolValue,
  isContainerValue,
  isDictValue,
  isInstanceValue,
  isLayerValue,
  isListValue,
  isTupleValue,
  isUnknownValue,
} from "../../read/python/valueKinds.js";
import { isPlainValue, type LayerValue, type PyValue, type TensorValue } from "../../read/python/values.js";

/** A model's parameters as far as they are known. */
export interface ParameterCount {
  readonly known: Dim;
  /** Those of them that are not trained, where there are any: Keras counts moving statistics, too. */
  readonly notTrained?: Dim;
  /** Whether which of them are trained is not known. */
  readonly isUnclear?: true;
  /** Whether something in the model is not known, so that there may be more. */
  readonly more: boolean;
}

/** Modules within modules that are counted. */
const MAX_DEPTH = 200;

/** Every layer in a value, once, with its path: `features.0`; `undefined` stands for a part that is not known. */
export function* layersWithin(
  value: PyValue,
  path = "",
  seen = new Set<PyValue>(),
  depth = 0,
): Generator<readonly [string, LayerValue | undefined]> {
  if (seen.has(value)) return;
  seen.add(value);
  if (depth > MAX_DEPTH) {
    yield [path, undefined];
    return;
  }
  const join = (name: string): string => (path === "" ? name : `${path}.${name}`);
  if (isLayerValue(value)) yield [path, value];
  else if (isUnknownValue(value)) yield [path, undefined];
  else if (isContainerValue(value)) {
    if (!value.children) yield [path, undefined];
    for (const [name, child] of value.children ?? []) yield* layersWithin(child, join(name), seen, depth + 1);
  } else if (isInstanceValue(value)) {
    const holdsLists = isKerasClass(value.cls);
    for (const [name, child] of value.attributes)
      for (const [own, part] of holdsLists ? partsOf(name, child) : [[name, child] as const])
        yield* layersWithin(part, join(own), seen, depth + 1);
    const isFull = classesOf(value.cls).every((c) => !isUnknownValue(c));
    if (!isFull) yield [path, undefined];
  }
}

/** What Keras, unlike PyTorch, tracks of an attribute: the items of a list, tuple or dictionary. */
function partsOf(name: string, value: PyValue): readonly (readonly [string, PyValue])[] {
  if (isDictValue(value)) return [...(value.entries?.values() ?? [])].map(([, part], i) => [`${name}.${i}`, part]);
  if (!isListValue(value) && !isTupleValue(value)) return [[name, value]];
  if (!value.items) return [[name, { kind: "unknown", reason: "What is in this list is not known." }]];
  return value.items.map((part, i) => [`${name}.${i}`, part]);
}

/** The parameters of a model; what is shared counts once. */
export const countParameters = (model: PyValue): ParameterCount =>
  isModule(model) ? countLearned(model) : countKeras(model);

/** The parameters of a module of PyTorch: those of its layers, and those that it and its modules register themselves. */
function countLearned(model: Module): ParameterCount {
  const { found, isWhole } = namedModules(model);
  const seen = new Set<TensorValue>();
  let known: Dim = 0;
  let trained: Dim = 0;
  let isClear = true;
  let more = !isWhole || found.some(([, m]) => isInstanceValue(m) && mayHoldMore(m));
  const count = (size: Dim | undefined, trains: PyValue | undefined): void => {
    if (size === undefined) {
      more = true;
      return;
    }
    known = add(known, size);
    if (trains === undefined || (isBoolValue(trains) && trains.value)) trained = add(trained, size);
    else if (!isBoolValue(trains)) isClear = false;
  };
  for (const [, module] of found) {
    const layer = isLayerValue(module) ? module : undefined;
    const own = ownParameters(module);
    if (!own) count(layer?.bound ? applyOp(layer.op, layer.args, layer.built?.input).params : undefined, layer?.trains);
    for (const [, tensor] of own ?? []) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      count(tensor.shape && productOf(tensor.shape), tensor.trains ?? layer?.trains);
    }
  }
  const notTrained = subtract(known, trained);
  return {
    known,
    more,
    ...(notTrained === 0 || !isClear ? {} : { notTrained }),
    ...(isClear ? {} : { isUnclear: true as const }),
  };
}

/** Whether an object may hold modules or parameters that are not known. */
function mayHoldMore(module: Extract<PyValue, { kind: "instance" }>): boolean {
  if (module.escaped || classesOf(module.cls).some((c) => isUnknownValue(c))) return true;
  return [...module.attributes.values()].some((v) => isUnknownValue(v) && !isPlainValue(v));
}

/** The parameters of a Keras model. */
function countKeras(model: PyValue): ParameterCount {
  let known: Dim = 0;
  let trained: Dim = 0;
  let isClear = true;
  let more = false;
  for (const [, layer] of layersWithin(model)) {
    const applied = layer?.bound ? appliedOf(layer) : undefined;
    const params = layer && applied && allParameters(layer.op, applied);
    if (params === undefined || applied?.params === undefined) more = true;
    else {
      known = add(known, params);
      const trains = isTrainable(layer as LayerValue);
      if (trains === undefined) isClear = false;
      else if (trains) trained = add(trained, applied.params);
    }
  }
  const notTrained = subtract(known, trained);
  return {
    known,
    more,
    ...(notTrained === 0 || !isClear ? {} : { notTrained }),
    ...(isClear ? {} : { isUnclear: true as const }),
  };
}

/** A layer for what it was first called with, where its parameters depend on that. */
export const appliedOf = ({ op, args, built }: LayerValue): Applied => applyOp(op, args, built?.input, built?.others);

/** `61,706 parameters`, or `at least …`; and how many are not trained, where Keras counts more than what is trained. */
export function printParameters({ known, notTrained, more }: ParameterCount): string {
  if (more) return known === 0 ? "parameters unknown" : `at least ${printCount(known)} parameters`;
  const rest = notTrained === undefined ? "" : `, ${printCount(notTrained)} of them not trained`;
  return `${printCount(known)} parameters${rest}`;
}
