import { operationNamed } from "../../core/operations/index.js";
import type { Expression } from "./syntax.js";
import { isStringValue, isUnknownValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** `"silu" in dir(F)`, where F has it; undefined for anything else. */
export function nameInLibrary(name: PyValue, of: PyValue, at: Expression): boolean | undefined {
  const isDir = at.kind === "call" && at.callee.kind === "name" && at.callee.name === "dir" && at.args.length === 1;
  return isDir && isUnknownValue(of) && isStringValue(name) && operationNamed(`F.${name.value}`) ? true : undefined;
}
