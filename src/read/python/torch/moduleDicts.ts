import { loseValue } from "../escape.js";
import type { Evaluator } from "../evaluator.js";
import { type DictValue, type PyValue, stringValue } from "../values.js";
import { listedChildren, type Module, ownParameters } from "./modules.js";
import { removeModuleAttribute, setModuleAttribute } from "./setModuleAttribute.js";

/** What a module keeps its modules and its learned tensors in: what is put there is its own, and what is taken away is not any more. */
const PARTS: Readonly<Record<string, (of: Module) => readonly (readonly [string, PyValue])[] | undefined>> = {
  _modules: listedChildren,
  _parameters: ownParameters,
};

/** `module._modules` or `module._parameters` as a dictionary; undefined for another name. */
export function moduleDict(engine: Evaluator, module: Module, name: string): DictValue | undefined {
  const parts = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (!parts) return undefined;
  const entriesOf = (): DictValue["entries"] => {
    const own = parts(module);
    return own && new Map(own.map(([key, part]) => [`s:${key}`, [stringValue(key), part]] as const));
  };
  const told = (entries: DictValue["entries"]): void => {
    const before = entriesOf();
    if (!entries || !before) {
      loseValue(engine.journal, module);
      return;
    }
    for (const [key] of before) if (!entries.has(key)) removeModuleAttribute(engine, module, key.slice(2));
    for (const [key, [, part]] of entries)
      if (before.get(key)?.[1] !== part) setModuleAttribute(engine, module, key.slice(2), part);
  };
  return { kind: "dict", entries: entriesOf(), told };
}
