import { lookUp } from "./attributes.js";
import { classesOf, isModuleClass, isOpaque } from "./classes.js";
import { keywordEntries } from "./dicts.js";
import { loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { BASE, isModule } from "./torch/modules.js";
import { isClassValue, isFunctionValue, isLibraryValue, isStringValue, isTensorValue } from "./valueKinds.js";
import type { DictValue, InstanceValue, PyValue } from "./values.js";

/** The dictionaries that objects have shown of their attributes, and the modules of which one is. */
const shown = new WeakMap<InstanceValue, DictValue>();
const modules = new WeakMap<DictValue, InstanceValue>();

/** `object.__dict__`: its own attributes, which change with it and it with them. Those of a module are not known as a whole. */
export function dictOfObject(engine: Evaluator, self: InstanceValue): DictValue {
  const known = shown.get(self);
  if (known) return known;
  const isWhole = isKnown(self);
  const made: DictValue = {
    kind: "dict",
    entries: isWhole ? keywordEntries(self.attributes) : undefined,
    told: (entries) => become(engine, self, entries),
  };
  shown.set(self, made);
  if (!isWhole && isModuleClass(self.cls)) modules.set(made, self);
  return made;
}

/** Whether all attributes of an object are known, and are its own. */
function isKnown(self: InstanceValue): boolean {
  const { cls, attributes, escaped } = self;
  if (escaped || isModuleClass(cls) || attributes.has(BASE) || (attributes.maybe?.size ?? 0) > 0) return false;
  const isNamespace = (c: PyValue): boolean => isLibraryValue(c) && c.path === "argparse.Namespace";
  return classesOf(cls).every(
    (c) => (isNamespace(c) || !isOpaque(c)) && !(isClassValue(c) && (c.escaped || c.members.has("__slots__"))),
  );
}

function become(engine: Evaluator, self: InstanceValue, entries: DictValue["entries"]): void {
  if (self.escaped) return;
  const named = [...(entries?.values() ?? [])].filter(([key]) => isStringValue(key));
  if (entries)
    for (const name of [...self.attributes.keys()])
      if (!entries.has(`s:${name}`)) engine.journal.set(self.attributes, name, undefined);
  const isDone = entries && named.every(([key, value]) => isStringValue(key) && setOwn(engine, self, key.value, value));
  if (!isDone) loseValue(engine.journal, self);
}

/** Sets an attribute past the class; false where it may mean something else than an attribute that is set. */
function setOwn(engine: Evaluator, self: InstanceValue, name: string, value: PyValue): boolean {
  const old = self.attributes.get(name);
  if (old === value) return true;
  const member = lookUp(self.cls, name, undefined);
  const isProperty = isFunctionValue(member) && member.how === "property";
  // What a module does not know of is no part of it.
  const isHidden = (v: PyValue | undefined): boolean =>
    v !== undefined && (isModule(v) || (isTensorValue(v) && v.parameter === true));
  if (isProperty || (isModuleClass(self.cls) && (isHidden(value) || isHidden(old)))) return false;
  engine.journal.set(self.attributes, name, value);
  return true;
}

/** `module.__dict__[name] = value`; false where that is not followed. */
export function setInModule(engine: Evaluator, of: PyValue, key: PyValue, value: PyValue): boolean {
  const self = of.kind === "dict" ? modules.get(of) : undefined;
  return self !== undefined && !self.escaped && isStringValue(key) && setOwn(engine, self, key.value, value);
}

/** Tells the dictionary that an object has shown of an attribute that is set. */
export function tellDict(engine: Evaluator, self: InstanceValue): void {
  const dict = shown.get(self);
  if (dict?.entries) engine.journal.set(dict, "entries", isKnown(self) ? keywordEntries(self.attributes) : undefined);
}
