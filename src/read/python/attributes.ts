import { dictMethod, listMethod } from "./collections.js";
import type { Evaluator } from "./evaluator.js";
import type { Place } from "./syntax.js";
import { containerAttribute, makeContainer } from "./torch/containers.js";
import { libraryValue } from "./torch/library.js";
import { tensorAttribute } from "./torch/tensorMethods.js";
import { type ClassValue, type InstanceValue, int, NONE, type PyValue, unknown } from "./values.js";

/** A class and its bases, in the order in which names are looked up. */
export function classesOf(cls: ClassValue): PyValue[] {
  const seen = new Set<PyValue>();
  const visit = (c: PyValue): void => {
    if (seen.has(c)) return;
    seen.add(c);
    if (c.kind === "class") c.bases.forEach(visit);
  };
  visit(cls);
  return [...seen];
}

const MODULE_BASES =
  /^(torch\.nn\.(modules\.module\.)?Module|torch\.nn\.Sequential|(pytorch_)?lightning(\.pytorch)?\.LightningModule)$/;

/** Whether objects of a class are modules: calling one runs its `forward`. */
export const isModuleClass = (cls: ClassValue): boolean =>
  classesOf(cls).some(
    (c) => (c.kind === "library" && MODULE_BASES.test(c.path)) || (c.kind === "class" && c.members.has("forward")),
  );

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
      return libraryValue(engine, `${value.path}.${name}`);
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
      return tensorAttribute(engine, value, name);
    case "layer": {
      if (SELF_METHODS.has(name)) return inert(name, value);
      const arg = value.args[name];
      if (typeof arg === "number") return int(arg);
      return unknown(`Dimsum does not follow ${name} of ${value.op.name}.`);
    }
    case "container":
      return containerAttribute(engine, value, name);
    case "list":
      return listMethod(engine, value, name);
    case "dict":
      return dictMethod(value, name);
    case "unknown":
      return value;
    default:
      return unknown(`Dimsum does not know ${name} here.`);
  }
}

/** A member of a class, bound to `self` where it is a method. */
function lookUp(cls: ClassValue, name: string, self: PyValue | undefined, after?: ClassValue): PyValue | undefined {
  const order = classesOf(cls);
  const start = after ? order.indexOf(after) + 1 : 0;
  for (const owner of order.slice(start)) {
    const member = owner.kind === "class" ? owner.members.get(name) : undefined;
    if (!member) continue;
    if (member.kind !== "function" || member.how === "static" || !self) return member;
    return { kind: "method", fn: member, self: member.how === "class" ? cls : self };
  }
  return undefined;
}

function instanceAttribute(engine: Evaluator, instance: InstanceValue, name: string, place: Place): PyValue {
  const own = instance.attributes.get(name);
  if (own) return own;
  const member = lookUp(instance.cls, name, instance);
  if (member?.kind === "method" && member.fn.how === "property")
    return engine.call(member, { positional: [], keywords: new Map(), uncertain: false, places: [] }, place, place);
  if (member) return member;
  if (name === "__class__") return instance.cls;
  if (isModuleClass(instance.cls)) {
    if (name === "forward") return superAttribute(engine, instance.cls, instance, name);
    if (name === "training") return unknown("Whether the model trains is not known.");
    if (SELF_METHODS.has(name)) return inert(name, instance);
    if (name === "add_module" || name === "register_module")
      return {
        kind: "native",
        name,
        call: (args) => {
          const [key, child] = args.positional;
          if (key?.kind === "string" && child) setAttribute(engine, instance, key.value, child);
          return NONE;
        },
      };
  }
  return unknown(`${instance.cls.name} has no ${name} that Dimsum can see.`);
}

function superAttribute(engine: Evaluator, cls: ClassValue, self: PyValue, name: string): PyValue {
  const start = self.kind === "instance" ? self.cls : cls;
  const found = lookUp(start, name, self, cls);
  if (found) return found;
  const isSequential = classesOf(start).some((c) => c.kind === "library" && c.path === "torch.nn.Sequential");
  if (self.kind === "instance" && isSequential) {
    if (name === "__init__")
      return {
        kind: "native",
        name,
        call: (args, place) => {
          self.attributes.set(SEQUENTIAL, makeContainer("Sequential", args, place));
          return NONE;
        },
      };
    if (name === "forward") return self.attributes.get(SEQUENTIAL) ?? unknown("Its layers are not known.");
  }
  if (name === "__init__") return inert(name, NONE);
  return unknown(`Dimsum does not know ${name} of the base class.`);
}

/** Where an object whose class derives from nn.Sequential keeps its layers. */
const SEQUENTIAL = "(layers)";

/** Sets `target.name = value`. */
export function setAttribute(engine: Evaluator, target: PyValue, name: string, value: PyValue): void {
  if (target.kind === "instance") engine.journal.set(target.attributes, name, value);
  else if (target.kind === "class") engine.journal.set(target.members, name, value);
  else if (target.kind === "container") target.children = undefined;
}
