import { type CallArguments, type PyValue, someWhole, tupleValue } from "./values.js";

/** Items of one kind, of which nobody knows how many: the samples of a data set, the batches of a loader. */
export const stream = (each: PyValue): PyValue => ({ kind: "stream", each });

/** What a loop over a value of unknown length goes through each time; undefined where that is not known. */
export const eachOf = (value: PyValue): PyValue | undefined => (value.kind === "stream" ? value.each : undefined);

/** A function of Python's own for such items; undefined where none of its arguments is of this kind. */
export function streamBuiltin(name: string, { positional }: CallArguments): PyValue | undefined {
  const [first] = positional;
  const each = first && eachOf(first);
  switch (name) {
    case "iter":
    case "next":
      return each && (name === "next" ? each : first);
    case "enumerate":
      return each && stream(tupleValue([someWhole("It is a place in a loop."), each]));
    case "zip": {
      const all = positional.map(eachOf);
      return all.length > 0 && !all.includes(undefined) ? stream(tupleValue(all as readonly PyValue[])) : undefined;
    }
    default:
      return undefined;
  }
}
