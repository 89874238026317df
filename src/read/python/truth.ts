import { equal, type Known } from "../../core/dims/compare.js";
import { MAX_LENGTH } from "./literals.js";
import { anything, type PyValue, unknown } from "./values.js";

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
    case "tuple":
      return v.items ? v.items.length > 0 : undefined;
    case "dict":
      return v.entries ? v.entries.size > 0 : undefined;
    case "container":
      return v.children ? v.children.length > 0 : undefined;
    case "instance":
      return v.cls.members.has("__bool__") || v.cls.members.has("__len__") ? undefined : true;
    case "unknown":
    case "tensor":
      return undefined;
    default:
      return true;
  }
}

/** A truth as a value; where it is not known, `free` says that it may be either. */
export function boolOf(truth: Known, free: boolean): PyValue {
  if (truth !== undefined) return { kind: "bool", value: truth };
  const reason = "It depends on something that is not known.";
  return free ? anything(reason) : unknown(reason);
}

/** The items that a loop over a value goes through; undefined where they are not known. */
export function itemsOf(v: PyValue): readonly PyValue[] | undefined {
  if (v.kind === "list" || v.kind === "tuple") return v.items;
  if (v.kind === "string")
    return v.value.length > MAX_LENGTH ? undefined : [...v.value].map((c) => ({ kind: "string", value: c }));
  if (v.kind === "dict") return v.entries && [...v.entries.values()].map(([key]) => key);
  if (v.kind !== "container") return undefined;
  return v.what === "ModuleDict"
    ? v.children?.map(([name]) => ({ kind: "string", value: name }))
    : v.children?.map(([, child]) => child);
}
