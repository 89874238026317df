import type { Known } from "../../core/dims/compare.js";
import { isLayerPath } from "./classes.js";
import { partialOf } from "./standard/partials.js";
import { isClassValue, isLibraryValue, isNoneValue } from "./valueKinds.js";
import type { PyValue } from "./values.js";
import { libraryAt } from "./values.js";

const type = (name: string): PyValue => libraryAt(name.includes(".") ? name : `builtins.${name}`);

const DICTS = {
  OrderedDict: "collections.OrderedDict",
  Counter: "collections.Counter",
  defaultdict: "collections.defaultdict",
} as const;

/** The names of the kinds of values that each have one type. */
const NAMES: Readonly<Partial<Record<PyValue["kind"], string>>> = {
  int: "int",
  float: "float",
  bool: "bool",
  string: "str",
  none: "types.NoneType",
  ellipsis: "ellipsis",
  tuple: "tuple",
  range: "range",
  slice: "slice",
};

/** What `type(value)` is; undefined where that is not known. */
export function typeOf(v: PyValue): PyValue | undefined {
  switch (v.kind) {
    case "instance":
      return v.cls;
    case "layer":
      return libraryAt(`torch.nn.${v.op.name}`);
    case "tensor":
      return v.open === undefined && !v.history ? libraryAt("torch.Tensor") : undefined;
    case "list":
      return v.array ? undefined : type(v.deque ? "collections.deque" : "list");
    case "dict":
      return type(v.type ? DICTS[v.type] : "dict");
    case "set":
      return type(v.frozen ? "frozenset" : "set");
    case "tuple":
      // What PyTorch returns under names has a type of its own.
      return v.type ?? (v.names || v.isShape !== undefined ? undefined : type("tuple"));
    case "native":
      return partialOf(v) ? type("functools.partial") : undefined;
    case "library":
      return isBuiltinType(v.path) || isLayerPath(v.path) ? type("type") : undefined;
    case "class":
      return type("type");
    default: {
      const name = NAMES[v.kind];
      return name === undefined ? undefined : type(name);
    }
  }
}

/** Types that Python has under these names. */
const TYPES = new Set(
  "int float bool str list tuple dict set frozenset range slice type object bytes complex bytearray enumerate zip map filter reversed ellipsis".split(
    " ",
  ),
);

/** Whether a path is one of Python's own types. */
export const isBuiltinType = (path: string): boolean =>
  path.startsWith("builtins.") && TYPES.has(path.slice("builtins.".length));

const ALONE =
  /^(builtins\.\w+|functools\.partial|types\.NoneType|collections\.(OrderedDict|Counter|defaultdict|deque)|torch\.nn\.\w+)$/;

/** Whether two names of libraries stand for the same type; undefined where either may be an alias. */
export const isTypeEqual = (a: string, b: string): Known =>
  a === b ? true : ALONE.test(a) && ALONE.test(b) ? false : undefined;

/** `int | None`; undefined where a side is no type. */
export function unitedTypes(a: PyValue, b: PyValue): PyValue | undefined {
  const parts = (v: PyValue): readonly PyValue[] | undefined =>
    v.kind === "union" ? v.types : isNoneValue(v) || isClassValue(v) || isLibraryValue(v) ? [v] : undefined;
  const [one, other] = [parts(a), parts(b)];
  return one && other && (!isNoneValue(a) || !isNoneValue(b))
    ? { kind: "union", types: [...one, ...other] }
    : undefined;
}
