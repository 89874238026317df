import { multiply } from "../../core/dims/dim.js";
import { productOf } from "../../core/dims/product.js";
import type { Size } from "../../core/layer/op.js";
import { prepare } from "../../core/layer/prepare.js";
import { isKerasClass } from "../../read/python/keras/subclass.js";
import { FIRST_BASE } from "../../read/python/sources.js";
import { BASE, baseOf, childrenOf, isModule } from "../../read/python/torch/modules.js";
import type { LayerCall } from "../../read/python/trace.js";
import {
  isContainerValue,
  isInstanceValue,
  isLayerValue,
  isListValue,
  isNoneValue,
  isTensorValue,
  isTupleValue,
  isUnknownValue,
} from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import type { Span } from "../finding.js";
import { countParameters, type ParameterCount } from "../python/parameters.js";
import type { ChosenModel } from "./chosenModel.js";
import { printOutput } from "./printOutput.js";
import { NOTHING, plus, productsOf, type Sum, together } from "./products.js";

/** A module of a model, with what it was seen to do in one run. */
export interface ModuleNode {
  /** Its own name: `conv1`, `0`. */
  readonly name: string;
  readonly path: string;
  readonly className: string;
  readonly value: PyValue;
  /** How often it was called; 0 for a list whose modules are called, and for what the run leaves out. */
  readonly calls: number;
  /** What it gave, each time it gave another shape. */
  readonly outputs: readonly PyValue[];
  /** Those of all within it, shared ones once. */
  readonly params: ParameterCount;
  readonly macs: Sum;
  /** Bytes of what its layers gave, in float32. */
  readonly bytes: Sum;
  /** Where it is made, or its class stands, in the file at hand. */
  readonly place?: Span;
  readonly children: readonly ModuleNode[];
  /** Where it stands in the order of execution; infinite where it is not called. */
  readonly order: number;
}

/** What happened to each module in a run. */
interface Happened {
  readonly order: number;
  readonly outputs: PyValue[];
}

const BYTES = 4;

/** Modules within modules that are shown. */
const MAX_DEPTH = 60;

/** The tree of a model's modules, in the order in which they run; one that is shared stands where it is first registered. */
export function moduleTree(model: ChosenModel): ModuleNode {
  const { run, followed } = model;
  const own = followed.trace.calls.slice(run.firstCall, run.lastCall);
  // A model of Keras's functional API has run before it was made.
  const calls = own.length > 0 || isModule(model.value) ? own : followed.trace.calls;
  const byLayer = grouped(calls, (c) => c.layer);
  const happened = new Map<PyValue, Happened>();
  const note = (module: PyValue, output: PyValue, order: number): void => {
    const known = happened.get(module) ?? { order, outputs: [] };
    happened.set(module, known);
    known.outputs.push(output);
  };
  for (const [i, m] of followed.trace.modules.slice(run.firstModule, run.lastModule).entries())
    note(m.module, m.output, i);
  for (const [layer, of] of byLayer)
    if (!happened.has(layer)) for (const c of of) note(layer, c.output, calls.indexOf(c));
  const seen = new Set<PyValue>();
  const visit = (value: PyValue, name: string, path: string, depth: number): ModuleNode => {
    seen.add(value);
    const children = (depth < MAX_DEPTH ? partsOf(value) : [])
      .filter(([, part]) => !seen.has(part) && seen.add(part))
      .map(([own, part]) => visit(part, own, path === "" ? own : `${path}.${own}`, depth + 1))
      .sort((a, b) => a.order - b.order || 0);
    const own = happened.get(value);
    const layer = isLayerValue(value) ? value : baseOf(value);
    const applied = isLayerValue(layer) ? byLayer.get(layer) : undefined;
    const place = placeOf(value, model.length);
    const params = countParameters(value);
    const macs = children.reduce((all, c) => together(all, c.macs), macsOf(value, applied, own));
    return {
      name,
      path,
      className: classNameOf(value),
      value,
      calls: own?.outputs.length ?? 0,
      outputs: distinct(own?.outputs ?? []),
      params,
      // What may hold more parameters may multiply more.
      macs: { ...macs, more: macs.more || (params.more && !isLayerValue(value)) },
      bytes:
        children.length > 0 ? children.reduce((all, c) => together(all, c.bytes), NOTHING) : bytesGiven(value, own),
      ...(place ? { place } : {}),
      children,
      order: Math.min(own?.order ?? Number.POSITIVE_INFINITY, ...children.map((c) => c.order)),
    };
  };
  const root = visit(model.value, "", "", 0);
  const loose = functionalNodes(calls, model);
  return {
    ...root,
    macs: loose.reduce((all, c) => together(all, c.macs), root.macs),
    children: [...root.children, ...loose],
  };
}

/** The modules directly within one. */
function partsOf(value: PyValue): readonly (readonly [string, PyValue])[] {
  const isPart = (v: PyValue): boolean => ["layer", "container", "instance", "unknown"].includes(v.kind);
  const isTorch: boolean = isModule(value);
  const whole = isTorch ? childrenOf(value) : undefined;
  if (whole) return whole;
  if (isTorch && isInstanceValue(value))
    return [...value.attributes].filter(([name, v]) => name !== BASE && isModule(v));
  if (isContainerValue(value)) return (value.children ?? []).filter(([, v]) => isPart(v));
  if (!isInstanceValue(value) || !isKerasClass(value.cls)) return [];
  return [...value.attributes].flatMap(([name, v]): (readonly [string, PyValue])[] => {
    if (isListValue(v) || isTupleValue(v))
      return (v.items ?? []).flatMap((item, i) => (isPart(item) ? [[`${name}.${i}`, item] as const] : []));
    return isPart(v) && !isUnknownValue(v) ? [[name, v]] : [];
  });
}

/** The products of a layer's own calls; not all are known where it was called with what is not known. */
function macsOf(value: PyValue, applied: readonly LayerCall[] | undefined, own: Happened | undefined): Sum {
  const sum = (applied ?? []).reduce((all, call) => plus(all, productsOf(call)), NOTHING);
  const counts = isLayerValue(value) && (!value.bound || prepare(value.op).macs !== undefined);
  const isMissing = counts && (own?.outputs.length ?? 0) > (applied?.length ?? 0);
  return { ...sum, more: sum.more || isMissing || isUnknownValue(value) };
}

/** Layers without an object, such as `F.conv2d`, that multiply: one row for each place. */
function functionalNodes(calls: readonly LayerCall[], { length }: ChosenModel): readonly ModuleNode[] {
  const loose = calls.filter((c) => c.functional && prepare(c.op).macs);
  return [...grouped(loose, (c) => c.place.from).values()].map((same) => {
    const [first] = same as [LayerCall];
    const outputs = same.map((c) => c.output);
    const { from, to } = first.place;
    return {
      name: `F.${first.op.functional?.split("(")[0]?.replace(/^F\./, "") ?? first.op.name}`,
      path: "",
      className: "function",
      value: first.output,
      calls: same.length,
      outputs: distinct(outputs),
      params: { known: 0, more: false },
      macs: same.reduce((all, call) => plus(all, productsOf(call)), NOTHING),
      bytes: NOTHING,
      ...(to <= length ? { place: { from, to } } : {}),
      children: [],
      order: Number.POSITIVE_INFINITY,
    };
  });
}

/** Calls by what they have in common; those that have nothing of it are left out. */
function grouped<K>(calls: readonly LayerCall[], keyOf: (call: LayerCall) => K | undefined): Map<K, LayerCall[]> {
  const groups = new Map<K, LayerCall[]>();
  for (const call of calls) {
    const key = keyOf(call);
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.push(call);
    else if (key !== undefined) groups.set(key, [call]);
  }
  return groups;
}

/** Each shape once. */
function distinct(outputs: readonly PyValue[]): readonly PyValue[] {
  const texts = new Set<string>();
  return outputs.filter((o) => {
    const text = printOutput(o);
    return !texts.has(text) && texts.add(text);
  });
}

/** Bytes of all that a layer gave. */
const bytesGiven = (value: PyValue, own: Happened | undefined): Sum =>
  (own?.outputs ?? []).reduce<Sum>((all, o) => plus(all, bytesOf(o)), { known: 0, more: isUnknownValue(value) });

/** The bytes of all tensors in a value. */
function bytesOf(value: PyValue): Size {
  if (isTensorValue(value)) {
    const count = value.shape && productOf(value.shape);
    return count === undefined ? undefined : multiply(count, BYTES);
  }
  if (isNoneValue(value)) return 0;
  if (!isTupleValue(value) && !isListValue(value)) return undefined;
  const all = (value.items ?? [undefined]).reduce((sum, v) => plus(sum, v && bytesOf(v)), NOTHING);
  return all.more ? undefined : all.known;
}

/** The name of a module's class. */
export function classNameOf(module: PyValue): string {
  if (isLayerValue(module)) return module.op.name;
  if (isContainerValue(module)) return module.what.replace("keras.", "");
  return isInstanceValue(module) ? module.cls.name : "unknown";
}

/** Where a layer is made; where the class of any other module stands. */
function placeOf(value: PyValue, length: number): Span | undefined {
  const place = isInstanceValue(value)
    ? value.cls.nameAt
    : isLayerValue(value) || isContainerValue(value)
      ? value.site
      : undefined;
  return place && place.to <= length && place.from < FIRST_BASE ? { from: place.from, to: place.to } : undefined;
}
