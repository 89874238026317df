import type { Evaluator } from "../evaluator.js";
import { roundFloat } from "../floats.js";
import { floatOf, intOf, wholeNumber } from "../integers.js";
import { drain } from "../iterators.js";
import { MAX_LENGTH } from "../literals.js";
import { floatFrom } from "../numbers.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { isBoolValue, isFloatValue, isIntValue } from "../valueKinds.js";
import { type CallArguments, int, type PyValue, someNumber, unknown } from "../values.js";
import { real } from "./math.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const UNCLEAR = unknown("Dimsum cannot tell this number.");

const LARGEST = 2n ** 62n;

const array = (items: readonly PyValue[]): PyValue =>
  items.length > MAX_LENGTH ? UNCLEAR : { kind: "list", array: true, items };

/** Whether numbers are all whole, none too large for NumPy, or all floats, so that they stay what they are. */
function isOfOneKind(items: readonly PyValue[]): boolean {
  const isSmall = (v: PyValue): boolean => {
    const whole = isIntValue(v) ? wholeNumber(v) : undefined;
    return whole !== undefined && whole < LARGEST && whole > -LARGEST;
  };
  return items.length > 0 && (items.every(isSmall) || items.every((v) => isFloatValue(v)));
}

/** What an operator makes of the items, one after the other; undefined where NumPy may say otherwise. */
function totals(engine: Evaluator, args: CallArguments, op: string, place: Place): readonly PyValue[] | undefined {
  const [from] = take(args, "/items") ?? [];
  // NumPy counts with truths as with ones and noughts.
  const items = (from && drain(engine, from))?.map((v) => (isBoolValue(v) ? int(Number(v.value)) : v));
  const all: PyValue[] = [];
  for (const item of items ?? []) {
    const last = all.at(-1);
    all.push(last ? engine.binary(op, last, item, place) : item);
  }
  return items && (items.length === 0 || (isOfOneKind(items) && isOfOneKind(all))) ? all : undefined;
}

/** Numbers that are known but for their last digits. */
const near = new WeakMap<PyValue, number>();

/** Whether a number is known but for its last digits. */
export const isNearlyKnown = (v: PyValue): boolean => near.has(v);

/** A function whose last digits differ from machine to machine, so that only what it is rounded to is known. */
function nearly(of: (x: number) => number): Call {
  return (_, args) => {
    const [v] = take(args, "/x") ?? [];
    const x = floatFrom(v);
    const y = x === undefined ? Number.NaN : of(x);
    if (!Number.isFinite(y)) return UNCLEAR;
    const made = someNumber("Its last digits differ from machine to machine.");
    near.set(made, y);
    return made;
  };
}

/** How far from a whole number what is nearly known has to be for its rounding to be sure. */
const MARGIN = 1e-9;

/** `np.ceil(np.log(n))`: the rounding of what another function of NumPy gives right there, or of a number. */
function rounding(of: (x: number) => number): Call {
  const exact = real(1, of);
  return (engine, args, place) => {
    const [v] = args.positional;
    const [argument] = args.places;
    const callee = argument?.value.kind === "call" ? argument.value.callee : undefined;
    const y = v && callee?.kind === "attribute" && NEARLY.test(callee.name) ? near.get(v) : undefined;
    if (y === undefined || args.positional.length > 1 || args.byKeyword.size > 0) return exact(engine, args, place);
    return Math.abs(y - Math.round(y)) > MARGIN * Math.max(1, Math.abs(y)) ? floatOf(of(y)) : UNCLEAR;
  };
}

const NEARLY = /^(log|log10|log1p|exp)$/;

/** Functions of NumPy on plain numbers and lists of them. */
export const NUMPY: Readonly<Record<string, Call>> = {
  sqrt: real(1, (x) => (x < 0 ? undefined : Math.sqrt(x))),
  // Elsewhere its last digit differs from machine to machine.
  log2: real(1, (x) => (x > 0 && 2 ** Math.round(Math.log2(x)) === x ? Math.round(Math.log2(x)) : undefined)),
  log: nearly(Math.log),
  log10: nearly(Math.log10),
  log1p: nearly(Math.log1p),
  exp: nearly(Math.exp),
  ceil: rounding(Math.ceil),
  floor: rounding(Math.floor),
  abs: (_, args) => {
    const [v] = take(args, "/x") ?? [];
    const whole = wholeNumber(v);
    if (isFloatValue(v)) return floatOf(Math.abs(v.value));
    return isIntValue(v) && whole !== undefined ? intOf(whole < 0n ? -whole : whole) : UNCLEAR;
  },
  round: (_, args) => {
    const [v] = take(args, "/x") ?? [];
    if (isIntValue(v) && wholeNumber(v) !== undefined) return v;
    return isFloatValue(v) ? floatOf(roundFloat(v.value, 0)) : UNCLEAR;
  },
  prod: (engine, args, place) => {
    const [v] = take(args, "/items") ?? [];
    const isEmpty = v && drain(engine, v)?.length === 0;
    return isEmpty ? floatOf(1) : (totals(engine, args, "*", place)?.at(-1) ?? UNCLEAR);
  },
  cumsum: (engine, args, place) => {
    const sums = totals(engine, args, "+", place);
    return sums ? array(sums) : UNCLEAR;
  },
  linspace: (_, args) => {
    const [a, b, count = int(50)] = take(args, "start stop num?") ?? [];
    const [from, to, n] = [floatFrom(a), floatFrom(b), wholeNumber(count)];
    if (from === undefined || to === undefined || n === undefined || n < 0n || n > MAX_LENGTH) return UNCLEAR;
    const length = Number(n);
    const step = (to - from) / Math.max(length - 1, 1);
    return array(Array.from({ length }, (__, i) => floatOf(i > 0 && i === length - 1 ? to : i * step + from)));
  },
  arange: (_, args) => {
    const given = take(args, "/a /b? /step?");
    const numbers = given?.map((v) => (v ? wholeNumber(v) : null));
    if (!numbers || numbers.includes(undefined)) return UNCLEAR;
    const [a = 0n, b, by] = numbers as (bigint | null)[];
    const [from, to, step] = [b === null ? 0n : (a ?? 0n), b ?? a ?? 0n, by ?? 1n];
    if (step === 0n || (to - from) / step > MAX_LENGTH) return UNCLEAR;
    const items: PyValue[] = [];
    for (let i = from; step > 0n ? i < to : i > to; i += step) items.push(intOf(i));
    return array(items);
  },
};
