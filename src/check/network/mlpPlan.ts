import type { Bindings } from "../../core/expr/evaluate.js";
import { type Arguments, fitting } from "../../core/tensor/arguments.js";
import { activations } from "../../core/tensor/elementwise.js";
import type { Edit, Picture, SourceLine } from "../../protocol.js";
import { isTensorValue } from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import type { Reveal } from "../finding.js";
import { BENDS } from "../picture/bendText.js";
import { type MlpPlan, mlpPicture, type PlannedLayer, SMALL } from "../picture/mlpPicture.js";
import { pictureArguments } from "../python/pictureCall.js";
import type { ChosenModel } from "../summary/chosenModel.js";
import type { FileModel } from "../summary/fileModels.js";
import { misfitsOf } from "./misfits.js";
import { pathsOf } from "./networkPicture.js";
import { stepsShown } from "./stepsShown.js";

/** Steps that leave the numbers of an example what they are, once a network is trained. */
const KEEPING = /^(?:Dropout|AlphaDropout|Identity|InputLayer)$/;

/** Steps that lay an input in one row. */
const LAYING = /^(?:flatten|view|reshape)$/i;

/** A model as a multilayer perceptron with numbers; a small one of our own, with the reason, where it is none. `editsOf` says what a reader has changed
 * in the picture of a key. */
export function mlpOf(
  model?: FileModel,
  source?: SourceLine,
  editsOf: (key: string) => readonly Edit[] = () => [],
  reveal: Reveal = "answer",
): Picture {
  const misfit = model && misfitIn(model.chosen, reveal);
  const plan = misfit === undefined ? model && mlpPlan(model.chosen) : undefined;
  const isOwn = typeof plan === "object";
  const shown = isOwn ? plan : SMALL;
  const heading = {
    key: `mlp ${isOwn ? model?.name : ""} ${JSON.stringify(shown)}`,
    title: isOwn ? (model?.name ?? "") : "A small network",
    text: "",
    facts: [],
    formulas: [],
    ...(misfit !== undefined && { problem: `${model?.name} is not drawn neuron by neuron: ${misfit}` }),
    ...(isOwn && source && { source }),
  };
  const reason =
    typeof plan === "string" ? `${model?.name} is not drawn neuron by neuron: ${plan}. This is an example.` : "";
  return mlpPicture(shown, heading, [reason], editsOf(heading.key));
}

/** What does not fit in a model; undefined where all does. */
function misfitIn(model: ChosenModel, reveal: Reveal): string | undefined {
  const [first] = misfitsOf(model, stepsShown(model), pathsOf(model.value)).values();
  return first && (reveal === "answer" ? first.say : "a step does not fit.");
}

/** The linear layers and activations of a model that is one chain of them; the reason where it is none. */
export function mlpPlan(model: ChosenModel): MlpPlan | string {
  const layers: PlannedLayer[] = [];
  const paths = pathsOf(model.value);
  let inputs: number | undefined;
  let last: number | undefined;
  for (const [id, { label, from, taken, made, layer, applied }] of stepsShown(model)) {
    const isChained = last === undefined ? from.length === 0 : from.length === 1 && from[0]?.join() === `${last}`;
    if (!isChained) return "it is not one chain of layers";
    const isFirst = last === undefined;
    last = id;
    if (isFirst) continue;
    const name = applied?.op.name ?? layer?.op.name ?? label.replace(/^.*\./, "");
    const args = applied?.args ?? layer?.args ?? {};
    const given = name === "Dense" || name === "Activation" ? args.activation : name;
    if (name === "Linear" || name === "Dense") {
      const [reads, makes] = [widthOf(taken[0]), widthOf(made)];
      if (reads === undefined || makes === undefined) return `the sizes of ${name} are not known`;
      inputs ??= reads;
      const hasBias = args.bias !== false && args.use_bias !== false;
      layers.push({
        name: (layer && paths.get(layer)) ?? `layer ${layers.length + 1}`,
        outputs: makes,
        hasBias,
        activation: "",
      });
      if (name === "Linear" || given === "linear" || typeof given !== "string") continue;
    } else if (KEEPING.test(name) || (LAYING.test(name) && inputs === undefined)) continue;
    const before = layers.pop();
    const activation = activationNamed(`${given}`);
    if (!before || !activation) return `${given} is not drawn with numbers`;
    if (before.activation !== "") return "it has two activations in a row";
    const own = bendArguments(activation, name, args);
    const bend = fitting(() => activations[activation]?.(own));
    if (typeof bend === "string") return bend.replace(/\.$/, "");
    layers.push({ ...before, activation, args: own });
  }
  if (layers.slice(0, -1).some(({ activation }) => activation === "Softmax")) return "there is a softmax within it";
  return inputs === undefined ? "it has no linear layer" : { inputs, layers };
}

/** The activation of a layer, of a function or of Keras's argument. */
function activationNamed(name: string): string | undefined {
  const plain = name
    .toLowerCase()
    .replaceAll("_", "")
    .replace(/^log(?=softmax)/, "")
    .replace(/^swish$/, "silu");
  return [...BENDS, "Softmax"].find((known) => known.toLowerCase() === plain);
}

/** The arguments of an activation; as an argument of a layer of Keras it has Keras's own. */
function bendArguments(activation: string, name: string, args: Bindings): Arguments {
  const isByName = name === "Dense" || name === "Activation";
  if (!isByName) return pictureArguments(args);
  return activation === "LeakyReLU" ? { negative_slope: 0.2 } : {};
}

function widthOf(v: PyValue | undefined): number | undefined {
  const width = isTensorValue(v) ? v.shape?.at(-1) : undefined;
  return typeof width === "number" ? width : undefined;
}
