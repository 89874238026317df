import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture } from "../../src/check/picture.js";
import { frameOf, stepsOf } from "../../webview/scenes/frame.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { randomLayer } from "./randomLayer.js";

test("Coloured by the place in the kernel, the numbers under a window show its stride and dilation", () => {
  const seen = { dilated: 0, strided: 0, back: 0, matrix: 0 };
  for (let seed = 1; seed <= 300; seed++) {
    const { name, args, input } = randomLayer(seed);
    const picture = layerPicture({ name, args, input });
    if (picture.kind !== "window" || picture.operation !== "convolution" || picture.transposed) continue;
    // A slice that lies in the padding alone meets nothing.
    if (picture.rank === 3) continue;
    const [down, across] = picture.axes;
    const options = { ...firstOptions, byPlace: true };
    const columns = across.before + across.size + across.after + across.beyond;
    for (let step = 0; step < Math.min(8, stepsOf(picture, options)); step++) {
      const { grids } = frameOf(picture, step, options);
      const [input_, kernel] = ["seen", "weight"].map((id) => grids.find((grid) => grid.id === id));
      assert.equal(kernel?.places?.size, down.kernel * across.kernel);
      assert.equal(input_?.places?.size, down.kernel * across.kernel, `${name} ${JSON.stringify(args)}`);
      const [top, left] = [Math.floor(step / across.windows.length), step % across.windows.length];
      for (const [cell, [row, col]] of input_?.places ?? []) {
        // The cell under tap (row, col): stride times the window's index, dilation times the tap's.
        const expected = [
          top * (down.stride ?? 1) + row * (down.dilation ?? 1),
          left * (across.stride ?? 1) + col * (across.dilation ?? 1),
        ];
        assert.deepEqual([Math.floor(cell / columns), cell % columns], expected, `${name} ${JSON.stringify(args)}`);
      }
      if ((across.dilation ?? 1) > 1 && across.kernel > 1) seen.dilated++;
      if ((across.stride ?? 1) > 1 && left > 0) seen.strided++;
    }
    // Back to the input every upstream number has the place of the weight that it is multiplied by.
    const back = frameOf(picture, 0, { ...options, pass: "input" });
    const upstream = back.grids.find(({ id }) => id === "windows");
    if (back.tiles.length > 0 && upstream?.places?.size === back.tiles.length) seen.back++;
    const { also } = frameOf(picture, 0, { ...options, view: "matrix" });
    const matrix = also?.grids[0];
    if (matrix?.places) {
      for (const [cell] of matrix.places) assert.notEqual(matrix.base.texts[cell], "");
      assert.equal(matrix.places.size, matrix.base.texts.filter((text) => text !== "").length);
      seen.matrix++;
    }
    assert.ok(frameOf(picture, 0, firstOptions).grids.every(({ places }) => places === undefined));
  }
  assert.ok(Math.min(seen.dilated, seen.strided, seen.back, seen.matrix) > 20, JSON.stringify(seen));
});
