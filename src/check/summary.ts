import { add, type Dim, subtract } from "../core/dims/dim.js";
import { printCount, printDim } from "../core/dims/print.js";
import { allParameters } from "../core/keras/index.js";
import type { Shape, Size } from "../core/layer/op.js";
import { classesOf } from "../read/python/classes.js";
import { type Around, type FollowedFile, followPython, type Model } from "../read/python/models.js";
import { childrenOf, isModule, namedModules } from "../read/python/torch/modules.js";
import type { Mismatch } from "../read/python/trace.js";
import type { PyValue } from "../read/python/values.js";
import type { Span } from "./finding.js";
import { countParameters, layersWithin } from "./python/parameters.js";
import { transformerLeaves } from "./transformerLeaves.js";

/** A model, layer by layer, in the order in which they run. */
export interface Summary {
  readonly model: string;
  readonly input: readonly JsonShape[];
  readonly output: JsonOutput;
  readonly params: number | string | null;
  readonly trainable: number | string | null;
  /** Path, class, output shape, parameters. */
  readonly leaves: readonly (readonly [string, string, JsonOutput, number | string | null])[];
  readonly mismatches: readonly Mismatch[];
}

/** A shape in JSON: symbolic sizes as text, unknown ones null. */
export type JsonShape = readonly (number | string | null)[] | null;

const jsonSize = (size: Size): number | string | null =>
  size === undefined ? null : typeof size === "number" ? size : printDim(size);
const jsonShape = (shape: Shape | undefined): JsonShape => shape?.map(jsonSize) ?? null;

/** What a call gives: a shape, or several. */
export type JsonOutput = JsonShape | readonly JsonOutput[] | { readonly [key: string]: JsonOutput };

/** Why there is no summary, and what does not fit in the file. */
export interface NoSummary {
  readonly problem: string;
  readonly mismatches?: readonly Mismatch[];
}

/** The models that a file holds, by the expressions that make them. */
export function modelNames(followed: FollowedFile): readonly string[] {
  return followed.models.map((m) => (m.value.kind === "instance" ? `${m.name}()` : m.name));
}

/**
 * The summary of a model for given inputs. `expression` is Python in the file's own names, such as `ResNet18(num_classes=10)`;
 * without it the file's only model. Without inputs those that the file itself says.
 */
export function summarize(
  text: string,
  expression: string | undefined,
  inputs: readonly Shape[],
  around: Around = {},
): Summary | NoSummary {
  if (expression === undefined || inputs.length === 0) {
    const plain = followPython(text, around);
    const names = modelNames(plain);
    const chosen = expression ?? (names.length === 1 ? names[0] : undefined);
    if (chosen === undefined) {
      if (names.length === 0) return { problem: "There is no model in this file that Dimsum can follow." };
      return {
        problem: `This file has ${names.length} models; choose one with --model: ${names.map((n) => `'${n}'`).join(", ")}.`,
      };
    }
    if (inputs.length > 0) return summarize(text, chosen, inputs, around);
    const model = plain.models.find((_m, i) => names[i] === chosen);
    return model
      ? summaryOf(chosen, model, plain, mismatchesOf(model.value, plain))
      : { problem: `Give the input's size for ${chosen} with --input, for example --input 1x3x224x224.` };
  }
  const sizes = inputs.map((s) => `torch.zeros(${s.map((d) => String(d)).join(", ")})`).join(", ");
  // The call is added to the file's own text, so that every place in what is found is a place of the file or behind its end.
  const call = `\nimport torch\n${MODEL} = (${expression})\n${MODEL}.eval()\n${RESULT} = ${MODEL}(${sizes})\n`;
  const followed = followPython(text + call, { name: "model", ...around, uncalled: false });
  const { mismatches } = followed.trace;
  const run = followed.runs.findLast((r) => r.place.from > text.length);
  if (run) return summaryOf(expression, { value: run.model, run }, followed, mismatches);
  const [first] = mismatches;
  const reason = first
    ? `${first.say} ${first.advise}`
    : reasonOf(followed.names.get(RESULT) ?? followed.names.get(MODEL));
  return { problem: `Dimsum cannot follow ${expression}: ${reason}`, mismatches };
}

const MODEL = "_dimsum_model";
const RESULT = "_dimsum_output";

const reasonOf = (value: PyValue | undefined): string =>
  value?.kind === "unknown" ? value.reason : "it is no model that can be called.";

function summaryOf(
  name: string,
  model: Pick<Model, "value" | "run">,
  followed: FollowedFile,
  mismatches: readonly Mismatch[],
): Summary {
  const { known, notTrained = 0, isUnclear, more } = countParameters(model.value);
  const params = more ? null : jsonSize(known);
  const tensors = model.run.inputs.flatMap((v) => (v.kind === "tensor" ? [jsonShape(v.shape)] : []));
  return {
    model: name,
    input: tensors,
    output: jsonOutput(model.run.output),
    params,
    trainable: more || isUnclear ? null : jsonSize(subtract(known, notTrained)),
    leaves: isModule(model.value) ? leavesOf(model, followed) : kerasLeaves(model, followed),
    mismatches,
  };
}

/** The calls of modules that hold no others, in order. */
function leavesOf({ value, run }: Pick<Model, "value" | "run">, { trace }: FollowedFile): Summary["leaves"] {
  const paths = new Map<PyValue, string>(namedModules(value).found.map(([path, module]) => [module, path]));
  return trace.modules.slice(run.firstModule, run.lastModule).flatMap(({ module, output, inputs }) => {
    const path = paths.get(module);
    const inner = path === undefined ? undefined : leavesWithin(module, inputs);
    if (inner)
      return inner.map(
        ([own, name, shape, params]) =>
          [`${path}${path === "" ? "" : "."}${own}`, name, jsonShape(shape), jsonSize(params)] as const,
      );
    const isLeaf = path !== undefined && isModule(module) && childrenOf(module)?.length === 0 && !holdsLayers(module);
    if (!isLeaf) return [];
    const { known, more } = countParameters(module);
    return [[path, classOf(module), jsonOutput(output), more ? null : jsonSize(known)] as const];
  });
}

/** The layers that a Transformer calls within itself; undefined for any other module. */
function leavesWithin(module: PyValue, inputs: readonly PyValue[]): ReturnType<typeof transformerLeaves> {
  const [input, target] = inputs.map((v) => (v.kind === "tensor" ? v.shape : undefined));
  return module.kind === "layer" && input
    ? transformerLeaves(
        module.op.name,
        module.args,
        input,
        target,
        inputs.slice(1).some((v) => v.kind !== "none"),
      )
    : undefined;
}

/** Layers of PyTorch that are made of layers. */
const holdsLayers = (module: PyValue): boolean =>
  module.kind === "layer" && /^(MultiheadAttention|Transformer\w*|AdaptiveLogSoftmaxWithLoss)$/.test(module.op.name);

/** The name of a module's class. */
const classOf = (module: PyValue): string =>
  module.kind === "layer"
    ? module.op.name
    : module.kind === "container"
      ? module.what
      : module.kind === "instance"
        ? module.cls.name
        : "?";

function kerasLeaves(model: Pick<Model, "value" | "run">, followed: FollowedFile): Summary["leaves"] {
  const paths = new Map(
    [...layersWithin(model.value)].flatMap(([path, layer]) => (layer ? [[layer, path] as const] : [])),
  );
  const { firstCall, lastCall } = model.run;
  return followed.trace.calls.slice(firstCall, lastCall).flatMap((call) => {
    const path = call.layer && paths.get(call.layer);
    return path === undefined
      ? []
      : [[path, call.op.name, jsonShape(call.output.shape), jsonSize(allParameters(call.op, call.applied))] as const];
  });
}

/** What a call gives, in JSON: a shape, or the shapes of a tuple, a list or a dictionary. */
function jsonOutput(value: PyValue): JsonOutput {
  if (value.kind === "tensor") return jsonShape(value.shape);
  if (value.kind === "tuple" || value.kind === "list") return value.items?.map(jsonOutput) ?? null;
  if (value.kind !== "dict" || !value.entries) return null;
  return Object.fromEntries(
    [...value.entries.values()].map(([key, v]) => [key.kind === "string" ? key.value : "?", jsonOutput(v)]),
  );
}

/** The mismatches that stand in a model's own classes and layers; those of other models of the file are not its. */
function mismatchesOf(model: PyValue, followed: FollowedFile): readonly Mismatch[] {
  const places: Span[] = [];
  const seen = new Set<PyValue>();
  const visit = (value: PyValue): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value.kind === "layer" || value.kind === "container") places.push(value.site);
    if (value.kind === "container") for (const [, child] of value.children ?? []) visit(child);
    if (value.kind === "instance") {
      for (const child of value.attributes.values()) visit(child);
      for (const cls of classesOf(value.cls))
        if (cls.kind === "class") places.push({ from: cls.nameAt.from, to: cls.body.at(-1)?.to ?? cls.nameAt.to });
    }
  };
  visit(model);
  return followed.trace.mismatches.filter((m) => places.some((p) => p.from <= m.place.from && m.place.to <= p.to));
}

/** `(1, 64, 8, 8)`, `[(1, 5), (1, 7)]`, `{out: (1, 21)}`. */
function cell(shape: JsonOutput): string {
  if (shape === null) return "?";
  if (!isList(shape))
    return `{${Object.entries(shape)
      .map(([key, inner]) => `${key}: ${cell(inner)}`)
      .join(", ")}}`;
  const isShape = shape.every((d) => d === null || typeof d !== "object");
  return isShape
    ? `(${shape.map((d) => d ?? "?").join(", ")})`
    : `[${shape.map((d) => cell(d as JsonOutput)).join(", ")}]`;
}

const isList = (
  shape: NonNullable<JsonOutput>,
): shape is Exclude<NonNullable<JsonOutput>, { readonly [key: string]: JsonOutput }> => Array.isArray(shape);

/** The summary as a table for a terminal. */
export function printSummary(s: Summary): string {
  const rows = s.leaves.map(([path, name, shape, params]) => [
    `${path || "(itself)"} (${name})`,
    cell(shape),
    count(params),
  ]);
  const head = ["Layer (class)", "Output shape", "Parameters"];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]?.length ?? 0)));
  const line = (r: readonly string[]): string =>
    `${(r[0] ?? "").padEnd(widths[0] ?? 0)}  ${(r[1] ?? "").padEnd(widths[1] ?? 0)}  ${(r[2] ?? "").padStart(widths[2] ?? 0)}`;
  const rule = "─".repeat(widths.reduce((a, b) => a + b + 2, -2));
  const shown: Dim = s.leaves.reduce<Dim>((sum, l) => (typeof l[3] === "number" ? add(sum, l[3]) : sum), 0);
  const total = s.params === null ? `at least ${printCount(shown)}` : count(s.params);
  return [
    `${s.model}: ${s.input.map(cell).join(", ")} → ${cell(s.output)}`,
    rule,
    line(head),
    rule,
    ...rows.map(line),
    rule,
    `Parameters: ${total}`,
  ].join("\n");
}

const count = (n: number | string | null): string => (typeof n === "number" ? printCount(n) : (n ?? "?"));
