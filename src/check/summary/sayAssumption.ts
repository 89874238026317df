import type { ModelRun } from "../../read/python/programState.js";
import { isTensorValue } from "../../read/python/valueKinds.js";

/** The data set whose images a run's input is taken for: its name, and where it is loaded. */
export function assumedImagesOf(
  run: ModelRun | undefined,
): { readonly name: string; readonly from: number } | undefined {
  const input = run?.inputs.find((v) => isTensorValue(v) && v.isAssumed);
  const maker = isTensorValue(input) ? input.maker : undefined;
  return maker && { name: maker.label, from: maker.place.from };
}

/** That a run's shapes rest on what the file's data set gives, as a sentence; undefined where they do not. */
export function sayAssumption(run: ModelRun | undefined): string | undefined {
  const images = assumedImagesOf(run);
  return images && `Assumed: the network's input is images of ${images.name}, which this file loads.`;
}
