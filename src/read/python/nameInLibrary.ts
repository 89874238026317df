import { operationNamed } from "../../core/operations/index.js";
import type { Expression } from "./syntax.js";
import { isLibraryValue, isStringValue, isUnknownValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

/** `"silu" in dir(F)`, where F has it, and what stands in an environment that says nothing; undefined for anything else. */
export function nameInLibrary(name: PyValue, of: PyValue, at: Expression): boolean | undefined {
  if (isLibraryValue(of) && of.path === "os.environ") return false;
  const isDir = at.kind === "call" && at.callee.kind === "name" && at.callee.name === "dir" && at.args.length === 1;
  return isDir && isUnknownValue(of) && isStringValue(name) && operationNamed(`F.${name.value}`) ? true : undefined;
}
