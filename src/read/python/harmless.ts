import { opNamed } from "../../core/ops/index.js";
import { expressionIn } from "./evaluated.js";
import type { Evaluator } from "./evaluator.js";
import { entryOf } from "./hashing.js";
import type { Scope } from "./scope.js";
import { placeOf } from "./slices.js";
import type { Expression, Statement } from "./syntax.js";
import { operationAt } from "./torch/callOperation.js";
import { containerNamed } from "./torch/containers.js";
import { isDictValue, isLibraryValue, isListValue, isStringValue } from "./valueKinds.js";
import { int, type PyValue, stringValue } from "./values.js";

/** What a calculation gives, which raises nothing where that is known. */
const CALCULATED = new Set(["tensor", "int", "float", "bool"]);

/** Functions that raise nothing where what they give is known. */
const ASKING = new Set(["isinstance", "callable"]);

/**
 * Whether statements that have been followed, with all that they come to known, certainly raise nothing: they calculate numbers and
 * tensors, or, where there is one alone, it only moves what is there, if need be by a name that is a text.
 */
export function raisesNothing(engine: Evaluator, body: readonly Statement[], scope: Scope): boolean {
  const isAlone = body.length === 1;
  return body.every((s) => {
    if (s.kind !== "assign" && s.kind !== "update") return false;
    const targets = s.kind === "assign" ? s.targets : [s.target];
    const set = targets.map((t) => (t.kind === "name" || isAlone ? valueAt(t, scope) : undefined));
    if (set.every((v) => v && CALCULATED.has(v.kind))) return true;
    const isMoved = isAlone && s.kind === "assign" && s.value && onlyMoves(engine, s.value, scope);
    return isMoved === true && set.every((v) => v !== undefined);
  });
}

/** What a name, or an item of a list or dictionary under a name, is; undefined where it is not known to be there. */
function valueAt(e: Expression, scope: Scope): PyValue | undefined {
  if (e.kind === "name") return scope.find(e.name);
  const [index, ...more] = e.kind === "subscript" ? e.indices : [];
  if (e.kind !== "subscript" || e.of.kind !== "name" || index?.kind !== "index" || more.length > 0) return undefined;
  const [of, key] = [scope.find(e.of.name), keyAt(index.value, scope)];
  if (isDictValue(of)) return entryOf(of.entries, key)?.[1];
  const at = isListValue(of) && of.items && key ? placeOf(key, of.items.length) : undefined;
  return isListValue(of) && at !== undefined ? of.items?.[at] : undefined;
}

function keyAt(e: Expression, scope: Scope): PyValue | undefined {
  if (e.kind === "name") return scope.find(e.name);
  if (e.kind === "string" && e.value !== undefined) return stringValue(e.value);
  return e.kind === "number" && /^\d{1,9}$/.test(e.text) ? int(Number(e.text)) : undefined;
}

/** Whether an expression of which the value is known is made of names and constants alone. */
function onlyMoves(engine: Evaluator, e: Expression, scope: Scope): boolean {
  switch (e.kind) {
    case "number":
    case "string":
    case "constant":
    case "ellipsis":
    case "name":
      return true;
    case "attribute": {
      const path = pathOf(e, scope);
      return path !== undefined && isInPyTorch(path);
    }
    case "conditional":
      return [e.when, e.yes, e.otherwise].every((part) => onlyMoves(engine, part, scope));
    case "display":
      return e.what !== "set" && e.items.every((i) => !i.star && onlyMoves(engine, i.value, scope));
    case "call": {
      const { callee, args } = e;
      if (callee.kind !== "name" || scope.find(callee.name) || args.some((a) => a.star)) return false;
      if (callee.name === "eval") return args.length === 1 && readsName(engine, args[0]?.value, scope);
      return ASKING.has(callee.name) && args.every((a) => onlyMoves(engine, a.value, scope));
    }
    default:
      return false;
  }
}

/** Whether a text under a name, if it is evaluated at all, only says what is there already. */
function readsName(engine: Evaluator, e: Expression | undefined, scope: Scope): boolean {
  const text = e?.kind === "name" ? scope.find(e.name) : undefined;
  // What is no text has no known value when it is evaluated.
  if (!isStringValue(text)) return text !== undefined;
  const value = expressionIn(engine, text.value);
  return value !== undefined && onlyMoves(engine, value, scope);
}

function pathOf(e: Expression, scope: Scope): string | undefined {
  if (e.kind === "name") {
    const found = scope.find(e.name);
    return isLibraryValue(found) ? found.path : undefined;
  }
  const of = e.kind === "attribute" ? pathOf(e.of, scope) : undefined;
  return of === undefined || e.kind !== "attribute" ? undefined : `${of}.${e.name}`;
}

/** Whether PyTorch certainly has something under a path. */
function isInPyTorch(path: string): boolean {
  const layer = /^torch\.nn\.(\w+)$/.exec(path)?.[1];
  if (layer === undefined) return operationAt(path) !== undefined;
  return containerNamed(layer) !== undefined || opNamed(layer)?.torch?.startsWith("nn.") === true;
}
