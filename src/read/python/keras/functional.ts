import type { Evaluator } from "../evaluator.js";
import { modulesSoFar } from "../programState.js";
import type { Place } from "../syntax.js";
import { sameShape } from "../trace.js";
import { isDictValue, isListValue, isTensorValue, isTupleValue, isUnknownValue } from "../valueKinds.js";
import {
  type CallArguments,
  type ContainerValue,
  type PyValue,
  type TensorValue,
  tupleValue,
  unknown,
} from "../values.js";
import { withHistory } from "./callLayer.js";
import { nameOfLayer } from "./layerNames.js";
import { noteRun } from "./sequential.js";

/** Steps of a model's graph that are followed. */
const MAX_NODES = 5000;

/** The tensors in a value: itself, or those of a list, tuple or dictionary; undefined where something else is in it. */
function tensorsIn(value: PyValue | undefined): readonly TensorValue[] | undefined {
  if (isTensorValue(value)) return [value];
  const items =
    isListValue(value) || isTupleValue(value)
      ? value.items
      : isDictValue(value)
        ? value.entries && [...value.entries.values()].map(([, item]) => item)
        : undefined;
  return items?.every((i) => isTensorValue(i)) ? items : undefined;
}

/** The tensors between a model's inputs and its outputs, each after those that it is made of; whether nothing else flows in. */
function graphOf(
  engine: Evaluator,
  inputs: readonly TensorValue[],
  outputs: readonly TensorValue[],
): { readonly order: readonly TensorValue[]; readonly isWhole: boolean } {
  const order: TensorValue[] = [];
  const seen = new Set<TensorValue>(inputs);
  let isWhole = true;
  const stack: { readonly tensor: TensorValue; readonly isDone: boolean }[] = outputs.map((tensor) => ({
    tensor,
    isDone: false,
  }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { tensor, isDone } = next;
    if (isDone) {
      order.push(tensor);
      continue;
    }
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    engine.step();
    const { history } = tensor;
    if (!history || history.from.length === 0 || seen.size > MAX_NODES) {
      isWhole = false;
      continue;
    }
    stack.push({ tensor, isDone: true });
    for (const from of history.from) stack.push({ tensor: from, isDone: false });
  }
  return { order, isWhole };
}

/** Makes a model of the functional API: the layers between its inputs and its outputs. */
export function makeModel(engine: Evaluator, args: CallArguments, site: Place): ContainerValue {
  const input = args.positional[0] ?? args.byKeyword.get("inputs") ?? args.byKeyword.get("input");
  const output = args.positional[1] ?? args.byKeyword.get("outputs") ?? args.byKeyword.get("output");
  const model: ContainerValue = { kind: "container", what: "keras.Model", children: undefined, site };
  const [inputs, outputs] = [tensorsIn(input), tensorsIn(output)];
  if (args.uncertain || !input || !output || !inputs || !outputs) return model;
  const { order, isWhole } = graphOf(engine, inputs, outputs);
  const children: (readonly [string, PyValue])[] = [];
  const layers = new Set<PyValue>();
  for (const { history } of order) {
    if (!history?.by || layers.has(history.by)) continue;
    layers.add(history.by);
    children.push([nameOfLayer(history.by, children), history.by]);
  }
  if (!isWhole) children.push(["(more)", unknown("Dimsum cannot follow all that goes into this model.")]);
  const made: ContainerValue = { ...model, children, ends: [input, output] };
  const lastCall = engine.trace.calls.length;
  noteRun(engine, { model: made, inputs, output, place: site, firstCall: 0, lastCall, ...modulesSoFar(engine) });
  return made;
}

/** Calls a model of the functional API: what is between its ends, for other tensors. */
export function callModel(engine: Evaluator, model: ContainerValue, args: CallArguments): PyValue {
  const given = args.positional[0] ?? args.byKeyword.get("inputs");
  const [input, output] = model.ends ?? [];
  const [from, inputs, outputs] = [tensorsIn(given), tensorsIn(input), tensorsIn(output)];
  if (!from || !inputs || !outputs || !output || from.length !== inputs.length)
    return isUnknownValue(given) ? given : unknown("What this model makes of it is not known.");
  const again = (others: readonly PyValue[]): PyValue => {
    const { order, isWhole } = graphOf(engine, inputs, outputs);
    const made = new Map<PyValue, PyValue>(inputs.map((t, i) => [t, others[i] ?? t]));
    if (!isWhole) return unknown("Dimsum cannot follow all that goes into this model.");
    for (const tensor of order) {
      const parts = (tensor.history?.from ?? []).map((t) => made.get(t) ?? t);
      made.set(tensor, tensor.history?.again(parts) ?? tensor);
    }
    return replaced(output, made);
  };
  const isSame = from.every((t, i) => sameShape(t.shape?.slice(1), inputs[i]?.shape?.slice(1)));
  const result = isSame ? engine.trace.muted(() => again(from)) : again(from);
  return withHistory(result, model, from, again);
}

/** The outputs as the model was given them, with what they come to now. */
function replaced(output: PyValue, made: ReadonlyMap<PyValue, PyValue>): PyValue {
  const of = (v: PyValue): PyValue => made.get(v) ?? v;
  if (isTensorValue(output)) return of(output);
  if (isListValue(output) || isTupleValue(output)) return tupleValue((output.items ?? []).map(of));
  return unknown("What this model gives is not a list.");
}
