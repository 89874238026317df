import type { PyValue } from "./values.js";
import { tupleValue } from "./values.js";

/** What a view of a dictionary shows at the moment. */
export function viewed({ of, what }: Extract<PyValue, { kind: "view" }>): readonly PyValue[] | undefined {
  const entries = of.entries && [...of.entries.values()];
  if (what === "items") return entries?.map(tupleValue);
  return entries?.map(([key, value]) => (what === "keys" ? key : value));
}
