import assert from "node:assert/strict";
import { test } from "node:test";
import { smallSteps } from "../../src/check/picture/smallSteps.js";
import { layerPicture, type Wish } from "../../src/check/picture.js";
import type { WindowPicture } from "../../src/protocol.js";
import { randomLayer } from "../webview/randomLayer.js";

const drawn = (seed: number, wish: Wish = {}) => layerPicture(randomLayer(seed), wish);

test("Every gradient that is shown passes the check by small steps, and one that is wrong does not", () => {
  const found = { every: 0, ties: 0, caught: 0 };
  for (let seed = 1; seed <= 90; seed++) {
    const picture = drawn(seed);
    if (picture.kind !== "window" || picture.rank === 3) continue;
    for (const kind of ["input", "weight"] as const) {
      const said = smallSteps(picture, kind, (edit) => drawn(seed, { edits: [edit] }));
      if (said === undefined) continue;
      assert.doesNotMatch(said, /differ\.$/, `${JSON.stringify(randomLayer(seed))}: ${said}`);
      if (/for every one/.test(said)) found.every++;
      else found.ties++;
      if (picture.operation === "max" || seed % 3 > 0) continue;
      const wrong: WindowPicture = {
        ...picture,
        passes: picture.passes.map((pass) =>
          pass.kind === kind ? { ...pass, [pass.sum]: pass[pass.sum]?.map((plane) => plane.map(() => "999")) } : pass,
        ),
      };
      assert.match(smallSteps(wrong, kind, (edit) => drawn(seed, { edits: [edit] })) ?? "", /differ\.$/);
      found.caught++;
    }
  }
  assert.ok(found.every > 40 && found.ties > 0 && found.caught > 10, JSON.stringify(found));
});
