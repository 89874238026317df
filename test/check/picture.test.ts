import assert from "node:assert/strict";
import { test } from "node:test";
import { type LayerCall, layerPicture } from "../../src/check/picture.js";
import { analyzePython } from "../../src/check/python/pythonAnalysis.js";
import { randomFrom } from "../random.js";
import { randomLayer } from "../webview/randomLayer.js";
import { torchCall } from "./torchCall.js";

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
    "LPPool1d",
    "LPPool2d",
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
    "norm_type",
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
  const conv = { in_channels: 64, out_channels: 2, kernel_size: 3 };
  const cases: [LayerCall, of: string, comes: LayerCall["input"], takes: number[]][] = [
    [torchCall("Conv2d", conv, [4, 32, 14, 14]), "channels", [32, 14, 14], [64, 3, 3]],
    [torchCall("Conv2d", conv, [32, 14, 14]), "channels", [32, 14, 14], [64, 3, 3]],
    [torchCall("Conv1d", conv, [4, 1, 14]), "channels", [1, 14], [64, 3]],
    [torchCall("ConvTranspose2d", conv, [4, 32, 14, 14]), "channels", [32, 14, 14], [64, 3, 3]],
    [torchCall("Linear", { in_features: 400, out_features: 10 }, [4, 1600]), "features", [1600], [400]],
    [torchCall("BatchNorm2d", { num_features: 64 }, [4, 32, 7, 7]), "channels", [32, 7, 7], [64]],
    [torchCall("BatchNorm1d", { num_features: 8 }, [4, 5]), "channels", [5], [8]],
    [torchCall("Conv2d", { ...conv, kernel_size: 5, padding: 1 }, [4, 64, 2, 9]), "places", [4, 11], [5, 5]],
    [torchCall("Conv2d", { ...conv, dilation: 4 }, [4, 64, 8, 8]), "places", [8, 8], [9, 9]],
    [torchCall("MaxPool2d", { kernel_size: 4 }, [4, 8, 3, 3]), "places", [3, 3], [4, 4]],
  ];
  for (const [call, of, comes, takes] of cases) {
    const picture = layerPicture(call);
    if (picture.kind !== "mismatch") assert.fail(`${JSON.stringify(call)} is a ${picture.kind}`);
    assert.deepEqual([picture.of, picture.comes, picture.takes], [of, comes, takes], JSON.stringify(call));
  }
});

test("A layer that does not fit is never drawn as if it did, and one that fits never as if it did not", () => {
  let refused = 0;
  for (let seed = 1; seed <= 600; seed++) {
    const { name, args, input } = randomLayer(seed);
    if (name.startsWith("Global")) continue;
    const channels = args.in_channels === undefined ? 1 : Number(args.in_channels);
    for (const [index, size] of [...input.keys()].flatMap((axis) =>
      [1, channels, channels + 1].map((s) => [axis, s]),
    )) {
      const call = torchCall(name, args, input.with(index ?? 0, size ?? 0) as number[]);
      const { kind } = layerPicture(call);
      if (call.problem === undefined) assert.notEqual(kind, "mismatch", JSON.stringify(call));
      else {
        refused++;
        assert.match(kind, /^(mismatch|card)$/, JSON.stringify(call));
      }
    }
  }
  assert.ok(refused > 300, `${refused}`);
});

test("An input of another rank is not answered with numbers of axes that it has not", () => {
  for (const input of [[64], [4, 64], [4, 32, 9, 9, 9]])
    assert.equal(
      layerPicture(torchCall("Conv2d", { in_channels: 64, out_channels: 2, kernel_size: 3 }, input)).kind,
      "card",
    );
  assert.equal(layerPicture(torchCall("BatchNorm2d", { num_features: 64 }, [32, 7, 7])).kind, "card");
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

test("What is not known of a layer is never drawn as if nothing had been said, and fractions are numbers", () => {
  const text = `
import torch
import torch.nn as nn
import keras
from keras import layers
from other import s, b, w
m = nn.Sequential(nn.Conv2d(3, 8, 3, stride=s), nn.Conv2d(8, 8, 3, bias=b), nn.Conv2d(8, 8, 3, padding=(w, 1)), nn.MaxPool2d(2, ceil_mode=w),
    nn.BatchNorm2d(8, eps=w), nn.BatchNorm2d(8, affine=b), nn.Linear(8, 4, bias=s), nn.Flatten(w), nn.Dropout(w))
k = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(8, 3, padding=w), layers.MaxPooling2D(2, strides=s), layers.BatchNormalization(scale=b),
    layers.Conv2D(3, 2, data_format=w), layers.Dense(4, use_bias=b)])
`;
  const { layer } = analyzePython(text, "answer");
  let cards = 0;
  for (const { 0: found, index } of text.matchAll(/(?:nn|layers)\.(?!Seq)[A-Z]\w+\([^()]*(?:\(w, 1\))?\)/g)) {
    const call = layer(index + 8);
    assert.ok(call, found);
    const picture = layerPicture(call);
    if (picture.kind !== "card") assert.fail(found);
    assert.equal(picture.example, undefined);
    assert.equal(picture.heading.problem, undefined, found);
    assert.doesNotMatch(picture.note ?? "", /\?/);
    cards++;
  }
  assert.equal(cards, 14);
  const known = "import torch.nn as nn\nm = nn.Sequential(nn.BatchNorm2d(8, eps=0.001), nn.Dropout(0.5))\n";
  const drawn = (name: string) => {
    const call = analyzePython(known, "answer").layer(known.indexOf(name) + 2);
    return call && layerPicture(call);
  };
  const [norm, dropout] = [drawn("BatchNorm2d"), drawn("Dropout")];
  assert.ok(norm?.kind === "norm" && norm.epsilon === "0.001");
  assert.ok(dropout?.kind === "card" && dropout.example !== undefined);
});

test("A layer of Keras is drawn with its channels last told, its own padding and its activation named", () => {
  const text = `
import keras
from keras import layers
k = keras.Sequential([keras.Input((28, 28, 3)), layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"), layers.MaxPooling2D(),
    layers.BatchNormalization(), layers.Flatten(), layers.Dense(10, activation="softmax")])
bad = keras.Sequential([keras.Input((4, 4, 3)), layers.Conv2D(8, 5)])
`;
  const { layer } = analyzePython(text, "answer");
  const drawn = (found: string) => {
    const call = layer(text.indexOf(found) + 8);
    assert.ok(call, found);
    return layerPicture(call);
  };
  const conv = drawn("layers.Conv2D(32");
  assert.ok(conv.kind === "window");
  assert.deepEqual(
    conv.axes.map(({ before, after }) => [before, after]),
    [
      [0, 1],
      [0, 1],
    ],
  );
  assert.match(conv.notes.join(" "), /relu comes after .*kernel\[row, column, channel, filter\]/);
  assert.deepEqual(conv.heading.facts[0], { name: "input", text: "N × 28 × 28 × 3" });
  assert.match(conv.heading.text, /^Slides /);
  const flatten = drawn("layers.Flatten");
  assert.ok(flatten.kind === "flatten" && flatten.isLast);
  assert.equal(drawn("layers.MaxPooling2D").kind, "window");
  assert.equal(drawn("layers.BatchNorm").kind, "norm");
  assert.equal(drawn("layers.Dense").kind, "window");
  const bad = drawn("layers.Conv2D(8, 5");
  assert.ok("heading" in bad && /window covers 5, the input is only 4/.test(bad.heading.problem ?? ""));
});
