import { lookUp } from "./attributes.js";
import { classesOf, isModuleBase } from "./classes.js";
import { Names } from "./journal.js";
import { isKerasBase } from "./keras/names.js";
import type { Place } from "./syntax.js";
import { isClassValue, isDictValue, isLibraryValue, isStringValue, isTupleValue } from "./valueKinds.js";
import { type ClassValue, type PyValue, unknown } from "./values.js";

/** Names that, set in a class, change how it or its objects are made. */
const MAGIC = /^__(new|setattr|getattribute|init_subclass|slots|classcell|set_name)__$/;

/** `type(name, bases, members)`: the class that a statement would make of them; unknown where it may be another one. */
export function madeClass(name: PyValue, bases: PyValue, members: PyValue, place: Place): PyValue {
  const lost = unknown("Which class is made is not known.");
  const entries = isDictValue(members) ? members.entries : undefined;
  if (!isStringValue(name) || !isTupleValue(bases) || !entries || !bases.items.every(isPlainBase)) return lost;
  const named = new Names();
  for (const [key, value] of entries.values()) {
    if (!isStringValue(key) || MAGIC.test(key.value)) return lost;
    named.set(key.value, value);
  }
  const made: ClassValue = {
    kind: "class",
    name: name.value,
    nameAt: place,
    bases: bases.items,
    members: named,
    body: [],
  };
  return lookUp(made, "__init_subclass__", undefined, made) ? lost : made;
}

/** Whether a class that is derived from this one is made as any other. */
function isPlainBase(base: PyValue): boolean {
  if (isLibraryValue(base)) return base.path === "builtins.object" || (isModuleBase(base) && !isKerasBase(base));
  return (
    isClassValue(base) && classesOf(base).every((c) => (isClassValue(c) ? !c.escaped && !c.metaclass : isPlainBase(c)))
  );
}
