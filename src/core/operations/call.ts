import type { Bindings } from "../expr/evaluate.js";
import { readSignature, type Signature } from "../layer/signature.js";
import type { Operand, Operands, Operation, OperationRefusal, Result } from "./operation.js";
import { Refused } from "./operation.js";

/** The names that NumPy has for PyTorch's parameters, which PyTorch takes too. */
const ALIASES: Readonly<Record<string, string>> = { axis: "dim", axes: "dims", keepdims: "keepdim", x2: "other" };

/** Arguments that change no shape. */
const IGNORED = new Set(
  "device out requires_grad layout pin_memory memory_format generator non_blocking copy inplace dtype".split(" "),
);

/** A call bound to one of an operation's signatures. */
export interface Bound {
  readonly given: Operands;
  /** The parameter at each place, and for all that come after them. */
  readonly places: readonly string[];
  readonly rest?: string;
}

/** Binds a call to the first signature that takes it; undefined where none does. */
export function bindOperands(
  signatures: readonly string[],
  positional: readonly Operand[],
  byKeyword: ReadonlyMap<string, Operand>,
): Bound | undefined {
  for (const text of signatures) {
    const bound = bindTo(text, positional, byKeyword);
    if (bound) return bound;
  }
  return undefined;
}

interface Places extends Signature {
  /** The parameters that are given by place. */
  readonly places: readonly string[];
  /** Those that are given by name. */
  readonly names: ReadonlySet<string>;
}

const read = new Map<string, Places>();

function readPlaces(text: string): Places {
  const known = read.get(text);
  if (known) return known;
  const signature = readSignature(text);
  const { parameters, rest } = signature;
  const places = parameters.filter((p) => !p.keywordOnly).map((p) => p.name);
  const names = new Set([...parameters.map((p) => p.name), ...(rest === undefined ? [] : [rest])]);
  const made = { ...signature, places, names };
  read.set(text, made);
  return made;
}

function bindTo(
  text: string,
  positional: readonly Operand[],
  byKeyword: ReadonlyMap<string, Operand>,
): Bound | undefined {
  const { parameters, rest, others, places, names } = readPlaces(text);
  const given: Record<string, Operand> = {};
  const extra = positional.slice(places.length);
  if (extra.length > 0 && rest === undefined) return undefined;
  for (const [i, name] of places.entries()) if (i < positional.length) given[name] = positional[i];
  // One list in the place of several numbers is those numbers.
  if (rest !== undefined && extra.length > 0)
    given[rest] = extra.length === 1 && (Array.isArray(extra[0]) || extra[0] === undefined) ? extra[0] : extra;
  const unnamed: Operand[] = [];
  for (const [key, value] of byKeyword) {
    const name = !names.has(key) && ALIASES[key] !== undefined ? ALIASES[key] : key;
    if (names.has(name)) {
      if (Object.hasOwn(given, name)) return undefined;
      given[name] = value;
    } else if (others !== undefined) unnamed.push([key, value]);
    else if (!IGNORED.has(name)) return undefined;
  }
  if (others !== undefined) given[others] = unnamed;
  for (const p of parameters) {
    if (Object.hasOwn(given, p.name)) continue;
    if (!p.fallback) return undefined;
    given[p.name] =
      "value" in p.fallback ? (p.fallback.value as Bindings[string] as Operand) : given[p.fallback.sameAs];
  }
  if (rest !== undefined && !Object.hasOwn(given, rest)) given[rest] = [];
  for (const kept of ["dtype", "memory_format"]) if (byKeyword.has(kept)) given[kept] = byKeyword.get(kept);
  return rest === undefined ? { given, places } : { given, places, rest };
}

/** What an operation makes of its operands, or why it refuses them. */
export function applyOperation(
  operation: Operation,
  given: Operands,
): { readonly result: Result } | { readonly refusal: OperationRefusal } {
  try {
    return { result: operation.infer(given) };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}

/** What an operation does, and which sizes met in this call of it. */
export function describe(operation: Operation, given: Operands): string {
  try {
    const met = operation.met?.(given);
    return met === undefined ? operation.summary : `${operation.summary} ${met}`;
  } catch (error) {
    if (error instanceof Refused) return operation.summary;
    throw error;
  }
}
