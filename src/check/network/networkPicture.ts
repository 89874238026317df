import { printCount } from "../../core/dims/print.js";
import { isChannelsLast } from "../../core/layer/layout.js";
import { memoryOf } from "../../core/layer/measures.js";
import type {
  Amount,
  Heading,
  NetworkEdge,
  NetworkGroup,
  NetworkNode,
  NetworkPicture,
  SourceLine,
} from "../../protocol.js";
import { type FlowStep, type ModuleFrame, tensorsIn } from "../../read/python/flow.js";
import { baseOf, isModule, namedModules } from "../../read/python/torch/modules.js";
import { isInstanceValue, isTensorValue, isUnknownValue } from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import type { Reveal, Span } from "../finding.js";
import { printBytes } from "../layerHover.js";
import { countParameters, layersWithin } from "../python/parameters.js";
import type { ChosenModel } from "../summary/chosenModel.js";
import { printSum } from "../summary/modelReport.js";
import { classNameOf } from "../summary/moduleTree.js";
import { sayAssumption } from "../summary/sayAssumption.js";
import { axisReads, type Units } from "./axisReads.js";
import { inCrosses, misfitsOf } from "./misfits.js";
import { nameOf, stepsShown } from "./stepsShown.js";

/** What drawing a network needs besides the model. */
export interface Around {
  /** The line of a place; undefined for one that is in no open file. */
  readonly lineOf: (place: Span) => SourceLine | undefined;
  readonly reveal: Reveal;
}

/** Steps that are drawn. */
const MOST = 3000;

/** A model that was followed with its steps noted, as a diagram. */
export function networkPicture(model: ChosenModel, at: Span, { lineOf, reveal }: Around): NetworkPicture {
  const shown = stepsShown(model);
  const drawn = shown.slice(0, MOST);
  const axes = axesOf(drawn.map(([, step]) => step));
  const isLast = !isModule(model.value);
  const unitsOf = (v: PyValue | undefined): Units => {
    const shape = isTensorValue(v) ? v.shape : undefined;
    // Volumes come in a batch: four sizes of such a network are rather those of its images.
    const isOne = !isLast && axes < 3 && shape?.length === axes + 1;
    if (!shape || axes === 0 || (shape.length !== axes + 2 && !isOne)) return undefined;
    const sizes = isLast ? shape.slice(1, -1) : shape.slice(-axes);
    return sizes.every((size) => typeof size === "number") ? (sizes as number[]) : undefined;
  };
  const paths = pathsOf(model.value);
  const groups: NetworkGroup[] = [];
  const groupOf = grouping(groups, model.value, paths);
  const counted = new Set<PyValue>();
  const numbers = new Map<number, number>();
  const misfits = misfitsOf(model, drawn, paths);
  const isTold = reveal === "answer";
  const nodes: NetworkNode[] = [];
  const edges: NetworkEdge[] = [];
  for (const [id, step] of drawn) {
    const { made, layer, applied, label, place } = step;
    const misfit = misfits.get(id);
    const units = unitsOf(madeBy(made));
    const to = nodes.length;
    numbers.set(id, to);
    const source = lineOf(layer?.site ?? place);
    nodes.push({
      role: step.from.length === 0 && label === "input" ? "input" : layer ? "layer" : "operation",
      name: nameOf(step, paths),
      what: layer?.op.name ?? (applied?.op.name === label ? "" : (applied?.op.name ?? "")),
      shape: inCrosses(made),
      ...(units && { sizes: units }),
      params: layer && !counted.has(layer) ? paramsOf(layer) : { text: "0", value: 0 },
      memory: memoryIn(made),
      ...(source && { source }),
      ...(misfit && { problem: isTold ? misfit.say : "It does not fit." }),
      ...reasonOf(made, misfit !== undefined),
      group: groupOf(step.within),
    });
    if (layer) counted.add(layer);
    const all = step.taken.map(unitsOf);
    const seen = new Set<number>();
    for (const [i, origins] of step.from.entries())
      for (const origin of origins) {
        const from = numbers.get(origin);
        if (from === undefined || seen.has(from)) continue;
        seen.add(from);
        const isOther = isLast && applied && isChannelsLast(applied.op, applied.args) === false && applied.op.layout;
        const reads = isOther ? undefined : axisReads(step, all[i], units, all);
        const meets = isTold && misfit?.meets;
        edges.push({ from, to, ...(reads && { reads }), ...(meets && { meets }) });
      }
  }
  const output = model.run.output;
  const origins = new Set(tensorsIn([output]).flatMap((t) => t.origin ?? []));
  const last = [...origins].flatMap((id) => numbers.get(id) ?? []);
  if (last.length > 0) {
    const name = { role: "output", name: "output", what: "", group: -1 } as const;
    nodes.push({
      ...name,
      shape: inCrosses(output),
      params: { text: "0", value: 0 },
      memory: { text: "0", value: 0 },
    });
    edges.push(...last.map((from) => ({ from, to: nodes.length - 1 })));
  }
  const notes = [
    sayAssumption(model.run) ?? "",
    shown.length > MOST ? `Only the first ${printCount(MOST)} steps are drawn.` : "",
  ];
  return { kind: "network", heading: headingOf(model, nodes, lineOf(at)), nodes, edges, groups, axes, notes };
}

const tensorsGiven = ({ run }: ChosenModel): readonly PyValue[] => run.inputs.filter((v) => isTensorValue(v));

function headingOf(model: ChosenModel, nodes: readonly NetworkNode[], source: SourceLine | undefined): Heading {
  const wrong = nodes.filter((n) => n.problem !== undefined).length;
  const input = tensorsGiven(model).map(inCrosses).join(", ") || "?";
  const facts = [
    { name: "input", text: input },
    { name: "output", text: inCrosses(model.run.output) },
    { name: "parameters", text: printSum(countParameters(model.value)) },
  ];
  return {
    key: `network ${model.name} ${input}`,
    title: model.name,
    text: "",
    facts,
    formulas: [],
    ...(wrong > 0 && { problem: `${wrong} ${wrong === 1 ? "step does" : "steps do"} not fit.` }),
    ...(source && { source }),
  };
}

/** The modules and layers of a model, by their paths in it. */
export const pathsOf = (value: PyValue): ReadonlyMap<PyValue, string> =>
  new Map<PyValue, string>(
    isModule(value)
      ? namedModules(value).found.map(([path, module]) => [module, path])
      : [...layersWithin(value)].flatMap(([path, layer]) => (layer ? [[layer, path] as const] : [])),
  );

/** Gives each call of a module within the model a group of its own. */
function grouping(
  groups: NetworkGroup[],
  model: PyValue,
  paths: ReadonlyMap<PyValue, string>,
): (within: readonly ModuleFrame[]) => number {
  const known = new Map<ModuleFrame, number>();
  return (within) => {
    let parent = -1;
    for (const frame of within) {
      // A layer of a class of its own is a step, not a group.
      if (frame.module === model || (isInstanceValue(frame.module) && baseOf(frame.module))) continue;
      const name = paths.get(frame.module) ?? classNameOf(frame.module);
      const at = known.get(frame) ?? groups.push({ name, what: classNameOf(frame.module), parent }) - 1;
      known.set(frame, at);
      parent = at;
    }
    return parent;
  };
}

/** The axes of the first layer with windows; without one those of an input that can only be a batch of images or volumes. */
function axesOf(steps: readonly FlowStep[]): number {
  const axes = steps.find((s) => s.applied && s.applied.op.axes > 0)?.applied?.op.axes;
  if (axes) return axes;
  const inputs = steps.flatMap(({ label, made }) =>
    label === "input" && isTensorValue(made) ? [made.shape?.length] : [],
  );
  return inputs.includes(4) ? 2 : inputs.includes(5) ? 3 : 0;
}

/** What a step gives, the first of several. */
const madeBy = (made: PyValue): PyValue | undefined => tensorsIn([made])[0];

function paramsOf(layer: PyValue): Amount {
  const { known, more } = countParameters(layer);
  const text = known === 0 && !more ? "0" : printSum({ known, more });
  return typeof known === "number" && !more ? { text, value: known } : { text };
}

function memoryIn(made: PyValue): Amount {
  const all = tensorsIn([made]).map((t) => (isTensorValue(t) && t.shape ? memoryOf(t.shape) : undefined));
  const bytes = all.reduce((sum, m) => sum + (m && typeof m.bytes === "number" ? m.bytes : Number.NaN), 0);
  if (all.length === 0 || !Number.isFinite(bytes)) return { text: "unknown" };
  return { text: `${bytes === 0 ? "0" : printBytes(bytes)}${all[0]?.perSample ? " a sample" : ""}`, value: bytes };
}

function reasonOf(made: PyValue, isWrong: boolean): { readonly reason?: string } {
  const first = madeBy(made) ?? made;
  const reason = isUnknownValue(first) ? first.reason : isTensorValue(first) && !first.shape ? first.reason : undefined;
  return reason === undefined || isWrong ? {} : { reason };
}
