import { opNamed } from "../../core/ops/index.js";
import { isKerasBase } from "./keras/names.js";
import { isClassValue, isLibraryValue } from "./valueKinds.js";
import type { ClassValue, PyValue } from "./values.js";

const orders = new WeakMap<ClassValue, readonly PyValue[]>();

/** A class and its bases, in the order in which Python looks names up. */
export function classesOf(cls: ClassValue): readonly PyValue[] {
  const known = orders.get(cls);
  if (known) return known;
  orders.set(cls, [cls]);
  const lists = cls.bases.map((b) => (isClassValue(b) ? [...classesOf(b)] : [b]));
  const order = [cls, ...merged([...lists, [...cls.bases]])];
  orders.set(cls, order);
  return order;
}

const isSame = (a: PyValue | undefined, b: PyValue | undefined): boolean =>
  a === b || (isLibraryValue(a) && isLibraryValue(b) && a.path === b.path);

/** C3: the next class is the first that stands behind no other. */
function merged(lists: PyValue[][]): PyValue[] {
  const order: PyValue[] = [];
  for (;;) {
    const left = lists.filter((l) => l.length > 0);
    if (left.length === 0) return order;
    const heads = left.map((l) => l[0] as PyValue);
    const next = heads.find((h) => !left.some((l) => l.slice(1).some((c) => isSame(c, h)))) ?? (heads[0] as PyValue);
    order.push(next);
    for (const list of lists) if (isSame(list[0], next)) list.shift();
  }
}

const MODULE_BASES =
  /^(torch\.nn\.(modules\.(module|container)\.)?(Module|Sequential|ModuleList|ModuleDict|ParameterList|ParameterDict)|(pytorch_)?lightning(\.pytorch)?(\.core(\.\w+)?)?\.LightningModule)$/;

/** Whether a base class is nn.Module, Keras's Model or Layer, or one that adds nothing to what names of a module mean. */
export const isModuleBase = (c: PyValue): boolean =>
  isLibraryValue(c) && (MODULE_BASES.test(c.path) || isLayerPath(c.path) || isKerasBase(c));

/** Whether a path is that of a layer of PyTorch that Dimsum knows. */
export function isLayerPath(path: string): boolean {
  const name = /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(path)?.[1];
  return name !== undefined && opNamed(name)?.torch?.startsWith("nn.") === true;
}

const derived = new WeakMap<ClassValue, boolean>();

/** Whether a class derives from one that is known to be a module's; its bases do not change. */
function isDerivedModule(cls: ClassValue): boolean {
  const known = derived.get(cls) ?? classesOf(cls).some(isModuleBase);
  derived.set(cls, known);
  return known;
}

/** Whether objects of a class are modules: calling one runs its `forward`. */
export const isModuleClass = (cls: ClassValue): boolean =>
  !isAutogradClass(cls) &&
  (isDerivedModule(cls) || classesOf(cls).some((c) => isClassValue(c) && c.members.has("forward")));

const AUTOGRAD = /^torch\.autograd\.(function\.)?Function$/;

const differentiated = new WeakMap<ClassValue, boolean>();

/** Whether a class says how something is differentiated: its `apply` runs its `forward`. */
export function isAutogradClass(cls: ClassValue): boolean {
  const known = differentiated.get(cls) ?? classesOf(cls).some((c) => isLibraryValue(c) && AUTOGRAD.test(c.path));
  differentiated.set(cls, known);
  return known;
}

/** Bases that bring no names of which we would have to know. */
const PLAIN =
  /^((builtins\.)?object|torch\.autograd\.(function\.)?Function|abc\.ABC|typing(_extensions)?\.(Generic|Protocol)|enum\.\w+|(builtins\.)?\w*(Exception|Error|Warning)|builtins\.(str|int|type))$/;

/** Whether a base class may have members of which nothing is known. */
export const isOpaque = (c: PyValue): boolean =>
  !isClassValue(c) && !isModuleBase(c) && !(isLibraryValue(c) && PLAIN.test(c.path));
