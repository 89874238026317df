import { add, type Dim, subtract } from "../core/dims/dim.js";
import { printCount, printDim } from "../core/dims/print.js";
import { allParameters } from "../core/keras/index.js";
import type { Shape, Size } from "../core/layer/op.js";
import { classesOf } from "../read/python/classes.js";
import { type FollowedFile, followPython, type Model } from "../read/python/models.js";
import type { Mismatch } from "../read/python/trace.js";
import type { PyValue } from "../read/python/values.js";
import type { Span } from "./finding.js";
import { countParameters, layersWithin } from "./python/parameters.js";

/** A model, layer by layer, in the order in which they run. */
export interface Summary {
  readonly model: string;
  readonly input: readonly JsonShape[];
  readonly output: JsonShape;
  readonly params: number | string | null;
  readonly trainable: number | string | null;
  /** Path, class, output shape, parameters. */
  readonly leaves: readonly (readonly [string, string, JsonShape, number | string | null])[];
  readonly mismatches: readonly Mismatch[];
}

/** A shape in JSON: symbolic sizes as text, unknown ones null. */
export type JsonShape = readonly (number | string | null)[] | null;

const jsonSize = (size: Size): number | string | null =>
  size === undefined ? null : typeof size === "number" ? size : printDim(size);
const jsonShape = (shape: Shape | undefined): JsonShape => shape?.map(jsonSize) ?? null;

/** Why there is no summary, and the models there are to choose from. */
export interface NoSummary {
  readonly problem: string;
}

/** The models that a file holds, by the expressions that make them. */
export function modelNames(followed: FollowedFile): readonly string[] {
  return followed.models.map((m) => (m.value.kind === "instance" ? `${m.name}()` : m.name));
}

/**
 * The summary of a model for given inputs. `expression` is Python in the file's own names, such as `ResNet18(num_classes=10)`;
 * without it the file's only model. Without inputs those that the file itself says.
 */
export function summarize(text: string, expression: string | undefined, inputs: readonly Shape[]): Summary | NoSummary {
  const plain = followPython(text);
  const names = modelNames(plain);
  const chosen = expression ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) {
    if (names.length === 0) return { problem: "There is no model in this file that Dimsum can follow." };
    return {
      problem: `This file has ${names.length} models; choose one with --model: ${names.map((n) => `'${n}'`).join(", ")}.`,
    };
  }
  if (inputs.length === 0) {
    const model = plain.models.find((_m, i) => names[i] === chosen);
    return model
      ? summaryOf(chosen, model, plain)
      : { problem: `Give the input's size for ${chosen} with --input, for example --input 1x3x224x224.` };
  }
  const sizes = inputs.map((s) => `torch.zeros(${s.map((d) => String(d)).join(", ")})`).join(", ");
  // The call is added to the file's own text, so that every place in what is found is a place of the file or behind its end.
  const call = `\nimport torch\n${RESULT} = (${chosen})(${sizes})\n`;
  const followed = followPython(text + call);
  const run = [...followed.runs].reverse().find((r) => r.place.from > text.length);
  if (!run) return { problem: `Dimsum cannot follow ${chosen}: ${reasonOf(followed.names.get(RESULT))}` };
  return summaryOf(chosen, { value: run.model, run }, followed);
}

const RESULT = "_dimsum_output";

const reasonOf = (value: PyValue | undefined): string =>
  value?.kind === "unknown" ? value.reason : "it is no model that can be called.";

function summaryOf(name: string, model: Pick<Model, "value" | "run">, followed: FollowedFile): Summary {
  const paths = new Map(
    [...layersWithin(model.value)].flatMap(([path, layer]) => (layer ? [[layer, path] as const] : [])),
  );
  const { firstCall, lastCall } = model.run;
  const leaves = followed.trace.calls.slice(firstCall, lastCall).flatMap((call) => {
    const path = call.layer && paths.get(call.layer);
    return path === undefined
      ? []
      : [[path, call.op.name, jsonShape(call.output.shape), jsonSize(allParameters(call.op, call.applied))] as const];
  });
  const { known, notTrained = 0, isUnclear, more } = countParameters(model.value);
  const params = more ? null : jsonSize(known);
  const tensors = model.run.inputs.flatMap((v) => (v.kind === "tensor" ? [jsonShape(v.shape)] : []));
  const output = model.run.output.kind === "tensor" ? jsonShape(model.run.output.shape) : null;
  return {
    model: name,
    input: tensors,
    output,
    params,
    trainable: more || isUnclear ? null : jsonSize(subtract(known, notTrained)),
    leaves,
    mismatches: mismatchesOf(model.value, followed),
  };
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

const cell = (shape: JsonShape): string => (shape === null ? "?" : `(${shape.map((d) => d ?? "?").join(", ")})`);

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
