import type { Expression, Statement } from "./syntax.js";
import type { FunctionValue } from "./values.js";

/** Names with which code reaches what it does not name. */
const REACHING = new Set(["globals", "eval", "exec", "sys", "inspect", "__import__", "importlib"]);

const known = new WeakMap<object, ReadonlySet<string> | "any">();

/** The names in a function that may be those of others; "any" where it may reach what it does not name. */
export function freeNames({ body, params }: FunctionValue): ReadonlySet<string> | "any" {
  const before = known.get(body);
  if (before) return before;
  const names = new Set<string>();
  const isPlain = collect(body, names);
  for (const p of params) names.delete(p.name);
  const found = isPlain && ![...names].some((name) => REACHING.has(name)) ? names : "any";
  known.set(body, found);
  return found;
}

/** Adds all names of a stretch of syntax; false where it imports something. */
function collect(node: unknown, names: Set<string>): boolean {
  if (typeof node !== "object" || node === null) return true;
  if (Array.isArray(node)) return node.every((part) => collect(part, names));
  const { kind } = node as Partial<Expression | Statement>;
  if (kind === "import") return false;
  if (kind === "name") names.add((node as { readonly name: string }).name);
  if (kind === "scope") for (const name of (node as { readonly names: readonly string[] }).names) names.add(name);
  return Object.values(node).every((part) => collect(part, names));
}
