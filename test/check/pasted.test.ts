import assert from "node:assert/strict";
import { test } from "node:test";
import { pasted } from "../../src/check/picture/pasted.js";
import { type LayerCall, layerPicture, type Wish } from "../../src/check/picture.js";
import type { Side, WindowPicture } from "../../src/protocol.js";
import { firstOptions, planeShown } from "../../webview/scenes/options.js";

const conv: LayerCall = {
  name: "Conv2d",
  args: { in_channels: 3, out_channels: 2, kernel_size: 2 },
  input: [1, 3, 4, 4],
};

function drawn(call: LayerCall, wish: Wish = {}): WindowPicture {
  const picture = layerPicture(call, wish);
  assert.ok(picture.kind === "window");
  return picture;
}

const paste = (call: LayerCall, before: Wish, tensor: "input" | "weight", plane: number, rows: number[][]): Wish => {
  const wish = pasted(drawn(call, before), before, tensor, plane, rows);
  assert.ok(typeof wish === "object", String(wish));
  return wish;
};

const planes = (picture: WindowPicture, side: Side): readonly (readonly string[])[] => picture.passes[0]?.[side] ?? [];

test("A matrix goes into the plane that is shown, of the kernel and of the input, and leaves the others alone", () => {
  for (const plane of [0, 1, 2, 5]) {
    const own = planes(drawn(conv), "weight");
    const wish = paste(conv, {}, "weight", plane, [
      [7, 8],
      [9, -9],
    ]);
    const changed = planes(drawn(conv, wish), "weight");
    assert.deepEqual(
      changed,
      own.map((texts, at) => (at === plane ? ["7", "8", "9", "−9"] : texts)),
    );
  }
  const rows = Array.from({ length: 4 }, (_, row) => [row, row, row, row]);
  const own = planes(drawn(conv), "seen");
  const changed = planes(drawn(conv, paste(conv, {}, "input", 2, rows)), "seen");
  assert.deepEqual(changed, [own[0], own[1], rows.flat().map(String)]);
});

test("A matrix of another size makes the input so large; what stands in its other planes goes, the kernel stays", () => {
  const rows = (value: number): number[][] => Array.from({ length: 3 }, () => Array.from({ length: 5 }, () => value));
  const kernel = paste(conv, {}, "weight", 1, [
    [1, 2],
    [3, 4],
  ]);
  const first = paste(conv, kernel, "input", 0, rows(6));
  const second = paste(conv, first, "input", 1, rows(7));
  const picture = drawn(conv, second);
  assert.deepEqual([picture.axes[0].size, picture.axes[1].size], [3, 5]);
  const seen = planes(picture, "seen");
  assert.deepEqual([new Set(seen[0]), new Set(seen[1])], [new Set(["6"]), new Set(["7"])]);
  assert.deepEqual(planes(picture, "weight")[1], ["1", "2", "3", "4"]);
  const third = drawn(
    conv,
    paste(conv, second, "input", 1, [
      [1, 2],
      [3, 4],
    ]),
  );
  assert.deepEqual(planes(third, "seen")[1], ["1", "2", "3", "4"]);
  assert.ok(!planes(third, "seen")[0]?.includes("6"));
  assert.deepEqual(planes(third, "weight")[1], ["1", "2", "3", "4"]);
});

test("A matrix that does not fit is answered with both sizes", () => {
  const say = (call: LayerCall, tensor: "input" | "weight", rows: number[][]) =>
    pasted(drawn(call), {}, tensor, 0, rows);
  assert.equal(
    say(conv, "weight", [[1, 2, 3]]),
    "The matrix is 1×3, but 2×2 numbers stand there. Take one of that size.",
  );
  const line: LayerCall = { name: "Linear", args: { in_features: 4, out_features: 3 }, input: ["N", 4] };
  assert.match(String(say(line, "input", [[1, 2]])), /is 1×2, but 1×4/);
  const row: LayerCall = {
    name: "Conv1d",
    args: { in_channels: 2, out_channels: 1, kernel_size: 3 },
    input: [1, 2, 8],
  };
  assert.match(
    String(
      say(row, "input", [
        [1, 2],
        [3, 4],
      ]),
    ),
    /is 2×2, but 1×8/,
  );
  assert.equal(typeof say(row, "input", [[1, 2, 3, 4]]), "object");
});

test("The plane that is shown is the same, whichever way a pass goes", () => {
  const picture = drawn(conv);
  const back: LayerCall = { ...conv, name: "ConvTranspose2d" };
  assert.equal(planeShown(picture, { ...firstOptions, plane: 1, part: 2 }, "input"), 2);
  assert.equal(planeShown(picture, { ...firstOptions, plane: 1, part: 2 }, "weight"), 5);
  assert.equal(planeShown(picture, { ...firstOptions, pass: "input", plane: 2, part: 1 }, "input"), 2);
  assert.equal(planeShown(picture, { ...firstOptions, pass: "weight", plane: 4 }, "weight"), 4);
  assert.equal(planeShown(drawn(back), { ...firstOptions, plane: 1, part: 2 }, "input"), 2);
});
