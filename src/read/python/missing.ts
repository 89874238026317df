import { printCount } from "../../core/dims/print.js";
import type { Evaluator } from "./evaluator.js";
import { entryOf } from "./hashing.js";
import { smallNumber } from "./integers.js";
import { lengthOfRange } from "./ranges.js";
import { repr } from "./representation.js";
import type { Place } from "./syntax.js";
import { isBoolValue, isContainerValue, isDictValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** How many items a value has, and what it is called; undefined where that is not known. */
function counted(value: PyValue): readonly [count: number | undefined, what: string, item: string] | undefined {
  switch (value.kind) {
    case "list":
    case "tuple":
      return [value.items?.length, value.kind, "item"];
    case "string":
      return [[...value.value].length, "text", "letter"];
    case "range":
      return [lengthOfRange(value), "range", "number"];
    case "container":
      return [value.children?.length, `nn.${value.what}`, "layer"];
    default:
      return undefined;
  }
}

/** Raises what Python raises where an index or a key is certainly not there. */
export function refuseMissing(engine: Evaluator, value: PyValue, key: PyValue, at: Place): void {
  if (isDictValue(value)) {
    if (value.factory || value.type === "Counter" || entryOf(value.entries, key) !== null) return;
    const keys = [...(value.entries?.values() ?? [])].slice(0, MAX_KEYS).map(([each]) => repr(each) ?? "…");
    const has = keys.length > 0 ? `Its keys are ${keys.join(", ")}.` : "It is empty.";
    engine.fail("KeyError", at, `The dictionary has no key ${repr(key) ?? "like this"}.`, has);
  }
  const isNamed = isContainerValue(value) && /Dict$/.test(value.what);
  const [count, what, item] = (!isNamed && counted(value)) || [];
  const index = smallNumber(key);
  if (count === undefined || index === undefined || isBoolValue(key) || (index < count && index >= -count)) return;
  const has = `The ${what} has ${printCount(count)} ${item}${count === 1 ? "" : "s"}`;
  const advise = count === 0 ? "Put something into it first." : `Count from 0: the last one is ${count - 1}.`;
  engine.fail("IndexError", at, `${has}; [${index}] is asked for.`, advise);
}

/** Keys that a sentence names. */
const MAX_KEYS = 6;
