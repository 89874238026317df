import { less } from "../../core/dims/compare.js";
import { add, type Dim, multiply, negate } from "../../core/dims/dim.js";
import { operate } from "./arithmetic.js";
import type { Evaluator } from "./evaluator.js";
import { beyondNumber, type CallArguments, int, isNumber, type PyValue, someNumber, unknown } from "./values.js";

type Call = (engine: Evaluator, args: CallArguments) => PyValue;

const UNCLEAR = unknown("Dimsum cannot tell this number.");

/** The product of whole numbers; unknown where one of them is. */
export function productOfInts(items: readonly PyValue[] | undefined): PyValue {
  let product: Dim = 1;
  for (const item of items ?? [UNCLEAR]) {
    if (item.kind !== "int") return item.kind === "unknown" ? item : UNCLEAR;
    product = multiply(product, item.value);
  }
  return int(product);
}

const asNumber = (v: PyValue | undefined): number | undefined =>
  v?.kind === "float" ? v.value : v?.kind === "int" && typeof v.value === "number" ? v.value : undefined;

const wholeOf = (value: number): PyValue => (Number.isSafeInteger(value) ? int(value) : UNCLEAR);

/** Rounds half to the even neighbour, as Python does. */
function roundEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

const rounding =
  (round: (x: number) => number): Call =>
  (_, { positional: [v, digits] }) => {
    if (v?.kind === "int" && !digits) return v;
    const x = asNumber(v);
    return x === undefined || digits ? UNCLEAR : wholeOf(round(x));
  };

const real =
  (of: (x: number, y: number) => number, takes = 1): Call =>
  (_, { positional }) => {
    const [x, y = Number.NaN] = positional.map(asNumber);
    const value = x === undefined || positional.length > takes ? Number.NaN : of(x, y);
    if (Number.isFinite(value)) return { kind: "float", value };
    return positional.every(isNumber) ? someNumber("Dimsum cannot tell this number.") : UNCLEAR;
  };

const product: Call = (engine, { positional: [v], keywords }) =>
  v && keywords.size === 0 ? productOfInts(engine.iterate(v)) : UNCLEAR;

/** Functions of `math` and NumPy that make numbers of numbers. */
export const MATH: Readonly<Record<string, Call>> = {
  "math.ceil": rounding(Math.ceil),
  "math.floor": rounding(Math.floor),
  "math.trunc": rounding(Math.trunc),
  "math.sqrt": real(Math.sqrt),
  "math.log": real((x, y) => (Number.isNaN(y) ? Math.log(x) : Math.log(x) / Math.log(y)), 2),
  "math.log2": real(Math.log2),
  "math.log10": real(Math.log10),
  "math.exp": real(Math.exp),
  "math.pow": real((x, y) => x ** y, 2),
  "math.prod": product,
  "numpy.prod": product,
  "numpy.sqrt": real(Math.sqrt),
};

/** Functions of Python itself that make numbers of numbers. */
export const NUMBERS: Readonly<Record<string, Call>> = {
  int: (_, { positional: [v, base] }) => {
    if (v?.kind === "int") return v;
    // A whole number may be a size, which no other number is.
    if (v?.kind === "unknown") return beyondNumber(v);
    if (v?.kind === "bool") return int(Number(v.value));
    if (v?.kind === "string" && !base && /^\s*[+-]?\d{1,15}\s*$/.test(v.value)) return int(Number(v.value));
    return v?.kind === "float" ? wholeOf(Math.trunc(v.value)) : UNCLEAR;
  },
  float: (_, { positional: [v] }) => {
    const value = asNumber(v);
    return value === undefined ? UNCLEAR : { kind: "float", value };
  },
  round: rounding(roundEven),
  abs: (_, { positional: [v] }) => {
    if (v?.kind === "float") return { kind: "float", value: Math.abs(v.value) };
    const below = v?.kind === "int" ? less(v.value, 0) : undefined;
    return v?.kind === "int" && below !== undefined ? int(below ? negate(v.value) : v.value) : UNCLEAR;
  },
  pow: (_, { positional: [a, b, c] }) => (a && b && !c ? operate("**", a, b) : UNCLEAR),
  sum: (engine, { positional: [v, start], keywords }) => {
    const items = v && engine.iterate(v);
    if (!items || keywords.size > 0) return UNCLEAR;
    let total: PyValue = start ?? int(0);
    for (const item of items) total = engine.binary("+", total, item, { from: 0, to: 0 });
    return total;
  },
  max: (engine, args) => extreme(engine, args, 1),
  min: (engine, args) => extreme(engine, args, -1),
};

function extreme(engine: Evaluator, { positional, keywords }: CallArguments, sign: 1 | -1): PyValue {
  const items = positional.length === 1 && positional[0] ? engine.iterate(positional[0]) : positional;
  if (!items || keywords.size > 0 || items.length === 0) return UNCLEAR;
  if (!items.every((v) => v.kind === "int")) {
    const numbers = items.map(asNumber);
    if (numbers.includes(undefined)) return UNCLEAR;
    const best = (sign > 0 ? Math.max : Math.min)(...(numbers as number[]));
    return items[numbers.indexOf(best)] ?? UNCLEAR;
  }
  let best = items[0] as Extract<PyValue, { kind: "int" }>;
  for (const item of items.slice(1)) {
    if (item.kind !== "int") return UNCLEAR;
    const [low, high] = sign > 0 ? [best.value, item.value] : [item.value, best.value];
    const isBetter = less(low, high);
    if (isBetter === undefined && less(high, add(low, 1)) !== true)
      return unknown("Dimsum cannot tell which is larger.");
    if (isBetter) best = item;
  }
  return best;
}
