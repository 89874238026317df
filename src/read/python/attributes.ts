import { isKerasOp } from "../../core/keras/index.js";
import { given } from "./arguments.js";
import { classesOf, isModuleClass, isOpaque } from "./classes.js";
import { dictMethod, listMethod, stringMethod, tupleMethod } from "./collections.js";
import { loseData, loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { isKerasModel, kerasLayerAttribute, kerasModelAttribute, kerasTensorAttribute } from "./keras/attributes.js";
import { isKerasClass, kerasObjectAttribute } from "./keras/subclass.js";
import { setTrainable } from "./keras/trainable.js";
import type { Place } from "./syntax.js";
import { applyLayer } from "./torch/applyLayer.js";
import { containerAttribute, makeContainer } from "./torch/containers.js";
import { libraryValue } from "./torch/library.js";
import { tensorAttribute } from "./torch/tensorMethods.js";
import { anything, type ClassValue, type InstanceValue, int, NONE, type PyValue, unknown } from "./values.js";

/** Methods of a module that hand the module back. */
export const SELF_METHODS = new Set([
  "to",
  "cuda",
  "cpu",
  "eval",
  "train",
  "float",
  "double",
  "half",
  "bfloat16",
  "apply",
  "requires_grad_",
  "share_memory",
  "compile",
]);

/** A library function that has no effect on shapes. */
export const inert = (name: string, result: PyValue): PyValue => ({ kind: "native", name, call: () => result });

/** The value of `value.name`. */
export function attributeOf(engine: Evaluator, value: PyValue, name: string, place: Place): PyValue {
  switch (value.kind) {
    case "library":
      if (name === "__name__") return { kind: "string", value: value.path.split(".").at(-1) ?? "" };
      return libraryMember(engine, value.path, name);
    case "instance":
      return instanceAttribute(engine, value, name, place);
    case "class":
      return (
        lookUp(value, name, undefined) ??
        (name === "__name__" ? { kind: "string", value: value.name } : unknown(`${value.name} has no ${name}.`))
      );
    case "super":
      return superAttribute(engine, value.cls, value.self, name);
    case "tensor":
      if (value.history) return kerasTensorAttribute(value, name);
      return tensorAttribute(engine, value, name, place);
    case "layer": {
      if (isKerasOp(value.op)) return kerasLayerAttribute(value, name);
      if (SELF_METHODS.has(name)) return inert(name, value);
      if (name === "__class__") return { kind: "library", path: `torch.nn.${value.op.name}` };
      if (name === "forward") return { kind: "native", name, call: (args, at) => applyLayer(engine, value, args, at) };
      const arg = value.args[name];
      if (typeof arg === "number") return int(arg);
      return unknown(`Dimsum does not follow ${name} of ${value.op.name}.`);
    }
    case "container":
      if (isKerasModel(value)) return kerasModelAttribute(engine, value, name);
      return containerAttribute(engine, value, name);
    case "list":
      return listMethod(engine, value, name);
    case "dict":
      return dictMethod(engine, value, name);
    case "tuple":
      return value.items[value.names?.indexOf(name) ?? -1] ?? tupleMethod(value, name);
    case "string":
      return stringMethod(engine, value, name);
    case "unknown":
      return value;
    default:
      return unknown(`Dimsum does not know ${name} here.`);
  }
}

const libraryMember = (engine: Evaluator, of: string, name: string): PyValue => {
  const path = `${of}.${name}`;
  return engine.patched.get(path) ?? libraryValue(path);
};

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
    const member = owner.kind === "class" ? owner.members.get(name) : undefined;
    if (!member) continue;
    // A constructor that is not known may set what the class only has as a default, and so may an enumeration.
    if (member.kind !== "function" && order.some(isOpaque))
      return unknown(`A base class of ${cls.name} that Dimsum does not know may set it.`);
    if (member.kind !== "function" || member.how === "static") return member;
    if (member.how === "class") return { kind: "method", fn: member, self: self?.kind === "instance" ? self.cls : cls };
    return self ? { kind: "method", fn: member, self } : member;
  }
  return undefined;
}

function instanceAttribute(engine: Evaluator, instance: InstanceValue, name: string, place: Place): PyValue {
  const own = instance.attributes.get(name);
  if (own) return own;
  const { cls } = instance;
  const member = lookUp(cls, name, instance);
  if (member?.kind === "method" && member.fn.how === "property") return engine.call(member, given(), place, place);
  if (member && !(member.kind === "unknown" && SELF_METHODS.has(name))) return member;
  if (name === "__class__") return cls;
  if (name === "__dict__") loseValue(engine.journal, instance);
  return (
    (isModuleClass(cls) && moduleAttribute(engine, instance, name)) ||
    unknown(`${cls.name} has no ${name} that Dimsum can see.`)
  );
}

/** Sets whether a module and everything in it trains. */
export function setTraining(engine: Evaluator, of: PyValue, mode: PyValue, seen: Set<PyValue>): void {
  if (seen.has(of)) return;
  seen.add(of);
  if (of.kind === "instance") {
    for (const [, part] of [...of.attributes]) setTraining(engine, part, mode, seen);
    engine.journal.set(of.attributes, "training", mode);
  } else if (of.kind === "container") for (const [, child] of of.children ?? []) setTraining(engine, child, mode, seen);
}

/** What every module has. */
function moduleAttribute(engine: Evaluator, instance: InstanceValue, name: string): PyValue | undefined {
  if (isKerasClass(instance.cls)) return kerasObjectAttribute(engine, instance, name);
  if (name === "forward") return superAttribute(engine, instance.cls, instance, name);
  if (name === "training") return anything("Whether the model trains is not known.");
  if (name === "eval" || name === "train")
    return {
      kind: "native",
      name,
      call: ({ positional: [mode], keywords }) => {
        const wanted = name === "eval" ? ({ kind: "bool", value: false } as const) : (mode ?? keywords.get("mode"));
        setTraining(engine, instance, wanted ?? { kind: "bool", value: true }, new Set());
        return instance;
      },
    };
  if (SELF_METHODS.has(name)) return inert(name, instance);
  // What is wrapped for several devices has the same shapes, so that it stands for itself.
  if (name === "module") return instance;
  if (
    name !== "add_module" &&
    name !== "register_module" &&
    name !== "register_buffer" &&
    name !== "register_parameter"
  )
    return undefined;
  return {
    kind: "native",
    name,
    call: (args) => {
      const key = args.positional[0] ?? args.keywords.get("name");
      const child = args.positional[1] ?? args.keywords.get("module") ?? args.keywords.get("tensor");
      if (key?.kind === "string" && child) setAttribute(engine, instance, key.value, child);
      else loseValue(engine.journal, instance);
      return NONE;
    },
  };
}

function superAttribute(engine: Evaluator, cls: ClassValue, self: PyValue, name: string): PyValue {
  const start = self.kind === "instance" ? self.cls : self.kind === "class" ? self : cls;
  const order = classesOf(start);
  const isInit = name === "__init__";
  // Past a base of which nothing is known the constructor goes on as if it were not there; what it sets is looked up as unknown.
  const found = isInit ? initAfter(start, cls, self) : lookUp(start, name, self, cls);
  if (found) return found;
  const isSequential = order.some((c) => c.kind === "library" && /^torch\.nn\.(.*\.)?Sequential$/.test(c.path));
  if (self.kind === "instance" && isSequential) {
    if (isInit)
      return {
        kind: "native",
        name,
        call: (args, place) => {
          engine.journal.set(self.attributes, SEQUENTIAL, makeContainer("Sequential", args, place));
          return NONE;
        },
      };
    if (name === "forward") return self.attributes.get(SEQUENTIAL) ?? unknown("Its layers are not known.");
  }
  if (isInit || name === "__init_subclass__" || name === "__post_init__") return inert(name, NONE);
  if (self.kind === "instance" && name !== "forward" && isModuleClass(self.cls))
    return moduleAttribute(engine, self, name) ?? unknown(`Dimsum does not know ${name} of the base class.`);
  return unknown(`Dimsum does not know ${name} of the base class.`);
}

function initAfter(start: ClassValue, after: ClassValue, self: PyValue): PyValue | undefined {
  const order = classesOf(start);
  for (const owner of order.slice(order.indexOf(after) + 1)) {
    if (isOpaque(owner)) return undefined;
    const init = owner.kind === "class" ? owner.members.get("__init__") : undefined;
    if (init) return init.kind === "function" ? { kind: "method", fn: init, self } : init;
  }
  return undefined;
}

/** Where an object whose class derives from nn.Sequential keeps its layers. */
const SEQUENTIAL = "(layers)";

/** Sets `target.name = value`. */
export function setAttribute(engine: Evaluator, target: PyValue, name: string, value: PyValue): void {
  if (target.kind === "instance") {
    const member = lookUp(target.cls, name, undefined);
    // A property's setter may do anything.
    if (member?.kind === "function" && member.how === "property") loseValue(engine.journal, target);
    else engine.journal.set(target.attributes, name, value);
    if (name === "trainable" && isKerasClass(target.cls)) setTrainable(engine, target, value);
  } else if (name === "trainable" && (target.kind === "layer" || target.kind === "container"))
    setTrainable(engine, target, value);
  else if (target.kind === "class") engine.journal.set(target.members, name, value);
  else if (target.kind === "library") engine.patched.set(`${target.path}.${name}`, value);
  else if (target.kind === "unknown") loseData(engine.journal, value);
  else if (target.kind === "container") {
    const { children } = target;
    const at = children?.findIndex(([key]) => key === name) ?? -1;
    const isLayer = value.kind === "layer" || value.kind === "container" || value.kind === "instance";
    if (at >= 0) engine.journal.set(target, "children", children?.with(at, [name, value]));
    else if (isLayer || value.kind === "unknown")
      engine.journal.set(target, "children", isLayer && children ? [...children, [name, value]] : undefined);
  }
}
