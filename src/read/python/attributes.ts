import { isKerasOp } from "../../core/keras/index.js";
import { behindSelf, given } from "./arguments.js";
import { classesOf, isAutogradClass, isModuleClass, isOpaque } from "./classes.js";
import { dictMethod, listMethod, stringMethod, tupleMethod } from "./collections.js";
import { fieldsOf, initializeFields, isDataclass } from "./dataclasses.js";
import { dictMember, entryNamed, isBeyondDict } from "./dictObjects.js";
import { membersByName } from "./enumerations.js";
import type { Evaluator } from "./evaluator.js";
import { functionAttribute } from "./functionAttribute.js";
import { handValue } from "./handedOver.js";
import { memberOfFile } from "./imports.js";
import { isKerasModel, kerasLayerAttribute, kerasModelAttribute, kerasTensorAttribute } from "./keras/attributes.js";
import { isKerasClass, kerasObjectAttribute } from "./keras/subclass.js";
import { hasAttribute } from "./objectBuiltins.js";
import { blankObject, callModule } from "./objects.js";
import { ownAttribute } from "./ownAttribute.js";
import { descriptorSetter, readDescriptor } from "./ownDescriptors.js";
import { dictOfObject } from "./ownDict.js";
import { arrayAttribute } from "./standard/arrays.js";
import { asArray } from "./standard/arrayValues.js";
import { namedFieldAttribute } from "./standard/namedTuples.js";
import type { Place } from "./syntax.js";
import { containerAttribute, isContainerMember } from "./torch/containers.js";
import { baseConstructor } from "./torch/derivedLayer.js";
import { layerAttribute } from "./torch/layerAttribute.js";
import { libraryValue } from "./torch/library.js";
import { isModuleMember, moduleMember } from "./torch/moduleMethods.js";
import { baseOf } from "./torch/modules.js";
import { registered } from "./torch/registered.js";
import { replacedOfTensor, runBase } from "./torch/replacedMembers.js";
import { tensorAttribute } from "./torch/tensorMethods.js";
import {
  isArrayValue,
  isClassValue,
  isContainerValue,
  isFunctionValue,
  isInstanceValue,
  isLayerValue,
  isLibraryValue,
  isMethodValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  type ClassValue,
  type InstanceValue,
  libraryAt,
  NONE,
  nativeValue,
  notKnown,
  type PyValue,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

/** A library function that has no effect on shapes. */
export const inert = (name: string, result: PyValue): PyValue => nativeValue(name, () => result);

/** The value of `value.name`. */
export function attributeOf(engine: Evaluator, value: PyValue, name: string, place: Place): PyValue {
  switch (value.kind) {
    case "library":
      if (name === "__name__") return stringValue(value.path.split(".").at(-1) ?? "");
      return libraryMember(engine, value.path, name);
    case "file":
      return memberOfFile(engine, value, name) ?? unknown(`${name} is not in ${value.path.split("/").at(-1)}.`);
    case "instance":
      return instanceAttribute(engine, value, name, place);
    case "class":
      return classAttribute(engine, value, name, place);
    case "function":
      return functionAttribute(engine, value, name);
    case "method":
      return name === "__self__" ? value.self : functionAttribute(engine, value.fn, name);
    case "super":
      return superAttribute(engine, value.cls, value.self, name, place);
    case "tensor":
      if (value.history) return kerasTensorAttribute(value, name);
      return replacedOfTensor(engine, value, name) ?? tensorAttribute(engine, value, name, place);
    case "array":
      return arrayAttribute(engine, value, name, place);
    case "layer": {
      if (isKerasOp(value.op)) return kerasLayerAttribute(value, name);
      return layerAttribute(engine, value, name, place);
    }
    case "container":
      if (isKerasModel(value)) return kerasModelAttribute(engine, value, name);
      return containerAttribute(engine, value, name);
    case "list": {
      const array = asArray(engine, value);
      if (isArrayValue(array) && name !== "tolist") return arrayAttribute(engine, array, name, place);
      return listMethod(engine, value, name);
    }
    case "dict":
      return dictMethod(engine, value, name);
    case "tuple":
      return (
        value.items[value.names?.indexOf(name) ?? -1] ??
        namedFieldAttribute(value, name) ??
        tupleMethod(engine, value, name)
      );
    case "string":
      return stringMethod(engine, value, name);
    case "unknown":
      return value;
    default:
      return ownAttribute(engine, value, name) ?? notKnown(`${name} here`);
  }
}

const libraryMember = (engine: Evaluator, of: string, name: string): PyValue => {
  // PyTorch's own modules import it, as those of torch.sparse do.
  if (name === "torch" && of.startsWith("torch.")) return libraryAt("torch");
  const path = `${of}.${name}`;
  return engine.patched.get(path) ?? libraryValue(path);
};

/** `Function.apply(*args)` runs `forward`, which gets a context first unless `setup_context` gets that. */
const differentiated = (engine: Evaluator, cls: ClassValue): PyValue =>
  nativeValue("apply", (args, place) => {
    const forward = lookUp(cls, "forward", undefined);
    if (!forward) return unknown(`${cls.name} has no forward.`);
    const backward = lookUp(cls, "backward", undefined);
    if (backward) handValue(engine, backward);
    const isApart = lookUp(cls, "setup_context", undefined) !== undefined;
    const context = isApart ? [] : [unknown("It is what PyTorch keeps for the way back.")];
    return engine.call(forward, { ...args, positional: [...context, ...args.positional], places: [] }, place, place);
  });

function classAttribute(engine: Evaluator, cls: ClassValue, name: string, place: Place): PyValue {
  const own = lookUp(cls, name, undefined);
  if (own) return (isInstanceValue(own) && readDescriptor(engine, cls, name, NONE, place)) || own;
  if (name === "apply" && isAutogradClass(cls)) return differentiated(engine, cls);
  if (name === "__name__" || name === "__qualname__") return stringValue(cls.name);
  if (name === "__mro__") return tupleValue(classesOf(cls));
  if (name === "__members__") return membersByName(cls);
  const meta = cls.metaclass && lookUp(cls.metaclass, name, undefined);
  return isFunctionValue(meta) ? { kind: "method", fn: meta, self: cls } : unknown(`${cls.name} has no ${name}.`);
}

/** A member of a class, bound to `self` where it is a method; unknown where a base of which nothing is known comes first. */
export function lookUp(
  cls: ClassValue,
  name: string,
  self: PyValue | undefined,
  after?: ClassValue,
): PyValue | undefined {
  const order = classesOf(cls);
  const start = after ? order.indexOf(after) + 1 : 0;
  for (const owner of order.slice(start)) {
    if (isOpaque(owner)) return unknown(`It may come from a base class of ${cls.name} that Dimsum does not know.`);
    const member = isClassValue(owner) ? owner.members.get(name) : undefined;
    if (!member) continue;
    // A constructor that is not known may set what the class only has as a default, and so may an enumeration.
    if (!isFunctionValue(member) && order.some(isOpaque))
      return unknown(`A base class of ${cls.name} that Dimsum does not know may set it.`);
    if (!isFunctionValue(member) || member.how === "static") return member;
    if (member.how === "class") return { kind: "method", fn: member, self: isInstanceValue(self) ? self.cls : cls };
    return self ? { kind: "method", fn: member, self } : member;
  }
  return undefined;
}

/** Whether a class has methods of a base of Python's own that change its objects through what the class itself defines. */
const isMutableCollection = (cls: ClassValue): boolean =>
  classesOf(cls).some((c) => isLibraryValue(c) && /^collections\.(?:abc\.Mutable|User)|^typing\.Mutable/.test(c.path));

/** What a class takes from a type of Python itself: `__getattr__ = dict.get`. */
export function ofBuiltin({ cls }: InstanceValue, name: string): Extract<PyValue, { kind: "library" }> | undefined {
  const owner = classesOf(cls).find((c) => !isClassValue(c) || c.members.has(name));
  const member = isClassValue(owner) ? owner.members.get(name) : undefined;
  return isLibraryValue(member) && /^builtins\.\w+\.\w+$/.test(member.path) ? member : undefined;
}

function instanceAttribute(engine: Evaluator, instance: InstanceValue, name: string, place: Place): PyValue {
  const own = instance.attributes.get(name) ?? entryNamed(instance, name);
  const { cls } = instance;
  if (own && !descriptorSetter(cls, name)) return own;
  const member = lookUp(cls, name, instance);
  const read = isInstanceValue(member) ? readDescriptor(engine, cls, name, instance, place) : undefined;
  if (read ?? own) return read ?? own ?? instance;
  if (isMethodValue(member) && member.fn.how === "property") return engine.call(member, given(), place, place);
  if (isUnknownValue(member) && isMutableCollection(cls)) return { ...member, memberOf: instance };
  if (member && (!isUnknownValue(member) || name === "forward")) return member;
  const inherited = moduleAttribute(engine, instance, name, place) ?? dictMember(engine, instance, name);
  // A base of which nothing is known has what every module has.
  const found =
    inherited ?? (isBeyondDict(instance, name) && lookUp(cls, "__getattr__", instance) ? undefined : member);
  if (found) return found;
  if (name === "__class__") return cls;
  const access = accessByName(engine, instance, name);
  if (access) return access;
  if (name === "__dict__" && !instance.escaped) return dictOfObject(engine, instance);
  if (instance.escaped) return unknown(`${cls.name} may have been changed by something that Dimsum does not know.`);
  const other = ofBuiltin(instance, "__getattr__") ?? lookUp(cls, "__getattr__", instance);
  if (isMethodValue(other)) return engine.call(other, given(stringValue(name)), place, place);
  // `__getattr__ = dict.get`
  if (isLibraryValue(other)) return engine.call(other, given(instance, stringValue(name)), place, place);
  if (hasAttribute(instance, name) === false)
    engine.fail(
      "AttributeError",
      place,
      `${cls.name} has no attribute ${name}.`,
      "Set it in __init__, or use one that is there.",
    );
  return unknown(`${cls.name} has no ${name} that Dimsum can see.`);
}

/** What every module has, and what a layer or container has from which the object's class is derived. */
function moduleAttribute(engine: Evaluator, instance: InstanceValue, name: string, place: Place): PyValue | undefined {
  if (!isModuleClass(instance.cls)) return undefined;
  if (isKerasClass(instance.cls)) return kerasObjectAttribute(engine, instance, name);
  const base = baseOf(instance);
  if (isLayerValue(base) && !isModuleMember(name)) return layerAttribute(engine, base, name, place);
  if (isContainerValue(base) && isContainerMember(base, name)) return containerAttribute(engine, base, name);
  if (name === "forward") return superAttribute(engine, instance.cls, instance, name, place);
  return moduleMember(engine, instance, name);
}

function superAttribute(engine: Evaluator, cls: ClassValue, self: PyValue, name: string, place: Place): PyValue {
  const start = isInstanceValue(self) ? self.cls : isClassValue(self) ? self : cls;
  const isInit = name === "__init__";
  // Past a base of which nothing is known the constructor goes on as if it were not there; what it sets is looked up as unknown.
  const found = isInit ? initAfter(engine, start, cls, self) : lookUp(start, name, self, cls);
  const ofDict = !found || isUnknownValue(found) ? dictMember(engine, self, name) : undefined;
  if (ofDict) return ofDict;
  if (found) return found;
  if (isInstanceValue(self)) {
    if (isInit) return baseConstructor(engine, self) ?? inert(name, NONE);
    const access = accessByName(engine, self, name);
    if (access) return access;
    const base = baseOf(self);
    if (name === "forward" && base) return runBase(engine, base);
    if (name === "__call__" && isModuleClass(self.cls) && !isKerasClass(self.cls))
      return nativeValue(name, (args, at) => callModule(engine, self, args, at));
    const isOfModule = name !== "forward" && isModuleClass(self.cls);
    if (isOfModule) return moduleAttribute(engine, self, name, place) ?? notKnown(`${name} of the base class`);
  }
  if (name === "__new__" && isClassValue(self))
    return nativeValue(name, (args, at) => {
      const [of] = args.positional;
      return isClassValue(of) ? blankObject(engine, of, given(), at) : unknown("Which class is made is not known.");
    });
  if (["__init__", "__init_subclass__", "__post_init__"].includes(name)) return inert(name, NONE);
  return notKnown(`${name} of the base class`);
}

/** The methods by which every object gets, sets or removes what has a name; undefined for other names. */
function accessByName(engine: Evaluator, self: InstanceValue, name: string): PyValue | undefined {
  if (name === "__getattr__" && isModuleClass(self.cls))
    return nativeValue(name, ({ positional: [key] }, place) => registered(engine, self, key, place));
  if (!/^__(setattr|delattr|getattribute)__$/.test(name)) return undefined;
  return nativeValue(name, (args, place, callee) =>
    engine.call(libraryAt(`builtins.object.${name}`), behindSelf(self, args), place, callee),
  );
}

function initAfter(engine: Evaluator, start: ClassValue, after: ClassValue, self: PyValue): PyValue | undefined {
  const order = classesOf(start);
  for (const owner of order.slice(order.indexOf(after) + 1)) {
    if (isOpaque(owner)) return undefined;
    const init = isClassValue(owner) ? owner.members.get("__init__") : undefined;
    if (init) return isFunctionValue(init) ? { kind: "method", fn: init, self } : init;
    if (isClassValue(owner) && isDataclass(owner) && isInstanceValue(self)) return fieldsSetter(engine, owner, self);
  }
  return undefined;
}

/** The constructor that a dataclass writes for itself. */
const fieldsSetter = (engine: Evaluator, of: ClassValue, self: InstanceValue): PyValue =>
  nativeValue("__init__", (args, place) => {
    initializeFields(engine, self, fieldsOf(of) ?? [], args, place);
    return NONE;
  });
