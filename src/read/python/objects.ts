import { attributeOf, lookUp } from "./attributes.js";
import { classesOf, isModuleClass } from "./classes.js";
import { fieldsOf, initializeFields, isDataclass } from "./dataclasses.js";
import { emptyDictOf } from "./dictObjects.js";
import { membersOf, memberWith } from "./enumerations.js";
import { loseTrackOf } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { Names } from "./journal.js";
import { callKerasInstance, isKerasClass } from "./keras/subclass.js";
import { rehearsed } from "./rehearsed.js";
import type { Place } from "./syntax.js";
import { BASE } from "./torch/modules.js";
import {
  isClassValue,
  isFunctionValue,
  isInstanceValue,
  isMethodValue,
  isTensorValue,
  isUnknownValue,
} from "./valueKinds.js";
import { type CallArguments, type ClassValue, type InstanceValue, type PyValue, unknown } from "./values.js";

/** An object's attributes; those that it does not set itself may come from its class. */
export const attributesOf = (cls: ClassValue): Names => new Names((name) => lookUp(cls, name, undefined) !== undefined);

/** Objects of one class that are kept. */
const MAX_INSTANCES = 32;

/** Makes an object of a class of the file and runs its `__init__`. */
export function instantiate(engine: Evaluator, cls: ClassValue, args: CallArguments, place: Place): PyValue {
  if (membersOf(cls))
    return (
      (args.positional[0] && memberWith(cls, args.positional[0])) ?? unknown(`Which ${cls.name} it is is not known.`)
    );
  const maker = lookUp(cls, "__new__", undefined);
  if (!isFunctionValue(maker)) return initialized(engine, blankObject(engine, cls, args, place), args, place);
  const made = engine.call({ kind: "method", fn: maker, self: cls }, args, place, place);
  // What is of another class is handed on as it is.
  if (isInstanceValue(made) && classesOf(made.cls).includes(cls)) {
    made.made = args;
    return initialized(engine, made, args, place);
  }
  if (isUnknownValue(made)) loseTrackOf(engine.journal, args);
  return made;
}

/** An object of a class before its `__init__` has run. */
export function blankObject(engine: Evaluator, cls: ClassValue, args: CallArguments, place: Place): InstanceValue {
  const made: InstanceValue = { kind: "instance", cls, attributes: attributesOf(cls), site: place, made: args };
  const entries = emptyDictOf(cls);
  if (entries) made.attributes.set(BASE, entries);
  const others = engine.instancesOf.get(cls) ?? [];
  if (others.length < MAX_INSTANCES) engine.instancesOf.set(cls, [...others, made]);
  return made;
}

/** Runs the constructor of an object's class. */
function initialized(engine: Evaluator, made: InstanceValue, args: CallArguments, place: Place): PyValue {
  const { cls } = made;
  const own = cls.members.get("__init__");
  const fields = own ? undefined : fieldsOf(cls);
  if (fields && !inheritsInit(cls)) {
    initializeFields(engine, made, fields, args, place);
    return made;
  }
  const init = isFunctionValue(own)
    ? ({ kind: "method", fn: own, self: made } as const)
    : (own ?? attributeOf(engine, { kind: "super", cls, self: made }, "__init__", place));
  engine.call(init, args, place, place);
  if (isUnknownValue(init)) made.escaped = true;
  return made;
}

/** Whether a class that stands before the first dataclass among the bases has a constructor of its own. */
function inheritsInit(cls: ClassValue): boolean {
  for (const c of classesOf(cls)) {
    if (!isClassValue(c)) continue;
    if (c.members.has("__init__")) return true;
    if (isDataclass(c)) return false;
  }
  return false;
}

/** Calls an object: a module runs its `forward`, any other its `__call__`. */
export function callInstance(engine: Evaluator, instance: InstanceValue, args: CallArguments, place: Place): PyValue {
  if (isKerasClass(instance.cls)) return callKerasInstance(engine, instance, args, place);
  const isModule = isModuleClass(instance.cls);
  const own = isModule ? lookUp(instance.cls, "__call__", instance) : undefined;
  if (isMethodValue(own)) return engine.call(own, args, place, place);
  if (isModule) return callModule(engine, instance, args, place);
  return engine.call(attributeOf(engine, instance, "__call__", place), args, place, place);
}

/** Runs the `forward` of a module, as the `__call__` of `nn.Module` does. */
export function callModule(engine: Evaluator, instance: InstanceValue, args: CallArguments, place: Place): PyValue {
  const fn = attributeOf(engine, instance, "forward", place);
  const inputs = [...args.positional, ...args.byKeyword.values()];
  const isKnown = inputs.some((v) => isTensorValue(v) && v.shape !== undefined);
  const called = isKnown ? engine.ran : engine.moduleDepth > 0 ? engine.met : undefined;
  if (called && !engine.trace.isMuted)
    for (const cls of classesOf(instance.cls)) if (isClassValue(cls)) called.add(cls);
  const run = (): PyValue => engine.runModel(instance, inputs, place, () => engine.call(fn, args, place, place));
  return isMethodValue(fn) ? rehearsed(engine, instance, args, place, run) : run();
}
