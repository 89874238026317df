import { lengthOfRange } from "./ranges.js";
import { int, type PyValue, unknown } from "./values.js";

export { dictMethod } from "./dicts.js";
export { listMethod, tupleMethod } from "./lists.js";
export { stringMethod } from "./strings.js";

/** The number of items of a value; unknown where it is not known. */
export function lengthOf(v: PyValue | undefined): PyValue {
  switch (v?.kind) {
    case "list":
    case "tuple":
      return v.items ? int(v.items.length) : unknown("This list is not known.");
    case "string":
      return int([...v.value].length);
    case "dict":
    case "set":
      return v.entries ? int(v.entries.size) : unknown("Its entries are not known.");
    case "view":
      return lengthOf(v.of);
    case "range":
      return int(lengthOfRange(v));
    case "container":
      return v.children ? int(v.children.length) : unknown("Its layers are not known.");
    case "tensor": {
      const first = v.shape?.[0];
      return first === undefined ? unknown("Its length is not known.") : int(first);
    }
    default:
      return unknown("Its length is not known.");
  }
}
