import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { isContainerValue, isStringValue, isTensorValue } from "../valueKinds.js";
import { type InstanceValue, type PyValue, unknown } from "../values.js";
import { BASE, baseOf, isModule } from "./modules.js";

/** `Module.__getattr__`: what a module has registered under a name; it raises where there is certainly nothing. */
export function registered(engine: Evaluator, self: InstanceValue, key: PyValue | undefined, place: Place): PyValue {
  const lost = unknown("What the module has registered under this name is not known.");
  if (!isStringValue(key) || self.escaped || self.attributes.maybe?.has(key.value)) return lost;
  const name = key.value;
  const own = name === BASE ? undefined : self.attributes.get(name);
  if (own) return isModule(own) || (isTensorValue(own) && own.parameter) ? own : lost;
  const base = baseOf(self);
  if (isContainerValue(base)) {
    const child = base.children?.find(([each]) => each === name)?.[1];
    if (child || !base.children) return child ?? lost;
  } else if (base) return lost;
  engine.fail("AttributeError", place, `${self.cls.name} has no attribute ${name}.`, "Use one that is there.");
}
