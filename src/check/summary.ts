import { subtract } from "../core/dims/dim.js";
import { printDim } from "../core/dims/print.js";
import { allParameters } from "../core/keras/index.js";
import type { Shape, Size } from "../core/layer/op.js";
import type { Around, FollowedFile, Model } from "../read/python/models.js";
import { childrenOf, isModule, namedModules } from "../read/python/torch/modules.js";
import type { Mismatch } from "../read/python/trace.js";
import type { PyValue } from "../read/python/values.js";
import { countParameters, layersWithin } from "./python/parameters.js";
import { type ChosenModel, chooseModel, type NoSummary } from "./summary/chosenModel.js";
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
  const chosen = chooseModel(text, expression, inputs, around);
  return "problem" in chosen ? chosen : summaryOf(chosen);
}

/** The summary of a model that has been run. */
export function summaryOf(model: ChosenModel): Summary {
  const { name, followed, mismatches } = model;
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
    ? // A lazy layer becomes the layer itself when it is first called.
      module.op.name.replace(/^Lazy/, "")
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
