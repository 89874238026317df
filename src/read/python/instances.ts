import type { Known } from "../../core/dims/compare.js";
import { isOfAbstractType } from "./abstractTypes.js";
import { classesOf, isModuleBase, isModuleClass, isOpaque } from "./classes.js";
import { membersOf } from "./enumerations.js";
import { partialOf } from "./standard/partials.js";
import { baseName } from "./torch/derivedLayer.js";
import { isOfLayerClass } from "./torch/layerFamilies.js";
import { typeOf } from "./types.js";
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
  if (cls.kind === "tuple") return anyOf(cls.items.map((c) => isInstance(v, c)));
  if (cls.kind === "union") return anyOf(cls.types.map((c) => (c.kind === "none" ? isNone(v) : isInstance(v, c))));
  if (cls.kind === "library" && cls.path === "builtins.object") return true;
  // An input of a model may be anything that its author has in mind.
  if (v.kind === "unknown" || (v.kind === "tensor" && v.open !== undefined)) return undefined;
  if (cls.kind === "class") {
    if (v.kind !== "instance")
      return PLAIN.has(v.kind) || v.kind === "tensor" || v.kind === "layer" ? false : undefined;
    const order = classesOf(v.cls);
    return order.includes(cls) ? true : order.some(isOpaque) ? undefined : false;
  }
  if (cls.kind === "native")
    return v.kind === "tuple" && v.type ? v.type === cls : PLAIN.has(v.kind) ? false : undefined;
  if (cls.kind !== "library") return undefined;
  const abstract =
    /^(?:collections\.abc|typing)\.(Iterable|Sequence|Mapping|Sized|Container|Collection|Callable|Iterator)$/.exec(
      cls.path,
    )?.[1];
  if (abstract !== undefined && isMaker(v) && !isIterableClass(v)) return abstract === "Callable";
  if (cls.path === "types.FunctionType" && (v.kind === "function" || isClass(v) || PLAIN.has(v.kind)))
    return v.kind === "function";
  if (cls.path === "functools.partial" && (isClass(v) || v.kind === "function" || PLAIN.has(v.kind))) return false;
  if (cls.path === "functools.partial" && v.kind === "native") return partialOf(v) !== undefined;
  return isOfLibrary(v, cls.path);
}

const isNone = (v: PyValue): Known => (v.kind === "unknown" ? undefined : v.kind === "none");

/** Whether a class derives from another, as `issubclass` says; undefined where that is not known. */
export function isSubclass(sub: PyValue, cls: PyValue): Known {
  if (cls.kind === "tuple") return anyOf(cls.items.map((c) => isSubclass(sub, c)));
  if (sub.kind === "class") {
    const order = classesOf(sub);
    const base = cls.kind === "library" ? layerNamed(cls.path) : undefined;
    const own = base === undefined ? undefined : baseName(sub);
    if (base !== undefined && !order.some(isOpaque))
      return own === undefined ? base === "Module" && isModuleClass(sub) : isOfLayerClass(own, base);
    const isIn = order.some(
      (c) => c === cls || (c.kind === "library" && cls.kind === "library" && c.path === cls.path),
    );
    const isOutside = cls.kind === "class" && !order.some(isOpaque);
    return isIn ? true : isOutside ? false : undefined;
  }
  if (sub.kind !== "library" || cls.kind !== "library") return undefined;
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
    if (kinds && v.kind === "instance") return isPlainObject(v) ? false : undefined;
    if (!kinds || !(isPlain || v.kind === "tensor" || v.kind === "layer" || v.kind === "container")) return undefined;
    if (v.kind === "set") return name === (v.frozen ? "frozenset" : "set");
    return kinds.includes(v.kind) && !(v.kind === "list" && (v.deque || v.array));
  }
  if (isPlain) {
    const own = typeOf(v);
    const abstract = isOfAbstractType(v, path);
    if (abstract !== undefined) return abstract;
    if (/^(types\.NoneType|collections\.(OrderedDict|Counter|defaultdict|deque))$/.test(path))
      return own ? own.kind === "library" && own.path === path : undefined;
  }
  if (ITEMS.test(path) && (v.kind === "layer" || (v.kind === "instance" && isPlainObject(v)))) return false;
  if (path === "torch.Tensor") return v.kind === "tensor" ? true : isPlain ? false : undefined;
  if (/^torch\.nn\.(parameter\.)?Parameter$/.test(path))
    return v.kind === "tensor" ? v.parameter === true : isPlain ? false : undefined;
  const layer = layerNamed(path);
  if (layer === undefined) return undefined;
  if (v.kind === "layer") return isOfLayerClass(v.op.name, layer);
  if (v.kind === "container") return layer === "Module" || v.what === layer;
  if (v.kind === "instance") {
    if (layer === "Module" && isModuleClass(v.cls)) return true;
    const own = baseName(v.cls);
    const isOwn = own !== undefined && isOfLayerClass(own, layer);
    return isOwn || isPlainModule(v) ? isOwn : undefined;
  }
  return isPlain || v.kind === "tensor" ? false : undefined;
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
      (c.kind === "class" && !c.escaped) ||
      (c.kind === "library" && /^((builtins\.)?object|abc\.ABC|torch\.nn\.(modules\.module\.)?Module)$/.test(c.path)),
  );

/** Whether a value is a function or a class: none of Python's own types but `type` is its. */
const isMaker = (v: PyValue): boolean =>
  v.kind === "function" || v.kind === "method" || v.kind === "native" || isClass(v);

/** Whether a class may have items itself. */
const isIterableClass = (v: PyValue): boolean =>
  v.kind === "class" && (v.metaclass !== undefined || membersOf(v) !== undefined);

const isClass = (v: PyValue): boolean => v.kind === "class" || (v.kind === "library" && isModuleBase(v));

const isPlainModule = (v: Extract<PyValue, { kind: "instance" }>): boolean =>
  classesOf(v.cls).every((c) => c.kind === "class" || isModuleBase(c) || !isOpaque(c));
