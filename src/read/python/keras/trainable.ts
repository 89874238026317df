import type { Known } from "../../../core/dims/compare.js";
import type { Evaluator } from "../evaluator.js";
import { truthOf } from "../truth.js";
import { isContainerValue, isInstanceValue, isLayerValue, isListValue, isTupleValue } from "../valueKinds.js";
import type { LayerValue, PyValue } from "../values.js";

/** Parts of a model that are told. */
const MAX_PARTS = 2000;

/** Sets whether a layer trains, and all that is in a model or an object: `base.trainable = False`. */
export function setTrainable(engine: Evaluator, of: PyValue, mode: PyValue, seen = new Set<PyValue>()): void {
  if (seen.has(of) || seen.size > MAX_PARTS) return;
  seen.add(of);
  engine.step();
  if (isLayerValue(of)) engine.journal.set(of, "trains", mode);
  else if (isContainerValue(of)) for (const [, child] of of.children ?? []) setTrainable(engine, child, mode, seen);
  else if (isInstanceValue(of)) for (const [, part] of [...of.attributes]) setTrainable(engine, part, mode, seen);
  else if (isListValue(of) || isTupleValue(of))
    for (const part of of.items ?? []) setTrainable(engine, part, mode, seen);
}

/** Whether a layer trains, as its constructor or an assignment behind it says. */
export function isTrainable({ args, trains }: LayerValue): Known {
  if (trains) return truthOf(trains);
  if (!Object.hasOwn(args, "trainable")) return true;
  return typeof args.trainable === "boolean" ? args.trainable : undefined;
}
