import { isKerasOp } from "../../../core/keras/index.js";
import { isModuleClass } from "../classes.js";
import { isKerasClass } from "../keras/subclass.js";
import { isContainerValue, isInstanceValue, isLayerValue, isTensorValue, isUnknownValue } from "../valueKinds.js";
import type { ContainerValue, InstanceValue, LayerValue, PyValue, TensorValue } from "../values.js";
import { parametersOfLayer } from "./layerParameters.js";

/** A value that PyTorch holds for a module. */
export type Module = LayerValue | ContainerValue | InstanceValue;

/** Where an object of a class that is derived from a layer or a container keeps what that class has made. */
export const BASE = "(base)";

/** What an object is besides its own attributes: the layer, or the container, that its class is derived from. */
export function baseOf(value: PyValue): LayerValue | ContainerValue | undefined {
  const base = isInstanceValue(value) ? value.attributes.get(BASE) : undefined;
  return isLayerValue(base) || isContainerValue(base) ? base : undefined;
}

/** Whether a value is a module of PyTorch. */
export const isModule = (v: PyValue): v is Module =>
  (isLayerValue(v) && !isKerasOp(v.op)) ||
  (isContainerValue(v) && !v.what.startsWith("keras.")) ||
  (isInstanceValue(v) && isModuleClass(v.cls) && !isKerasClass(v.cls));

/** The modules that one holds, by their names; undefined where they are not all known. */
export function childrenOf(module: PyValue): readonly (readonly [string, Module])[] | undefined {
  if (isLayerValue(module)) return [];
  if (isContainerValue(module)) {
    const { children } = module;
    if (!children || children.some(([, c]) => isUnknownValue(c))) return undefined;
    return children.filter((c): c is readonly [string, Module] => isModule(c[1]));
  }
  if (!isInstanceValue(module) || module.escaped) return undefined;
  const base = baseOf(module);
  const inner = base ? childrenOf(base) : [];
  if (!inner) return undefined;
  const own = new Map<string, Module>(inner);
  for (const [name, value] of module.attributes) if (name !== BASE && isModule(value)) own.set(name, value);
  return [...own];
}

/** Whether a module of PyTorch's own has modules in it, as attention has, which are not followed one by one. */
export function hasHiddenModules(module: Module): boolean {
  const layer = isInstanceValue(module) ? baseOf(module) : module;
  return (
    isLayerValue(layer) &&
    /^(?:Transformer|MultiheadAttention|AdaptiveLogSoftmax|TripletMarginWithDistance)/.test(layer.op.name)
  );
}

/** The children as a program lists them, which may be others than those that are followed; undefined where they are not all known. */
export function listedChildren(module: Module): ReturnType<typeof childrenOf> {
  return hasHiddenModules(module) ? undefined : childrenOf(module);
}

/** Modules within modules that are walked. */
const MAX_DEPTH = 200;

/** A module and all within it, each once, under its first name: `layer1.0.conv1`. `isWhole`: whether none is left out. */
export function namedModules(root: PyValue): {
  readonly found: readonly (readonly [string, Module])[];
  readonly isWhole: boolean;
} {
  const found: (readonly [string, Module])[] = [];
  const seen = new Set<PyValue>();
  let isWhole = true;
  const visit = (module: PyValue, path: string, depth: number): void => {
    if (!isModule(module) || seen.has(module)) return;
    seen.add(module);
    found.push([path, module]);
    const children = depth < MAX_DEPTH ? childrenOf(module) : undefined;
    if (!children) isWhole = false;
    for (const [name, child] of children ?? knownChildren(module))
      visit(child, path === "" ? name : `${path}.${name}`, depth + 1);
  };
  visit(root, "", 0);
  return { found, isWhole };
}

/** The children that are known of a module that may have more. */
function knownChildren(module: Module): readonly (readonly [string, Module])[] {
  const all = isContainerValue(module)
    ? (module.children ?? [])
    : isInstanceValue(module)
      ? [...module.attributes]
      : [];
  return all.filter((c): c is readonly [string, Module] => c[0] !== BASE && isModule(c[1]));
}

/** The learned tensors that a module holds itself, by name; undefined where they are not known one by one. */
export function ownParameters(module: Module): readonly (readonly [string, TensorValue])[] | undefined {
  if (isLayerValue(module)) return parametersOfLayer(module);
  if (isContainerValue(module))
    return module.children?.flatMap(([name, v]) => (isTensorValue(v) && v.parameter ? [[name, v] as const] : []));
  const base = baseOf(module);
  const inner = base ? ownParameters(base) : [];
  const own = [...module.attributes].flatMap(([name, v]) =>
    isTensorValue(v) && v.parameter ? [[name, v] as const] : [],
  );
  return inner && [...inner, ...own];
}

/** All learned tensors of a module, each once, by name; undefined where they are not all known. */
export function namedParameters(root: PyValue): readonly (readonly [string, TensorValue])[] | undefined {
  const { found, isWhole } = namedModules(root);
  if (!isWhole) return undefined;
  const seen = new Set<TensorValue>();
  const all: (readonly [string, TensorValue])[] = [];
  for (const [path, module] of found) {
    const own = ownParameters(module);
    if (!own) return undefined;
    for (const [name, tensor] of own) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      all.push([path === "" ? name : `${path}.${name}`, tensor]);
    }
  }
  return all;
}
