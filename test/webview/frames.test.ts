import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { frameOf } from "../../webview/scenes/frame.js";
import { notesOf } from "../../webview/scenes/notes.js";
import { firstOptions } from "../../webview/scenes/options.js";
import { sceneOf } from "../../webview/scenes/scene.js";
import { frameText } from "./frameText.js";
import { pictureOf, shots } from "./shots.js";

for (const { name, call, steps, options } of shots) {
  test(`The frames of ${name} are as they were looked at`, () => {
    const picture = pictureOf({ call });
    if (picture.kind !== "window" && picture.kind !== "mlp") assert.fail(picture.kind);
    const scene = sceneOf(picture);
    const frames = steps.map((step) => scene && frameText(scene.frame(step, { ...firstOptions, ...options })));
    const notes = picture.kind === "window" ? notesOf(picture) : [];
    const text = [`${picture.heading.title}`, picture.sample, ...notes, "", ...frames].join("\n");
    const file = `test/webview/frames/${name}.txt`;
    if (process.env.DIMSUM_UPDATE) {
      mkdirSync("test/webview/frames", { recursive: true });
      writeFileSync(file, text);
    }
    assert.equal(text, readFileSync(file, "utf8"));
  });
}

test("A frame is a function of a number: whatever way it was come by, and the picture is left as it was", () => {
  for (const { call, options } of shots) {
    const picture = pictureOf({ call });
    if (picture.kind !== "window") continue;
    const before = JSON.stringify(picture);
    const asked = { ...firstOptions, ...options };
    // What a picture's names are is asked of it; a function does not survive the post.
    const forwards = Array.from({ length: 12 }, (_, step) => JSON.stringify(frameOf(picture, step, asked)));
    const backwards = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify(frameOf(picture, 11 - index, asked)),
    ).reverse();
    assert.deepEqual(backwards, forwards);
    assert.deepEqual(JSON.stringify(frameOf(JSON.parse(before), 3, asked)), forwards[3], "a picture survives the post");
    assert.equal(JSON.stringify(picture), before);
    const { steps } = frameOf(picture, 0, asked);
    for (const wild of [-5, 1e9, 2.5, Number.NaN]) {
      assert.ok(frameOf(picture, wild, asked).step >= 0 && frameOf(picture, wild, asked).step < steps);
    }
  }
});
