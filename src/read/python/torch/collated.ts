import { dimSymbol } from "../../../core/dims/dim.js";
import { given } from "../arguments.js";
import type { Evaluator } from "../evaluator.js";
import { ending } from "../exceptions.js";
import { join } from "../join.js";
import type { Place } from "../syntax.js";
import { isDictValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import { dictValue, type PyValue, unknown } from "../values.js";

/** How many samples the two batches have that are made to tell which sizes count the samples. */
const COUNTS = [2, 3] as const;

const LOST = unknown("What is made of a batch is not known.");

/** What a function makes of a batch of any number of samples; `sample` gives one of them. */
export function collated(
  engine: Evaluator,
  collate: PyValue,
  sample: (at: number) => PyValue | undefined,
  place: Place,
): PyValue {
  const [few, more] = COUNTS.map((count) => {
    const samples = Array.from({ length: count }, (_, i) => sample(i) ?? LOST);
    const { said } = engine.trace;
    const { result: end } = engine.journal.undone(() =>
      engine.trace.muted(() =>
        ending(() => engine.call(collate, given({ kind: "list", items: samples }), place, place)),
      ),
    );
    return "value" in end && engine.trace.said === said ? end.value : undefined;
  });
  return few && more ? ofAnyCount(few, more) : LOST;
}

/** What two batches have in common; a size that is the number of samples in both is N. */
function ofAnyCount(few: PyValue, more: PyValue): PyValue {
  if (isTupleValue(few) && isTupleValue(more) && few.items.length === more.items.length)
    return { ...few, items: few.items.map((item, i) => ofAnyCount(item, more.items[i] ?? LOST)) };
  if (isDictValue(few) && isDictValue(more) && few.entries && few.entries.size === more.entries?.size) {
    const others = more.entries;
    return dictValue(
      new Map(
        [...few.entries].map(([name, [key, v]]) => [
          name,
          [key, ofAnyCount(v, others.get(name)?.[1] ?? LOST)] as const,
        ]),
      ),
    );
  }
  const both = join(few, more);
  if (!isTensorValue(both) || !isTensorValue(few) || !isTensorValue(more)) return both;
  const shape = both.shape?.map((d, i) =>
    few.shape?.[i] === COUNTS[0] && more.shape?.[i] === COUNTS[1] ? dimSymbol("N") : d,
  );
  return { ...both, shape, numbers: undefined, strides: undefined };
}
