import type { Evaluator } from "../evaluator.js";
import { smallNumber } from "../integers.js";
import { drain } from "../iterators.js";
import { MAX_LENGTH } from "../literals.js";
import { listed, lost } from "../sequenceBuiltins.js";
import type { Place } from "../syntax.js";
import { take } from "../taking.js";
import { isNoneValue } from "../valueKinds.js";
import { type CallArguments, int, NONE, type PyValue, tupleValue } from "../values.js";

type Call = (engine: Evaluator, args: CallArguments, place: Place) => PyValue;

/** The places of items that are chosen in every way that `next` allows; undefined where those are too many. */
function choices(
  count: number,
  length: number,
  isAllowed: (chosen: readonly number[], at: number) => boolean,
): readonly (readonly number[])[] | undefined {
  let rows: (readonly number[])[] = [[]];
  for (let i = 0; i < length; i++) {
    if (rows.length * Math.max(count, 1) > 8 * MAX_LENGTH) return undefined;
    rows = rows.flatMap((row) =>
      Array.from({ length: count }, (_, at) => at)
        .filter((at) => isAllowed(row, at))
        .map((at) => [...row, at]),
    );
  }
  return rows;
}

const chosen =
  (isAllowed: (chosen: readonly number[], at: number) => boolean): Call =>
  (engine, args) => {
    const [v, r = NONE] = take(args, "iterable r?") ?? [];
    const items = v && drain(engine, v);
    const length = isNoneValue(r) ? items?.length : smallNumber(r);
    if (!items || length === undefined || length < 0 || length > 64) return lost();
    const rows = choices(items.length, length, isAllowed);
    return listed(
      engine,
      rows?.map((row) => tupleValue(row.map((at) => items[at] as PyValue))),
    );
  };

const product: Call = (engine, { positional, byKeyword, uncertain }) => {
  const times = smallNumber(byKeyword.get("repeat") ?? int(1));
  const lists = positional.map((v) => drain(engine, v));
  if (uncertain || times === undefined || times < 0 || times > 64 || lists.includes(undefined)) return lost();
  let rows: (readonly PyValue[])[] = [[]];
  for (const list of Array.from({ length: times }, () => lists as (readonly PyValue[])[]).flat()) {
    if (rows.length * list.length > MAX_LENGTH) return lost();
    rows = rows.flatMap((row) => list.map((item) => [...row, item]));
  }
  return listed(engine, rows.map(tupleValue));
};

/** The functions of `itertools` that choose and combine items. */
export const COMBINATORICS: Readonly<Record<string, Call>> = {
  product,
  combinations: chosen((row, at) => at > (row.at(-1) ?? -1)),
  combinations_with_replacement: chosen((row, at) => at >= (row.at(-1) ?? 0)),
  permutations: chosen((row, at) => !row.includes(at)),
};
