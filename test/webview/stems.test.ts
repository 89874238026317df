import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture } from "../../src/check/picture.js";
import { frameOf } from "../../webview/scenes/frame.js";
import { type GridMark, textAt } from "../../webview/scenes/marks.js";
import { minus, numberIn } from "../../webview/scenes/numbers.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { type Stem, stemRows, ticksWritten } from "../../webview/scenes/stems.js";
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
        for (const { stems, ticks } of [input, kernel, products]) {
          const indices = new Map(ticks.map((tick) => [tick.at, tick.index]));
          for (const stem of stems)
            assert.equal(grid.base.colHeads[stem.at], minus(indices.get(stem.at) ?? Number.NaN));
        }
        // The output's index counts its own numbers, each where its window begins.
        assert.deepEqual(
          output.ticks.map(({ index }) => index),
          [...Array(steps).keys()],
        );
        assert.equal(output.ticks[step]?.at, output.stems.at(-1)?.at);
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

test("The numbers of an axis never touch: where it is narrow, only every so manieth is written, 0 among them", () => {
  const ticks = Array.from({ length: 60 }, (_, at) => ({ at, index: at - 3 }));
  for (let across = 3; across < 60; across++)
    for (const wide of [7, 14, 28]) {
      const written = ticksWritten(ticks, across, wide);
      assert.ok(written.some(({ index }) => index === 0));
      const gaps = written.slice(1).map(({ at }, index) => (at - (written[index]?.at ?? 0)) * across);
      assert.ok(
        gaps.every((gap) => gap >= wide && gap === gaps[0]),
        `${across} ${wide}`,
      );
      if (across >= wide) assert.equal(written.length, ticks.length);
    }
});
