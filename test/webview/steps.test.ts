import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "mathjs";
import { drawnNorm } from "../../src/check/picture/normPicture.js";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { type Tensor, tensorBy } from "../../src/core/tensor/tensor.js";
import { type Frame, type GridMark, textAt } from "../../webview/scenes/marks.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { sceneOf } from "../../webview/scenes/scene.js";
import { cases } from "../core/gradientAnswers.js";
import { closes } from "./closes.js";

const numberOf = (text: string): number => Number(text.replace("−", "-"));

/** The value of a line's left side, by the rules of school, with roots. */
function evaluated(text: string): number {
  const signs = { "−": "-", "·": "*", "²": "^2", "√": "sqrt", "\u00a0": " " } as const;
  return Number(evaluate(text.replace(/[−·²√\u00a0]/g, (sign) => signs[sign as keyof typeof signs])));
}

function checkLines({ sums }: Frame, what: string): void {
  for (const { pieces } of sums) {
    const text = pieces.map((piece) => piece.text).join("");
    if (text.includes("≈")) {
      const [left = "", right = ""] = text.split("≈");
      // What is rounded on the left to four digits may move a product of it.
      assert.ok(
        Math.abs(evaluated(left) - numberOf(right.trim())) < 2e-3 * (1 + Math.abs(numberOf(right.trim()))),
        `${text}: ${what}`,
      );
    } else if (!text.includes("²")) assert.ok(closes(text), `${text} does not close: ${what}`);
    else {
      const [left = "", right = ""] = text.split("=");
      assert.ok(Math.abs(evaluated(left) - evaluated(right)) < 1e-9, `${text}: ${what}`);
    }
  }
}

test("Batch norm shows PyTorch's own numbers in training, forward and backward, to the digits that are written", () => {
  let [layers, numbers] = [0, 0];
  for (const { name, line, args, numbers: given, gradOutput, output, gradients } of cases) {
    if (!name.startsWith("BatchNorm") || given.training === false) continue;
    const { input } = given;
    const count = input.shape[1] as number;
    const { eps = 1e-5, affine = true } = args as { readonly eps?: number; readonly affine?: boolean };
    const filled = (tensor: Tensor | undefined, value: number) => tensor ?? tensorBy([count], () => value);
    const own = { input, weight: filled(given.weight, 1), bias: filled(given.bias, 0), gradOutput };
    const heading = { key: "", title: name, summary: "", facts: [], formulas: [] };
    const picture = { ...drawnNorm(own, eps, affine), heading, sample: "", notes: [] };
    const scene = sceneOf(picture);
    assert.ok(scene);
    const size = picture.rows * picture.columns;
    for (const [pass, truth] of [
      ["forward", output],
      ["input", gradients.input],
    ] as const)
      for (let plane = 0; plane < count; plane++)
        for (let step = 0; step < scene.steps(firstOptions); step++) {
          const frame = scene.frame(step, { ...firstOptions, pass, plane });
          const [sample, cell] = [Math.floor(step / size), step % size];
          const grid = frame.grids.find(({ id }) => id === `out${sample}`);
          const shown = numberOf(grid ? textAt(grid, cell) : "none");
          const expected = truth.data[(sample * count + plane) * size + cell] as number;
          assert.ok(
            Math.abs(shown - expected) <= 0.5001e-4,
            `${frame.title}, PyTorch ${expected}: ${line.slice(0, 300)}`,
          );
          if (step === 0) checkLines(frame, line.slice(0, 200));
          numbers++;
        }
    for (const [channel, { gradWeight, gradBias }] of picture.channels.entries()) {
      if (!affine) continue;
      assert.ok(Math.abs(numberOf(gradWeight) - (filled(gradients.weight, 0).data[channel] as number)) <= 0.5001e-4);
      assert.equal(numberOf(gradBias), filled(gradients.bias, 0).data[channel]);
    }
    layers++;
  }
  assert.ok(layers > 20 && numbers > 500, `${layers} layers, ${numbers} numbers`);
});

test("Flatten lays every number in its place, row-major, and sends each gradient back to where it came from", () => {
  const picture = layerPicture({ name: "Flatten", args: {}, input: [1, 2, 3, 4] });
  const scene = sceneOf(picture);
  assert.ok(scene);
  assert.equal(scene.steps(firstOptions), 24);
  const seen = new Set<string>();
  for (const pass of ["forward", "input"] as const)
    for (let step = 0; step < 24; step++) {
      const frame: Frame = scene.frame(step, { ...firstOptions, pass });
      const plane = frame.grids.find(({ id, chosen }) => id.startsWith("plane") && chosen !== undefined);
      const row: GridMark | undefined = frame.grids.find(({ id }) => id === "row");
      assert.ok(plane && row && plane.chosen !== undefined);
      assert.equal(textAt(plane, plane.chosen), textAt(row, step));
      checkLines(frame, pass);
      if (pass === "forward") seen.add(plane.base.name(plane.chosen));
    }
  assert.equal(seen.size, 24);
  assert.ok(seen.has("x[1, 2, 3]"));
});

test("A picture in steps is a function of a number, too", () => {
  const calls: readonly LayerCall[] = [
    { name: "Flatten", args: {}, input: [1, 3, 2, 2] },
    { name: "BatchNorm2d", args: { num_features: 16 }, input: ["N", 16, 8, 8] },
    { name: "BatchNorm1d", args: { num_features: 3 }, input: [32, 3] },
  ];
  for (const call of calls) {
    const scene = sceneOf(layerPicture(call));
    assert.ok(scene, call.name);
    const steps = scene.steps(firstOptions);
    for (const wild of [-5, 1e9, 2.5, Number.NaN]) {
      const frame = scene.frame(wild, firstOptions);
      assert.ok(frame.step >= 0 && frame.step < steps);
      checkLines(frame, call.name);
    }
  }
});
