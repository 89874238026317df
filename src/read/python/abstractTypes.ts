import { isListValue, isSetValue, isTupleValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";

type Kind = PyValue["kind"] | "deque" | "frozenset";

const kinds = (text: string): readonly Kind[] => text.split(" ") as readonly Kind[];

const SEQUENCE = "list deque tuple string range";
const SIZED = `${SEQUENCE} dict set frozenset view`;

/** The abstract types of `collections.abc`, `typing` and `numbers`, by the kinds of values that are of them. */
const TYPES: Readonly<Record<string, readonly Kind[]>> = {
  Iterable: kinds(`${SIZED} iterator`),
  Collection: kinds(SIZED),
  Container: kinds(SIZED),
  Sized: kinds(SIZED),
  Reversible: kinds(`${SEQUENCE} dict view`),
  Sequence: kinds(SEQUENCE),
  MutableSequence: kinds("list deque"),
  Mapping: kinds("dict"),
  MutableMapping: kinds("dict"),
  Iterator: kinds("iterator"),
  Hashable: kinds("int float bool string none ellipsis range frozenset"),
  Number: kinds("int float bool"),
  Complex: kinds("int float bool"),
  Real: kinds("int float bool"),
  Rational: kinds("int bool"),
  Integral: kinds("int bool"),
  Text: kinds("string"),
  List: kinds("list"),
  Tuple: kinds("tuple"),
  Dict: kinds("dict"),
  Callable: [],
};

/** Whether a plain value is of an abstract type; undefined where that is not known. */
export function isOfAbstractType(v: PyValue, path: string): boolean | undefined {
  const name = /^(?:typing|collections\.abc|collections|numbers)\.(\w+)$/.exec(path)?.[1] ?? "";
  if (!Object.hasOwn(TYPES, name)) return undefined;
  // Whether a tuple can be hashed follows from its items.
  if (name === "Hashable" && isTupleValue(v)) return undefined;
  if (isListValue(v) && v.array) return undefined;
  if (name === "Reversible" && v.kind === "view") return undefined;
  const kind = isListValue(v) && v.deque ? "deque" : isSetValue(v) && v.frozen ? "frozenset" : v.kind;
  return TYPES[name]?.includes(kind);
}
