import { given } from "./arguments.js";
import { lookUp } from "./attributes.js";
import { classesOf } from "./classes.js";
import { loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import type { Place, Statement } from "./syntax.js";
import { isBoolValue, isClassValue, isMethodValue, isTupleValue, isUnknownValue } from "./valueKinds.js";
import { type CallArguments, type ClassValue, type InstanceValue, type PyValue, unknown } from "./values.js";

/** A field of a dataclass, as its class says it. */
interface Field {
  readonly name: string;
  /** What it is without an argument; absent where there must be one. */
  readonly fallback?: PyValue;
  /** What makes its value without an argument. */
  readonly factory?: PyValue;
  readonly isArgument: boolean;
  readonly isKeyword: boolean;
}

/** The names of what `dataclasses.field` is given. */
const SPECIFICATION = ["(field)", "default", "default_factory", "init", "kw_only"] as const;

/** What `dataclasses.field(…)` makes: its arguments, under their names. */
export const fieldSpecification = ({ byKeyword }: CallArguments): PyValue => ({
  kind: "tuple",
  names: SPECIFICATION,
  items: SPECIFICATION.map((name) => byKeyword.get(name) ?? unknown("It is not given.")),
});

const fields = new WeakMap<ClassValue, readonly Field[]>();

/** A class with its fields read off its annotations. */
export function dataclassOf(engine: Evaluator, cls: ClassValue): ClassValue {
  fields.set(cls, ownFields(engine, cls));
  for (const { name, fallback, factory } of fields.get(cls) ?? [])
    if (fallback && !factory) cls.members.set(name, fallback);
    else cls.members.delete(name);
  return cls;
}

type Assignment = Extract<Statement, { kind: "assign" }>;

/** The annotated names of a class's body, in order. */
export const annotatedNames = (cls: ClassValue): readonly (readonly [string, Assignment])[] =>
  cls.body.flatMap((s) => {
    const target = s.kind === "assign" && s.annotation ? s.targets[0] : undefined;
    return s.kind === "assign" && target?.kind === "name" ? [[target.name, s] as const] : [];
  });

function ownFields(engine: Evaluator, cls: ClassValue): Field[] {
  let isKeyword = false;
  const own: Field[] = [];
  for (const [name, s] of annotatedNames(cls)) {
    const type = s.annotation ? engine.textAt(s.annotation) : "";
    if (/\bKW_ONLY\b/.test(type)) isKeyword = true;
    else if (!/^:\s*["']?(typing\.)?ClassVar\b/.test(type))
      own.push(fieldOf(name, s.value && cls.members.get(name), isKeyword));
  }
  return own;
}

function fieldOf(name: string, said: PyValue | undefined, isKeyword: boolean): Field {
  if (!isTupleValue(said) || said.names?.[0] !== SPECIFICATION[0])
    return { name, isKeyword, isArgument: true, ...(said ? { fallback: said } : {}) };
  const part = (key: (typeof SPECIFICATION)[number]): PyValue | undefined => {
    const value = said.items[SPECIFICATION.indexOf(key)];
    return isUnknownValue(value) && value.reason === "It is not given." ? undefined : value;
  };
  const [fallback, factory, init, keyword] = [part("default"), part("default_factory"), part("init"), part("kw_only")];
  return {
    name,
    isArgument: !(isBoolValue(init) && !init.value),
    isKeyword: isKeyword || (isBoolValue(keyword) && keyword.value),
    ...(fallback ? { fallback } : {}),
    ...(factory ? { factory } : {}),
  };
}

/** Whether a class is decorated as a dataclass itself. */
export const isDataclass = (cls: ClassValue): boolean => fields.has(cls);

/** All fields of a dataclass, those of its bases first; undefined where it is none. */
export function fieldsOf(cls: ClassValue): readonly Field[] | undefined {
  const own = classesOf(cls).flatMap((c) => (isClassValue(c) && fields.has(c) ? [c] : []));
  if (own.length === 0) return undefined;
  const all = new Map<string, Field>();
  for (const c of own.reverse()) for (const field of fields.get(c) ?? []) all.set(field.name, field);
  return [...all.values()];
}

/** Sets the fields of a new object from the arguments, as the `__init__` that dataclasses write does. */
export function initializeFields(
  engine: Evaluator,
  made: InstanceValue,
  all: readonly Field[],
  args: CallArguments,
  place: Place,
): void {
  const positional = all.filter((f) => f.isArgument && !f.isKeyword);
  for (const field of all) {
    const at = positional.indexOf(field);
    const given1 = field.isArgument
      ? ((at >= 0 ? args.positional[at] : undefined) ?? args.byKeyword.get(field.name))
      : undefined;
    const value =
      given1 ??
      (args.uncertain
        ? unknown("It comes from arguments that are not known.")
        : field.factory
          ? engine.call(field.factory, given(), place, place)
          : (field.fallback ?? (args.open ? unknown("It is not given here.") : undefined)));
    if (value) engine.journal.set(made.attributes, field.name, value);
    else if (field.isArgument)
      engine.fail("TypeError", place, `${made.cls.name} is made without ${field.name}.`, `Give ${field.name} a value.`);
  }
  // A class with its own way of setting attributes may do anything with them.
  if (classesOf(made.cls).some((c) => isClassValue(c) && c.members.has("__setattr__"))) loseValue(engine.journal, made);
  const after = lookUp(made.cls, "__post_init__", made);
  if (isMethodValue(after)) engine.call(after, given(), place, place);
}
