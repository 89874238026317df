import type { Around } from "../../read/python/models.js";
import { isInstanceValue } from "../../read/python/valueKinds.js";
import type { Span } from "../finding.js";
import { followShown, type InputCandidate, type InputChoices } from "../python/inputChoices.js";
import { type ChosenModel, mismatchesOf } from "./chosenModel.js";

/** A model of a file, to be shown with one of its inputs. */
export interface FileModel {
  readonly name: string;
  readonly at: Span;
  readonly candidates: readonly Pick<InputCandidate, "key" | "inputs" | "place" | "origin">[];
  /** Whether the file calls it, so that its input is known from there. */
  readonly isCalled: boolean;
  /** The candidate that is shown. */
  readonly shown: string;
  readonly chosen: ChosenModel;
}

/** The models of a file, each with the input that is chosen for it, else with the first that is known. */
export function fileModels(text: string, choices: InputChoices, around: Around = {}): readonly FileModel[] {
  const { whole, candidatesOf } = followShown(text, choices, around);
  return whole.models.map((model) => {
    const candidates = candidatesOf(model);
    const shown = candidates.find((c) => c.key === choices.get(model.name)) ?? candidates[0];
    const { run, followed } = shown ?? { run: model.run, followed: whole };
    const name = isInstanceValue(model.value) ? `${model.name}()` : model.name;
    return {
      name: model.name,
      at: { from: model.at.from, to: model.at.to },
      candidates,
      isCalled: model.source === "call",
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
