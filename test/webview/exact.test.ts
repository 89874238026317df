import assert from "node:assert/strict";
import { test } from "node:test";
import { layerPicture } from "../../src/check/picture.js";
import { checkFrame, everyFrame } from "./everyFrame.js";
import { randomLayer } from "./randomLayer.js";

test("What is shown is exact: every displayed sum closes to its displayed result, forward and backward", () => {
  const drawn = { convolution: 0, linear: 0, max: 0, average: 0, transposed: 0, slices: 0 };
  for (let seed = 1; seed <= 800; seed++) {
    const call = randomLayer(seed);
    const picture = layerPicture(call);
    if (picture.kind !== "window") continue;
    drawn[picture.operation]++;
    if (picture.transposed) drawn.transposed++;
    if (picture.rank === 3) drawn.slices++;
    const said = JSON.stringify(call);
    // Forward every layer; what else there is, every fourth.
    everyFrame(picture, (frame) => checkFrame(frame, said), seed % 4 === 0 ? "all" : "forward");
  }
  const { linear, ...windows } = drawn;
  assert.equal(linear, 0);
  assert.ok(Math.min(...Object.values(windows)) > 90, `drawn: ${JSON.stringify(drawn)}`);
});
