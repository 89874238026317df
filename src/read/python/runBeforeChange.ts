import type { ModelRun } from "./programState.js";
import { namedModules } from "./torch/modules.js";
import type { Trace } from "./trace.js";
import { isLayerValue } from "./valueKinds.js";

/**
 * Whether a run is of a model that had another layer in the place of one that it has now: a layer that the run calls is gone, and one that it
 * has is not called.
 */
export function isBeforeChange({ model, firstModule, lastModule }: ModelRun, { modules }: Trace): boolean {
  const called = new Set(modules.slice(firstModule, lastModule).map(({ module }) => module));
  const within = new Set(namedModules(model).found.map(([, module]) => module));
  const isMissing = [...within].some((m) => isLayerValue(m) && !called.has(m));
  return isMissing && [...called].some((m) => isLayerValue(m) && !within.has(m));
}
