import { given } from "./arguments.js";
import { lookUp } from "./attributes.js";
import { isModuleClass } from "./classes.js";
import { hasEntriesAsAttributes } from "./dictObjects.js";
import { loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { tellDict } from "./ownDict.js";
import { ownWay } from "./setAttribute.js";
import type { Place } from "./syntax.js";
import { isModule } from "./torch/modules.js";
import { removeModuleAttribute } from "./torch/setModuleAttribute.js";
import { isClassValue, isFunctionValue, isInstanceValue, isLibraryValue, isMethodValue } from "./valueKinds.js";
import { type PyValue, stringValue } from "./values.js";

/** Follows `del target.name`. */
export function removeAttribute(engine: Evaluator, target: PyValue, name: string, place: Place): void {
  const own = isInstanceValue(target) ? ownWay(target, "__delattr__") : undefined;
  if (!own) removePlainly(engine, target, name);
  else if (isMethodValue(own)) engine.call(own, given(stringValue(name)), place, place);
  else if (isLibraryValue(own)) engine.call(own, given(target, stringValue(name)), place, place);
  else loseValue(engine.journal, target);
}

/** Deletes an attribute as Python itself does, whatever the class's own way is: `object.__delattr__(target, name)`. */
export function removePlainly(engine: Evaluator, target: PyValue, name: string): void {
  const member = isInstanceValue(target) ? lookUp(target.cls, name, undefined) : undefined;
  const isOther = isInstanceValue(target) && hasEntriesAsAttributes(target);
  if (isOther || (isFunctionValue(member) && member.how === "property")) loseValue(engine.journal, target);
  else if (isInstanceValue(target) && !isModuleClass(target.cls)) {
    engine.journal.set(target.attributes, name, undefined);
    tellDict(engine, target);
  } else if (isModule(target)) removeModuleAttribute(engine, target, name);
  else if (isClassValue(target)) engine.journal.set(target.members, name, undefined);
  else loseValue(engine.journal, target);
}
