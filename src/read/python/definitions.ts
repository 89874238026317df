import { lookUp } from "./attributes.js";
import type { Interpreter } from "./interpreter.js";
import { Names } from "./journal.js";
import { Scope } from "./scope.js";
import type { Argument, Statement } from "./syntax.js";
import { type ClassValue, type FunctionValue, type PyValue, unknown } from "./values.js";

/** Decorators under which a function is called as it is written. */
const TRANSPARENT =
  /^(staticmethod|classmethod|property|abstractmethod|abc\.abstractmethod|(typing\.)?(override|final|no_type_check)|(tf|tensorflow)\.function\b.*|torch\.(no_grad|enable_grad|jit|fx|compile|inference_mode|autocast|cuda\.amp|amp)\b.*|(functools\.)?(lru_cache|cache|cached_property)\b.*|autocast\b.*|custom_fwd|custom_bwd)(\(.*\))?$/s;

/** The function that a definition makes. */
export function defineFunction(
  engine: Interpreter,
  s: Extract<Statement, { kind: "function" }>,
  scope: Scope,
  owner?: ClassValue,
): PyValue {
  const names = s.decorators.map((d) => engine.text.slice(d.from, d.to));
  if (!names.every((n) => TRANSPARENT.test(n))) return unknown(`${s.name} has a decorator that Dimsum does not know.`);
  if (s.yields) return unknown(`${s.name} is a generator, which Dimsum does not follow.`);
  return engine.makeFunction(s.name, s.params, s.body, scope, kindOf(names), s.nameAt, owner);
}

function kindOf(decorators: readonly string[]): FunctionValue["how"] {
  if (decorators.includes("staticmethod")) return "static";
  if (decorators.includes("classmethod")) return "class";
  return decorators.some((d) => d === "property" || d.endsWith("cached_property")) ? "property" : "plain";
}

/** Names that, defined in a class, change what its objects are. */
const MAGIC = ["__new__", "__setattr__", "__getattribute__"];

/** The class that a definition makes; one that something unknown makes is not known. */
export function defineClass(engine: Interpreter, s: Extract<Statement, { kind: "class" }>, scope: Scope): PyValue {
  const bases = s.bases.filter((b) => !b.name).map((b) => engine.evaluate(b.value, scope));
  const cls: ClassValue = { kind: "class", name: s.name, nameAt: s.nameAt, bases, members: new Names(), body: s.body };
  const inside = new Scope(scope);
  for (const member of s.body) {
    if (member.kind === "function") {
      const fn = defineFunction(engine, member, scope, cls);
      inside.names.set(member.name, fn);
      cls.members.set(member.name, fn);
    } else engine.statement(member, inside);
  }
  for (const [name, value] of inside.names) cls.members.set(name, value);
  const isChanged =
    s.decorators.length > 0 || s.bases.some((b) => isMaker(engine, b)) || MAGIC.some((m) => cls.members.has(m));
  if (isChanged) return unknown(`${s.name} is made in a way that Dimsum does not follow.`);
  engine.classes.push(cls);
  return cls;
}

/** Whether an argument of a class statement changes what the class is. */
const isMaker = (engine: Interpreter, b: Argument): boolean =>
  b.star !== undefined || (b.name === "metaclass" && !/\bABCMeta$/.test(engine.text.slice(b.value.from, b.value.to)));

/** An object's attributes; those that it does not set itself may come from its class. */
export const attributesOf = (cls: ClassValue): Names => new Names((name) => lookUp(cls, name, undefined) !== undefined);
