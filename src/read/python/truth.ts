import { equal, type Known } from "../../core/dims/compare.js";
import { classesOf } from "./classes.js";
import type { Evaluator } from "./evaluator.js";
import { looped } from "./iterators.js";
import { MAX_LENGTH } from "./literals.js";
import { lengthOfRange, numbersOf } from "./ranges.js";
import { anyOrder } from "./sets.js";
import { BASE } from "./torch/modules.js";
import { isClassValue, isContainerValue, isDictValue, isLibraryValue } from "./valueKinds.js";
import type { Freedom, PyValue } from "./values.js";
import { boolValue, stringValue } from "./values.js";
import { viewed } from "./views.js";

/** Whether a value counts as true; undefined where that is not known. */
export function truthOf(v: PyValue): Known {
  switch (v.kind) {
    case "bool":
      return v.value;
    case "int": {
      const zero = equal(v.value, 0);
      return zero === undefined ? undefined : !zero;
    }
    case "float":
      return v.value !== 0;
    case "string":
      return v.value !== "";
    case "none":
      return false;
    case "list":
      return v.items && !v.array ? v.items.length > 0 : undefined;
    case "tuple":
      return v.items.length > 0;
    case "dict":
    case "set":
      return v.entries ? v.entries.size > 0 : undefined;
    case "range":
      return lengthOfRange(v) > 0;
    case "view":
      return v.of.entries ? v.of.entries.size > 0 : undefined;
    case "container":
      return v.children ? v.children.length > 0 : undefined;
    case "instance":
      return truthOfObject(v);
    case "unknown":
      return v.truth;
    case "tensor":
    case "array":
      return undefined;
    default:
      return true;
  }
}

/** Types of Python's own of which an object may hold nothing. */
const HOLDING = /^(builtins|collections|typing)\.(?!object$|Generic$|Protocol$)/;

/** An object counts as true unless its class says otherwise, as one that holds items may. */
function truthOfObject(v: Extract<PyValue, { kind: "instance" }>): Known {
  const order = classesOf(v.cls);
  if (order.some((c) => isClassValue(c) && (c.members.has("__bool__") || c.members.has("__len__")))) return undefined;
  const within = v.attributes.get(BASE);
  if (isDictValue(within) || isContainerValue(within)) return v.escaped ? undefined : truthOf(within);
  return order.some((c) => isLibraryValue(c) && HOLDING.test(c.path)) ? undefined : true;
}

/** A truth as a value; where it is not known, `free` says that it may be either. */
export function boolOf(truth: Known, free: Freedom): PyValue {
  if (truth !== undefined) return boolValue(truth);
  const reason = "It depends on something that is not known.";
  return { kind: "unknown", reason, plain: true, ...(free ? { free } : {}) };
}

/** The items that a loop over a value goes through; undefined where they are not known. */
export function itemsOf(engine: Evaluator, v: PyValue): readonly PyValue[] | undefined {
  switch (v.kind) {
    case "list":
    case "tuple":
      return v.items;
    case "string":
      return v.value.length > MAX_LENGTH ? undefined : [...v.value].map(stringValue);
    case "dict":
      return v.entries && [...v.entries.values()].map(([key]) => key);
    case "set":
      return anyOrder(v);
    case "range":
      return numbersOf(v);
    case "view":
      return viewed(v);
    case "iterator":
      return looped(engine, v);
    case "container":
      return v.what === "ModuleDict" || v.what === "ParameterDict"
        ? v.children?.map(([name]) => stringValue(name))
        : v.children?.map(([, child]) => child);
    default:
      return undefined;
  }
}
