import assert from "node:assert/strict";
import type { DrawnWindow } from "../../src/check/picture/drawnWindow.js";
import { elements, type Tensor } from "../../src/core/tensor/tensor.js";
import type { WindowPicture } from "../../src/protocol.js";
import { stepsOf } from "../../webview/scenes/frame.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { checkFrame, everyFrame, resultText } from "./everyFrame.js";

/** What a framework made of a layer: its output, and the gradients of what it was given. */
export interface Truth {
  readonly forward: Tensor;
  readonly input?: Tensor | undefined;
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
}

/** Asserts that the frames of a scene show every number of the truth, up to its own rounding, and no other; how many there were. */
export function checkNumbers(scene: DrawnWindow, truth: Truth, line: string, rounding = 1e-12): number {
  const heading = { key: "", title: "", text: "", facts: [], formulas: [] };
  const picture: WindowPicture = { ...scene, heading, sample: "", notes: [], real: "no" };
  let count = 0;
  everyFrame(picture, (frame, { pass, plane, turned, scattered }) => {
    checkFrame(frame, line);
    if (turned || scattered) return;
    const shown = numberOf(resultText(frame));
    const expected = truth[pass]?.data[plane * frame.steps + frame.step] as number;
    assert.ok(Math.abs(shown - expected) <= rounding, `${frame.title} ${pass}, the framework ${expected}: ${line}`);
    count++;
  });
  const sums = truth.bias?.data;
  picture.passes
    .find(({ kind }) => kind === "weight")
    ?.bias?.forEach((text, filter) => {
      assert.equal(numberOf(text), sums?.[filter], line);
      count++;
    });
  assert.equal(
    picture.passes.reduce(
      (sum, pass) => sum + pass.parts.length * stepsOf(picture, { ...firstOptions, pass: pass.kind }),
      0,
    ),
    [truth.forward, truth.input, truth.weight].reduce((sum, tensor) => sum + (tensor ? elements(tensor.shape) : 0), 0),
    `every number is shown: ${line}`,
  );
  return count;
}

function numberOf(text: string): number {
  const [top = "", bottom = "1"] = text.replace("−", "-").split("/");
  return Number(top) / Number(bottom);
}
