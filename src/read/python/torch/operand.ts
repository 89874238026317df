import type { NumberKind, Operand } from "../../../core/operations/operation.js";
import { isArrayValue, isListValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import type { PyValue, TensorValue } from "../values.js";
import { floatValue } from "../values.js";

/** The kinds of numbers that PyTorch's types hold; one that is not listed holds what Dimsum does not follow. */
const TYPES: Readonly<Record<string, NumberKind>> = {
  float: "float",
  float16: "float",
  float32: "float",
  float64: "float",
  half: "float",
  double: "float",
  bfloat16: "float",
  int: "int",
  int8: "int",
  int16: "int",
  int32: "int",
  int64: "int",
  short: "int",
  long: "int",
  bool: "bool",
};

/** Lists within lists that are looked into. */
const MAX_DEPTH = 6;

/** Items of one operand that are looked at; a longer one is unknown. */
const MAX_ITEMS = 20_000;

/** A value as an operation takes it; `shapeOf` says which shape of a tensor is meant. */
export function toOperand(
  v: PyValue | undefined,
  shapeOf: (t: TensorValue) => TensorValue["shape"] = (t) => t.shape,
): Operand {
  let items = 0;
  return convert(v, shapeOf, 0, () => ++items > MAX_ITEMS);
}

function convert(
  v: PyValue | undefined,
  shapeOf: (t: TensorValue) => TensorValue["shape"],
  depth: number,
  isSpent: () => boolean,
): Operand {
  switch (v?.kind) {
    case "int":
      return v.value;
    case "float":
      return floatValue(v.value);
    case "bool":
    case "string":
      return v.value;
    case "none":
      return null;
    case "ellipsis":
      return { kind: "ellipsis" };
    case "tensor":
      return {
        kind: "tensor",
        shape: shapeOf(v),
        dtype: v.dtype,
        strides: shapeOf(v) === v.shape ? v.strides : undefined,
      };
    case "array":
      return { kind: "tensor", shape: shapeOf(v.of), dtype: v.of.dtype };
    case "list":
    case "tuple":
      if (depth > MAX_DEPTH) return undefined;
      return v.items?.map((item) => (isSpent() ? undefined : convert(item, shapeOf, depth + 1, isSpent)));
    case "library": {
      const name = /^torch\.(\w+)$/.exec(v.path)?.[1] ?? "";
      return Object.hasOwn(TYPES, name) ? { kind: "dtype", dtype: TYPES[name] } : undefined;
    }
    case "unknown":
      // A complex number makes complex ones of what it meets, of which no kind is kept.
      if (v.complex) return { kind: "tensor", shape: [], dtype: undefined };
      return v.number ? floatValue(Number.NaN) : undefined;
    default:
      return undefined;
  }
}

/** The tensors among some values, and in the lists among them. */
export function tensorsIn(values: Iterable<PyValue>): readonly TensorValue[] {
  const found: TensorValue[] = [];
  let items = 0;
  const visit = (v: PyValue, depth: number): void => {
    if (++items > MAX_ITEMS) return;
    if (isTensorValue(v)) found.push(v);
    else if (isArrayValue(v)) found.push(v.of);
    else if ((isListValue(v) || isTupleValue(v)) && v.items && depth <= MAX_DEPTH)
      for (const item of v.items) {
        if (items > MAX_ITEMS) return;
        visit(item, depth + 1);
      }
  };
  for (const v of values) visit(v, 0);
  return found;
}
