import { mergedEntries } from "./dicts.js";
import type { Evaluator } from "./evaluator.js";
import { formatValue } from "./formatSpec.js";
import { dictKey } from "./hashing.js";
import { intOf } from "./integers.js";
import { drain } from "./iterators.js";
import { repr, textOf } from "./representation.js";
import type { Scope } from "./scope.js";
import { makeSet } from "./sets.js";
import type { Expression, FormatHole } from "./syntax.js";
import { isDictValue, isStringValue } from "./valueKinds.js";
import {
  complexNumber,
  dictValue,
  floatValue,
  type PyValue,
  someNumber,
  someText,
  stringValue,
  tupleValue,
  unknown,
} from "./values.js";

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
  if (clean.endsWith("j")) return complexNumber("It is a complex number.");
  if (/^(\d+|0[xob][0-9a-f]+)$/.test(clean)) {
    const isLong = clean.length > 700 || (/^0\d/.test(clean) && /[1-9]/.test(clean));
    return isLong ? someNumber("It is too large.") : intOf(BigInt(clean));
  }
  const value = Number(clean);
  return Number.isNaN(value) ? unknown("Dimsum cannot read this number.") : floatValue(value);
}

/** `[…]`, `(…)` or `{…}`. */
export function display(engine: Evaluator, e: Extract<Expression, { kind: "display" }>, scope: Scope): PyValue {
  const lost = (): PyValue =>
    e.what === "list" ? listOf(undefined) : e.what === "set" ? makeSet(undefined) : unknown("Its items are not known.");
  if (e.items.length > MAX_LENGTH) return lost();
  const items: PyValue[] = [];
  let isKnown = true;
  for (const item of e.items) {
    const value = engine.evaluate(item.value, scope);
    const more = item.star ? drain(engine, value) : [value];
    if (more && items.length + more.length <= MAX_LENGTH) items.push(...more);
    else isKnown = false;
  }
  if (!isKnown) return lost();
  if (e.what === "set") return makeSet(items);
  return e.what === "tuple" ? tupleValue(items) : listOf(items);
}

/** `f"…{value}…"`. */
export function formatted(engine: Evaluator, e: Extract<Expression, { kind: "format" }>, scope: Scope): PyValue {
  return joinedText(textsOf(engine, e.parts, scope));
}

function textsOf(
  engine: Evaluator,
  parts: readonly (string | FormatHole)[],
  scope: Scope,
): readonly (string | undefined)[] {
  return parts.flatMap((part) => {
    if (typeof part === "string") return [part];
    const value = engine.evaluate(part.value, scope);
    const spec = joinedText(textsOf(engine, part.spec ?? [], scope));
    const isWritten = part.label !== undefined && part.conversion === undefined && !part.spec;
    const text = written(value, isWritten ? "r" : part.conversion);
    const isKnown = text !== undefined && isStringValue(spec);
    return [part.label ?? "", isKnown ? formatValue(text, spec.value) : undefined];
  });
}

/** A value behind `!r` or `!s`. */
function written(value: PyValue, conversion: string | undefined): PyValue | undefined {
  if (conversion === undefined) return value;
  const text = conversion === "s" ? textOf(value) : repr(value);
  const isPlain = conversion !== "a" || (text !== undefined && /^[\0-\x7f]*$/.test(text));
  return text === undefined || !isPlain ? undefined : stringValue(text);
}

/** Texts one behind the other; not known where one of them is, or where they are too long. */
function joinedText(texts: readonly (string | undefined)[]): PyValue {
  const value = texts.includes(undefined) ? undefined : texts.join("");
  return value === undefined || value.length > MAX_LENGTH
    ? someText("It is a text that is put together.")
    : stringValue(value);
}

/** `{key: value}`. */
export function dictionary(engine: Evaluator, e: Extract<Expression, { kind: "dict" }>, scope: Scope): PyValue {
  let entries: Extract<PyValue, { kind: "dict" }>["entries"] = new Map();
  const own = new Map<string, readonly [PyValue, PyValue]>();
  if (e.entries.length > MAX_LENGTH) return dictValue(undefined);
  for (const { key, value } of e.entries) {
    // Python evaluates a key before its value.
    const k = key && engine.evaluate(key, scope);
    const v = engine.evaluate(value, scope);
    const name = k && dictKey(k);
    if (!key) {
      entries = mergedEntries(mergedEntries(entries, own), isDictValue(v) ? v.entries : undefined);
      own.clear();
    } else if (k && name !== undefined) own.set(name, [own.get(name)?.[0] ?? k, v]);
    else entries = undefined;
  }
  return dictValue(mergedEntries(entries, own));
}
