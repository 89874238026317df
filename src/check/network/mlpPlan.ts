import type { Picture, SourceLine } from "../../protocol.js";
import { isTensorValue } from "../../read/python/valueKinds.js";
import type { PyValue } from "../../read/python/values.js";
import { type MlpPlan, mlpPicture, type PlannedLayer, SMALL } from "../picture/mlpPicture.js";
import type { ChosenModel } from "../summary/chosenModel.js";
import type { FileModel } from "../summary/fileModels.js";
import { pathsOf } from "./networkPicture.js";
import { stepsShown } from "./stepsShown.js";

/** Steps that leave the numbers of an example what they are, once a network is trained. */
const KEEPING = /^(?:Dropout|AlphaDropout|Identity|InputLayer)$/;

/** Steps that lay an input in one row. */
const LAYING = /^(?:flatten|view|reshape)$/i;

/** A model as a multilayer perceptron with numbers; a small one of our own, with the reason, where it is none. */
export function mlpOf(model?: FileModel, source?: SourceLine): Picture {
  const plan = model && mlpPlan(model.chosen);
  const isOwn = typeof plan === "object";
  const shown = isOwn ? plan : SMALL;
  const heading = {
    key: `mlp ${isOwn ? model?.name : ""} ${JSON.stringify(shown)}`,
    title: isOwn ? (model?.name ?? "") : "A small network",
    text: "",
    facts: [],
    formulas: [],
    ...(isOwn && source && { source }),
  };
  const reason =
    typeof plan === "string" ? `${model?.name} is not drawn neuron by neuron: ${plan}. This is an example.` : "";
  return mlpPicture(shown, heading, [reason]);
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
    const activation = ["ReLU", "Sigmoid", "Tanh", "Softmax"].find(
      (known) => known.toLowerCase() === `${given}`.toLowerCase().replace(/^log_?(?=softmax)/, ""),
    );
    if (!before || !activation) return `${given} is not drawn with numbers`;
    if (before.activation !== "") return "it has two activations in a row";
    layers.push({ ...before, activation });
  }
  if (layers.slice(0, -1).some(({ activation }) => activation === "Softmax")) return "there is a softmax within it";
  return inputs === undefined ? "it has no linear layer" : { inputs, layers };
}

function widthOf(v: PyValue | undefined): number | undefined {
  const width = isTensorValue(v) ? v.shape?.at(-1) : undefined;
  return typeof width === "number" ? width : undefined;
}
