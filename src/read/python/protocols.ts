import { given } from "./arguments.js";
import { lookUp } from "./attributes.js";
import { lengthOf } from "./collections.js";
import { dictWithin } from "./dictObjects.js";
import { membersOf } from "./enumerations.js";
import type { Evaluator } from "./evaluator.js";
import type { Place } from "./syntax.js";
import { baseOf } from "./torch/modules.js";
import { itemsOf } from "./truth.js";
import {
  isClassValue,
  isContainerValue,
  isInstanceValue,
  isIntValue,
  isMethodValue,
  isStringValue,
} from "./valueKinds.js";
import { type FunctionValue, int, type PyValue, unknown } from "./values.js";

/** A method of the class of an object, bound to it; undefined where the classes of the file have none. */
function ownMethod(
  value: PyValue,
  name: string,
): { readonly kind: "method"; readonly fn: FunctionValue; readonly self: PyValue } | undefined {
  const found = isInstanceValue(value) ? lookUp(value.cls, name, value) : undefined;
  return isMethodValue(found) ? found : undefined;
}

/** The items of an object, or of an enumeration, by its own `__iter__` or that of the container that its class is derived from. */
export function iterateObject(engine: Evaluator, value: PyValue, place: Place): readonly PyValue[] | undefined {
  if (isClassValue(value)) return membersOf(value);
  const iter = ownMethod(value, "__iter__");
  if (iter) {
    const over = engine.call(iter, given(), place, place);
    return over === value ? undefined : engine.iterate(over);
  }
  const dict = dictWithin(value);
  if (dict) return itemsOf(engine, dict);
  const base = baseOf(value);
  if (isContainerValue(base)) return itemsOf(engine, base);
  const [item, length] = [ownMethod(value, "__getitem__"), ownMethod(value, "__len__")];
  const count = item && length ? engine.call(length, given(), place, place) : undefined;
  if (!item || !isIntValue(count) || typeof count.value !== "number" || count.value > MAX_ITEMS) return undefined;
  return Array.from({ length: count.value }, (_, i) => engine.call(item, given(int(i)), place, place));
}

/** Items that are asked for one by one. */
const MAX_ITEMS = 1024;

/** What is indexed where an object is: the container that its class is derived from, unless the class has its own way. */
export function indexedObject(value: PyValue, magic = "__getitem__"): PyValue {
  const base = baseOf(value);
  return isContainerValue(base) && !ownMethod(value, magic) ? base : value;
}

/** `len(object)`; undefined where it has none that is known. */
export function lengthOfObject(engine: Evaluator, value: PyValue, place: Place): PyValue | undefined {
  if (isClassValue(value)) {
    const members = membersOf(value);
    return members && int(members.length);
  }
  const own = ownMethod(value, "__len__");
  if (own) return engine.call(own, given(), place, place);
  const dict = dictWithin(value);
  if (dict) return lengthOf(dict);
  const base = baseOf(value);
  if (!isContainerValue(base)) return undefined;
  return base.children ? int(base.children.length) : unknown("Its layers are not known.");
}

/** `Color["RED"]`; undefined where that is no member. */
export function memberNamed(value: PyValue, key: PyValue): PyValue | undefined {
  if (!isClassValue(value) || !isStringValue(key)) return undefined;
  return membersOf(value)?.find((m) => {
    const name = m.attributes.get("name");
    return isStringValue(name) && name.value === key.value;
  });
}
