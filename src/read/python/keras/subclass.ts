import { given } from "../arguments.js";
import { attributeOf, lookUp } from "../attributes.js";
import { classesOf } from "../classes.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { isClassValue, isListValue, isMethodValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import {
  type CallArguments,
  type ClassValue,
  type InstanceValue,
  type NativeValue,
  NONE,
  nativeValue,
  notFollowed,
  type PyValue,
  type TensorValue,
  toFormulaValue,
} from "../values.js";
import { withHistory } from "./callLayer.js";
import { batchedShape, inputTensor } from "./input.js";
import { isKerasBase } from "./names.js";
import { shapeTuple } from "./shapeTuple.js";

/** Whether a class is derived from Keras's Model or Layer: calling one of its objects runs its `call`. */
export const isKerasClass = (cls: ClassValue): boolean => classesOf(cls).some(isKerasBase);

/** Where an object keeps whether its `build` has run. */
const BUILT = "(built)";

/** Calls a model or layer of the file. */
export function callKerasInstance(
  engine: Evaluator,
  instance: InstanceValue,
  args: CallArguments,
  place: Place,
): PyValue {
  const [input] = args.positional;
  build(engine, instance, input, place);
  const fn = attributeOf(engine, instance, "call", place);
  const from = args.positional.flatMap((v) => tensorsIn(v));
  if (from.some((t) => t.shape !== undefined) && !engine.trace.isMuted)
    for (const cls of classesOf(instance.cls)) if (isClassValue(cls)) engine.ran.add(cls);
  const run = (positional: readonly PyValue[]): PyValue =>
    engine.runModel(instance, positional, place, () => engine.call(fn, { ...args, positional }, place, place));
  return withHistory(run(args.positional), instance, from, (again) => {
    const other = (v: PyValue): PyValue => (isTensorValue(v) ? (again[from.indexOf(v)] ?? v) : v);
    return run(
      args.positional.map((v) => (isListValue(v) && v.items ? { kind: "list", items: v.items.map(other) } : other(v))),
    );
  });
}

/** The tensors of an argument: itself, or those of a list. */
function tensorsIn(value: PyValue): readonly TensorValue[] {
  if (isTensorValue(value)) return [value];
  const items = isListValue(value) || isTupleValue(value) ? (value.items ?? []) : [];
  return items.filter((v) => isTensorValue(v));
}

/** Methods of Keras's models and layers that change no sizes. */
const INERT = new Set(
  "summary compile fit evaluate predict save save_weights load_weights add_loss add_metric add_weight count_params".split(
    " ",
  ),
);

/** What every object of a model or layer class has of itself: `build` runs it for a shape. */
export function kerasObjectAttribute(engine: Evaluator, instance: InstanceValue, name: string): PyValue {
  const lost = notFollowed(`${name} of Keras's models`);
  if (INERT.has(name)) return nativeValue(name, () => lost);
  if (name !== "build") return lost;
  const call: NativeValue["call"] = ({ positional: [first], byKeyword }, place) => {
    const shape = batchedShape(engine, toFormulaValue(first ?? byKeyword.get("input_shape")));
    if (shape) callKerasInstance(engine, instance, given(inputTensor(engine, shape, place, name)), place);
    return NONE;
  };
  return nativeValue(name, call);
}

/** Runs the object's own `build` with the shape of its first input, once. */
function build(engine: Evaluator, instance: InstanceValue, input: PyValue | undefined, place: Place): void {
  const own = lookUp(instance.cls, "build", instance);
  if (!isMethodValue(own) || instance.attributes.has(BUILT)) return;
  engine.journal.set(instance.attributes, BUILT, { kind: "bool", value: true });
  engine.call(own, given(shapeTuple(input)), place, place);
}
