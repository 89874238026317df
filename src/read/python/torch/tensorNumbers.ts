import { smallNumber } from "../integers.js";
import { isBoolValue, isFloatValue, isListValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import type { PyValue, TensorValue } from "../values.js";
import { floatValue } from "../values.js";

/** Numbers of one tensor that are kept: settings that a model calculates, not data. */
const MAX_NUMBERS = 4096;

type Numbers = readonly number[];

/** Rounds half to the even neighbour, as PyTorch does. */
function roundEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  subtract: (a, b) => a - b,
  mul: (a, b) => a * b,
  multiply: (a, b) => a * b,
  div: (a, b) => a / b,
  divide: (a, b) => a / b,
  true_divide: (a, b) => a / b,
  floor_divide: (a, b) => Math.floor(a / b),
  remainder: (a, b) => a - b * Math.floor(a / b),
  pow: (a, b) => a ** b,
  maximum: Math.max,
  minimum: Math.min,
};

const UNARY: Readonly<Record<string, (a: number) => number>> = {
  neg: (a) => -a,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: roundEven,
  int: Math.trunc,
  long: Math.trunc,
  float: (a) => a,
  double: (a) => a,
};

/** Operations after which a tensor's numbers are what they were. */
const KEPT = new Set("to cpu cuda clone detach contiguous flatten ravel".split(" "));

const REDUCING: Readonly<Record<string, (all: Numbers) => number>> = {
  sum: (all) => all.reduce((a, b) => a + b, 0),
  prod: (all) => all.reduce((a, b) => a * b, 1),
  max: (all) => Math.max(...all),
  min: (all) => Math.min(...all),
};

const numberIn = (v: PyValue | undefined): number | undefined =>
  isFloatValue(v) ? v.value : isBoolValue(v) ? Number(v.value) : smallNumber(v);

/** The numbers of a value: those of a tensor, or the number itself. */
function numbersOf(v: PyValue | undefined): Numbers | undefined {
  if (isTensorValue(v)) return v.numbers;
  const one = numberIn(v);
  return one === undefined ? undefined : [one];
}

/** What an operation makes, with its numbers where they are few and follow from known ones. */
export function withNumbers(
  name: string,
  args: readonly PyValue[],
  byKeyword: ReadonlyMap<string, PyValue>,
  made: PyValue,
): PyValue {
  if ((isTupleValue(made) || isListValue(made)) && PARTING.has(name)) return parted(args[0], made);
  if (!isTensorValue(made)) return made;
  const known = byKeyword.size === 0 || CREATING.has(name) ? calculate(name, args, byKeyword, made) : undefined;
  const count = made.shape?.reduce<number>((n, d) => n * (typeof d === "number" ? d : Number.NaN), 1);
  // Whole numbers start again from below where 64 bits do not hold them.
  const isHeld = made.dtype !== "int" || known?.every((n) => Number.isSafeInteger(n));
  if (known && known.length === count && count <= MAX_NUMBERS && isHeld)
    return { ...made, numbers: made.dtype === "int" ? known : known.map(Math.fround) };
  return made.numbers && !KEPT.has(name) ? { ...made, numbers: undefined } : made;
}

/** The classes of tensors, which make one of the numbers in a list. */
const CLASSES = new Set("Tensor FloatTensor DoubleTensor LongTensor IntTensor".split(" "));

const CREATING = new Set(["arange", "linspace", "tensor", "zeros", "ones", "full", ...CLASSES]);

const PARTING = new Set("split chunk unbind tensor_split".split(" "));

/** The numbers of a row of numbers that is taken apart, each with its part. */
function parted(of: PyValue | undefined, made: Extract<PyValue, { kind: "tuple" | "list" }>): PyValue {
  const all = isTensorValue(of) && of.shape?.length === 1 ? of.numbers : undefined;
  if (!all || !made.items) return made;
  let from = 0;
  const items = made.items.map((part): PyValue => {
    const [size = 1] = isTensorValue(part) && part.shape ? part.shape : [Number.NaN];
    if (!isTensorValue(part) || typeof size !== "number" || Number.isNaN(size)) return part;
    const numbers = all.slice(from, from + size);
    from += size;
    return numbers.length === size ? { ...part, numbers, dtype: isTensorValue(of) ? of.dtype : undefined } : part;
  });
  return from === all.length ? { ...made, items } : made;
}

function calculate(
  name: string,
  args: readonly PyValue[],
  byKeyword: ReadonlyMap<string, PyValue>,
  made: TensorValue,
): Numbers | undefined {
  if (CREATING.has(name)) return created(name, args, byKeyword, made);
  const [a, b] = args;
  const first = numbersOf(a);
  if (!first) return undefined;
  if (Object.hasOwn(UNARY, name) && args.length === 1) return first.map(UNARY[name] as (x: number) => number);
  if (Object.hasOwn(REDUCING, name) && args.length === 1 && first.length > 0)
    return [REDUCING[name]?.(first) ?? Number.NaN];
  if (name === "cumsum" && first.length <= MAX_NUMBERS && isTensorValue(a) && a.shape?.length === 1) {
    let sum = 0;
    return first.map((x) => {
      sum = Math.fround(sum + x);
      return sum;
    });
  }
  if (name === "diff" && args.length === 1) return first.slice(1).map((x, i) => x - (first[i] as number));
  if (name === "flip" && args.length === 2 && isTensorValue(a) && a.shape?.length === 1)
    return isFirstAxis(b) ? first.toReversed() : undefined;
  const second = Object.hasOwn(BINARY, name) && args.length === 2 ? numbersOf(b) : undefined;
  if (!second) return undefined;
  const run = BINARY[name] as (x: number, y: number) => number;
  if (second.length === 1) return first.map((x) => run(x, second[0] as number));
  if (first.length === 1) return second.map((y) => run(first[0] as number, y));
  return first.length === second.length ? first.map((x, i) => run(x, second[i] as number)) : undefined;
}

/** Whether a row of numbers has this axis: 0, −1, or a list of one of them. */
function isFirstAxis(v: PyValue | undefined): boolean {
  const only = isListValue(v) || isTupleValue(v) ? (v.items?.length === 1 ? v.items[0] : undefined) : v;
  const at = numberIn(only);
  return at === 0 || at === -1;
}

/** The numbers in lists within lists, row by row; undefined where they are not all known, or not as many as the tensor has. */
function numbersWithin(of: PyValue, count: number): Numbers | undefined {
  if (!isListValue(of) && !isTupleValue(of)) return numbersOf(of);
  const rows = of.items && of.items.length <= count ? of.items.map((item) => numbersWithin(item, count)) : undefined;
  return rows?.every((row) => row !== undefined) ? (rows as readonly Numbers[]).flat() : undefined;
}

function created(
  name: string,
  args: readonly PyValue[],
  byKeyword: ReadonlyMap<string, PyValue>,
  { shape, dtype }: TensorValue,
): Numbers | undefined {
  const count = shape?.reduce<number>((n, d) => n * (typeof d === "number" ? d : Number.NaN), 1) ?? Number.NaN;
  if (!(count <= MAX_NUMBERS)) return undefined;
  const at = (i: number, key: string): number | undefined => numberIn(args[i] ?? byKeyword.get(key));
  if (CLASSES.has(name)) {
    const [of, ...more] = args;
    const numbers = (isListValue(of) || isTupleValue(of)) && more.length === 0 ? numbersWithin(of, count) : undefined;
    return dtype !== "int" || numbers?.every(Number.isInteger) ? numbers : undefined;
  }
  switch (name) {
    case "arange": {
      const [a, b] = args.length === 1 ? [0, at(0, "end")] : [at(0, "start"), at(1, "end")];
      const step = args[2] || byKeyword.has("step") ? at(2, "step") : 1;
      return a === undefined || b === undefined || step === undefined
        ? undefined
        : Array.from({ length: count }, (_, i) => a + i * step);
    }
    case "linspace": {
      const [from, to] = [at(0, "start"), at(1, "end")];
      if (from === undefined || to === undefined) return undefined;
      const step = count > 1 ? (to - from) / (count - 1) : 0;
      return Array.from({ length: count }, (_, i) => (i < count / 2 ? from + step * i : to - step * (count - i - 1)));
    }
    case "tensor": {
      const [of] = args;
      return of && numbersWithin(of, count);
    }
    case "full": {
      const value = at(1, "fill_value");
      return value === undefined ? undefined : Array.from({ length: count }, () => value);
    }
    default:
      return Array.from({ length: count }, () => (name === "ones" ? 1 : 0));
  }
}

/** A number of a tensor as Python has it. */
export const pythonNumber = (x: number, dtype: TensorValue["dtype"]): PyValue =>
  dtype === "int" && Number.isSafeInteger(x) ? { kind: "int", value: x } : floatValue(x);
