import { type Around, followPython } from "../../read/python/models.js";
import type { Span } from "../finding.js";
import { candidatesOf, type InputChoices } from "../python/inputChoices.js";
import { type ChosenModel, mismatchesOf } from "./chosenModel.js";

/** A model of a file, to be shown with one of its inputs. */
export interface FileModel {
  readonly name: string;
  readonly at: Span;
  readonly candidates: readonly { readonly key: string; readonly inputs: string; readonly place: Span }[];
  /** The candidate that is shown. */
  readonly shown: string;
  readonly chosen: ChosenModel;
}

/** The models of a file, each with the input that is chosen for it, else with the first that is known. */
export function fileModels(text: string, choices: InputChoices, around: Around = {}): readonly FileModel[] {
  const followed = followPython(text, around);
  return followed.models.map((model) => {
    const candidates = candidatesOf(model, followed);
    const shown = candidates.find((c) => c.key === choices.get(model.name)) ?? candidates[0];
    const run = shown?.run ?? model.run;
    const name = model.value.kind === "instance" ? `${model.name}()` : model.name;
    return {
      name: model.name,
      at: { from: model.at.from, to: model.at.to },
      candidates: candidates.map(({ key, inputs, place }) => ({ key, inputs, place })),
      shown: shown?.key ?? "",
      chosen: {
        name,
        value: run.model,
        run,
        followed,
        mismatches: mismatchesOf(run.model, followed),
        length: text.length,
      },
    };
  });
}
