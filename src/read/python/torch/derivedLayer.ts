import { opNamed } from "../../../core/ops/index.js";
import { classesOf } from "../classes.js";
import type { Evaluator } from "../evaluator.js";
import { isLibraryValue } from "../valueKinds.js";
import { type ClassValue, type InstanceValue, NONE, nativeValue, type PyValue } from "../values.js";
import { construct } from "./construct.js";
import { containerNamed, makeContainer } from "./containers.js";
import { BASE } from "./modules.js";

/** The layer or container of PyTorch that a class is derived from, by its name. */
export function baseName(cls: ClassValue): string | undefined {
  for (const c of classesOf(cls)) {
    const name = isLibraryValue(c) ? /^torch\.nn\.(?:modules\.\w+\.)?(\w+)$/.exec(c.path)?.[1] : undefined;
    if (name !== undefined && (containerNamed(name) || opNamed(name)?.torch?.startsWith("nn."))) return name;
  }
  return undefined;
}

/** The constructor that an object inherits from a layer or container of PyTorch; undefined where its class is derived from none. */
export function baseConstructor(engine: Evaluator, self: InstanceValue): PyValue | undefined {
  const name = baseName(self.cls);
  if (name === undefined) return undefined;
  const container = containerNamed(name);
  const op = opNamed(name);
  return nativeValue("__init__", (args, place, callee) => {
    const base = container ? makeContainer(container, args, place) : op && construct(engine, op, args, place, callee);
    if (base) engine.journal.set(self.attributes, BASE, base);
    return NONE;
  });
}
