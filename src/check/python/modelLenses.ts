import { symbolsOf } from "../../core/dims/dim.js";
import type { FollowedFile, Model } from "../../read/python/models.js";
import { isTensorValue } from "../../read/python/valueKinds.js";
import type { Lens, PlaceName } from "../finding.js";
import { printInputs } from "../summary/chosenModel.js";
import { printOutput } from "../summary/printOutput.js";
import { assumedImagesOf } from "../summary/sayAssumption.js";
import type { ShownFile } from "./inputChoices.js";
import { countParameters, printParameters } from "./parameters.js";

/** A lens over each model, and a second one where the file calls it with other inputs, too. */
export function lensesOf(
  whole: FollowedFile,
  { models }: FollowedFile,
  candidatesOf: ShownFile["candidatesOf"],
  nameOf: PlaceName,
): readonly Lens[] {
  return whole.models.flatMap((model): readonly Lens[] => {
    const shown = models.find((m) => m.at.from === model.at.from) ?? model;
    const more = candidatesOf(model).length - 1;
    const title = more > 0 ? `${more} more input${more === 1 ? "" : "s"}…` : "say the input's size…";
    const others = { span: { from: model.at.from, to: model.at.to }, title, opens: "inputs" } as const;
    return more > 0 || model.source === "layers" ? [lensOf(shown, nameOf), others] : [lensOf(shown, nameOf)];
  });
}

/** `LeNet: (N, 1, 28, 28) → (N, 10) · 61,706 parameters`. */
function lensOf(model: Model, nameOf: PlaceName): Lens {
  const count = printParameters(countParameters(model.value));
  return {
    span: { from: model.at.from, to: model.at.to },
    title: `${printInputs(model.run) || "?"} → ${printOutput(model.run.output)} · ${count} · ${sayWhere(model, nameOf)}`,
    opens: "model",
  };
}

function sayWhere(model: Model, nameOf: PlaceName): string {
  if (model.source === "call") return `input from the call in ${nameOf(model.run.place.from)}`;
  if (model.source === "data set") return sayImages(model, nameOf);
  if (model.source === "annotation") return "input from the annotation";
  if (model.source === "comment") return "input from the comment";
  const [input] = model.run.inputs;
  const isSymbolic = isTensorValue(input) && input.shape?.some((d) => d !== undefined && symbolsOf(d).size > 0);
  return isSymbolic ? "for every input" : "the input's shape is not said";
}

/** `assumed: CIFAR10 is loaded in line 12`. */
function sayImages({ run }: Model, nameOf: PlaceName): string {
  const images = assumedImagesOf(run);
  return images ? `assumed: ${images.name} is loaded in ${nameOf(images.from)}` : "assumed";
}
