import { type Around, type FollowedFile, followPython, type Model } from "../../read/python/models.js";
import type { ModelRun } from "../../read/python/programState.js";
import { FIRST_BASE } from "../../read/python/sources.js";
import { isInstanceValue, isTensorValue } from "../../read/python/valueKinds.js";
import type { Span } from "../finding.js";
import { printInputs } from "../summary/chosenModel.js";
import { assumedImagesOf } from "../summary/sayAssumption.js";

/** Which of its inputs each model of a file is shown with: the model's name to the input's key. */
export type InputChoices = ReadonlyMap<string, string>;

/** One call of a model in the file, with inputs of its own. */
export interface InputCandidate {
  /** Says which it is while the file is edited: its shapes and its text. */
  readonly key: string;
  /** `(8, 3, 64, 64)`. */
  readonly inputs: string;
  readonly place: Span;
  /** Where it comes from, if no call of the file says it. */
  readonly origin?: string;
  readonly run: ModelRun;
  /** The following of the file that the run is part of. */
  readonly followed: FollowedFile;
}

/** The calls of a model that give it different inputs; the one that is shown comes first. */
export function candidatesOf(model: Model, followed: FollowedFile): readonly InputCandidate[] {
  const { runs, file } = followed;
  const candidates: InputCandidate[] = [];
  for (const run of [model.run, ...runs]) {
    if (!isOf(run, model)) continue;
    const { from, to } = run.place;
    const inputs = printInputs(run);
    const isShown = run === model.run || (to <= file.text.length && run.inputs.some(isKnown));
    if (!isShown || candidates.some((c) => c.inputs === inputs)) continue;
    const text = from < FIRST_BASE ? file.text.slice(from, Math.min(to, from + LONGEST)) : "";
    const origin = originOf(run, model);
    const key = `${inputs} ${text}`;
    candidates.push({ key, inputs, place: { from, to }, ...(origin === undefined ? {} : { origin }), run, followed });
  }
  return candidates;
}

const LONGEST = 200;

/** Where the input of a run that the file does not make comes from. */
function originOf(run: ModelRun, { source, ...model }: Model): string | undefined {
  if (run !== model.run || source === "call") return undefined;
  if (source === "layers") return "every input that its first layer takes";
  const images = assumedImagesOf(run);
  return images ? `images of ${images.name}, which this file loads` : `as the ${source} says`;
}

const isKnown = (v: ModelRun["inputs"][number]): boolean => isTensorValue(v) && v.shape !== undefined;

/** Whether a run is one of this model, or of another object of its class. */
const isOf = ({ model: value }: ModelRun, model: Model): boolean =>
  value === model.value || (isInstanceValue(value) && isInstanceValue(model.value) && value.cls === model.value.cls);

/** A file, followed as it is and as it is shown. */
export interface ShownFile {
  /** With every call: what does not fit is said of them all. */
  readonly whole: FollowedFile;
  /** With the inputs that are chosen for its models, or that their data set lets one assume. */
  readonly shown: FollowedFile;
  /** The inputs of a model to choose among; the one that is shown without a choice comes first. */
  readonly candidatesOf: (model: Model) => readonly InputCandidate[];
}

/** Follows a file for every input, and for those that are shown: the chosen ones, else those of the file's own images. */
export function followShown(text: string, choices: InputChoices, around: Around = {}): ShownFile {
  const whole = followPython(text, around);
  // What has read the file before is kept for the file as it is.
  const again = { ...around, reader: undefined };
  const open = whole.images ? whole.models.filter((m) => m.source === "layers" && isInstanceValue(m.value)) : [];
  const assume = (models: readonly Model[]): FollowedFile => {
    const assumed = new Set(models.map((m) => m.name));
    return whole.assuming?.(assumed) ?? followPython(text, { ...again, assumed });
  };
  const assuming = open.length > 0 ? assume(open) : undefined;
  const assumedIn = (name: string): Model | undefined =>
    assuming?.models.find((m) => m.name === name && m.source === "data set");
  const candidates = (model: Model): readonly InputCandidate[] => {
    const assumed = assumedIn(model.name);
    const first = assumed && assuming ? candidatesOf(assumed, assuming).slice(0, 1) : [];
    return [...first, ...candidatesOf(model, whole)];
  };
  const left = withChosenInputs(whole, choices);
  const isAssumed = ({ name, ...model }: Model): boolean => {
    const key = choices.get(name);
    return key === undefined || !candidatesOf({ name, ...model }, whole).some((c) => c.key === key);
  };
  const assumed = open.filter(isAssumed);
  const isAll = left === text && assumed.length === open.length;
  const shown =
    isAll && assuming
      ? assuming
      : left === text && assumed.length === 0
        ? whole
        : left === text
          ? assume(assumed)
          : followPython(left, { ...again, assumed: new Set(assumed.map((m) => m.name)) });
  return { whole, shown, candidatesOf: candidates };
}

/**
 * The text in which only the chosen calls of models are left, so that all that follows is said for them. What stands in place of a
 * call has its length, so that every offset stays.
 */
export function withChosenInputs(followed: FollowedFile, choices: InputChoices): string {
  let { text } = followed.file;
  for (const model of followed.models) {
    const key = choices.get(model.name);
    const chosen = key === undefined ? undefined : candidatesOf(model, followed).find((c) => c.key === key);
    if (!chosen) continue;
    for (const run of followed.runs) {
      const { from, to } = run.place;
      const isOther = from >= chosen.place.to || to <= chosen.place.from;
      if (isOf(run, model) && isOther && to <= text.length)
        text = text.slice(0, from) + blank(text.slice(from, to)) + text.slice(to);
    }
  }
  return text;
}

/** An expression of which nothing is known, as long as another and with its line breaks. */
function blank(text: string): string {
  if (!text.includes("\n")) return `_${"0".repeat(text.length - 1)}`;
  return `(_${text.slice(2, -1).replace(/[^\r\n]/g, " ")})`;
}
