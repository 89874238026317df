import type { Applied } from "../../core/layer/apply.js";
import type { Op } from "../../core/layer/op.js";
import type { Operation } from "../../core/operations/operation.js";
import type { Evaluator } from "./evaluator.js";
import type { Place } from "./syntax.js";
import type { Trace } from "./trace.js";
import { isDictValue, isListValue, isTensorValue, isTupleValue, isUnknownValue } from "./valueKinds.js";
import type { CallSite, LayerValue, PyValue, TensorValue } from "./values.js";

/** One call of a module, around the steps that it takes. */
export interface ModuleFrame {
  readonly module: PyValue;
}

/** One step of a model: what was made of which tensors. */
export interface FlowStep {
  /** How the student writes it: `torch.cat`, `+`, `self.conv1`. */
  readonly label: string;
  readonly place: Place;
  /** For each tensor that goes in, the steps that made it. */
  readonly from: readonly (readonly number[])[];
  readonly taken: readonly PyValue[];
  readonly made: PyValue;
  /** The calls of modules within which it is taken, outermost first. */
  readonly within: readonly ModuleFrame[];
  /** The layer that is called. */
  readonly layer?: LayerValue;
  /** What a layer, or its functional form, made of its input. */
  readonly applied?: { readonly op: Op; readonly args: LayerValue["args"]; readonly site: CallSite } & Pick<
    Applied,
    "axisNames" | "refusal" | "params"
  >;
  readonly operation?: Operation;
}

/** Steps that are kept. */
const MAX_STEPS = 20_000;

/** The steps by which the tensors of a program were made, noted where a picture of a model is asked for. */
export class Flow {
  readonly steps: FlowStep[] = [];
  private frames: readonly ModuleFrame[] = [];

  /** Runs the call of a module. */
  within<T>(module: PyValue, run: () => T): T {
    const outer = this.frames;
    this.frames = [...outer, { module }];
    try {
      return run();
    } finally {
      this.frames = outer;
    }
  }

  /** Notes what goes into a model from outside. */
  enter(trace: Trace, inputs: readonly PyValue[], place: Place): void {
    if (trace.isMuted) return;
    for (const t of tensorsIn(inputs))
      if (isTensorValue(t)) t.origin = [this.add({ label: "input", place, from: [], taken: [], made: t, within: [] })];
  }

  /** Notes a step; what comes back knows that it was made by it. */
  note(
    engine: Evaluator,
    step: Pick<FlowStep, "label" | "place" | "taken" | "made" | "layer" | "operation" | "applied">,
  ): PyValue {
    const { taken, made } = step;
    const isOpen = isTensorValue(made) && made.open === true && !made.shape;
    if (engine.trace.isMuted || isOpen || this.steps.length >= MAX_STEPS) return made;
    const tensors = tensorsIn(taken);
    // An Input of Keras's functional API is made of nothing.
    this.enter(
      engine.trace,
      tensors.filter((t) => isTensorValue(t) && !t.origin && t.history?.from.length === 0),
      step.place,
    );
    const id = this.add({ ...step, from: tensors.map((t) => t.origin ?? []), taken: tensors, within: this.frames });
    return bornOf(made, [id], new Set(tensors));
  }

  /** Calls a layer and notes its step, with what it was seen to make of its input. */
  layer(engine: Evaluator, layer: LayerValue, taken: readonly PyValue[], place: Place, call: () => PyValue): PyValue {
    const before = engine.trace.calls.length;
    const made = call();
    const found = engine.trace.calls.slice(before).find((c) => c.layer === layer);
    const applied = found && { ...found.applied, op: found.op, args: found.args, site: found.site };
    return this.note(engine, { label: layer.op.name, place, taken, made, layer, ...(applied && { applied }) });
  }

  private add(step: FlowStep): number {
    return this.steps.push(step) - 1;
  }
}

/** What may have been made by a step: tensors, and what is not known of which one is. */
export function tensorsIn(values: readonly PyValue[], depth = 0): readonly (TensorValue | Unknown)[] {
  return values.flatMap((v): readonly (TensorValue | Unknown)[] => {
    if (isTensorValue(v)) return [v];
    if (isUnknownValue(v)) return v.origin ? [v] : [];
    const entries = isDictValue(v) ? [...(v.entries?.values() ?? [])].map(([, item]) => item) : [];
    return depth > 3 ? [] : tensorsIn(isTupleValue(v) || isListValue(v) ? (v.items ?? []) : entries, depth + 1);
  });
}

type Unknown = Extract<PyValue, { kind: "unknown" }>;

/** The same value, made by a step; what went in stays what it was. */
function bornOf(v: PyValue, origin: readonly number[], taken: ReadonlySet<PyValue>): PyValue {
  if (isUnknownValue(v)) return { ...v, origin };
  if (isTensorValue(v)) {
    if (taken.has(v)) return { ...v, origin };
    v.origin = origin;
  }
  if (isTupleValue(v)) return { ...v, items: v.items.map((item) => bornOf(item, origin, taken)) };
  if (isListValue(v)) for (const item of v.items ?? []) if (isTensorValue(item)) item.origin = origin;
  return v;
}
