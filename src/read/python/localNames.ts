import { loseValue } from "./escape.js";
import type { Evaluator } from "./evaluator.js";
import type { Scope } from "./scope.js";
import type { Expression } from "./syntax.js";
import { isInstanceValue } from "./valueKinds.js";
import { dictValue, type PyValue, stringValue, unknown } from "./values.js";

/** `locals()` as a dictionary of the names that a call has so far; undefined for any other call, before which `exec` loses what names stand for. */
export function namesOfScope(
  engine: Evaluator,
  { callee, args }: Extract<Expression, { kind: "call" }>,
  scope: Scope,
): PyValue | undefined {
  if (callee.kind !== "name" || scope.find(callee.name)) return undefined;
  if (callee.name === "exec") loseNames(engine, scope);
  if (args.length > 0 || !/^(?:locals|vars)$/.test(callee.name)) return undefined;
  const names = scope.locals();
  if (names) return dictValue(new Map([...names].map(([name, v]) => [`s:${name}`, [stringValue(name), v] as const])));
  loseNames(engine, scope);
  return unknown("Which names there are here is not known.");
}

/** Code that is made while the program runs may change whatever its names stand for. */
function loseNames(engine: Evaluator, scope: Scope): void {
  for (let at: Scope | undefined = scope; at; at = at.parent)
    for (const value of [...at.names.values()]) if (!isInstanceValue(value)) loseValue(engine.journal, value);
}

/** `locals()["name"]`: the value of that name. */
export function localAt(
  engine: Evaluator,
  { of, indices }: Extract<Expression, { kind: "subscript" }>,
  scope: Scope,
): PyValue | undefined {
  const isLocals = of.kind === "call" && of.callee.kind === "name" && of.callee.name === "locals";
  const [index] = indices;
  if (!isLocals || of.args.length > 0 || scope.find("locals") || index?.kind !== "index" || indices.length > 1)
    return undefined;
  const key = engine.evaluate(index.value, scope);
  return key?.kind === "string" ? scope.local(key.value) : undefined;
}
