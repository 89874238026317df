import { lookUp } from "./attributes.js";
import { isModuleClass } from "./classes.js";
import { loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import { tellDict } from "./ownDict.js";
import { isModule } from "./torch/modules.js";
import { removeModuleAttribute } from "./torch/setModuleAttribute.js";
import { isClassValue, isFunctionValue, isInstanceValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** Deletes `target.name`. */
export function removeAttribute(engine: Evaluator, target: PyValue, name: string): void {
  const member = isInstanceValue(target) ? lookUp(target.cls, name, undefined) : undefined;
  if (isFunctionValue(member) && member.how === "property") loseValue(engine.journal, target);
  else if (isInstanceValue(target) && !isModuleClass(target.cls)) {
    engine.journal.set(target.attributes, name, undefined);
    tellDict(engine, target);
  } else if (isModule(target)) removeModuleAttribute(engine, target, name);
  else if (isClassValue(target)) engine.journal.set(target.members, name, undefined);
  else loseValue(engine.journal, target);
}
