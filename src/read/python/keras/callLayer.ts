import { equal } from "../../../core/dims/compare.js";
import { applyOp } from "../../../core/layer/apply.js";
import { printSizes } from "../../../core/layer/explain.js";
import type { Others, Shape } from "../../../core/layer/op.js";
import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { applyToTensor, knownShape } from "../torch/applyLayer.js";
import {
  isBoolValue,
  isInstanceValue,
  isListValue,
  isNoneValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "../valueKinds.js";
import {
  type CallArguments,
  type LayerValue,
  notFollowed,
  type PyValue,
  type TensorValue,
  tupleValue,
  unknown,
} from "../values.js";

/** How the arguments of a layer's call are called that are tensors, in their order. */
const INPUTS = ["inputs", "query", "value", "key", "x"];

/** Arguments of a call that change no shape. */
const HARMLESS = new Set([
  "training",
  "mask",
  "initial_state",
  "use_causal_mask",
  "attention_mask",
  "query_mask",
  "value_mask",
]);

/** What a call gives a layer: tensors one by one, or in a list. */
function tensorsOf(engine: Evaluator, args: CallArguments): readonly PyValue[] | undefined {
  const named = INPUTS.flatMap((name) => args.byKeyword.get(name) ?? []);
  const isPlain = [...args.byKeyword.keys()].every((name) => INPUTS.includes(name) || HARMLESS.has(name));
  if (args.uncertain || !isPlain) return undefined;
  const all = [...args.positional, ...named].filter((v) => !isBoolValue(v) && !isNoneValue(v));
  const [first] = all;
  if (isListValue(first) || isTupleValue(first)) return all.length === 1 ? engine.iterate(first) : undefined;
  return all;
}

/** Calls a layer of Keras with a tensor, or with several. */
export function callKerasLayer(engine: Evaluator, layer: LayerValue, args: CallArguments, place: Place): PyValue {
  if (!layer.bound) return unknown(`The arguments of ${layer.op.name} are not understood.`);
  const inputs = tensorsOf(engine, args);
  if (!inputs || inputs.length === 0) return notFollowed(`this call of ${layer.op.name}`);
  const stranger = inputs.find((v) => !isTensorValue(v));
  if (stranger) return isUnknownValue(stranger) ? stranger : unknown("Its input is not a tensor that Dimsum follows.");
  const tensors = inputs as readonly TensorValue[];
  const isFirst = layer.built === undefined;
  const result = withHistory(applyToTensors(engine, layer, tensors, place), layer, tensors, (again) =>
    callKerasLayer(engine, layer, given(...packed(tensors, again)), place),
  );
  if (isFirst && layer.built) layer.built.output = result;
  return result;
}

/** Several tensors go in as one list. */
const packed = (tensors: readonly TensorValue[], again: readonly PyValue[]): readonly PyValue[] =>
  tensors.length === 1 ? again : [{ kind: "list", items: again }];

function applyToTensors(engine: Evaluator, layer: LayerValue, tensors: readonly TensorValue[], place: Place): PyValue {
  const [first, ...more] = tensors as readonly [TensorValue, ...TensorValue[]];
  const input = more.some((t) => t.doubt) && !first.doubt ? { ...first, doubt: "any" as const } : first;
  const others: Others = more.map(knownShape);
  if (isBuiltForOthers(engine, layer, input, others, place))
    return engine.tensor(undefined, { doubt: "any", reason: `This ${layer.op.name} was made for another input.` });
  const result = applyToTensor(engine, layer, input, place, layer, others);
  if (!layer.built && input.shape && !input.doubt)
    engine.journal.set(layer, "built", { input: input.shape, others, from: first });
  return result;
}

/** Whether a layer's weights are of another size than what it gets now asks for, which is said. */
function isBuiltForOthers(
  engine: Evaluator,
  layer: LayerValue,
  input: TensorValue,
  others: Others,
  place: Place,
): boolean {
  const { built, op, args } = layer;
  if (!built || !input.shape || input.doubt) return false;
  const count = (shape: Shape, more: Others): ReturnType<typeof applyOp> => applyOp(op, args, shape, more);
  const [old, now] = [count(built.input, built.others), count(input.shape, others)];
  const isOther =
    !old.refusal &&
    !now.refusal &&
    old.params !== undefined &&
    now.params !== undefined &&
    equal(old.params, now.params) === false;
  if (!isOther) return false;
  engine.trace.mismatch({
    code: `${op.name}/built-for`,
    severity: "error",
    place,
    say: `This ${op.name} was first called with ${printSizes(built.input)}, and its weights are made for that; here it gets ${printSizes(input.shape)}.`,
    advise: "Make a layer of its own for each, or give it inputs of one kind.",
    ...(input.maker
      ? { related: { place: input.maker.place, say: `${input.maker.label} gives ${printSizes(input.shape)}, here.` } }
      : {}),
  });
  return true;
}

/** The tensors that a call of the functional API gives, with how they came about. */
export function withHistory(
  result: PyValue,
  by: PyValue | undefined,
  from: readonly TensorValue[],
  again: (from: readonly PyValue[]) => PyValue,
): PyValue {
  if (!from.some((t) => t.history)) return result;
  const own = by ? { by } : {};
  // A layer whose work is not known gives a tensor all the same.
  if (isUnknownValue(result) && isInstanceValue(by))
    return { kind: "tensor", shape: undefined, reason: result.reason, history: { ...own, from, again } };
  if (isTensorValue(result)) return { ...result, history: { ...own, from, again } };
  if (!isTupleValue(result)) return result;
  const part = (i: number) => (others: readonly PyValue[]) => {
    const made = again(others);
    return isTupleValue(made) ? (made.items[i] ?? made) : made;
  };
  const items = result.items.map((item, i) =>
    isTensorValue(item) ? { ...item, history: { ...own, from, again: part(i) } } : item,
  );
  return tupleValue(items);
}
