import { printSize, printSizes } from "../../core/layer/explain.js";
import type { Picture } from "../../protocol.js";
import type { FlowStep } from "../../read/python/flow.js";
import type { Mismatch } from "../../read/python/trace.js";
import { isTensorValue } from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import type { Span } from "../finding.js";
import { shapeText } from "../picture/layerCall.js";
import type { ChosenModel } from "../summary/chosenModel.js";
import { printOutput } from "../summary/printOutput.js";
import { nameOf, type StepShown } from "./stepsShown.js";

/** A step that does not fit: in a sentence that names both sides, and the two numbers that do not meet. */
export interface Misfit {
  readonly say: string;
  readonly meets?: readonly [string, string];
}

/** What a step gives, with its shapes written as those of a layer are: `4 × 3 × 32 × 32`. */
export const inCrosses = (value: PyValue): string => printOutput(value, (shape) => shapeText(shape.map(printSize)));

/** The steps of a model that do not fit, by their numbers. */
export function misfitsOf(
  { mismatches }: ChosenModel,
  shown: readonly StepShown[],
  paths: ReadonlyMap<PyValue, string>,
): ReadonlyMap<number, Misfit> {
  const steps = new Map(shown);
  /** Who gave a tensor its sizes: not a step that hands it on as large as it came. */
  const giver = (id = -1): string => {
    const step = steps.get(id);
    if (!step) return "the input";
    const { taken, made, from, applied } = step;
    const isAlike = from.length === 1 && taken[0] !== undefined && inCrosses(taken[0]) === inCrosses(made);
    // A layer may have just as many outputs as inputs, and gives them all the same.
    const isKept = isAlike && `${applied?.op.output}` === `${applied?.op.input}`;
    return isKept ? giver(from[0]?.[0]) : from.length === 0 ? "the input" : nameOf(step, paths);
  };
  return new Map(
    shown.flatMap(([id, step]) => {
      const mismatch = mismatches.find((m) => isOf(m, step));
      if (!mismatch) return [];
      const meets = numbersThatMeet(mismatch, step);
      const givers = step.from.map(([origin]) => giver(origin));
      return [[id, { say: sayOf(mismatch, step, nameOf(step, paths), givers), ...(meets && { meets }) }]];
    }),
  );
}

/** Whether something that does not fit was said of just this step. */
function isOf({ place, code }: Mismatch, { applied, operation, layer, place: own, made }: FlowStep): boolean {
  if (applied) return applied.refusal?.code === code && (isIn(place, applied.site) || isIn(place, own));
  // What is said of operators goes by the rule that they break, at their own place.
  const isSaid = isIn(own, place) || (operation !== undefined && code.startsWith(`${operation.name}/`));
  return isTensorValue(made) && made.doubt !== undefined && !layer && isSaid && isIn(place, own);
}

const isIn = (inner: Span, outer: Span): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** How many come into a layer, how many it asks for, and of what. */
function askedOf({ applied }: FlowStep): readonly [come: number, take: number, of: string] | undefined {
  const { refusal, args } = applied ?? {};
  const { argument = "", fix } = refusal ?? {};
  const take = args?.[argument];
  const of = /^(?:in|num)_(.+)/.exec(argument)?.[1] ?? argument;
  return typeof take === "number" && typeof fix === "number" ? [fix, take, of] : undefined;
}

/** What comes, and what is asked for; of tensors that are laid over each other the two sizes that differ. */
function numbersThatMeet({ meets }: Mismatch, step: FlowStep): readonly [string, string] | undefined {
  const [come, take] = askedOf(step) ?? [];
  if (come !== undefined) return [`${come}`, `${take}`];
  if (meets) return [printSize(meets[0]), printSize(meets[1])];
  const [one, other] = step.taken.map(inCrosses);
  return !step.applied && one !== undefined && other !== undefined ? [one, other] : undefined;
}

/** What does not fit, with the steps that the numbers come from, and what to do. */
function sayOf({ say, advise }: Mismatch, step: FlowStep, name: string, givers: readonly string[]): string {
  const [come, take, of] = askedOf(step) ?? [];
  if (come !== undefined)
    return `${givers[0]} ${givers[0] === "the input" ? "has" : "gives"} ${come} ${of}, ${name} takes ${take}. ${advise}`;
  const named = step.taken.reduce<string>((text, tensor, at) => {
    const shape = isTensorValue(tensor) && tensor.shape;
    return shape ? text.replace(printSizes(shape), `${inCrosses(tensor)} of ${givers[at]}`) : text;
  }, say);
  return `${named} ${advise}`;
}

/** The picture of a layer that does not fit, said with the step that its input comes from where the network around it has it. */
export function withGiver(picture: Picture, network: () => Picture | undefined): Picture {
  if (picture.kind !== "mismatch") return picture;
  const { source, title } = picture.heading;
  const around = network();
  const here = (around?.kind === "network" ? around.nodes : []).filter(
    (node) =>
      node.problem !== undefined &&
      node.source?.uri === source?.uri &&
      node.source?.line === source?.line &&
      title.includes(`${node.what}(`),
  );
  const problem = here.length === 1 ? here[0]?.problem : undefined;
  return problem === undefined ? picture : { ...picture, heading: { ...picture.heading, problem } };
}
