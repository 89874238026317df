import type { Evaluator } from "../evaluator.js";
import { sameShape } from "../trace.js";
import { isListValue, isTensorValue, isTupleValue } from "../valueKinds.js";
import type { CallArguments, PyValue } from "../values.js";

/** Writes what was made into what `out=` names; what becomes of a tensor of another shape depends on the operation, so that it is not known. */
export function writeOut(engine: Evaluator, { byKeyword }: CallArguments, made: PyValue): PyValue {
  const out = byKeyword.get("out");
  if (!out) return made;
  const parts = itemsOf(made);
  for (const [i, target] of itemsOf(out).entries()) {
    if (!isTensorValue(target)) continue;
    const part = parts[i];
    const shape = isTensorValue(part) ? part.shape : undefined;
    const isAlike = sameShape(shape, target.shape);
    for (const known of ["numbers", ...(isAlike ? [] : ["shape", "strides"])])
      engine.journal.set(target, known, undefined);
  }
  return isTensorValue(out) ? out : made;
}

const itemsOf = (v: PyValue): readonly (PyValue | undefined)[] =>
  isTensorValue(v) ? [v] : isTupleValue(v) ? v.items : isListValue(v) ? (v.items ?? []) : [];
