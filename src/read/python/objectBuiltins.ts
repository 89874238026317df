import { applyOp } from "../../core/layer/apply.js";
import { operationNamed } from "../../core/operations/index.js";
import { hasName } from "./attributeNames.js";
import { attributeOf, lookUp } from "./attributes.js";
import { classesOf, isModuleClass, isOpaque } from "./classes.js";
import { entryNamed } from "./dictObjects.js";
import { loseTrackOf, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { ending } from "./exceptions.js";
import { formatValue } from "./formatSpec.js";
import { isInstance, isSubclass } from "./instances.js";
import { wholeNumber } from "./integers.js";
import { join } from "./join.js";
import { isKerasClass } from "./keras/subclass.js";
import { madeClass } from "./madeClass.js";
import { dictOfObject } from "./ownDict.js";
import { removeAttribute } from "./removeAttribute.js";
import { repr, textOf } from "./representation.js";
import { setAttribute } from "./setAttribute.js";
import { isStandard } from "./standard/index.js";
import type { Place } from "./syntax.js";
import { take } from "./taking.js";
import { isContainerMember } from "./torch/containers.js";
import { layerParameter } from "./torch/layerParameters.js";
import { isModuleMember } from "./torch/moduleMethods.js";
import { baseOf } from "./torch/modules.js";
import { boolOf } from "./truth.js";
import { typeOf } from "./types.js";
import {
  isClassValue,
  isInstanceValue,
  isLayerValue,
  isLibraryValue,
  isMethodValue,
  isStringValue,
  isUnknownValue,
} from "./valueKinds.js";
import {
  boolValue,
  type CallArguments,
  int,
  type LayerValue,
  NONE,
  notFollowed,
  type PyValue,
  someText,
  stringValue,
  unknown,
} from "./values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const text = (value: string | undefined): PyValue =>
  value === undefined ? someText("Dimsum cannot tell this text.") : stringValue(value);

/** Whether a value can be called; undefined where that is not known. */
function isCallable(v: PyValue): boolean | undefined {
  switch (v.kind) {
    case "function":
    case "method":
    case "native":
    case "class":
    case "layer":
      return true;
    case "container":
      return true;
    case "library":
      return v.path.startsWith("builtins.") || isStandard(v.path) ? true : undefined;
    case "instance":
      if (isModuleClass(v.cls) || lookUp(v.cls, "__call__", v)) return true;
      return classesOf(v.cls).some(isOpaque) ? undefined : false;
    case "unknown":
    case "tensor":
    case "super":
      return undefined;
    default:
      return false;
  }
}

/** Whether a layer has an attribute: what it learns and its own arguments are known, and that many learn nothing. */
function hasOfLayer(layer: LayerValue, name: string): boolean | undefined {
  if (layerParameter(layer, name) || Object.hasOwn(layer.args, name)) return true;
  return (name === "weight" || name === "bias") && layer.bound && applyOp(layer.op, layer.args).params === 0
    ? false
    : undefined;
}

/** Whether a value has an attribute; undefined where that is not known. */
export function hasAttribute(v: PyValue, name: string): boolean | undefined {
  if (isLayerValue(v)) return hasOfLayer(v, name);
  if (isLibraryValue(v) && /^torch(\.nn\.functional)?$/.test(v.path))
    return operationNamed(`${v.path === "torch" ? "torch" : "F"}.${name}`) ? true : undefined;
  if (v.kind === "file") return v.names.has(name) ? true : undefined;
  if (!isInstanceValue(v)) return hasName(v, name);
  if (v.attributes.has(name)) return v.attributes.maybe?.has(name) ? undefined : true;
  const entry = entryNamed(v, name);
  if (entry) return isUnknownValue(entry) ? undefined : true;
  const member = lookUp(v.cls, name, v);
  // A property may raise, so that the object does not have it after all.
  if (member) return isUnknownValue(member) || isProperty(member) ? undefined : true;
  const isPlain =
    !v.escaped && !v.isWrapped && !name.startsWith("__") && !(isModuleClass(v.cls) && isOfModule(v, name));
  const hasOther = ["__getattr__", "__getattribute__"].some((magic) => lookUp(v.cls, magic, v));
  // What modules of other libraries have beside PyTorch's is not known.
  const isForeign = (c: PyValue): boolean => isLibraryValue(c) && /lightning/.test(c.path);
  const isOpen = classesOf(v.cls).some((c) => isOpaque(c) || isForeign(c) || (isClassValue(c) && c.escaped));
  return isPlain && !hasOther && !isOpen ? false : undefined;
}

/** Whether a module has an attribute of this name by being one, or by what its class is derived from. */
function isOfModule(v: Extract<PyValue, { kind: "instance" }>, name: string): boolean {
  const base = baseOf(v);
  if (isKerasClass(v.cls) || isModuleMember(name) || isLayerValue(base)) return true;
  return base !== undefined && isContainerMember(base, name);
}

const isProperty = (member: PyValue): boolean => isMethodValue(member) && member.fn.how === "property";

const isSure = (of: PyValue, name: string): boolean =>
  isInstanceValue(of) && of.attributes.has(name) && !of.attributes.maybe?.has(name);

/** Functions of Python itself that ask what a value is. */
export const OBJECTS: Readonly<Record<string, Call>> = {
  isinstance: (_, args) => {
    const [v, cls] = take(args, "/v /cls") ?? [];
    return boolOf(v && cls ? isInstance(v, cls) : undefined, false);
  },
  issubclass: (_, args) => {
    const [sub, cls] = take(args, "/sub /cls") ?? [];
    return boolOf(sub && cls ? isSubclass(sub, cls) : undefined, false);
  },
  bool: (engine, args) => {
    const [v = boolValue(false)] = take(args, "/v?") ?? [unknown("It is not known.")];
    return boolOf(engine.isTrue(v), false);
  },
  str: (_, args) => {
    const [v = stringValue("")] = take(args, "/object?") ?? [unknown("It is not known.")];
    return text(textOf(v));
  },
  repr: (_, args) => {
    const [v] = take(args, "/object") ?? [];
    return text(v && repr(v));
  },
  format: (_, args) => {
    const [v, spec = stringValue("")] = take(args, "/value /spec?") ?? [];
    return text(v && isStringValue(spec) ? formatValue(v, spec.value) : undefined);
  },
  getattr: (engine, args, place) => {
    const [of, name, fallback] = take(args, "/of /name /default?") ?? [];
    if (!of || !isStringValue(name)) return unknown("Which attribute is not known.");
    const has = fallback ? hasAttribute(of, name.value) : true;
    if (fallback && has === false) return fallback;
    const end = ending(() => attributeOf(engine, of, name.value, place));
    if ("raised" in end) {
      if (fallback && end.raised.isCaughtBy("AttributeError")) return fallback;
      throw end.raised;
    }
    const { value } = end;
    return fallback && !has && !isSure(of, name.value) ? join(value, fallback) : value;
  },
  hasattr: (_, args) => {
    const [of, name] = take(args, "/of /name") ?? [];
    return boolOf(of && isStringValue(name) ? hasAttribute(of, name.value) : undefined, false);
  },
  setattr: (engine, { positional: [of, name, value] }, place) => {
    if (of && isStringValue(name) && value) setAttribute(engine, of, name.value, value, place);
    else if (of) loseValue(engine.journal, of);
    return NONE;
  },
  delattr: (engine, { positional: [of, name] }, place) => {
    if (of && isStringValue(name)) removeAttribute(engine, of, name.value, place);
    else if (of) loseValue(engine.journal, of);
    return NONE;
  },
  callable: (_, args) => {
    const [v] = take(args, "/v") ?? [];
    return boolOf(v && isCallable(v), false);
  },
  type: (_, args, place) => {
    const [name, bases, members] = take(args, "/name /bases /members") ?? [];
    if (name && bases && members) return madeClass(name, bases, members, place);
    const [v] = take(args, "/v") ?? [];
    return (v && typeOf(v)) ?? unknown("Dimsum cannot tell this type.");
  },
  hash: (_, args) => {
    const [v] = take(args, "/v") ?? [];
    const whole = wholeNumber(v);
    const isSmall = whole !== undefined && whole > -(2n ** 60n) && whole < 2n ** 60n;
    return isSmall ? int(whole === -1n ? -2 : Number(whole)) : unknown("It differs from run to run.");
  },
  vars: (engine, args) => {
    const [of] = take(args, "/object?") ?? [];
    if (isInstanceValue(of) && !of.escaped) return dictOfObject(engine, of);
    loseTrackOf(engine.journal, args);
    return notFollowed("vars");
  },
};
