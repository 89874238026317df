import { given } from "../arguments.js";
import { keywordEntries } from "../dicts.js";
import type { Evaluator } from "../evaluator.js";
import { iteratorOver, nextOf } from "../iterators.js";
import { MAX_LENGTH } from "../literals.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { isNativeValue } from "../valueKinds.js";
import { type CallArguments, dictValue, type NativeValue, type PyValue, tupleValue, unknown } from "../values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

const LOST = unknown("What is called is not known.");

/** What a partial calls, and with what. */
const made = new WeakMap<NativeValue, { readonly fn: PyValue; readonly args: CallArguments }>();

/** What `functools.partial` was given; undefined for other values. */
export const partialOf = (v: PyValue): { readonly fn: PyValue; readonly args: CallArguments } | undefined =>
  isNativeValue(v) ? made.get(v) : undefined;

/** `functools.partial(function, …)`: calls the function with these arguments in front of its own. */
export function partial(engine: Evaluator, args: CallArguments): PyValue {
  const [fn, ...positional] = args.positional;
  if (!fn) return LOST;
  // A partial of a partial holds the arguments of both.
  const inner = partialOf(fn);
  const own: CallArguments = { ...args, positional, places: args.places.slice(1) };
  const bound = inner ? together(inner.args, own) : own;
  const value: NativeValue = {
    kind: "native",
    name: "partial",
    owner: tupleValue([fn, ...positional, ...args.byKeyword.values()]),
    call: (more, place, callee) => engine.call(inner?.fn ?? fn, together(bound, more), place, callee),
  };
  made.set(value, { fn: inner?.fn ?? fn, args: bound });
  return value;
}

const together = (first: CallArguments, then: CallArguments): CallArguments => ({
  positional: [...first.positional, ...then.positional],
  byKeyword: new Map([...first.byKeyword, ...then.byKeyword]),
  uncertain: first.uncertain || then.uncertain,
  places: [...first.places.filter((p) => p.name === undefined || !then.byKeyword.has(p.name)), ...then.places],
});

/** `func`, `args` and `keywords` of a partial; undefined for other values. */
export function partialAttribute(v: NativeValue, name: string): PyValue | undefined {
  const of = made.get(v);
  if (!of || of.args.uncertain) return undefined;
  if (name === "func") return of.fn;
  if (name === "args") return tupleValue(of.args.positional);
  return name === "keywords" ? dictValue(keywordEntries(of.args.byKeyword)) : undefined;
}

const reduce: Call = (engine, args, place) => {
  const [fn, v, start] = take(args, "/fn /v /start?") ?? [];
  const items = v && iteratorOver(engine, v);
  if (!fn || !items || items.isEndless) return LOST;
  let total = start;
  for (let i = 0; i <= MAX_LENGTH; i++) {
    const item = nextOf(engine, items);
    if (item === undefined) return LOST;
    if (item === "end") return total ?? LOST;
    total = total ? engine.call(fn, given(total, item), place, place) : item;
  }
  return LOST;
};

/** Functions of `functools`. */
export const FUNCTOOLS: Readonly<Record<string, Call>> = { partial, reduce };
