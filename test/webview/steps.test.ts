import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { drawnNorm } from "../../src/check/picture/normPicture.js";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { type Nested, tensorOf } from "../../src/core/tensor/tensor.js";
import { type Frame, type GridMark, textAt } from "../../webview/scenes/marks.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { sceneOf } from "../../webview/scenes/scene.js";
import { closes } from "./closes.js";

const numberOf = (text: string): number => Number(text.replace("−", "-"));

/** The value of a line's left side, by the rules of school, with roots. */
function evaluated(text: string): number {
  const plain = text.replaceAll("−", "-").replaceAll("·", "*").replaceAll("²", "**2").replaceAll("√", "Math.sqrt");
  assert.match(plain, /^[\d\s.()+\-*/]|Math\.sqrt/, text);
  return Number(new Function(`return ${plain.replaceAll("\u00a0", "")}`)());
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
  interface Answer {
    readonly layer: string;
    readonly args: { readonly num_features: number; readonly eps?: number; readonly affine?: boolean };
    readonly training?: boolean;
    readonly input: Nested;
    readonly weight?: Nested;
    readonly bias?: Nested;
    readonly gradOutput: Nested;
    readonly output: Nested;
    readonly gradInput: Nested;
    readonly gradWeight?: Nested;
    readonly gradBias?: Nested;
  }
  let [layers, numbers] = [0, 0];
  for (const line of readFileSync("test/oracle/gradients.jsonl", "utf8").split("\n")) {
    if (!line.startsWith('{"layer":"BatchNorm')) continue;
    const answer = JSON.parse(line) as Answer;
    if (answer.training === false) continue;
    const { num_features: count, eps = 1e-5, affine = true } = answer.args;
    const filled = (nested: Nested | undefined, value: number) => tensorOf(nested ?? Array<number>(count).fill(value));
    const input = tensorOf(answer.input);
    const own = {
      input,
      weight: filled(answer.weight, 1),
      bias: filled(answer.bias, 0),
      gradOutput: tensorOf(answer.gradOutput),
    };
    const heading = { key: "", title: answer.layer, summary: "", facts: [], formulas: [] };
    const picture = { ...drawnNorm(own, eps, affine), heading, sample: "", notes: [] };
    const scene = sceneOf(picture);
    assert.ok(scene);
    const size = picture.rows * picture.columns;
    for (const [pass, truth] of [
      ["forward", tensorOf(answer.output)],
      ["input", tensorOf(answer.gradInput)],
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
      assert.ok(Math.abs(numberOf(gradWeight) - (filled(answer.gradWeight, 0).data[channel] as number)) <= 0.5001e-4);
      assert.equal(numberOf(gradBias), filled(answer.gradBias, 0).data[channel]);
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
