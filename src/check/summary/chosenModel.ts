import { printSizes } from "../../core/layer/explain.js";
import type { Shape } from "../../core/layer/op.js";
import { ON_REQUEST } from "../../read/python/budget.js";
import { classesOf } from "../../read/python/classes.js";
import { type Around, type FollowedFile, followPython, type Model } from "../../read/python/models.js";
import type { ModelRun } from "../../read/python/programState.js";
import { isBeforeChange } from "../../read/python/runBeforeChange.js";
import type { Mismatch } from "../../read/python/trace.js";
import {
  isClassValue,
  isContainerValue,
  isInstanceValue,
  isLayerValue,
  isTensorValue,
  isUnknownValue,
} from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import type { Span } from "../finding.js";
import { followShown } from "../python/inputChoices.js";

/** A model with one of its runs. */
export interface ChosenModel {
  /** The expression that makes it: `ResNet18()`. */
  readonly name: string;
  readonly value: PyValue;
  readonly run: ModelRun;
  readonly followed: FollowedFile;
  /** What does not fit in it. */
  readonly mismatches: readonly Mismatch[];
  /** The length of the file's own text; what stands behind it was added to call the model. */
  readonly length: number;
}

/** Why there is no summary, and what does not fit in the file. */
export interface NoSummary {
  readonly problem: string;
  readonly mismatches?: readonly Mismatch[];
}

/** The models that a file holds, by the expressions that make them. */
export function modelNames(followed: FollowedFile): readonly string[] {
  return followed.models.map((m) => (isInstanceValue(m.value) ? `${m.name}()` : m.name));
}

/**
 * A model of a file with the run to show. `expression` is Python in the file's own names, such as `ResNet18(num_classes=10)`; without it
 * the file's only model. Without inputs those that the file itself says.
 */
export function chooseModel(
  text: string,
  expression: string | undefined,
  inputs: readonly Shape[],
  around: Around = {},
): ChosenModel | NoSummary {
  if (expression !== undefined && inputs.length > 0) return runModel(text, expression, inputs, around);
  const { shown: followed } = followShown(text, new Map(), around);
  const names = modelNames(followed);
  const chosen = expression ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) return { problem: sayChoice(names) };
  if (inputs.length > 0) return runModel(text, chosen, inputs, around);
  const model = followed.models.find((_m, i) => names[i] === chosen);
  if (!model) return { problem: `Give the input's size for ${chosen} with --input, for example --input 1x3x224x224.` };
  const again = isBeforeChange(model.run, followed.trace) ? runAgain(text, model, followed, around) : undefined;
  if (again) return { ...again, name: chosen, mismatches: mismatchesOf(again.value, again.followed) };
  const mismatches = mismatchesOf(model.value, followed);
  return { name: chosen, value: model.value, run: model.run, followed, mismatches, length: text.length };
}

/** Calls a model that has been changed since it was called last; undefined where no variable holds it or its inputs are not known. */
function runAgain(text: string, model: Model, followed: FollowedFile, around: Around): ChosenModel | undefined {
  const [variable] = [...followed.names].find(([, value]) => value === model.value) ?? [];
  const inputs = model.run.inputs.flatMap((v) => (isTensorValue(v) && v.shape ? [v.shape] : []));
  const isKnown = inputs.length === model.run.inputs.length && inputs.flat().every((d) => typeof d === "number");
  if (variable === undefined || !isKnown) return undefined;
  const found = runModel(text, variable, inputs, around);
  return "problem" in found ? undefined : found;
}

const sayChoice = (names: readonly string[]): string =>
  names.length === 0
    ? "There is no model in this file that Dimsum can follow."
    : `This file has ${names.length} models; choose one with --model: ${names.map((n) => `'${n}'`).join(", ")}.`;

const MODEL = "_dimsum_model";
const RESULT = "_dimsum_output";

/** Makes a model and calls it with inputs of these sizes. */
function runModel(text: string, expression: string, inputs: readonly Shape[], around: Around): ChosenModel | NoSummary {
  const sizes = inputs.map((s) => `torch.zeros(${s.map((d) => String(d)).join(", ")})`).join(", ");
  // The call is added to the file's own text, so that every place in what is found is a place of the file or behind its end.
  const call = `\nimport torch\n${MODEL} = (${expression})\n${MODEL}.eval()\n${RESULT} = ${MODEL}(${sizes})\n`;
  const followed = followPython(text + call, { name: "model", work: ON_REQUEST, ...around, uncalled: false });
  const { mismatches } = followed.trace;
  const run = followed.runs.findLast((r) => r.place.from > text.length);
  if (run) return { name: expression, value: run.model, run, followed, mismatches, length: text.length };
  const [first] = mismatches;
  const reason = first
    ? `${first.say} ${first.advise}`
    : reasonOf(followed.names.get(RESULT) ?? followed.names.get(MODEL));
  return { problem: `Dimsum cannot follow ${expression}: ${reason}`, mismatches };
}

const reasonOf = (value: PyValue | undefined): string =>
  isUnknownValue(value) ? value.reason : "it is no model that can be called.";

/** Where a model's own classes and layers stand. */
export function placesOf(model: PyValue): readonly Span[] {
  const places: Span[] = [];
  const seen = new Set<PyValue>();
  const visit = (value: PyValue): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (isLayerValue(value) || isContainerValue(value)) places.push(value.site);
    if (isContainerValue(value)) for (const [, child] of value.children ?? []) visit(child);
    if (isInstanceValue(value)) {
      for (const child of value.attributes.values()) visit(child);
      for (const cls of classesOf(value.cls))
        if (isClassValue(cls)) places.push({ from: cls.nameAt.from, to: cls.body.at(-1)?.to ?? cls.nameAt.to });
    }
  };
  visit(model);
  return places;
}

/** The mismatches that stand in a model's own classes and layers; those of other models of the file are not its. */
export function mismatchesOf(model: PyValue, followed: FollowedFile): readonly Mismatch[] {
  const places = placesOf(model);
  return followed.trace.mismatches.filter((m) => places.some((p) => p.from <= m.place.from && m.place.to <= p.to));
}

/** The shapes that go into a run: `(1, 3, 32, 32), (1, 5)`. */
export const printInputs = ({ inputs }: Pick<ModelRun, "inputs">): string =>
  inputs.flatMap((v) => (isTensorValue(v) ? [v.shape ? printSizes(v.shape) : "?"] : [])).join(", ");
