import { dictWithin, hasEntriesAsAttributes, plainDict, READING } from "../dictObjects.js";
import { likeDict } from "../dicts.js";
import type { Evaluator } from "../evaluator.js";
import { Names } from "../journal.js";
import { attributesOf } from "../objects.js";
import { BASE } from "../torch/modules.js";
import {
  isArrayValue,
  isContainerValue,
  isDictValue,
  isInstanceValue,
  isLayerValue,
  isListValue,
  isSetValue,
  isTensorValue,
  isTupleValue,
} from "../valueKinds.js";
import type { ContainerValue, InstanceValue, LayerValue, PyValue } from "../values.js";

/** Values within values that are copied. */
const MAX_DEPTH = 24;

/** `copy.copy(value)` of Python's own values; undefined for others. */
export function copyOf(v: PyValue): PyValue | undefined {
  switch (v.kind) {
    case "tensor":
      return { ...v };
    case "array":
      return { kind: "array", of: { ...v.of } };
    case "layer":
    case "container":
      return { ...v, ...copiedAttributes(v) };
    case "instance":
      return copiedObject(
        v,
        [...v.attributes].map(([name, of]) => [name, name === BASE && isDictValue(of) ? { ...of } : of]),
      );
    case "list":
      return { ...v };
    case "dict":
      return likeDict(v, v.entries);
    case "set":
      return v.frozen ? v : { ...v };
    default:
      return isAtom(v) || isTupleValue(v) ? v : undefined;
  }
}

const isAtom = (v: PyValue): boolean =>
  /^(int|float|bool|string|none|ellipsis|range|class|function|native|library|file|unknown)$/.test(v.kind);

/** A copy of an object with these attributes; undefined where its entries are set in a way of its own, or are its attributes. */
function copiedObject(v: InstanceValue, all: readonly (readonly [string, PyValue])[]): InstanceValue | undefined {
  const isDict = isDictValue(plainDict(v, "__setitem__", ...READING)) && !hasEntriesAsAttributes(v);
  const isPlain = !dictWithin(v) || isDict;
  return isPlain ? { ...v, attributes: copiedNames(v, all) } : undefined;
}

/** The attributes of a copy of an object. */
function copiedNames(
  { cls }: Extract<PyValue, { kind: "instance" }>,
  all: readonly (readonly [string, PyValue])[],
): InstanceValue["attributes"] {
  const names = attributesOf(cls);
  for (const [name, value] of all) names.set(name, value);
  return names;
}

/** What a file has set of a layer or container, for its copy. */
function copiedAttributes({ attributes }: LayerValue | ContainerValue): { readonly attributes?: Names } {
  if (!attributes) return {};
  const names = new Names();
  for (const [name, value] of attributes) names.set(name, value);
  return { attributes: names };
}

/** `copy.deepcopy(value)`: what is shared within it is shared within the copy. Undefined where something cannot be copied. */
export function deepCopyOf(engine: Evaluator, value: PyValue): PyValue | undefined {
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
    if (isTupleValue(v)) {
      const items = all(v.items, depth);
      if (!items) return undefined;
      return items.every((item, i) => item === v.items[i]) ? v : { ...v, items };
    }
    if (isListValue(v)) {
      const items = v.items && all(v.items, depth);
      return v.items && !items ? undefined : { ...v, items };
    }
    if (isSetValue(v)) return copyOf(v);
    if (isTensorValue(v) || isArrayValue(v)) return copyOf(v);
    if (isLayerValue(v)) {
      const { weights: _, replaced, ...own } = v;
      const learned = replaced && [...replaced].map(([name, of]) => [name, copy(of, depth + 1)] as const);
      if (learned?.some(([, of]) => !of)) return undefined;
      return {
        ...own,
        ...copiedAttributes(v),
        ...(learned ? { replaced: new Map(learned as (readonly [string, PyValue])[]) } : {}),
      };
    }
    if (isContainerValue(v)) {
      const children = v.children?.map(([name, child]) => [name, copy(child, depth + 1)] as const);
      if (children?.some(([, child]) => !child)) return undefined;
      return {
        ...v,
        ...copiedAttributes(v),
        children: children as readonly (readonly [string, PyValue])[] | undefined,
      };
    }
    if (isInstanceValue(v)) {
      const names = [...v.attributes].map(([name, of]) => [name, copy(of, depth + 1)] as const);
      if (names.some(([, of]) => !of)) return undefined;
      return copiedObject(v, names as readonly (readonly [string, PyValue])[]);
    }
    if (!isDictValue(v)) return undefined;
    const entries = v.entries && [...v.entries];
    const values =
      entries &&
      all(
        entries.map(([, [, item]]) => item),
        depth,
      );
    if (entries && !values) return undefined;
    return likeDict(
      v,
      entries && new Map(entries.map(([name, [key]], i) => [name, [key, values?.[i] ?? key] as const])),
    );
  };
  return copy(value, 0);
}
