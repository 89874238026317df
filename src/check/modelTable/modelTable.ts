import { same } from "../../core/dims/compare.js";
import { type Dim, subtract } from "../../core/dims/dim.js";
import { printCount } from "../../core/dims/print.js";
import { productOf } from "../../core/dims/product.js";
import { allParameters, isKerasOp } from "../../core/keras/index.js";
import { printCrosses } from "../../core/layer/explain.js";
import { isChannelsLast } from "../../core/layer/layout.js";
import type { Shape, Size } from "../../core/layer/op.js";
import { isModule } from "../../read/python/torch/modules.js";
import { type LayerCall, sameShape } from "../../read/python/trace.js";
import type { LayerValue } from "../../read/python/values.js";
import { appliedOf, countParameters } from "../python/parameters.js";
import type { ChosenModel } from "../summary/chosenModel.js";
import { plus } from "../summary/products.js";
import { constructorText } from "./constructorText.js";

/** A model as a table of its layers: all cells as text. */
export interface ModelTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly [layer: string, ...rest: string[]])[];
}

type Order = "first" | "last" | undefined;

/** One row before it is written. */
interface Step {
  readonly text: string;
  readonly input: Shape | undefined;
  readonly output: Shape | undefined;
  readonly params: Size;
  /** Where the channels stand in its volumes, where that is said. */
  readonly order: Order;
  /** The step in which the same layer was called before. */
  readonly again?: Step;
}

/** The layers of a run in the order in which they are called, without the batch and without what neither changes a shape nor learns. */
export function modelTable(model: ChosenModel): ModelTable {
  const { run, followed } = model;
  const own = followed.trace.calls.slice(run.firstCall, run.lastCall);
  // A model of Keras's functional API has run before it was made.
  const steps = withFlattening(stepsOf(own.length > 0 || isModule(model.value) ? own : followed.trace.calls));
  const [first] = run.inputs.filter((v) => v.kind === "tensor");
  const order = steps[0]?.order;
  const start: Step = { text: "Input", input: undefined, output: first?.shape ?? steps[0]?.input, params: 0, order };
  const all = withOperations([start, ...steps]);
  const isChain = all.every((s, i) => s.input === undefined || sameShape(s.input, all[i - 1]?.output));
  const { known, more } = countParameters(model.value);
  const shown = steps.reduce((sum, s) => plus(sum, s.again ? 0 : s.params), { known: 0 as Dim, more: false });
  const rest = more || shown.more || same(known, shown.known) ? undefined : subtract(known, shown.known);
  const row = (step: Step): readonly [string, ...string[]] => [
    step.again ? `same as row ${all.indexOf(step.again) + 1}` : step.text,
    ...(isChain ? [] : [step.input === undefined ? "–" : printSample(step.input, step.order)]),
    printSample(step.output, step.order),
    step.again || step.text === BETWEEN ? "–" : printCountOr(step.params),
  ];
  const blank = isChain ? [""] : ["", ""];
  return {
    title: model.name,
    header: ["Layer", ...(isChain ? [] : ["Input"]), "Activation", "Parameters"],
    rows: [
      ...all.map(row),
      ...(rest === undefined ? [] : [["other parameters", ...blank, printCountOr(rest)] as const]),
      ["Total", ...blank, more ? `at least ${printCount(known)}` : printCount(known)],
    ],
  };
}

/** What stands for code between two layers. */
const BETWEEN = "(operations)";

/** A row for what is calculated between two layers, where a layer's input is no layer's output. */
function withOperations(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step, i): readonly Step[] => {
    const { input, order } = step;
    const isKnown = input === undefined || steps.slice(0, i).some((s) => sameShape(s.output, input));
    // What one layer takes for channels is an axis to the next.
    const before = steps[i - 1]?.order;
    const isTurned = before !== undefined && order !== undefined && before !== order && (input?.length ?? 0) > 2;
    return isKnown && !isTurned ? [step] : [{ text: BETWEEN, input: undefined, output: input, params: 0, order }, step];
  });
}

const printCountOr = (size: Size): string => (size === undefined ? "?" : printCount(size));

function stepsOf(calls: readonly LayerCall[]): readonly Step[] {
  const seen = new Map<LayerValue, Step>();
  let order: Order;
  return calls.flatMap((call): Step[] => {
    const { op, args, applied, layer, input, output } = call;
    const params = layer ? allParameters(op, appliedOf({ ...layer, args })) : functionalParams(call);
    const isKept = sameShape(input.shape, output.shape) && params === 0;
    if (isKept || op.name === "InputLayer") return [];
    order = orderOf(call) ?? order;
    const again = layer && params !== 0 ? seen.get(layer) : undefined;
    const text = constructorText(op, args);
    const step: Step = {
      text,
      input: input.shape,
      output: applied.output ?? output.shape,
      params,
      order,
      ...(again ? { again } : {}),
    };
    if (layer && !again) seen.set(layer, step);
    return [step];
  });
}

/** Where a layer takes the channels to stand; undefined where it does not say. */
function orderOf({ op, args }: LayerCall): Order {
  if (isKerasOp(op) && isChannelsLast(op, args) !== false) return "last";
  if (op.axes > 0 || op.input.includes("C") || "num_features" in args || "num_channels" in args) return "first";
  return op.input.at(-1) === "features" || op.name === "LayerNorm" ? "last" : undefined;
}

/** A functional form's weights are given to it: what they are is counted where they are registered. */
const functionalParams = ({ op, applied }: LayerCall): Size =>
  applied.params === 0 || op.params === undefined ? 0 : undefined;

/** Code that lays a volume out as features is a row of its own. */
function withFlattening(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step, i): readonly Step[] => {
    const before = steps[i - 1]?.output;
    const count = (shape: Shape | undefined): Size => shape && productOf(shape.slice(1));
    const [a, b] = [count(before), count(step.input)];
    const isFlattened =
      before !== undefined &&
      before.length > 2 &&
      step.input?.length === 2 &&
      a !== undefined &&
      b !== undefined &&
      same(a, b);
    const order = steps[i - 1]?.order;
    return isFlattened ? [{ text: "nn.Flatten()", input: before, output: step.input, params: 0, order }, step] : [step];
  });
}

/** A shape without its batch, the channels last: `28×28×10`. */
function printSample(shape: Shape | undefined, order: Order): string {
  if (!shape || shape.length < 2) return "?";
  const sample = shape.slice(1);
  const isTurned = order === "first" ? sample.length > 1 : order === undefined && sample.length > 2;
  return printCrosses(isTurned ? [...sample.slice(1), sample[0]] : sample);
}
