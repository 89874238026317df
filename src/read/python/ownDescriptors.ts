import { given } from "./arguments.js";
import { lookUp } from "./attributes.js";
import { classesOf } from "./classes.js";
import type { Evaluator } from "./evaluator.js";
import type { Place } from "./syntax.js";
import { isClassValue, isInstanceValue, isMethodValue } from "./valueKinds.js";
import type { ClassValue, PyValue } from "./values.js";

/** A method of the object that stands in a class under a name: what the program's own descriptors are made of. */
function descriptorMethod(
  cls: ClassValue,
  name: string,
  method: string,
): Extract<PyValue, { kind: "method" }> | undefined {
  const owner = classesOf(cls).find((c) => isClassValue(c) && c.members.has(name));
  const member = isClassValue(owner) ? owner.members.get(name) : undefined;
  const found = isInstanceValue(member) ? lookUp(member.cls, method, member) : undefined;
  return isMethodValue(found) ? found : undefined;
}

/** What `__get__` of the object gives that a class has under a name, read through an object of it or None; undefined where there is none. */
export function readDescriptor(
  engine: Evaluator,
  cls: ClassValue,
  name: string,
  through: PyValue,
  place: Place,
): PyValue | undefined {
  const get = descriptorMethod(cls, name, "__get__");
  return get && engine.call(get, given(through, cls), place, place);
}

/** `__set__` of the object that a class has under a name, which comes before what an object of the class has itself. */
export const descriptorSetter = (cls: ClassValue, name: string): ReturnType<typeof descriptorMethod> =>
  descriptorMethod(cls, name, "__set__");
