import { add, type Dim } from "../../core/dims/dim.js";
import { printCount } from "../../core/dims/print.js";
import { allParameters } from "../../core/keras/index.js";
import { type Applied, applyOp } from "../../core/ops/apply.js";
import { classesOf } from "../../read/python/classes.js";
import type { LayerValue, PyValue } from "../../read/python/values.js";

/** A model's parameters as far as they are known. */
export interface ParameterCount {
  readonly known: Dim;
  /** Whether something in the model is not known, so that there may be more. */
  readonly more: boolean;
}

/** Every layer in a value, once, with its path: `features.0`; `undefined` stands for a part that is not known. */
export function* layersWithin(
  value: PyValue,
  path = "",
  seen = new Set<PyValue>(),
): Generator<readonly [string, LayerValue | undefined]> {
  if (seen.has(value)) return;
  seen.add(value);
  const join = (name: string): string => (path === "" ? name : `${path}.${name}`);
  if (value.kind === "layer") yield [path, value];
  else if (value.kind === "unknown") yield [path, undefined];
  else if (value.kind === "container") {
    if (!value.children) yield [path, undefined];
    for (const [name, child] of value.children ?? []) yield* layersWithin(child, join(name), seen);
  } else if (value.kind === "instance") {
    for (const [name, child] of value.attributes) yield* layersWithin(child, join(name), seen);
    const isFull = classesOf(value.cls).every((c) => c.kind !== "unknown");
    if (!isFull) yield [path, undefined];
  }
}

/** The parameters of a model; shared layers count once. */
export function countParameters(model: PyValue): ParameterCount {
  let known: Dim = 0;
  let more = false;
  for (const [, layer] of layersWithin(model)) {
    const params = layer?.bound ? allParameters(layer.op, appliedOf(layer)) : undefined;
    if (params === undefined) more = true;
    else known = add(known, params);
  }
  return { known, more };
}

/** A layer for what it was first called with, where its parameters depend on that. */
export const appliedOf = ({ op, args, built }: LayerValue): Applied => applyOp(op, args, built?.input, built?.others);

/** `61,706 parameters`, or `at least …`. */
export const printParameters = ({ known, more }: ParameterCount): string =>
  more
    ? known === 0
      ? "parameters unknown"
      : `at least ${printCount(known)} parameters`
    : `${printCount(known)} parameters`;
