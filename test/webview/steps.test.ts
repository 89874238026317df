import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnNorm } from "../../src/check/picture/normPicture.js";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { type Tensor, tensorBy } from "../../src/core/tensor/tensor.js";
import { type Frame, type GridMark, textAt } from "../../webview/scenes/marks.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { sceneOf } from "../../webview/scenes/scene.js";
import { cases } from "../core/gradientAnswers.js";
import { closes } from "./closes.js";
import { evaluated } from "./evaluated.js";

const numberOf = (text: string): number => Number(text.replace("−", "-"));

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

interface Args {
  readonly eps?: number;
  readonly affine?: boolean;
  readonly track_running_stats?: boolean;
}

test("Batch norm shows PyTorch's own numbers in training and in evaluation, forward and backward, to the digits that are written", () => {
  const layers = { training: 0, evaluation: 0 };
  let numbers = 0;
  for (const { name, line, args, numbers: given, gradOutput, output, gradients } of cases) {
    if (!name.startsWith("BatchNorm")) continue;
    const { input } = given;
    const count = input.shape[1] as number;
    const { eps = 1e-5, affine = true, track_running_stats: isTracked = true } = args as Args;
    const isFixed = given.training === false && isTracked;
    const filled = (tensor: Tensor | undefined, value: number) => tensor ?? tensorBy([count], () => value);
    const own = { input, weight: filled(given.weight, 1), bias: filled(given.bias, 0), gradOutput };
    const running = { runningMean: filled(given.runningMean, 0), runningVar: filled(given.runningVar, 1) };
    const heading = { key: "", title: name, text: "", facts: [], formulas: [] };
    const drawn = drawnNorm({ ...own, ...(isFixed && running) }, eps, affine);
    const picture = { ...drawn, evaluated: drawn.channels, heading, sample: "", notes: [] };
    const scene = sceneOf(picture);
    assert.ok(scene);
    const size = picture.rows * picture.columns;
    for (const [pass, truth] of [
      ["forward", output],
      ["input", gradients.input],
    ] as const)
      for (let plane = 0; plane < count; plane++)
        for (let step = 0; step < scene.steps(firstOptions); step++) {
          const frame = scene.frame(step, { ...firstOptions, pass, plane, evaluating: isFixed });
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
    layers[isFixed ? "evaluation" : "training"]++;
  }
  assert.ok(layers.training > 50 && layers.evaluation > 20 && numbers > 2000, JSON.stringify({ layers, numbers }));
});

test("In evaluation a batch norm's number depends on itself alone; one that keeps no statistics has no other way", () => {
  const call = (args: LayerCall["args"]) => layerPicture({ name: "BatchNorm2d", args, input: ["N", 4, 8, 8] });
  const picture = call({ num_features: 4 });
  const scene = sceneOf(picture);
  assert.ok(scene && picture.kind === "norm");
  for (const pass of ["forward", "input"] as const)
    for (let step = 0; step < 8; step++) {
      const options = { ...firstOptions, pass, plane: step % 2, evaluating: true };
      const frame: Frame = scene.frame(step, options);
      checkLines(frame, pass);
      assert.deepEqual(
        frame.grids.flatMap(({ lit }) => lit),
        [],
      );
      assert.notEqual(frame.title, scene.frame(step, { ...options, evaluating: false }).title);
    }
  const untracked = call({ num_features: 4, track_running_stats: false });
  assert.ok(untracked.kind === "norm" && untracked.evaluated === undefined);
  assert.match(untracked.notes.join(" "), /in evaluation, too, they are the batch's own/);
  assert.equal(sceneOf(untracked)?.settled({ ...firstOptions, evaluating: true }).evaluating, false);
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

test("Flatten of Keras lays the channels of a place side by side, and sends each gradient back in that order", () => {
  const alike = { name: "Flatten", args: {}, input: [1, 3, 4, 2], isLast: true, notes: [] };
  const picture = layerPicture({ name: "layers.Flatten", args: {}, input: [1, 3, 4, 2], alike });
  const scene = sceneOf(picture);
  assert.ok(scene && picture.kind === "flatten");
  let step = 0;
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 4; column++)
      for (let channel = 0; channel < 2; channel++, step++) {
        const frame = scene.frame(step, firstOptions);
        const plane = frame.grids.find(({ id, chosen }) => id.startsWith("plane") && chosen !== undefined);
        assert.ok(plane?.chosen !== undefined);
        assert.equal(plane.base.name(plane.chosen), `x[${row}, ${column}, ${channel}]`);
        assert.equal(textAt(plane, plane.chosen), String(step + 1));
        checkLines(frame, "forward");
        const back = scene.frame(step, { ...firstOptions, pass: "input" });
        const at = back.grids.find(({ id, chosen }) => id.startsWith("plane") && chosen !== undefined);
        assert.ok(at?.chosen !== undefined);
        assert.equal(textAt(at, at.chosen), picture.gradOutput[step]);
        // What has come back so far, over all channels, is one more with each step.
        const reached = back.grids.flatMap(({ id, later }) => (id.startsWith("plane") ? [later ?? 0] : []));
        assert.equal(
          reached.reduce((a, b) => a + b),
          step + 1,
        );
      }
  assert.equal(step, scene.steps(firstOptions));
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
