import { given } from "./arguments.js";
import { lookUp } from "./attributes.js";
import { classesOf, isModuleBase } from "./classes.js";
import { annotatedNames } from "./dataclasses.js";
import { decorated } from "./decorators.js";
import { enumerate, isEnumeration } from "./enumerations.js";
import { handValue } from "./handedOver.js";
import type { Interpreter } from "./interpreter.js";
import { Names } from "./journal.js";
import { Scope } from "./scope.js";
import { FIRST_BASE } from "./sources.js";
import { namedTupleClass } from "./standard/namedTuples.js";
import type { Statement } from "./syntax.js";
import { isClassValue, isFunctionValue, isInstanceValue, isLibraryValue, isMethodValue } from "./valueKinds.js";
import { type CallArguments, type ClassValue, type PyValue, stringValue, unknown } from "./values.js";

/** The function that a definition makes. */
export function defineFunction(
  engine: Interpreter,
  s: Extract<Statement, { kind: "function" }>,
  scope: Scope,
  owner?: ClassValue,
  inside: Scope = scope,
): PyValue {
  if (s.isAsync) return unknown(`${s.name} is asynchronous, which Dimsum does not follow.`);
  const fn = engine.makeFunction(s.name, s.params, s.body, scope, "plain", s.nameAt, owner, s.yields);
  return decorated(engine, s.decorators, s.returns ? { ...fn, returns: s.returns } : fn, inside);
}

type ClassStatement = Extract<Statement, { kind: "class" }>;

/** The class that a definition makes; one that something unknown makes is not known. */
export function defineClass(engine: Interpreter, s: ClassStatement, scope: Scope): PyValue {
  const bases = s.bases.filter((b) => !b.name).map((b) => engine.evaluate(b.value, scope));
  const byKeyword = new Map(
    s.bases.flatMap((b) => (b.name === undefined ? [] : [[b.name, engine.evaluate(b.value, scope)] as const])),
  );
  const metaclass = byKeyword.get("metaclass");
  const cls: ClassValue = {
    kind: "class",
    name: s.name,
    nameAt: s.nameAt,
    bases,
    members: new Names(),
    body: s.body,
    ...(isClassValue(metaclass) ? { metaclass } : {}),
  };
  const inside = new Scope(scope);
  for (const member of s.body) {
    if (member.kind === "function") {
      const fn = defineFunction(engine, member, scope, cls, inside);
      inside.names.set(member.name, fn);
      cls.members.set(member.name, fn);
    } else engine.statement(member, inside);
  }
  for (const [name, value] of inside.names) cls.members.set(name, value);
  tellMakers(engine, cls, metaclass);
  const isChanged =
    s.bases.some((b) => b.star !== undefined) ||
    !isHarmless(metaclass) ||
    cls.members.has("__getattribute__") ||
    isMadeOtherwise(cls);
  if (isChanged) {
    // What it does when it is used is not followed, and happens all the same.
    for (const [, member] of cls.members) handValue(engine, member);
    return unknown(`${s.name} is made in a way that Dimsum does not follow.`);
  }
  if (bases.some((b) => isLibraryValue(b) && b.path === "typing.NamedTuple")) return namedTuple(engine, cls);
  if (s.nameAt.from < FIRST_BASE) engine.classes.push(cls);
  if (isEnumeration(cls)) enumerate(engine, cls);
  tellBases(engine, cls, byKeyword, s);
  return decorated(engine, s.decorators, cls, scope);
}

/** Whether objects of a class are made in another way than by a function of the file that gets the class and the arguments. */
function isMadeOtherwise(cls: ClassValue): boolean {
  const maker = cls.members.get("__new__");
  if (!maker) return false;
  const isPlain = (c: PyValue): boolean => isClassValue(c) || isModuleBase(c) || isObject(c);
  return (
    !isFunctionValue(maker) || maker.how === "class" || cls.metaclass !== undefined || !classesOf(cls).every(isPlain)
  );
}

const isObject = (c: PyValue): boolean => isLibraryValue(c) && c.path === "builtins.object";

/** Whether a metaclass leaves the class and its objects what they are without it. */
function isHarmless(metaclass: PyValue | undefined): boolean {
  if (!metaclass) return true;
  if (isLibraryValue(metaclass)) return /\b(ABCMeta|EnumMeta|EnumType|type)$/.test(metaclass.path);
  if (!isClassValue(metaclass)) return false;
  const order = classesOf(metaclass);
  return order.every((c) =>
    isClassValue(c)
      ? !["__new__", "__init__", "__call__", "__prepare__", "__getattr__"].some((name) => c.members.has(name))
      : isHarmless(c),
  );
}

/** A metaclass may keep its classes somewhere, and what is set in a class may learn its name there. */
function tellMakers(engine: Interpreter, cls: ClassValue, metaclass: PyValue | undefined): void {
  if (isClassValue(metaclass)) for (const [, member] of metaclass.members) handValue(engine, member);
  for (const [name, member] of [...cls.members]) {
    const told = isInstanceValue(member) ? lookUp(member.cls, "__set_name__", member) : undefined;
    if (isMethodValue(told)) engine.call(told, given(cls, stringValue(name)), told.fn.place, told.fn.place);
    else if (told) handValue(engine, told);
  }
}

/** A class that is derived tells its bases: `__init_subclass__`. */
function tellBases(
  engine: Interpreter,
  cls: ClassValue,
  byKeyword: ReadonlyMap<string, PyValue>,
  s: ClassStatement,
): void {
  const hook = lookUp(cls, "__init_subclass__", undefined, cls);
  const fn = isMethodValue(hook) ? hook.fn : hook;
  if (!isFunctionValue(fn)) return;
  const args: CallArguments = {
    ...given(cls),
    byKeyword: new Map([...byKeyword].filter(([name]) => name !== "metaclass")),
  };
  engine.call({ ...fn, how: "plain" }, args, s.nameAt, s.nameAt);
}

/** A class of `typing.NamedTuple`: its objects are tuples with names. */
function namedTuple(engine: Interpreter, cls: ClassValue): PyValue {
  const isPlain = ![...cls.members.values()].some((m) => isFunctionValue(m));
  if (!isPlain) return unknown(`${cls.name} is a named tuple with methods, which Dimsum does not follow.`);
  const names = annotatedNames(cls).map(([name]) => name);
  return namedTupleClass(engine, cls.name, names, cls.members);
}
