import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { callOperation, operationAt } from "../torch/callOperation.js";
import {
  isBoolValue,
  isIntValue,
  isListValue,
  isNoneValue,
  isStringValue,
  isTensorValue,
  isTupleValue,
} from "../valueKinds.js";
import {
  type CallArguments,
  int,
  isNumber,
  NONE,
  type PyValue,
  stringValue,
  type TensorValue,
  tupleValue,
} from "../values.js";
import { asArray, calculated, LOST, ofType, reversed, tensorsFor } from "./arrayValues.js";

/**
 * NumPy's functions: its own parameters, and the operation of PyTorch that makes the same shape of them. Before a name, `@` marks what becomes an array,
 * `@@` a list of arrays, and `!` what must be left out; `?` behind it, what may be. What is not handed on changes the numbers, and not the shape.
 */
const FORMS: Readonly<Record<string, string>> = forms(`
  zeros ones empty: shape dtype? order? > = shape
  full: shape fill_value dtype? order? > = shape fill_value
  eye: N M? k? dtype? order? > eye N M
  identity: n dtype? > eye n
  zeros_like ones_like empty_like: @a dtype? order? subok? !shape? > = a
  full_like: @a fill_value dtype? order? subok? !shape? > = a fill_value
  array: @object dtype? *copy? *order? *subok? *!ndmin? > clone object
  asarray: @a dtype? order? > clone a
  ascontiguousarray: @a dtype? > clone a
  astype: @a dtype order? casting? subok? copy? > clone a
  copy: @a order? subok? > clone a
  float32 float64: @/x > clone x
  stack: @@arrays axis? !out? > stack arrays axis=dim
  concatenate: @@arrays axis? !out? > cat arrays axis=dim
  vstack hstack dstack: @@tup > = tup
  where: @/condition @/x? @/y? > where condition x y
  exp log log2 log10 log1p sqrt square sin cos tan tanh arctan abs sign floor ceil isnan isfinite: @/x > = x
  round around: @a decimals? !out? > round a
  maximum minimum matmul add subtract multiply divide: @/x1 @/x2 > = x1 x2
  power: @/x1 @/x2 > pow x1 x2
  transpose: @a axes? > permute a axes
  clip: @a a_min? a_max? > clip a a_min=min a_max=max
  sum prod: @a axis? dtype? !out? keepdims? > = a axis=dim keepdims=keepdim
  mean: @a axis? dtype? !out? keepdims? > mean a axis=dim keepdims=keepdim
  std var: @a axis? dtype? !out? ddof? keepdims? > = a axis=dim keepdims=keepdim
  max min amax amin any all argmax argmin: @a axis? !out? *keepdims? > = a axis=dim keepdims=keepdim
  argsort sort: @a axis? kind? order? > argsort a axis=dim
  cumsum cumprod: @a axis? dtype? !out? > = a axis=dim
  outer: @a @b !out? > outer a b
  dot: @a @b !out? > matmul a b
  squeeze: @a axis? > squeeze a axis
  expand_dims: @a axis > unsqueeze a axis
  reshape: @a newshape order? > reshape a newshape
  ravel flatten: @a order? > ravel a
  tile: @A reps > tile A reps
  flip: @m axis? > flip m axis
  roll: @a shift axis? > roll a shift axis
  repeat: @a repeats axis? > repeat_interleave a repeats axis=dim
  swapaxes: @a axis1 axis2 > swapaxes a axis1 axis2
  moveaxis: @a source destination > movedim a source destination
  diag: @v k? > diag v k
  tril triu: @m k? > = m k
  linspace: start stop num? endpoint? !retstep? dtype? > linspace start stop num
  linalg.norm: @x ord? axis? keepdims? > linalg.norm x axis=dim keepdims=keepdim
  linalg.inv: @a > inverse a
  linalg.pinv: @a rcond? hermitian? > linalg.pinv a
  linalg.qr: @a mode? > linalg.qr a mode
  linalg.svd: @a full_matrices? !compute_uv? > linalg.svd a full_matrices
  linalg.eigh: @a UPLO? > linalg.eigh a
  linalg.solve: @a @b > linalg.solve a b
`);

function forms(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .flatMap((line) => {
        const [names = "", form = ""] = line.trim().split(": ");
        return names.split(" ").map((name) => [name, form.replace("> =", `> ${name}`)] as const);
      }),
  );
}

/** Parameters that change no number, or in a way that is followed. */
const HARMLESS = ["dtype", "order", "copy", "kind", "subok"];

const isGiven = (v: PyValue | undefined): v is PyValue => v !== undefined && !isNoneValue(v);

/** A call by a form: what is given for NumPy's parameters, and what is handed on of it to which operation. */
interface FormCall {
  readonly engine: Evaluator;
  readonly place: Place;
  readonly by: ReadonlyMap<string, PyValue>;
  readonly operation: string;
  readonly handed: readonly string[];
}

/** Calls a function of NumPy on arrays, or one that makes them; undefined where none of this name is followed. */
export function numpyFunction(engine: Evaluator, name: string, args: CallArguments, place: Place): PyValue | undefined {
  const form = name === "arange" ? arangeForm(args) : Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (!form) return undefined;
  const [parameters = "", to = ""] = form.split(" > ");
  const [operation = "", ...handed] = to.split(" ");
  return calculated(engine, () => {
    const by = taken(engine, parameters, args, place);
    if (!by) return LOST;
    const call: FormCall = { engine, place, by, operation, handed };
    const made = (Object.hasOwn(OTHERWISE, name) ? OTHERWISE[name]?.(call) : undefined) ?? handOn(call);
    if (!isTensorValue(made)) return made;
    const followed = [...handed.map((part) => part.replace(/=.*/, "")), ...HARMLESS];
    const isChanged = [...by].some(([key, v]) => isGiven(v) && !followed.includes(key));
    const type = /^float\d\d$/.test(name) ? stringValue(name) : by.get("dtype");
    return ofType(isChanged ? { ...made, numbers: undefined } : made, type);
  });
}

/** `arange(stop)` or `arange(start, stop)`: one number alone is where it stops. */
function arangeForm({ positional, byKeyword }: CallArguments): string {
  const isOne = positional.length === 1 && !byKeyword.has("stop");
  return isOne
    ? "stop *step? *dtype? > arange start=start stop=end step=step"
    : "start? stop? step? dtype? > arange start=start stop=end step=step";
}

/** What a call gives for the parameters of a form by name, arrays as tensors; undefined where NumPy or Dimsum does not take it. */
function taken(engine: Evaluator, form: string, args: CallArguments, place: Place): FormCall["by"] | undefined {
  const values = take(args, form.replace(/[@!]/g, ""));
  const found = new Map<string, PyValue>();
  for (const [i, parameter] of form.split(" ").entries()) {
    const value = values?.[i];
    if (!value) continue;
    if (parameter.includes("!") && !isNoneValue(value)) return undefined;
    const isArray = parameter.includes("@") && !isNoneValue(value);
    const made = !isArray
      ? value
      : parameter.includes("@@")
        ? severalOf(engine, value, place)
        : tensorOf(engine, value, place);
    if (!made) return undefined;
    found.set(parameter.replace(/[@!/?*]/g, ""), made);
  }
  return values && found;
}

/** What NumPy takes for an array, as a tensor: numbers and lists of them are one, too. */
function tensorOf(engine: Evaluator, value: PyValue, place: Place): TensorValue | undefined {
  const of = tensorsFor(asArray(engine, value));
  if (isTensorValue(of)) return of;
  const isRead = isNumber(of) || isBoolValue(of) || isListValue(of) || isTupleValue(of);
  const made = isRead ? run({ engine, place }, "tensor", given(of)) : LOST;
  return isTensorValue(made) ? made : undefined;
}

function severalOf(engine: Evaluator, value: PyValue, place: Place): PyValue | undefined {
  const items =
    isListValue(value) || isTupleValue(value) ? value.items?.map((v) => tensorOf(engine, v, place)) : undefined;
  return items?.every((v) => v !== undefined) ? { kind: "list", items } : undefined;
}

function run({ engine, place }: Pick<FormCall, "engine" | "place">, operation: string, args: CallArguments): PyValue {
  const called = operationAt(`torch.${operation}`);
  return called ? callOperation(engine, called, undefined, args, place, place) : LOST;
}

/** Hands on what is given, by its place or under the name that PyTorch has for it. */
function handOn(call: FormCall): PyValue {
  const { by, operation, handed } = call;
  const positional: PyValue[] = [];
  const byKeyword = new Map<string, PyValue>();
  for (const part of handed) {
    const [name = "", keyword] = part.split("=");
    const value = by.get(name);
    if (!isGiven(value)) continue;
    if (keyword) byKeyword.set(keyword, value);
    else positional.push(value);
  }
  return run(call, operation, { ...given(...positional), byKeyword });
}

/** The same call with another value for a parameter. */
const withValue = (call: FormCall, name: string, value: PyValue): FormCall => ({
  ...call,
  by: new Map([...call.by, [name, value]]),
});

type Otherwise = (call: FormCall) => PyValue | undefined;

/** Goes through all numbers in a row. */
function inARow(call: FormCall): PyValue {
  const flat = run(call, "ravel", given(call.by.get("a") ?? LOST));
  return handOn(withValue(withValue(call, "a", flat), "axis", int(0)));
}

const isWithoutAxis = ({ by }: FormCall): boolean => !isGiven(by.get("axis"));

/** Without an axis all numbers become one, with as many dimensions as before if they are kept. */
const reduced: Otherwise = (call) => {
  const [of, kept] = [call.by.get("a") ?? call.by.get("x"), call.by.get("keepdims")];
  if (!isWithoutAxis(call) || !isGiven(kept)) return undefined;
  const made = handOn(withValue(call, "keepdims", NONE));
  if (!isBoolValue(kept) || !isTensorValue(of) || !of.shape) return LOST;
  return kept.value ? run(call, "reshape", given(made, tupleValue(of.shape.map(() => int(1))))) : made;
};

/** PyTorch's own `max` gives the places, too, where it has a dimension. */
const largest: Otherwise = (call) => {
  const own = { ...call, operation: call.operation.replace(/^a?/, isWithoutAxis(call) ? "" : "a") };
  return reduced(own) ?? handOn(own);
};

/** One number is a row of one. */
const isSingle = ({ by }: FormCall): boolean => {
  const of = by.get("a");
  return isTensorValue(of) && of.shape?.length === 0;
};

const inOrder: Otherwise = (call) => (isNoneValue(call.by.get("axis")) || isSingle(call) ? inARow(call) : undefined);

const summedUp: Otherwise = (call) => (isWithoutAxis(call) || isSingle(call) ? inARow(call) : undefined);

/** One number stands for a row of it. */
const inTuple =
  (name: string): Otherwise =>
  (call) => {
    const value = call.by.get(name);
    return isIntValue(value) ? handOn(withValue(call, name, tupleValue([value]))) : undefined;
  };

/** What NumPy does otherwise than PyTorch with the same things. */
const OTHERWISE: Readonly<Record<string, Otherwise>> = {
  ...Object.fromEntries(
    ["sum", "prod", "mean", "std", "var", "any", "all", "argmax", "argmin"].map((n) => [n, reduced]),
  ),
  ...Object.fromEntries(["max", "min", "amax", "amin"].map((n) => [n, largest])),
  "linalg.norm": reduced,
  // It gives one matrix where PyTorch gives two.
  "linalg.qr": ({ by }) => {
    const mode = by.get("mode");
    return isStringValue(mode) && mode.value === "r" ? LOST : undefined;
  },
  ascontiguousarray: (call) => (isSingle(call) ? run(call, "ravel", given(call.by.get("a") ?? LOST)) : undefined),
  argsort: inOrder,
  sort: (call) => {
    const made = inOrder(call) ?? handOn(call);
    const of = call.by.get("a");
    return isTensorValue(made) ? { ...made, dtype: isTensorValue(of) ? of.dtype : undefined } : made;
  },
  cumsum: summedUp,
  cumprod: summedUp,
  concatenate: (call) => (isNoneValue(call.by.get("axis")) ? LOST : undefined),
  flip: (call) => {
    const of = call.by.get("m");
    return !isWithoutAxis(call) || !isTensorValue(of) ? undefined : run(call, "zeros_like", given(of));
  },
  outer: (call) => {
    const [a, b] = ["a", "b"].map((name) => run(call, "ravel", given(call.by.get(name) ?? LOST)));
    return a && b && run(call, "outer", given(a, b));
  },
  transpose: (call) => {
    const of = call.by.get("a");
    return isGiven(call.by.get("axes")) || !isTensorValue(of) ? undefined : reversed(of);
  },
  reshape: inTuple("newshape"),
  tile: inTuple("reps"),
  linspace: (call) => {
    const ends = [call.by.get("start"), call.by.get("stop")];
    if (!ends.every((v) => v !== undefined && isNumber(v))) return LOST;
    return call.by.has("num") ? undefined : handOn(withValue(call, "num", int(50)));
  },
  dot: (call) => {
    const shapes = [call.by.get("a"), call.by.get("b")].map((v) => (isTensorValue(v) ? v.shape?.length : undefined));
    const [a, b] = shapes;
    if (a === undefined || b === undefined) return LOST;
    if (a === 0 || b === 0) return handOn({ ...call, operation: "mul" });
    // The sum goes over the last dimension but one, whatever stands before it.
    const dims = tupleValue([tupleValue([int(-1)]), tupleValue([int(-2)])]);
    const [x = LOST, y = LOST] = [call.by.get("a"), call.by.get("b")];
    return b > 2 ? run(call, "tensordot", given(x, y, dims)) : undefined;
  },
};
