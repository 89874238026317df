import { counted, counterOf } from "../counters.js";
import { entriesFrom, keywordEntries, mergedEntries } from "../dicts.js";
import type { Evaluator } from "../evaluator.js";
import { smallNumber } from "../integers.js";
import { drain } from "../iterators.js";
import { MAX_LENGTH } from "../literals.js";
import { take } from "../taking.js";
import { isNoneValue } from "../valueKinds.js";
import { type CallArguments, dictValue, NONE, type PyValue, unknown } from "../values.js";
import { namedTuple } from "./namedTuples.js";

type Call = (engine: Evaluator, args: CallArguments) => PyValue;

const entriesOf = (engine: Evaluator, positional: readonly PyValue[], { byKeyword, uncertain }: CallArguments) =>
  uncertain || positional.length > 1
    ? undefined
    : mergedEntries(entriesFrom(engine, positional[0]), keywordEntries(byKeyword));

/** Classes of `collections`. */
export const COLLECTIONS: Readonly<Record<string, Call>> = {
  OrderedDict: (engine, args) => ({
    kind: "dict",
    type: "OrderedDict",
    entries: entriesOf(engine, args.positional, args),
  }),
  defaultdict: (engine, args) => {
    const [factory = NONE, ...rest] = args.positional;
    return { kind: "dict", type: "defaultdict", factory, entries: entriesOf(engine, rest, args) };
  },
  Counter: (engine, { positional, byKeyword, uncertain }) => {
    const start = uncertain || positional.length > 1 ? undefined : counted(engine, new Map(), positional[0], "+");
    const more: PyValue = dictValue(keywordEntries(byKeyword));
    return counterOf(byKeyword.size > 0 ? counted(engine, start, more, "+") : start);
  },
  deque: (engine, args) => {
    const [v, limit = NONE] = take(args, "iterable? maxlen?") ?? [unknown("It is not known.")];
    const most = isNoneValue(limit) ? null : smallNumber(limit);
    if (most === undefined || (most !== null && most < 0)) return unknown("How many it keeps is not known.");
    const items = v ? drain(engine, v) : [];
    const kept = most === null ? items : most === 0 ? items && [] : items?.slice(-most);
    return { kind: "list", deque: { most }, items: kept && kept.length <= MAX_LENGTH ? kept : undefined };
  },
  namedtuple: namedTuple,
};
