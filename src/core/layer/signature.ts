import type { Bindings, Value } from "../expr/evaluate.js";

/** One parameter of a call; a default may be another parameter's value. */
export interface Parameter {
  readonly name: string;
  readonly fallback?: { readonly value: Value } | { readonly sameAs: string };
  readonly keywordOnly: boolean;
}

/** A call's name and parameters. */
export interface Signature {
  readonly callee: string;
  readonly parameters: readonly Parameter[];
  /** Whether it takes anything else besides, as `*args` says. */
  readonly open: boolean;
  /** The name under which it takes what else is given by place. */
  readonly rest?: string;
  /** The name under which it takes what else is given by name. */
  readonly others?: string;
}

/** What is wrong with the arguments of a call. */
export type BindingProblem =
  | { readonly kind: "missing"; readonly name: string }
  | { readonly kind: "unexpected"; readonly name: string }
  | { readonly kind: "twice"; readonly name: string }
  | { readonly kind: "too-many"; readonly takes: number; readonly given: number };

const read = new Map<string, Signature>();

/** The signature that a text such as `nn.MaxPool2d(kernel_size, stride=kernel_size, padding=0)` says. */
export function readSignature(text: string): Signature {
  const known = read.get(text);
  if (known) return known;
  const open = text.indexOf("(");
  const inside = text.slice(open + 1, text.lastIndexOf(")"));
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const part of inside.split(/,(?![^(]*\))/).map((p) => p.trim())) {
    if (part.startsWith("*")) keywordOnly = true;
    else if (part !== "") parameters.push(readParameter(part, keywordOnly, parameters));
  }
  const rest = /(?<!\*)\*(\w+)/.exec(inside)?.[1];
  const others = /\*\*(\w+)/.exec(inside)?.[1];
  const signature: Signature = {
    callee: text.slice(0, open),
    parameters,
    open: rest !== undefined,
    ...(rest === undefined ? {} : { rest }),
    ...(others === undefined ? {} : { others }),
  };
  read.set(text, signature);
  return signature;
}

function readParameter(part: string, keywordOnly: boolean, before: readonly Parameter[]): Parameter {
  const [name = "", fallback] = part.split("=").map((p) => p.trim());
  if (fallback === undefined) return { name, keywordOnly };
  if (before.some((p) => p.name === fallback)) return { name, keywordOnly, fallback: { sameAs: fallback } };
  return { name, keywordOnly, fallback: { value: readLiteral(fallback) } };
}

const CONSTANTS: Readonly<Record<string, Value>> = { None: null, True: true, False: false };

function readLiteral(text: string): Value {
  if (Object.hasOwn(CONSTANTS, text)) return CONSTANTS[text] as Value;
  if (/^['"]/.test(text)) return text.slice(1, -1);
  if (text.startsWith("("))
    return text
      .slice(1, -1)
      .split(",")
      .filter((p) => p.trim() !== "")
      .map((p) => readLiteral(p.trim()));
  return Number(text);
}

/** Arguments that layers take and that change nothing here. */
const IGNORED = new Set(["device", "dtype", "_weight", "_freeze"]);

/** Binds a call's arguments to their names, as Python does; an unknown argument is bound to undefined. */
export function bind(
  signature: Signature,
  positional: readonly (Value | undefined)[],
  byKeyword: Bindings,
): { readonly args: Bindings; readonly problem?: BindingProblem } {
  const args: Record<string, Value | undefined> = {};
  const places = signature.parameters.filter((p) => !p.keywordOnly);
  if (positional.length > places.length && !signature.open)
    return { args, problem: { kind: "too-many", takes: places.length, given: positional.length } };
  for (const [i, p] of places.entries()) if (i < positional.length) args[p.name] = positional[i];
  for (const name of Object.keys(byKeyword)) {
    if (!signature.parameters.some((p) => p.name === name)) {
      if (signature.others !== undefined) args[name] = byKeyword[name];
      if (IGNORED.has(name) || signature.open || signature.others !== undefined) continue;
      return { args, problem: { kind: "unexpected", name } };
    }
    if (Object.hasOwn(args, name)) return { args, problem: { kind: "twice", name } };
    args[name] = byKeyword[name];
  }
  for (const p of signature.parameters) {
    if (Object.hasOwn(args, p.name)) continue;
    if (!p.fallback) return { args, problem: { kind: "missing", name: p.name } };
    args[p.name] = "value" in p.fallback ? p.fallback.value : args[p.fallback.sameAs];
  }
  // PyTorch reads an absent stride of a pooling layer as the kernel's size, also when None is written out.
  for (const p of signature.parameters)
    if (p.fallback && "sameAs" in p.fallback && args[p.name] === null) args[p.name] = args[p.fallback.sameAs];
  return { args };
}

/** What is wrong with a call's arguments, as a sentence. */
export function sayBindingProblem(callee: string, problem: BindingProblem): string {
  switch (problem.kind) {
    case "missing":
      return `${callee} needs the argument ${problem.name}.`;
    case "unexpected":
      return `${callee} has no argument ${problem.name}.`;
    case "twice":
      return `${callee} gets the argument ${problem.name} twice.`;
    case "too-many":
      return `${callee} takes ${problem.takes} arguments, not ${problem.given}.`;
  }
}
