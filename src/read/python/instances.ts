import type { Known } from "../../core/dims/compare.js";
import { classesOf, isModuleClass, isOpaque } from "./classes.js";
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
};

const PLAIN = new Set<PyValue["kind"]>(["int", "float", "bool", "string", "none", "list", "tuple", "dict"]);

/** Whether a value is of a class, as `isinstance` says; undefined where that is not known. */
export function isInstance(v: PyValue, cls: PyValue): Known {
  if (cls.kind === "tuple") {
    const parts = cls.items.map((c) => isInstance(v, c));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  // An input of a model may be anything that its author has in mind.
  if (v.kind === "unknown" || (v.kind === "tensor" && v.open !== undefined)) return undefined;
  if (cls.kind === "class") {
    if (v.kind !== "instance")
      return PLAIN.has(v.kind) || v.kind === "tensor" || v.kind === "layer" ? false : undefined;
    const order = classesOf(v.cls);
    return order.includes(cls) ? true : order.some(isOpaque) ? undefined : false;
  }
  if (cls.kind !== "library") return undefined;
  return isOfLibrary(v, cls.path);
}

function isOfLibrary(v: PyValue, path: string): Known {
  const name = /^builtins\.(\w+)$/.exec(path)?.[1];
  if (name !== undefined) {
    const kinds = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    return kinds && (PLAIN.has(v.kind) || v.kind === "tensor" || v.kind === "layer")
      ? kinds.includes(v.kind)
      : undefined;
  }
  if (path === "torch.Tensor") return v.kind === "tensor" ? true : PLAIN.has(v.kind) ? false : undefined;
  const layer = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];
  if (layer === undefined) return undefined;
  if (v.kind === "layer") return layer === "Module" || v.op.name === layer ? true : isFamily(layer) ? undefined : false;
  if (v.kind === "container") return layer === "Module" || v.what === layer;
  if (v.kind === "instance")
    return layer === "Module" && isModuleClass(v.cls) ? true : isPlainModule(v) ? false : undefined;
  return PLAIN.has(v.kind) || v.kind === "tensor" ? false : undefined;
}

/** A base class of several layers: `_ConvNd`, `_BatchNorm`. */
const isFamily = (layer: string): boolean => layer.startsWith("_");

const isPlainModule = (v: Extract<PyValue, { kind: "instance" }>): boolean =>
  classesOf(v.cls).every((c) => c.kind === "class" || (c.kind === "library" && /\.Module$/.test(c.path)));
