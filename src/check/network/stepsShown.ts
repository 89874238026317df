import { type FlowStep, tensorsIn } from "../../read/python/flow.js";
import { baseOf, isModule } from "../../read/python/torch/modules.js";
import type { PyValue } from "../../read/python/values.js";
import type { ChosenModel } from "../summary/chosenModel.js";

/** A step and its number. */
export type StepShown = readonly [id: number, step: FlowStep];

/** A step's own path in its model, `layer1.0.conv1`, or how an operation is written. */
export function nameOf({ layer, label, within }: FlowStep, paths: ReadonlyMap<PyValue, string>): string {
  const owner = layer && !paths.has(layer) ? within.findLast((f) => baseOf(f.module) === layer)?.module : layer;
  return (owner && paths.get(owner)) ?? label;
}

/**
 * The steps of a model's run that its output is made of, by their numbers, in order, with every layer that is called and every step that does
 * not fit; where nothing is known of how the output was made, all steps.
 */
export function stepsShown({ value, run, followed }: ChosenModel): readonly StepShown[] {
  const steps = followed.flow?.steps ?? [];
  const ends = tensorsIn([run.output]).flatMap((t) => t.origin ?? []);
  // A model of Keras's functional API has run before it was made, as others of the file may have.
  const isOwn = ends.length === 0 || isModule(value);
  const [first, end] = (isOwn ? run.steps : undefined) ?? [0, steps.length];
  const kept = new Set<number>();
  const waiting = [...ends];
  for (let id = first; id < end; id++) {
    const step = steps[id] as FlowStep;
    const isLayer = step.applied !== undefined || step.layer !== undefined || step.label === "input";
    if ((isOwn && isLayer) || ends.length === 0) waiting.push(id);
  }
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id < first || id >= end || kept.has(id)) continue;
    kept.add(id);
    for (const origins of steps[id]?.from ?? []) waiting.push(...origins);
  }
  return [...kept].sort((a, b) => a - b).map((id) => [id, steps[id] as FlowStep]);
}
