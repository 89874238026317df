import { classesOf, isOpaque } from "./classes.js";
import { exactFloat } from "./floats.js";
import { wholeNumber } from "./integers.js";
import { isClassValue } from "./valueKinds.js";
import type { DictValue, PyValue } from "./values.js";

/** Tuples within tuples that are keys. */
const MAX_DEPTH = 6;

/** Characters that a key has at most. */
const MAX_KEY = 20_000;

const identities = new WeakMap<object, number>();
let count = 0;

function identityOf(v: object): string {
  const known = identities.get(v);
  if (known === undefined) identities.set(v, ++count);
  return `o:${known ?? count}`;
}

/** Names of libraries that stand for one thing each, so that two of them are two keys. */
const DISTINCT = /^(builtins|torch\.nn)\.\w+$/;

/** The name under which dictionaries and sets keep a key: the same for keys that are equal. Undefined for keys that are not followed, or that Python refuses. */
export function dictKey(key: PyValue, depth = 0): string | undefined {
  switch (key.kind) {
    case "string":
      return `s:${key.value}`;
    case "int":
    case "bool": {
      const whole = wholeNumber(key);
      return whole === undefined ? undefined : `i:${whole}`;
    }
    case "float":
      // A float that is whole is the same key as that whole number.
      if (Number.isInteger(key.value)) return `i:${exactFloat(key.value).n}`;
      return Number.isNaN(key.value) ? undefined : `f:${key.value}`;
    case "none":
      return "none";
    case "ellipsis":
      return "ellipsis";
    case "tuple": {
      const keys: string[] = [];
      let length = 0;
      for (const item of key.items) {
        const each = depth < MAX_DEPTH ? dictKey(item, depth + 1) : undefined;
        length += each?.length ?? 0;
        if (each === undefined || length > MAX_KEY) return undefined;
        keys.push(each);
      }
      return `t:${JSON.stringify(keys)}`;
    }
    case "set":
      return key.frozen && key.entries ? `z:${JSON.stringify([...key.entries.keys()].sort())}` : undefined;
    case "library":
      return DISTINCT.test(key.path) ? `l:${key.path}` : undefined;
    case "class":
    case "function":
      return identityOf(key);
    case "instance":
      return isByIdentity(key) ? identityOf(key) : undefined;
    default:
      return undefined;
  }
}

/** Whether two objects of a class are equal only if they are one. */
const isByIdentity = (v: Extract<PyValue, { kind: "instance" }>): boolean =>
  classesOf(v.cls).every(
    (c) => !isOpaque(c) && !(isClassValue(c) && (c.members.has("__eq__") || c.members.has("__hash__"))),
  );

/** What a dictionary has for a key: an entry, null where it has none, undefined where that is not known. */
export function entryOf(
  entries: DictValue["entries"],
  key: PyValue | undefined,
): readonly [PyValue, PyValue] | null | undefined {
  const name = key && dictKey(key);
  return name === undefined || !entries ? undefined : (entries.get(name) ?? null);
}
