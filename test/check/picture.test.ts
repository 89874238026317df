import assert from "node:assert/strict";
import { test } from "node:test";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { randomFrom, randomLayer } from "../webview/randomLayer.js";

test("Always answer: no call makes the picture throw, and none is blank", () => {
  const wild = [
    undefined,
    null,
    -1,
    0,
    1.5,
    3,
    1e12,
    "K",
    "same",
    true,
    [],
    [3],
    [3, 3],
    [1, 2, 3, 4],
    [null, 2],
    [-1, 0],
    "H/2",
  ];
  const names = [
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "MaxPool2d",
    "AvgPool1d",
    "AdaptiveAvgPool2d",
    "GlobalAvgPool2d",
    "Linear",
    "BatchNorm2d",
    "Flatten",
    "Dropout",
    "ReLU",
    "NoSuchLayer",
    "",
  ];
  const keys = [
    "in_channels",
    "out_channels",
    "kernel_size",
    "stride",
    "padding",
    "dilation",
    "groups",
    "bias",
    "padding_mode",
    "ceil_mode",
    "output_size",
    "divisor_override",
    "p",
  ];
  const random = randomFrom(7);
  const of = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  for (let round = 0; round < 5000; round++) {
    const args = Object.fromEntries(
      keys.filter(() => random() < 0.6).map((key) => [key, of(wild)]),
    ) as LayerCall["args"];
    const sizes = [0, 1, 3, 28, 224, 1e9, -2, "N", "H/2", "⌊(W−K)/2⌋ + 1"];
    const input = Array.from({ length: Math.floor(random() * 6) }, () => of<number | string>(sizes));
    const picture = layerPicture({ name: of(names), args, input });
    if (picture.kind === "message") assert.notEqual(picture.text, "");
    else assert.notEqual(picture.heading.title, "");
  }
});

test("A card says why it has no windows to show", () => {
  const calls: LayerCall[] = [
    { name: "Conv3d", args: { in_channels: 1, out_channels: 1, kernel_size: 31 }, input: [1, 1, 64, 64, 64] },
    { name: "Conv2d", args: { in_channels: 1, out_channels: 1, kernel_size: "K" }, input: [1, 1, 8, 8] },
    { name: "Conv2d", args: { in_channels: 1, out_channels: 1, kernel_size: 9 }, input: [1, 1, 5, 5] },
    { name: "Conv1d", args: { in_channels: 1, out_channels: 1, kernel_size: 80, stride: 4 }, input: [1, 1, 16000] },
  ];
  for (const call of calls) {
    const picture = layerPicture(call);
    assert.equal(picture.kind, "card", JSON.stringify(call));
    if (picture.kind === "card") assert.match(picture.note ?? picture.heading.problem ?? "", /\w+ .*\.$/);
  }
});

test("A mismatch is drawn as far as it is known, with the two numbers", () => {
  const picture = layerPicture({
    name: "Conv2d",
    args: { in_channels: 1, out_channels: 2, kernel_size: 3 },
    input: [1, 3, 8, 8],
  });
  assert.equal(picture.kind, "window");
  if (picture.kind === "window") assert.match(picture.heading.problem ?? "", /1.*3/);
});

test("A sample has the layer's own windows and the same rest at the border as the real input", () => {
  let smaller = 0;
  for (let seed = 1; seed <= 1500; seed++) {
    const call = randomLayer(seed);
    const picture = layerPicture(call);
    if (picture.kind !== "window" || /Adaptive|Global|Transpose/.test(call.name)) continue;
    const axes = picture.axes.slice(Math.max(0, 2 - picture.rank));
    for (const [index, axis] of axes.entries()) {
      const real = call.input.at(index - axes.length);
      if (typeof real !== "number" || real === axis.size) continue;
      smaller++;
      const [first = [0, 0], second] = axis.reach;
      const stride = second ? second[0] - first[0] : undefined;
      if (stride) assert.equal((real - axis.size) % stride, 0, JSON.stringify(call));
      assert.ok(axis.size < real, JSON.stringify(call));
      assert.match(picture.sample, /in place of/);
    }
  }
  assert.ok(smaller > 300, `${smaller} axes`);
});

test("What is drawn is said: sizes, symbols and channels that differ from the layer's", () => {
  const said = (call: LayerCall): string => {
    const picture = layerPicture(call);
    return picture.kind === "window" ? picture.sample : "";
  };
  const args = { in_channels: 3, out_channels: 64, kernel_size: 3, padding: 1 };
  assert.equal(
    said({ name: "Conv2d", args, input: ["N", 3, 224, 224] }),
    "Your layer on a 6×6 input in place of 224×224, with 3 of 64 output channels and example numbers.",
  );
  assert.equal(
    said({ name: "MaxPool2d", args: { kernel_size: 2 }, input: [1, 1, 8, 8] }),
    "Your layer on its 8×8 input, with example numbers.",
  );
  assert.match(said({ name: "Conv2d", args, input: ["N", 3, "H", "W"] }), /in place of H×W/);
  assert.match(said({ name: "Conv2d", args, input: [] }), /as its size is not known here/);
  assert.match(
    said({ name: "AdaptiveAvgPool2d", args: { output_size: 7 }, input: [1, 512, 224, 224] }),
    /with 3×3 windows in place of 7×7/,
  );
});
