import type { Evaluator } from "../evaluator.js";
import type { PyValue } from "../values.js";

/** Values within values that are copied. */
const MAX_DEPTH = 24;

/** `copy.copy(value)` of Python's own values; undefined for others. */
export function copyOf(v: PyValue): PyValue | undefined {
  switch (v.kind) {
    case "list":
    case "dict":
      return { ...v };
    case "set":
      return v.frozen ? v : { ...v };
    default:
      return isAtom(v) || v.kind === "tuple" ? v : undefined;
  }
}

const isAtom = (v: PyValue): boolean =>
  /^(int|float|bool|string|none|ellipsis|range|class|function|library)$/.test(v.kind);

/** `copy.deepcopy(value)` of Python's own values; `other` copies what else is in them. Undefined where something cannot be copied. */
export function deepCopyOf(
  engine: Evaluator,
  value: PyValue,
  other: (v: PyValue) => PyValue | undefined = () => undefined,
): PyValue | undefined {
  const done = new Map<PyValue, PyValue | undefined>();
  const copy = (v: PyValue, depth: number): PyValue | undefined => {
    engine.step();
    if (isAtom(v)) return v;
    if (done.has(v)) return done.get(v);
    if (depth > MAX_DEPTH) return undefined;
    const made = parts(v, depth);
    done.set(v, made);
    return made;
  };
  const all = (items: readonly PyValue[], depth: number): readonly PyValue[] | undefined => {
    const copies = items.map((item) => copy(item, depth + 1));
    return copies.every((item) => item !== undefined) ? copies : undefined;
  };
  const parts = (v: PyValue, depth: number): PyValue | undefined => {
    if (v.kind === "tuple") {
      const items = all(v.items, depth);
      if (!items) return undefined;
      return items.every((item, i) => item === v.items[i]) ? v : { ...v, items };
    }
    if (v.kind === "list") {
      const items = v.items && all(v.items, depth);
      return v.items && !items ? undefined : { ...v, items };
    }
    if (v.kind === "set") return copyOf(v);
    if (v.kind !== "dict") return other(v);
    const entries = v.entries && [...v.entries];
    const values =
      entries &&
      all(
        entries.map(([, [, item]]) => item),
        depth,
      );
    if (entries && !values) return undefined;
    return {
      ...v,
      entries: entries && new Map(entries.map(([name, [key]], i) => [name, [key, values?.[i] ?? key] as const])),
    };
  };
  return copy(value, 0);
}
