import type { Interpreter } from "./interpreter.js";
import type { Scope } from "./scope.js";
import type { Statement } from "./syntax.js";
import { libraryNames } from "./torch/library.js";
import { type PyValue, unknown } from "./values.js";

/** Binds what an import statement brings. */
export function importNames(engine: Interpreter, s: Extract<Statement, { kind: "import" }>, scope: Scope): void {
  for (const name of s.names) {
    if (name.path === "*") importAll(engine, s.module ?? "", scope);
    else engine.assignName(name.as, imported(s.module, name.path, name.as), scope);
  }
}

/** What an imported name stands for. */
function imported(module: string | undefined, path: string, as: string): PyValue {
  if (module === undefined) return { kind: "library", path: as === path.split(".")[0] ? as : path };
  return module.startsWith(".") ? unknown(`It comes from ${module}.`) : { kind: "library", path: `${module}.${path}` };
}

/** `from module import *` brings the names that are known of the module; any other may replace what the file has. */
function importAll(engine: Interpreter, module: string, scope: Scope): void {
  const names = libraryNames(module);
  if (names) {
    for (const name of names) engine.assignName(name, { kind: "library", path: `${module}.${name}` }, scope);
    return;
  }
  for (const [name, value] of [...scope.names])
    if (value.kind !== "library") engine.assignName(name, unknown(`It may come from ${module}.`), scope);
}
