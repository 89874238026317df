import assert from "node:assert/strict";
import { test } from "node:test";
import { axesOver, drawnLayer } from "../../src/check/picture/drawnLayer.js";
import { drawnWindow } from "../../src/check/picture/drawnWindow.js";
import { drawnLinear } from "../../src/check/picture/linearPicture.js";
import { type Case, cases } from "../core/gradientAnswers.js";
import { checkNumbers } from "./shownNumbers.js";

test("What is shown is exact: the frames show PyTorch's own outputs and gradients", () => {
  let [layers, count] = [0, 0];
  for (const answer of cases) {
    const shown = numbersShown(answer);
    if (shown === undefined) continue;
    count += shown;
    layers++;
  }
  assert.ok(layers > 300 && count > 20_000, `${layers} layers, ${count} numbers`);
});

/** How many numbers the frames of an answer's layer show, all of them PyTorch's; undefined for a layer without windows. */
function numbersShown({ name, args, line: text, numbers, gradOutput, output, gradients }: Case): number | undefined {
  const layer = name === "Linear" ? undefined : drawnLayer(name, args);
  // What a p-norm shows is rounded, and has a test of its own.
  if (typeof layer === "string" || layer?.power !== undefined) return undefined;
  const { input, weight, bias } = numbers;
  const line = text.slice(0, 200);
  // A picture shows one input; a batch of them is several.
  if (input.shape.length !== (layer?.rank ?? 0) + 1) return undefined;
  const own = { input, weight, bias, gradOutput, per: 1 };
  const scene = layer ? drawnWindow(layer, axesOver(layer, input.shape.slice(1)), own) : drawnLinear(own);
  return checkNumbers(scene, { ...gradients, forward: output }, line);
}
