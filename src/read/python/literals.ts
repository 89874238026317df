import { dimOf } from "../../core/dims/dim.js";
import type { Evaluator } from "./evaluator.js";
import type { Scope } from "./scope.js";
import type { Expression } from "./syntax.js";
import { int, type PyValue, unknown } from "./values.js";

/** Longer lists and texts are not kept. */
export const MAX_LENGTH = 4096;

/** A list of these items; not known where there are too many. */
export const listOf = (items: readonly PyValue[] | undefined): PyValue => ({
  kind: "list",
  items: items && items.length <= MAX_LENGTH ? items : undefined,
});

/** A number as it is written. */
export function readNumber(text: string): PyValue {
  const clean = text.replaceAll("_", "").toLowerCase();
  if (clean.endsWith("j")) return unknown("It is a complex number.");
  const value = Number(clean);
  if (!Number.isFinite(value)) return unknown("It is too large.");
  const isWhole = /^(\d+|0[xob][0-9a-f]+)$/.test(clean);
  if (!isWhole) return { kind: "float", value };
  const size = dimOf(value);
  return size === undefined || !Number.isSafeInteger(value) ? unknown("It is too large.") : int(size);
}

/** `[…]`, `(…)` or `{…}`. */
export function display(engine: Evaluator, e: Extract<Expression, { kind: "display" }>, scope: Scope): PyValue {
  const lost = (): PyValue => (e.what === "list" ? listOf(undefined) : unknown("Its items are not known."));
  if (e.items.length > MAX_LENGTH) return lost();
  const items: PyValue[] = [];
  let isKnown = true;
  for (const item of e.items) {
    const value = engine.evaluate(item.value, scope);
    const more = item.star ? engine.iterate(value) : [value];
    if (more && items.length + more.length <= MAX_LENGTH) items.push(...more);
    else isKnown = false;
  }
  if (e.what === "set") return unknown("Dimsum does not follow sets.");
  if (!isKnown) return lost();
  return e.what === "tuple" ? { kind: "tuple", items } : listOf(items);
}

/** A value as Python writes it in a text; undefined where that is not followed. */
export function textOf(v: PyValue): string | undefined {
  if (v.kind === "string") return v.value;
  return v.kind === "int" && typeof v.value === "number" ? String(v.value) : undefined;
}

/** `f"…{value}…"`. */
export function formatted(engine: Evaluator, e: Extract<Expression, { kind: "format" }>, scope: Scope): PyValue {
  const texts = e.parts.map((p) => (typeof p === "string" ? p : textOf(engine.evaluate(p, scope))));
  return joinedText(texts);
}

/** `"conv%d" % 3`; formats other than plain numbers and texts are not followed. */
export function percentFormat(text: string, values: PyValue): PyValue {
  const items = values.kind === "tuple" ? values.items : [values];
  const pieces = text.split(/%[ds]/);
  if (pieces.length !== items.length + 1 || pieces.some((p) => p.includes("%"))) return joinedText([undefined]);
  return joinedText(pieces.flatMap((piece, i) => (i < items.length ? [piece, textOf(items[i] as PyValue)] : [piece])));
}

/** Texts one behind the other; not known where one of them is, or where they are too long. */
function joinedText(texts: readonly (string | undefined)[]): PyValue {
  const value = texts.includes(undefined) ? undefined : texts.join("");
  return value === undefined || value.length > MAX_LENGTH
    ? unknown("It is a text that is put together.")
    : { kind: "string", value };
}

/** `{key: value}`. */
export function dictionary(engine: Evaluator, e: Extract<Expression, { kind: "dict" }>, scope: Scope): PyValue {
  const entries = new Map<string, readonly [PyValue, PyValue]>();
  if (e.entries.length > MAX_LENGTH) return { kind: "dict", entries: undefined };
  let isKnown = true;
  for (const { key, value } of e.entries) {
    const v = engine.evaluate(value, scope);
    const k = key && engine.evaluate(key, scope);
    const name = k && dictKey(k);
    if (k && name !== undefined) entries.set(name, [k, v]);
    else if (!key && v.kind === "dict" && v.entries) for (const [n, entry] of v.entries) entries.set(n, entry);
    else isKnown = false;
  }
  return { kind: "dict", entries: isKnown ? entries : undefined };
}

/** The name under which a dictionary keeps a key; undefined for keys that are not followed. */
export function dictKey(key: PyValue): string | undefined {
  if (key.kind === "string") return `s:${key.value}`;
  return key.kind === "int" && typeof key.value === "number" ? `i:${key.value}` : undefined;
}
