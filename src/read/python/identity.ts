import type { Known } from "../../core/dims/compare.js";
import { equals, MAX_ITEMS, PLAIN } from "./comparison.js";
import { wholeNumber } from "./integers.js";
import {
  isBoolValue,
  isClassValue,
  isInstanceValue,
  isIntValue,
  isLibraryValue,
  isNativeValue,
  isNoneValue,
  isStringValue,
  isTupleValue,
  isUnknownValue,
  mayBeNone,
} from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** Whether two values are one object. */
export function isSame(a: PyValue, b: PyValue): Known {
  if (isUnknownValue(a) || isUnknownValue(b)) return undefined;
  if (mayBeNone(a) || mayBeNone(b)) return undefined;
  if (isNoneValue(a) || isNoneValue(b) || a.kind === "ellipsis" || b.kind === "ellipsis") return a.kind === b.kind;
  if (PLAIN.has(a.kind) && PLAIN.has(b.kind) && a.kind !== b.kind) return false;
  if ((isClassValue(a) && isOfPyTorch(b)) || (isClassValue(b) && isOfPyTorch(a))) return false;
  switch (a.kind) {
    case "bool":
    case "int":
    case "float":
    case "string":
    case "tuple":
    case "range":
    case "slice":
      return a === b || isSameConstant(a, b);
    case "list":
    case "dict":
    case "set":
    case "view":
    case "iterator":
      return a === b;
    default:
      return PLAIN.has(b.kind) && !isInstanceValue(a) && !isNativeValue(a)
        ? false
        : isInstanceValue(a) || isClassValue(a)
          ? a === b || (PLAIN.has(b.kind) || b.kind === a.kind ? false : undefined)
          : equals(a, b, { left: 1 }, 0);
  }
}

/** Whether a value is a class or function that Python or PyTorch has: no class of a file. */
const isOfPyTorch = (v: PyValue): boolean => isLibraryValue(v) && /^(builtins|torch\.nn)\./.test(v.path);

/** Python keeps one object for small numbers, for what is named like a name, and for the empty tuple. */
function isSameConstant(a: PyValue, b: PyValue): Known {
  const same = equals(a, b, { left: MAX_ITEMS }, 0);
  if (same !== true) return a.kind !== b.kind ? false : same;
  if (isBoolValue(a)) return true;
  if (isIntValue(a)) {
    const n = wholeNumber(a);
    return n !== undefined && n >= -5n && n <= 256n ? true : undefined;
  }
  if (isStringValue(a)) return /^\w*$/.test(a.value) ? true : undefined;
  return isTupleValue(a) && a.items.length === 0 ? true : undefined;
}
