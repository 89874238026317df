import type { Evaluator } from "./evaluator.js";
import { folderAbove } from "./files.js";
import type { Interpreter } from "./interpreter.js";
import type { Scope } from "./scope.js";
import type { ImportedName, Statement } from "./syntax.js";
import { libraryNames, libraryValue } from "./torch/library.js";
import { isLibraryValue, isListValue, isStringValue, isTupleValue } from "./valueKinds.js";
import { type FileValue, libraryAt, type PyValue, unknown } from "./values.js";

/** Modules that are Dimsum's to know: no file of the workspace stands for them. */
const LIBRARIES =
  /^(torch|numpy|math|typing|typing_extensions|functools|itertools|collections|keras|tensorflow|einops|copy|dataclasses|enum|abc|os|sys|re|warnings|inspect|operator|contextlib|random|json|time|logging|argparse|pathlib|types|string|importlib|io|pickle|datetime|unittest|builtins|numbers|__future__)$/;

type Import = Extract<Statement, { kind: "import" }>;

/** Binds what an import statement brings. */
export function importNames(engine: Interpreter, s: Extract<Statement, { kind: "import" }>, scope: Scope): void {
  for (const name of s.names) {
    if (name.path === "*") importAll(engine, s, scope);
    else engine.assignName(name.as, imported(engine, s, name), scope);
  }
}

/** What an imported name stands for. */
function imported(engine: Interpreter, s: Import, { path, as }: ImportedName): PyValue {
  const { module } = s;
  if (module === undefined) {
    const parts = path.split(".");
    const root = parts[0] ?? path;
    const file = fileOf(engine, path, s);
    if (!file) return libraryAt(as === root ? as : path);
    // `import a.b` binds a, `import a.b as c` binds b.
    return as === root && parts.length > 1 ? (fileOf(engine, root, s) ?? folderAbove(file, parts.length - 1)) : file;
  }
  const beside = /^\.+$/.test(module) ? fileOf(engine, `${module}${path}`, s) : undefined;
  if (beside) return beside;
  const file = fileOf(engine, module, s);
  if (file) return memberOfFile(engine, file, path) ?? unknown(`${path} is not in ${file.path.split("/").at(-1)}.`);
  const folder = module.startsWith(".") || LIBRARIES.test(module) ? undefined : fileOf(engine, `${module}.${path}`, s);
  if (folder) return folder;
  return module.startsWith(".") ? unknown(`It comes from ${module}.`) : libraryAt(`${module}.${path}`);
}

function fileOf(engine: Interpreter, module: string, s: Import): FileValue | undefined {
  if (LIBRARIES.test(module.split(".")[0] ?? "")) return undefined;
  const importer = engine.program.imported.at(s)?.path ?? engine.program.path;
  return importer === undefined ? undefined : engine.files?.find(module, importer);
}

/** A name of an imported file: one that it has, or a file in its folder. */
export function memberOfFile(engine: Evaluator, file: FileValue, name: string): PyValue | undefined {
  return file.names.get(name) ?? engine.files?.within(file, name);
}

/** `from module import *` brings the names that are known of the module; any other may replace what the file has. */
function importAll(engine: Interpreter, s: Import, scope: Scope): void {
  const { module = "" } = s;
  const file = fileOf(engine, module, s);
  if (file) {
    for (const [name, value] of publicNames(file)) engine.assignName(name, value, scope);
    return;
  }
  const names = libraryNames(module);
  if (names) {
    for (const name of names) engine.assignName(name, libraryValue(`${module}.${name}`), scope);
    return;
  }
  engine.hasOpenNames = true;
  for (const [name, value] of [...scope.names])
    if (!isLibraryValue(value)) engine.assignName(name, unknown(`It may come from ${module}.`), scope);
}

/** What a star takes of a file: what `__all__` says, else all names that do not begin with an underscore. */
function publicNames({ names }: FileValue): readonly (readonly [string, PyValue])[] {
  const all = names.get("__all__");
  const said = isListValue(all) || isTupleValue(all) ? all.items : undefined;
  if (!said) return [...names].filter(([name]) => !name.startsWith("_"));
  return said.flatMap((item) => {
    const value = isStringValue(item) ? names.get(item.value) : undefined;
    return isStringValue(item) && value ? [[item.value, value] as const] : [];
  });
}
