import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture } from "../../src/check/picture.js";
import { frameOf } from "../../webview/scenes/frame.js";
import { type GridMark, textAt } from "../../webview/scenes/marks.js";
import { numberIn } from "../../webview/scenes/numbers.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { type Stem, stemRows } from "../../webview/scenes/stems.js";
import { randomLayer } from "./randomLayer.js";

test("The stems of a 1-D convolution: each product stands under the input that it takes, and they add up to the output's stem", () => {
  let shown = 0;
  for (let seed = 1; seed <= 1000; seed++) {
    const call = randomLayer(seed);
    if (call.name !== "Conv1d" && seed > 60) continue;
    const picture = layerPicture(call);
    const isShown = call.name === "Conv1d" && picture.kind === "window";
    if (picture.kind !== "window") continue;
    for (const turned of picture.turned ? [false, true] : [false]) {
      const options = { ...firstOptions, turned };
      const { steps } = frameOf(picture, 0, options);
      for (let step = 0; step < steps; step++) {
        const rows = stemRows(picture, options, step);
        assert.equal(rows !== undefined, isShown, call.name);
        const [input, kernel, products, output] = rows ?? [];
        if (!input || !kernel || !products || !output) continue;
        shown++;
        const grid: GridMark | undefined = frameOf(picture, step, options).grids[0];
        assert.ok(grid);
        assert.deepEqual(
          input.stems.map(({ text }) => text || "0"),
          input.stems.map(({ at }) => textAt(grid, at) || "0"),
        );
        for (const [index, { at, value }] of products.stems.entries()) {
          const taken: Stem | undefined = input.stems.find((stem) => stem.at === at);
          assert.equal(value, (taken?.value ?? Number.NaN) * (kernel.stems[index]?.value ?? Number.NaN));
        }
        const sum = products.stems.reduce((total, { value }) => total + value, 0);
        const last = output.stems.at(-1);
        assert.deepEqual(
          [last?.state, last?.value],
          ["chosen", sum],
          `${call.name} ${JSON.stringify(call.args)} ${step}`,
        );
        assert.equal(numberIn(last?.text ?? ""), sum);
      }
    }
  }
  assert.ok(shown > 200, `${shown} steps`);
});

test("Going back, and while results are hidden, there are no stems", () => {
  const picture = layerPicture({
    name: "Conv1d",
    args: { in_channels: 1, out_channels: 1, kernel_size: 3 },
    input: [1, 1, 6],
  });
  assert.ok(picture.kind === "window");
  assert.equal(stemRows(picture, { ...firstOptions, pass: "input" }, 0), undefined);
  assert.equal(stemRows(picture, { ...firstOptions, predicting: true }, 0), undefined);
});
