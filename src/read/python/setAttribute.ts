import { isKerasOp } from "../../core/keras/index.js";
import { given } from "./arguments.js";
import { lookUp, ofBuiltin } from "./attributes.js";
import { classesOf, isModuleClass } from "./classes.js";
import { dictWithin, HAS_ENTRIES_AS_ATTRIBUTES, hasEntriesAsAttributes } from "./dictObjects.js";
import { setEntries, withEntry } from "./dicts.js";
import { loseData, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { isKerasClass } from "./keras/subclass.js";
import { setTrainable } from "./keras/trainable.js";
import { descriptorSetter } from "./ownDescriptors.js";
import { tellDict } from "./ownDict.js";
import type { Place } from "./syntax.js";
import { setModuleAttribute } from "./torch/setModuleAttribute.js";
import {
  isClassValue,
  isContainerValue,
  isFunctionValue,
  isInstanceValue,
  isLayerValue,
  isLibraryValue,
  isMethodValue,
  isTensorValue,
  isUnknownValue,
} from "./valueKinds.js";
import { type FunctionValue, type InstanceValue, NONE, type PyValue, stringValue, type TensorValue } from "./values.js";

/** Follows `target.name = value`. */
export function setAttribute(engine: Evaluator, target: PyValue, name: string, value: PyValue, place: Place): void {
  const own = isInstanceValue(target) ? ownWay(target, "__setattr__") : undefined;
  if (!own || !isInstanceValue(target)) setPlainly(engine, target, name, value);
  else if (isMethodValue(own)) engine.call(own, given(stringValue(name), value), place, place);
  // `__setattr__ = dict.__setitem__`
  else if (isLibraryValue(own)) engine.call(own, given(target, stringValue(name), value), place, place);
  else loseValue(engine.journal, target);
}

/** A class's own way of setting or deleting attributes, bound to an object; undefined where it has Python's. */
export function ownWay(self: InstanceValue, name: "__setattr__" | "__delattr__"): PyValue | undefined {
  const isOwn = classesOf(self.cls).some((c) => isClassValue(c) && c.members.has(name));
  return isOwn ? (ofBuiltin(self, name) ?? lookUp(self.cls, name, self)) : undefined;
}

/** Sets an attribute as Python itself does, whatever the class's own way is: `object.__setattr__(target, name, value)`. */
export function setPlainly(engine: Evaluator, target: PyValue, name: string, value: PyValue): void {
  if (isInstanceValue(target) && name === "__dict__") {
    // `self.__dict__ = self` in a class derived from dict.
    if (target === value && dictWithin(target)) engine.journal.set(target.attributes, HAS_ENTRIES_AS_ATTRIBUTES, NONE);
    else loseValue(engine.journal, target);
  } else if (isInstanceValue(target) && hasEntriesAsAttributes(target)) {
    const dict = dictWithin(target);
    if (dict) setEntries(engine, dict, withEntry(dict.entries, stringValue(name), value));
  } else if (isInstanceValue(target) && name === "__class__") {
    // Its methods are others from here on.
    loseValue(engine.journal, target);
    engine.hooked.add(target);
  } else if (isInstanceValue(target)) {
    const member = lookUp(target.cls, name, undefined);
    const set = isInstanceValue(member) ? descriptorSetter(target.cls, name) : undefined;
    if (set) engine.call(set, given(target, value), set.fn.place, set.fn.place);
    else if (isFunctionValue(member) && member.how === "property") setProperty(engine, target, member, value);
    else if (isModuleClass(target.cls)) setModuleAttribute(engine, target, name, value);
    else {
      engine.journal.set(target.attributes, name, value);
      tellDict(engine, target);
    }
    if (name === "trainable" && isKerasClass(target.cls)) setTrainable(engine, target, value);
  } else if (name === "trainable" && (isLayerValue(target) || isContainerValue(target)))
    setTrainable(engine, target, value);
  else if (isClassValue(target)) engine.journal.set(target.members, name, value);
  else if (isLibraryValue(target)) engine.patched.set(`${target.path}.${name}`, value);
  else if (target.kind === "file") engine.journal.set(target.names, name, value);
  else if (isUnknownValue(target)) loseData(engine.journal, value);
  else if (isTensorValue(target) && name === "requires_grad") engine.journal.set(target, "trains", value);
  else if (isTensorValue(target) && name === "data") engine.journal.set(target, "shape", shapeGiven(value));
  else if ((isLayerValue(target) && !isKerasOp(target.op)) || isContainerValue(target))
    setModuleAttribute(engine, target, name, value);
}

const shapeGiven = (value: PyValue): TensorValue["shape"] => (isTensorValue(value) ? value.shape : undefined);

/** A property without a setter that can be followed may do anything. */
function setProperty(engine: Evaluator, self: InstanceValue, property: FunctionValue, value: PyValue): void {
  const { setter } = property;
  const at = property.place;
  if (isFunctionValue(setter)) engine.call({ kind: "method", fn: setter, self }, given(value), at, at);
  else loseValue(engine.journal, self);
}
