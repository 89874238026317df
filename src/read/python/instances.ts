import type { Known } from "../../core/dims/compare.js";
import { isOfAbstractType } from "./abstractTypes.js";
import { classesOf, isModuleBase, isModuleClass, isOpaque } from "./classes.js";
import { membersOf } from "./enumerations.js";
import { partialOf } from "./standard/partials.js";
import { baseName } from "./torch/derivedLayer.js";
import { isOfLayerClass } from "./torch/layerFamilies.js";
import { typeOf } from "./types.js";
import {
  isClassValue,
  isContainerValue,
  isFunctionValue,
  isInstanceValue,
  isLayerValue,
  isLibraryValue,
  isListValue,
  isMethodValue,
  isNativeValue,
  isNoneValue,
  isSetValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
  mayBeNone,
} from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** Python's own types, by the kinds of values that have them. */
const KINDS: Readonly<Record<string, readonly PyValue["kind"][]>> = {
  int: ["int", "bool"],
  float: ["float"],
  bool: ["bool"],
  str: ["string"],
  list: ["list"],
  tuple: ["tuple"],
  dict: ["dict"],
  set: ["set"],
  frozenset: ["set"],
  range: ["range"],
  slice: ["slice"],
  bytes: [],
  bytearray: [],
  complex: [],
  type: [],
};

const PLAIN = new Set<PyValue["kind"]>([
  ...(["int", "float", "bool", "string", "none", "ellipsis", "list", "tuple", "dict"] as const),
  ...(["set", "range", "slice", "view", "iterator"] as const),
]);

const anyOf = (parts: readonly Known[]): Known =>
  parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;

/** Whether a value is of a class, as `isinstance` says; undefined where that is not known. */
export function isInstance(v: PyValue, cls: PyValue): Known {
  if (isTupleValue(cls)) return anyOf(cls.items.map((c) => isInstance(v, c)));
  if (cls.kind === "union") return anyOf(cls.types.map((c) => (isNoneValue(c) ? isNone(v) : isInstance(v, c))));
  if (isLibraryValue(cls) && cls.path === "builtins.object") return true;
  // An input of a model may be anything that its author has in mind.
  if (isUnknownValue(v) || (isTensorValue(v) && v.open !== undefined)) return undefined;
  if (isClassValue(cls)) {
    if (!isInstanceValue(v)) return PLAIN.has(v.kind) || isTensorValue(v) || isLayerValue(v) ? false : undefined;
    const order = classesOf(v.cls);
    return order.includes(cls) ? true : order.some(isOpaque) ? undefined : false;
  }
  if (isNativeValue(cls)) return isTupleValue(v) && v.type ? v.type === cls : PLAIN.has(v.kind) ? false : undefined;
  if (!isLibraryValue(cls)) return undefined;
  const abstract =
    /^(?:collections\.abc|typing)\.(Iterable|Sequence|Mapping|Sized|Container|Collection|Callable|Iterator)$/.exec(
      cls.path,
    )?.[1];
  if (abstract !== undefined && isMaker(v) && !isIterableClass(v)) return abstract === "Callable";
  if (cls.path === "types.FunctionType" && (isFunctionValue(v) || isClass(v) || PLAIN.has(v.kind)))
    return isFunctionValue(v);
  if (cls.path === "functools.partial" && (isClass(v) || isFunctionValue(v) || PLAIN.has(v.kind))) return false;
  if (cls.path === "functools.partial" && isNativeValue(v)) return partialOf(v) !== undefined;
  return isOfLibrary(v, cls.path);
}

const isNone = (v: PyValue): Known => (isUnknownValue(v) ? undefined : isNoneValue(v));

/** Whether a class derives from another, as `issubclass` says; undefined where that is not known. */
export function isSubclass(sub: PyValue, cls: PyValue): Known {
  if (isTupleValue(cls)) return anyOf(cls.items.map((c) => isSubclass(sub, c)));
  if (isClassValue(sub)) {
    const order = classesOf(sub);
    const base = isLibraryValue(cls) ? layerNamed(cls.path) : undefined;
    const own = base === undefined ? undefined : baseName(sub);
    if (base !== undefined && !order.some(isOpaque))
      return own === undefined ? base === "Module" && isModuleClass(sub) : isOfLayerClass(own, base);
    const isIn = order.some((c) => c === cls || (isLibraryValue(c) && isLibraryValue(cls) && c.path === cls.path));
    const isOutside = isClassValue(cls) && !order.some(isOpaque);
    return isIn ? true : isOutside ? false : undefined;
  }
  if (!isLibraryValue(sub) || !isLibraryValue(cls)) return undefined;
  const [layer, base] = [sub, cls].map((c) => layerNamed(c.path));
  if (layer !== undefined && base !== undefined && isModuleBase(sub)) return isOfLayerClass(layer, base);
  const [a, b] = [sub.path, cls.path].map((path) => /^builtins\.(\w+)$/.exec(path)?.[1]);
  if (a === undefined || b === undefined || !Object.hasOwn(KINDS, a)) return undefined;
  if (a === b || b === "object" || (a === "bool" && b === "int")) return true;
  return Object.hasOwn(KINDS, b) ? false : undefined;
}

function isOfLibrary(v: PyValue, path: string): Known {
  const isPlain = PLAIN.has(v.kind);
  const name = /^builtins\.(\w+)$/.exec(path)?.[1];
  if (name !== undefined) {
    const kinds = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (kinds && isMaker(v)) return name === "type" ? isClass(v) : false;
    if (kinds && isInstanceValue(v)) return isPlainObject(v) ? false : undefined;
    if (!kinds || !(isPlain || isTensorValue(v) || isLayerValue(v) || isContainerValue(v))) return undefined;
    if (isSetValue(v)) return name === (v.frozen ? "frozenset" : "set");
    return kinds.includes(v.kind) && !(isListValue(v) && (v.deque || v.array));
  }
  if (isPlain) {
    const own = typeOf(v);
    const abstract = isOfAbstractType(v, path);
    if (abstract !== undefined) return abstract;
    if (/^(types\.NoneType|collections\.(OrderedDict|Counter|defaultdict|deque))$/.test(path))
      return own ? isLibraryValue(own) && own.path === path : undefined;
  }
  if (ITEMS.test(path) && (isLayerValue(v) || (isInstanceValue(v) && isPlainObject(v)))) return false;
  if (mayBeNone(v)) return undefined;
  if (path === "torch.Tensor") return isTensorValue(v) ? true : isPlain ? false : undefined;
  if (/^torch\.nn\.(parameter\.)?Parameter$/.test(path))
    return isTensorValue(v) ? v.parameter === true : isPlain ? false : undefined;
  const layer = layerNamed(path);
  if (layer === undefined) return undefined;
  if (isLayerValue(v)) return isOfLayerClass(v.op.name, layer);
  if (isContainerValue(v)) return layer === "Module" || v.what === layer;
  if (isInstanceValue(v)) {
    if (layer === "Module" && isModuleClass(v.cls)) return true;
    const own = baseName(v.cls);
    const isOwn = own !== undefined && isOfLayerClass(own, layer);
    return isOwn || isPlainModule(v) ? isOwn : undefined;
  }
  return isPlain || isTensorValue(v) ? false : undefined;
}

/** The name of a class of PyTorch's layers: `torch.nn.Conv2d`, `torch.nn.modules.conv._ConvNd`. */
const layerNamed = (path: string): string | undefined => /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];

/** Types that only those classes are of which say so. */
const ITEMS = /^(?:collections\.abc|typing)\.(?:Mutable)?(?:Sequence|Mapping)$/;

/** Whether an object's classes are all known and none is derived from a type of Python's own. */
const isPlainObject = (v: Extract<PyValue, { kind: "instance" }>): boolean =>
  !v.escaped &&
  classesOf(v.cls).every(
    (c) =>
      (isClassValue(c) && !c.escaped) ||
      (isLibraryValue(c) && /^((builtins\.)?object|abc\.ABC|torch\.nn\.(modules\.module\.)?Module)$/.test(c.path)),
  );

/** Whether a value is a function or a class: none of Python's own types but `type` is its. */
const isMaker = (v: PyValue): boolean => isFunctionValue(v) || isMethodValue(v) || isNativeValue(v) || isClass(v);

/** Whether a class may have items itself. */
const isIterableClass = (v: PyValue): boolean =>
  isClassValue(v) && (v.metaclass !== undefined || membersOf(v) !== undefined);

const isClass = (v: PyValue): boolean => isClassValue(v) || (isLibraryValue(v) && isModuleBase(v));

const isPlainModule = (v: Extract<PyValue, { kind: "instance" }>): boolean =>
  classesOf(v.cls).every((c) => isClassValue(c) || isModuleBase(c) || !isOpaque(c));
