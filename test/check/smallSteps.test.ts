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

test("The gradient of a p-norm passes the check by small steps, and a number that is off by a hundredth does not", () => {
  const found = { every: 0, ties: 0, caught: 0 };
  for (const norm_type of [1, 2, 3, 4, 1.5])
    for (const [name, args, input] of [
      ["LPPool2d", { kernel_size: 2, stride: 1 }, [1, 2, 4, 4]],
      ["LPPool2d", { kernel_size: [3, 2], stride: 2, ceil_mode: true }, [1, 1, 6, 5]],
      ["LPPool1d", { kernel_size: 3, stride: 2 }, [1, 2, 9]],
    ] as const)
      for (const zeros of [0, 4]) {
        const edits = Array.from(
          { length: zeros },
          (_, at) => ({ do: "cell", tensor: "input", at, value: 0 }) as const,
        );
        const picture = layerPicture({ name, args: { ...args, norm_type }, input }, { edits });
        assert.ok(picture.kind === "window");
        const said = smallSteps(picture, "input", () =>
          assert.fail("The numbers of a curve are not read off a picture."),
        );
        assert.match(said ?? "", /Σ y·dY changes as dX says/, `${name} ${norm_type} ${zeros}: ${said}`);
        found[/for every one/.test(said ?? "") ? "every" : "ties"]++;
        const wrong: WindowPicture = {
          ...picture,
          passes: picture.passes.map((pass) =>
            pass.kind === "input"
              ? { ...pass, seen: pass.seen.map((plane) => plane.map((text, at) => (at === 9 - 1 ? "0.01" : text))) }
              : pass,
          ),
        };
        if (/differ\.$/.test(smallSteps(wrong, "input", () => picture) ?? "")) found.caught++;
      }
  assert.ok(found.every > 15 && found.ties > 3 && found.caught > 25, JSON.stringify(found));
});
