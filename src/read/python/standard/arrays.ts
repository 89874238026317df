import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { callOperation, operationAt } from "../torch/callOperation.js";
import { tensorOperator } from "../torch/operators.js";
import { tensorAttribute } from "../torch/tensorMethods.js";
import { pythonNumber } from "../torch/tensorNumbers.js";
import {
  isArrayValue,
  isIntValue,
  isLibraryValue,
  isListValue,
  isNativeValue,
  isNoneValue,
  isTensorValue,
  isTupleValue,
} from "../valueKinds.js";
import {
  type ArrayValue,
  anything,
  type CallArguments,
  int,
  isNumber,
  libraryAt,
  NONE,
  nativeValue,
  notKnown,
  type PyValue,
  type TensorValue,
  tupleValue,
  unknown,
} from "../values.js";

const LOST = unknown("What NumPy makes of it is not known.");

/** NumPy's functions and the operations of PyTorch that make the same shape. */
const SAME: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    "zeros ones empty full eye zeros_like ones_like empty_like full_like stack vstack hstack dstack where exp log log2 log10 log1p sqrt square sin cos tan tanh arctan abs sign floor ceil round isnan isfinite maximum minimum clip sum mean std var prod argmax argmin argsort cumsum any all matmul outer squeeze reshape ravel tile flip roll diag tril triu linspace arange"
      .split(" ")
      .map((name) => [name, name]),
  ),
  array: "tensor",
  asarray: "tensor",
  ascontiguousarray: "tensor",
  float32: "tensor",
  float64: "tensor",
  identity: "eye",
  concatenate: "cat",
  expand_dims: "unsqueeze",
  power: "pow",
  add: "add",
  subtract: "sub",
  multiply: "mul",
  divide: "div",
  max: "amax",
  amax: "amax",
  min: "amin",
  amin: "amin",
  dot: "matmul",
  repeat: "repeat_interleave",
  swapaxes: "swapaxes",
  moveaxis: "movedim",
  "linalg.norm": "linalg.norm",
  "linalg.inv": "inverse",
  "linalg.qr": "linalg.qr",
  "linalg.svd": "linalg.svd",
  "linalg.eigh": "linalg.eigh",
  "linalg.pinv": "linalg.pinv",
  "linalg.solve": "linalg.solve",
};

/** Functions that draw numbers: the sizes stand one by one, under `size`, or behind so many others. */
const DRAWN: Readonly<Record<string, { readonly before: number; readonly kind: "float" | "int" } | "sizes">> = {
  rand: "sizes",
  randn: "sizes",
  random: { before: 0, kind: "float" },
  random_sample: { before: 0, kind: "float" },
  standard_normal: { before: 0, kind: "float" },
  uniform: { before: 2, kind: "float" },
  normal: { before: 2, kind: "float" },
  randint: { before: 2, kind: "int" },
  choice: { before: 1, kind: "int" },
};

/** Methods of arrays that PyTorch calls otherwise. */
const METHODS: Readonly<Record<string, string>> = {
  max: "amax",
  min: "amin",
  copy: "clone",
  dot: "matmul",
  repeat: "repeat_interleave",
  astype: "to",
  clip: "clamp",
};

/** Methods of arrays that are PyTorch's. */
const OWN =
  /^(reshape|ravel|flatten|squeeze|sum|mean|std|var|prod|argmax|argmin|cumsum|any|all|round|swapaxes|tolist|item|argsort)$/;

/** An array of NumPy, shaped like a tensor; one number of it is that number. */
export const arrayOf = (v: PyValue): PyValue => {
  if (isTensorValue(v)) {
    const [only] = v.numbers ?? [];
    if (v.shape?.length === 0 && only !== undefined && v.numbers?.every(Number.isInteger))
      return pythonNumber(only, v.dtype);
    // NumPy's floats have more digits than those that are kept.
    return { kind: "array", of: v.numbers?.every(Number.isInteger) ? v : { ...v, numbers: undefined } };
  }
  return (isTupleValue(v) || isListValue(v)) && v.items ? tupleValue(v.items.map(arrayOf)) : v;
};

/** A row of numbers that NumPy has made as an array; any other value as it is. */
export function asArray(engine: Evaluator, v: PyValue): PyValue {
  const made = isListValue(v) && v.array ? operationAt("torch.tensor") : undefined;
  return made ? calculated(engine, () => callOperation(engine, made, undefined, given(v), NOWHERE, NOWHERE)) : v;
}

const NOWHERE: Place = { from: 0, to: 0 };

/** A value with tensors in the place of NumPy's arrays, as PyTorch takes it. */
export function tensorsFor(v: PyValue): PyValue {
  if (isArrayValue(v)) return v.of;
  if (isLibraryValue(v) && v.path.startsWith("numpy.")) return libraryAt(v.path.replace("numpy", "torch"));
  const isHolding = (isTupleValue(v) || isListValue(v)) && v.items?.some((item) => isArrayValue(item));
  return isHolding ? { kind: "list", items: v.items?.map(tensorsFor) } : v;
}

/** What is calculated of arrays; unknown where PyTorch would refuse the same of tensors, as NumPy may be of another mind. */
export function calculated(engine: Evaluator, run: () => PyValue): PyValue {
  const { result: made, after } = engine.journal.undone(() => engine.trace.apart(run));
  if (made.found.length > 0) return LOST;
  engine.journal.redo(after);
  return arrayOf(made.result);
}

const converted = (args: CallArguments): CallArguments => ({
  ...args,
  positional: args.positional.map(tensorsFor),
  byKeyword: new Map([...args.byKeyword].map(([name, v]) => [name, tensorsFor(v)])),
  places: [],
});

function drawn(engine: Evaluator, name: string, { positional, byKeyword }: CallArguments, place: Place): PyValue {
  const form = DRAWN[name];
  const isPlain = form === "sizes";
  const size = isPlain ? undefined : (byKeyword.get("size") ?? positional[form?.before ?? 0]);
  if (isPlain ? positional.length === 0 : !size || isNoneValue(size))
    return { ...anything("It is drawn at random."), number: true } as PyValue;
  const zeros = operationAt("torch.zeros");
  const made =
    zeros &&
    callOperation(engine, zeros, undefined, given(...(isPlain ? positional : [size as PyValue])), place, place);
  if (!isTensorValue(made)) return LOST;
  // What is chosen may be texts or rows.
  if (name === "choice" && !isIntValue(positional[0]))
    return { kind: "array", of: { ...made, numbers: undefined, dtype: undefined } };
  return { kind: "array", of: { ...made, numbers: undefined, dtype: form === "sizes" ? "float" : form?.kind } };
}

/** Calls a function of NumPy on arrays, or one that makes them; undefined where there is none of this name. */
export function numpyArrays(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  if (args.uncertain) return undefined;
  const random = /^random\.(\w+)$/.exec(name)?.[1];
  if (random !== undefined && Object.hasOwn(DRAWN, random))
    return calculated(engine, () => drawn(engine, random, args, place));
  if (name === "random.seed" || name === "random.shuffle" || name === "set_printoptions") return NONE;
  if (name === "random.permutation") {
    const [of] = args.positional;
    if (isArrayValue(of)) return { kind: "array", of: { ...of.of, numbers: undefined } };
    const count = operationAt("torch.randperm");
    return isIntValue(of) && count
      ? calculated(engine, () => callOperation(engine, count, undefined, given(of), place, place))
      : undefined;
  }
  if (name === "transpose") {
    const [of, ...axes] = args.positional;
    return isArrayValue(of) ? turned(engine, of, { ...args, positional: axes }, place) : undefined;
  }
  const called = Object.hasOwn(SAME, name) ? operationAt(`torch.${SAME[name]}`) : undefined;
  if (!called) return undefined;
  return calculated(engine, () =>
    callOperation(engine, called, undefined, withAxis(name, renamed(name, converted(args))), place, place),
  );
}

/** NumPy's names for parameters that PyTorch calls otherwise, by function. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries("zeros ones empty full".split(" ").map((name) => [name, { shape: "size" }])),
  ...Object.fromEntries("triu tril diag".split(" ").map((name) => [name, { k: "diagonal", m: "input", v: "input" }])),
  linspace: { stop: "end", num: "steps" },
  arange: { stop: "end" },
  roll: { shift: "shifts", axis: "dims" },
  flip: { m: "input", axis: "dims" },
  tile: { A: "input", reps: "dims" },
};

function renamed(name: string, args: CallArguments): CallArguments {
  const names = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
  if (!names) return args;
  return { ...args, byKeyword: new Map([...args.byKeyword].map(([key, v]) => [names[key] ?? key, v])) };
}

const NUMBER: TensorValue = { kind: "tensor", shape: [] };

/** Without an axis NumPy goes through all numbers where PyTorch goes along none or the last. */
function withAxis(name: string, args: CallArguments): CallArguments {
  // PyTorch compares with tensors only.
  if (name === "maximum" || name === "minimum")
    return { ...args, positional: args.positional.map((v) => (isNumber(v) ? NUMBER : v)) };
  const isWhole = /^(max|min|amax|amin|repeat|concatenate)$/.test(name);
  const axis = args.byKeyword.get("axis");
  return isWhole && isNoneValue(axis) ? { ...args, uncertain: true } : args;
}

function turned(engine: Evaluator, { of }: ArrayValue, args: CallArguments, place: Place): PyValue {
  const axes = args.positional.length > 0 ? args.positional : [...args.byKeyword.values()];
  if (axes.length === 0) return { kind: "array", of: reversed(of) };
  const permute = operationAt("torch.permute");
  const [first] = axes;
  const dims: PyValue = axes.length === 1 && first && !isIntValue(first) ? first : tupleValue(axes);
  return permute
    ? calculated(engine, () => callOperation(engine, permute, undefined, given(of, dims), place, place))
    : LOST;
}

const reversed = (of: TensorValue): TensorValue => ({
  kind: "tensor",
  shape: of.shape?.toReversed(),
  dtype: of.dtype,
  numbers: of.shape?.length === 1 ? of.numbers : undefined,
});

/** An attribute of an array of NumPy. */
export function arrayAttribute(engine: Evaluator, self: ArrayValue, name: string, place: Place): PyValue {
  const { of } = self;
  if (name === "shape" || name === "ndim") return tensorAttribute(engine, of, name, place);
  if (name === "T") return { kind: "array", of: reversed(of) };
  if (name === "size") {
    const count = tensorAttribute(engine, of, "numel", place);
    return isNativeValue(count) ? count.call(given(), place, place) : LOST;
  }
  if (name === "transpose") return nativeValue(name, (args, at) => turned(engine, self, converted(args), at));
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : OWN.test(name) ? name : undefined;
  if (method === undefined) return notKnown(`${name} of arrays yet`);
  const fn = tensorAttribute(engine, of, method, place);
  if (!isNativeValue(fn)) return LOST;
  return nativeValue(name, (args, at, callee) =>
    calculated(engine, () => fn.call(withAxis(name, converted(args)), at, callee)),
  );
}

/** An operator with an array on at least one side; with a tensor on the other PyTorch decides. */
export function arrayOperator(engine: Evaluator, op: string, a: PyValue, b: PyValue, place: Place): PyValue {
  const [x, y] = [tensorsFor(a), tensorsFor(b)];
  if (![x, y].every((v) => isTensorValue(v) || isNumber(v))) return LOST;
  const made = calculated(engine, () => tensorOperator(engine, op, x, y, place));
  return isTensorValue(a) || isTensorValue(b) ? (isArrayValue(made) ? made.of : made) : made;
}

/** How many rows an array has. */
export const rowsOfArray = ({ of }: ArrayValue): PyValue => {
  const size = of.shape?.[0];
  return size === undefined ? unknown("Its length is not known.") : int(size);
};
