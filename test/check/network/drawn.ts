import assert from "node:assert/strict";
import { networkPicture } from "../../../src/check/network/networkPicture.js";
import { chooseModel } from "../../../src/check/summary/chosenModel.js";
import { fileModels } from "../../../src/check/summary/fileModels.js";
import type { NetworkPicture, SourceLine } from "../../../src/protocol.js";
import type { Around } from "../../../src/read/python/models.js";

const linesOf =
  (text: string) =>
  ({ from, to }: { readonly from: number; readonly to: number }): SourceLine | undefined =>
    to > text.length ? undefined : { uri: "file:///model.py", line: text.slice(0, from).split("\n").length - 1 };

/** The network of an expression of a file, for inputs of these sizes. */
export function drawn(
  text: string,
  expression: string,
  inputs: readonly (readonly number[])[],
  around: Around = {},
): NetworkPicture {
  const model = chooseModel(text, expression, inputs, { ...around, isDrawn: true });
  assert.ok(!("problem" in model), "problem" in model ? model.problem : "");
  return networkPicture(model, { from: 0, to: 0 }, { reveal: "answer", lineOf: linesOf(text) });
}

/** The networks of a file, as the panel shows them. */
export const drawnIn = (text: string, reveal: "answer" | "hint" = "answer"): readonly NetworkPicture[] =>
  fileModels(text, new Map(), { isDrawn: true }).map(({ chosen, at }) =>
    networkPicture(chosen, at, { reveal, lineOf: linesOf(text) }),
  );
