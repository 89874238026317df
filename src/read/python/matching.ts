import { compare } from "./comparison.js";
import { isInstance } from "./instances.js";
import { type Interpreter, NEXT, type Outcome } from "./interpreter.js";
import type { Scope } from "./scope.js";
import type { Pattern, Statement } from "./syntax.js";
import { isLibraryValue, isListValue, isTupleValue, isUnknownValue } from "./valueKinds.js";
import { anything, type PyValue, unknown } from "./values.js";

/** Follows `match`: the first case whose pattern fits; where that is not known, each that may. */
export function followMatch(engine: Interpreter, s: Extract<Statement, { kind: "match" }>, scope: Scope): Outcome {
  const subject = engine.evaluate(s.subject, scope);
  const from = (i: number): Outcome => {
    const one = s.cases[i];
    if (!one) return NEXT;
    const bound = new Map<string, PyValue>();
    const fits = matches(engine, one.pattern, subject, scope, bound);
    if (fits === false) return from(i + 1);
    const bind = (): void => {
      for (const [name, value] of bound) engine.assignName(name, value, scope);
    };
    if (fits === true && !one.guard) {
      bind();
      return engine.execute(one.body, scope);
    }
    bind();
    const condition = one.guard ? engine.evaluate(one.guard, scope) : anything("Whether it fits is not known.");
    const holds = fits === true ? engine.isTrue(condition) : undefined;
    if (holds === false) return from(i + 1);
    if (holds === true) return engine.execute(one.body, scope);
    const asked = fits === true ? condition : unknown("Whether it fits is not known.");
    return engine.either(
      asked,
      () => engine.execute(one.body, scope),
      () => from(i + 1),
    );
  };
  return from(0);
}

/** Whether a value fits a pattern; undefined where that is not known. What is captured is put into `bound`. */
function matches(
  engine: Interpreter,
  pattern: Pattern,
  value: PyValue,
  scope: Scope,
  bound: Map<string, PyValue>,
): boolean | undefined {
  const all = (patterns: readonly Pattern[], values: readonly PyValue[]): boolean | undefined =>
    every(patterns.map((p, i) => matches(engine, p, values[i] ?? value, scope, bound)));
  switch (pattern.kind) {
    case "capture":
      if (pattern.name !== "_") bound.set(pattern.name, value);
      return true;
    case "value":
      return compare("==", value, engine.evaluate(pattern.value, scope));
    case "or": {
      const ways = pattern.options.map((p) => {
        const own = new Map<string, PyValue>();
        return { fits: matches(engine, p, value, scope, own), own };
      });
      const first = ways.find(({ fits }) => fits !== false);
      if (!first) return false;
      if (!first.fits) forget(pattern, bound);
      else for (const [name, captured] of first.own) bound.set(name, captured);
      return ways.some(({ fits }) => fits) || undefined;
    }
    case "as":
      bound.set(pattern.name, value);
      return matches(engine, pattern.pattern, value, scope, bound);
    case "sequence": {
      if (!isListValue(value) && !isTupleValue(value)) return isUnknownValue(value) ? forget(pattern, bound) : false;
      const { items } = value;
      const star = pattern.items.findIndex((p) => p.kind === "star");
      if (!items) return forget(pattern, bound);
      const fixed = pattern.items.length - (star < 0 ? 0 : 1);
      if (star < 0 ? items.length !== fixed : items.length < fixed) return false;
      if (star < 0) return all(pattern.items, items);
      const rest = items.slice(star, items.length - (fixed - star));
      return all(pattern.items, [
        ...items.slice(0, star),
        { kind: "list", items: rest },
        ...items.slice(items.length - (fixed - star)),
      ]);
    }
    case "star":
      if (pattern.name !== "_") bound.set(pattern.name, value);
      return true;
    case "class": {
      const cls = engine.evaluate(pattern.cls, scope);
      const isOf = isInstance(value, cls);
      if (isOf === false) return false;
      const named = pattern.named.map(([name, p]) =>
        matches(engine, p, engine.memberOf(value, name, pattern.cls), scope, bound),
      );
      const [only, ...more] = pattern.items;
      if (more.length > 0) return forget(pattern, bound);
      if (only && !(isLibraryValue(cls) && cls.path.startsWith("builtins."))) return forget(pattern, bound);
      return every([isOf, ...named, ...(only ? [matches(engine, only, value, scope, bound)] : [])]);
    }
    case "unclear":
      return forget(pattern, bound);
  }
}

const every = (fits: readonly (boolean | undefined)[]): boolean | undefined =>
  fits.includes(false) ? false : fits.includes(undefined) ? undefined : true;

/** A pattern that may fit: what it captures is not known. */
function forget(pattern: Pattern, bound: Map<string, PyValue>): undefined {
  const lost = unknown("It is taken apart by a pattern that Dimsum does not follow.");
  const visit = (p: Pattern): void => {
    if (p.kind === "unclear") for (const name of p.names) bound.set(name, lost);
    else if (p.kind === "capture" || p.kind === "star" || p.kind === "as") bound.set(p.name, lost);
    if (p.kind === "as") visit(p.pattern);
    if (p.kind === "or") p.options.forEach(visit);
    if (p.kind === "sequence" || p.kind === "class") p.items.forEach(visit);
    if (p.kind === "class") for (const [, inner] of p.named) visit(inner);
  };
  visit(pattern);
  return undefined;
}
