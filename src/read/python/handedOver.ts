import { classesOf, isModuleClass } from "./classes.js";
import type { Evaluator } from "./evaluator.js";
import { ending } from "./exceptions.js";
import { birthsSoFar, Names, type Owner } from "./journal.js";
import type { Place } from "./syntax.js";
import {
  isClassValue,
  isFunctionValue,
  isInstanceValue,
  isListValue,
  isMethodValue,
  isTupleValue,
} from "./valueKinds.js";
import type { CallArguments, FunctionValue, InstanceValue, PyValue } from "./values.js";

/** Work that is spent on finding out what a function changes. */
const STEPS = 4000;

/** Methods of an object that are looked at. */
const MAX_METHODS = 30;

/** Arguments of which nothing is known. */
const ANY: CallArguments = { positional: [], byKeyword: new Map(), uncertain: true, places: [] };

const NOWHERE: Place = { from: 0, to: 0 };

type Method = Extract<PyValue, { kind: "method" }>;

/**
 * What outside code gets it may call whenever it likes: a hook, a closure of an optimizer, what a thread runs, the methods of a data set. What
 * these functions change is not known from here on, whatever is said of it later.
 */
export function handOver(engine: Evaluator, { positional, byKeyword }: CallArguments): void {
  for (const value of [...positional, ...byKeyword.values()]) handValue(engine, value);
}

/** Hands over one value, and what is in it where it is a list or a tuple. */
export function handValue(engine: Evaluator, value: PyValue): void {
  if (isFunctionValue(value) || isMethodValue(value)) letCall(engine, value);
  else if (isInstanceValue(value)) for (const method of methodsOf(value)) letCall(engine, method);
  else if (isListValue(value) || isTupleValue(value))
    for (const item of value.items ?? []) if (isCallable(item)) handValue(engine, item);
}

const isCallable = (v: PyValue): boolean => isFunctionValue(v) || isMethodValue(v) || isInstanceValue(v);

/** The methods of an object by which outside code may reach it; a model is called by the program itself. */
function methodsOf(self: InstanceValue): readonly Method[] {
  if (isModuleClass(self.cls)) return [];
  const found = new Map<string, FunctionValue>();
  for (const c of classesOf(self.cls))
    for (const [name, member] of isClassValue(c) ? c.members : [])
      if (name !== "__init__" && isFunctionValue(member) && !found.has(name)) found.set(name, member);
  return [...found.values()].slice(0, MAX_METHODS).map((fn): Method => ({ kind: "method", fn, self }));
}

/**
 * Follows a function that may be called at any time and any number of times, with anything; what it gives, or undefined where it has no end.
 */
export function letCall(engine: Evaluator, value: FunctionValue | Method): PyValue | undefined {
  const [fn, self] = isMethodValue(value) ? [value.fn, value.self] : [value, undefined];
  const key = self ?? fn;
  const known = engine.handed.get(key) ?? new Map<FunctionValue, PyValue | undefined>();
  if (known.has(fn)) return known.get(fn);
  engine.handed.set(key, known.set(fn, undefined));
  const born = birthsSoFar();
  const entered = engine.entered;
  engine.entered = new Set(entered);
  let given: PyValue | undefined;
  const { after } = engine.journal.undone(() =>
    engine.trace.muted(() =>
      engine.budget.within(STEPS, () => {
        const end = ending(() => engine.call(value, ANY, NOWHERE, NOWHERE));
        if ("value" in end) given = end.value;
      }),
    ),
  );
  engine.entered = entered;
  const isOld = (owner: Owner): boolean => !(owner instanceof Names) || owner.born <= born;
  for (const [owner, ends] of after)
    if (isOld(owner)) for (const name of ends.keys()) engine.journal.unsettle(owner, name);
  for (const names of reachedBy(fn, self))
    for (const [name, part] of [...names]) if (after.has(part as Owner)) engine.journal.unsettle(names, name);
  known.set(fn, given);
  return given;
}

/** The names by which a function finds what it changes: those around it, and those of its object. */
function* reachedBy(fn: FunctionValue, self: PyValue | undefined): Generator<Names> {
  for (let scope: FunctionValue["scope"] | undefined = fn.scope; scope; scope = scope.parent) yield scope.names;
  if (self && isInstanceValue(self)) yield self.attributes;
}
